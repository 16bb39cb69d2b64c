import pytest
from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict

from socialekaart_plugin.models import Activity, Organisation, Place
from socialekaart_plugin.places.choices import AccessibilityFact

pytestmark = pytest.mark.django_db

ALL = {f"accessibility-{fact}": "" for fact in AccessibilityFact.values}


def form_of(model, sent=None, **kwargs):
    form_class = forms.modelform_factory(model, fields=["accessibility"])
    data = None
    if sent is not None:
        data = QueryDict(mutable=True)
        data.update(sent)
    return form_class(data, **kwargs)


@pytest.mark.parametrize("model", [Place, Organisation, Activity])
def test_every_fact_is_asked_once_with_not_known_chosen(model):
    html = str(form_of(model)["accessibility"])
    for fact in AccessibilityFact.values:
        assert html.count(f'name="accessibility-{fact}"') == 3
    assert html.count('value="" checked') == html.count(" checked") == len(AccessibilityFact)


def test_what_is_known_is_kept_as_yes_and_no():
    sent = ALL | {"accessibility-wide_doors": "yes", "accessibility-quiet_room": "no"}
    form = form_of(Place, sent)
    assert form.is_valid(), form.errors
    assert form.cleaned_data["accessibility"] == {"wide_doors": True, "quiet_room": False}


def test_what_is_kept_is_shown_and_can_be_taken_back():
    place = Place(accessibility={"wide_doors": True, "quiet_room": False})
    html = str(form_of(Place, instance=place)["accessibility"])
    assert 'name="accessibility-wide_doors" value="yes" checked' in html
    assert 'name="accessibility-quiet_room" value="no" checked' in html
    form = form_of(Place, ALL | {"accessibility-wide_doors": "yes"}, instance=place)
    assert form.has_changed()
    assert form.is_valid()
    assert form.instance.accessibility == {"wide_doors": True}


def test_a_form_that_does_not_ask_leaves_what_is_known():
    place = Place(accessibility={"wide_doors": True})
    form = form_of(Place, {}, instance=place)
    assert form.is_valid()
    assert form.instance.accessibility == {"wide_doors": True}


def test_the_same_again_is_no_change():
    place = Place(accessibility={"wide_doors": True})
    assert not form_of(
        Place, ALL | {"accessibility-wide_doors": "yes"}, instance=place
    ).has_changed()


def test_nonsense_is_refused_in_words_and_the_rest_of_what_was_chosen_stays():
    form = form_of(
        Place, ALL | {"accessibility-wide_doors": "yes", "accessibility-quiet_room": "x"}
    )
    assert not form.is_valid()
    assert "“x”" in form.errors["accessibility"][0]
    html = str(form["accessibility"])
    assert 'name="accessibility-wide_doors" value="yes" checked' in html


def test_the_column_itself_refuses_what_is_no_answer():
    field = Place._meta.get_field("accessibility")
    with pytest.raises(ValidationError):
        field.clean({"wide_doors": "yes"}, None)
