import itertools

import pytest
from django.core.exceptions import ValidationError
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from socialekaart_plugin.foundation import identity
from socialekaart_plugin.foundation.identity import (
    SHORT_ID_ALPHABET,
    SHORT_ID_LENGTH,
    SLUG_MAX_LENGTH,
    new_short_id,
)
from socialekaart_plugin.models import Organisation, Theme
from tests.factories import OrganisationFactory, PlaceFactory, ThemeFactory, change, publish

pytestmark = pytest.mark.django_db


def test_a_short_id_has_no_vowels_and_no_letters_that_look_like_digits():
    assert not set(SHORT_ID_ALPHABET) & set("aeioul01")
    assert len(set(SHORT_ID_ALPHABET)) == len(SHORT_ID_ALPHABET)
    short_ids = [new_short_id() for _number in range(20)]
    assert {len(short_id) for short_id in short_ids} == {SHORT_ID_LENGTH}
    assert set("".join(short_ids)) <= set(SHORT_ID_ALPHABET)


@pytest.mark.parametrize("make", [ThemeFactory, PlaceFactory, OrganisationFactory])
def test_a_short_id_that_any_model_holds_is_not_given_again(monkeypatch, make):
    taken = make().short_id
    letters = itertools.chain(taken, "2345678")
    monkeypatch.setattr(identity.secrets, "choice", lambda alphabet: next(letters))
    assert new_short_id() == "2345678"


def test_identity_is_given_once_and_survives_renaming():
    theme = ThemeFactory(name="Geld")
    before = (theme.uuid, theme.short_id, theme.slug)
    theme.name = "Inkomen"
    theme.full_clean()
    theme.save()
    theme.refresh_from_db()
    assert (theme.uuid, theme.short_id, theme.slug) == before
    assert theme.slug == "geld"


def test_the_slug_of_a_record_is_kept_when_a_draft_renames_it():
    organisation = OrganisationFactory(public=True, name="De Brug")
    change(organisation, name="De Nieuwe Brug")
    publish(organisation)
    assert (organisation.name, organisation.slug) == ("De Nieuwe Brug", "de-brug")


def test_a_slug_that_is_taken_gets_the_first_free_number():
    slugs = [ThemeFactory(name="Geld").slug for _number in range(3)]
    assert slugs == ["geld", "geld-2", "geld-3"]
    Theme.objects.get(slug="geld-2").delete()
    assert ThemeFactory(name="Geld").slug == "geld-2"


def test_the_same_slug_may_stand_in_two_tables():
    assert ThemeFactory(name="Geld").slug == OrganisationFactory(name="Geld").slug == "geld"


def test_a_name_that_only_begins_alike_needs_no_number():
    ThemeFactory(name="Geldzaken")
    assert ThemeFactory(name="Geld").slug == "geld"


def test_an_empty_slug_is_filled_by_validation_as_the_admin_asks_it():
    theme = Theme(name="Schulden & toeslagen")
    theme.full_clean()
    assert theme.slug == "schulden-toeslagen"
    assert theme.short_id


def test_an_emptied_slug_is_made_anew_of_the_name():
    theme = ThemeFactory(name="Geld")
    theme.name, theme.slug = "Inkomen", ""
    theme.full_clean()
    assert theme.slug == "inkomen"


def test_a_slug_that_another_has_is_refused_with_what_to_do():
    ThemeFactory(name="Geld")
    with pytest.raises(ValidationError) as caught:
        Theme(name="Inkomen", slug="geld").full_clean()
    assert caught.value.message_dict == {
        "slug": ["Dit webadres is al bezet. Kies een ander laatste deel, of laat het leeg."]
    }


def test_a_chosen_slug_is_left_alone():
    theme = Theme(name="Geld", slug="inkomen")
    theme.full_clean()
    assert theme.slug == "inkomen"


def test_a_name_without_letters_of_an_address_gets_its_short_id_for_a_slug():
    theme = ThemeFactory(name="?!")
    assert theme.slug == theme.short_id


def test_a_name_in_another_script_gets_a_slug_that_can_be_read():
    assert ThemeFactory(name="日本語").slug == "ribenyu"


@settings(
    max_examples=50,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(name=st.text(min_size=1, max_size=160).filter(lambda n: n.strip() and "\0" not in n))
def test_whatever_the_name_two_records_have_two_slugs_that_fit(name):
    organisations = [Organisation(name=name) for _number in range(2)]
    for organisation in organisations:
        organisation.save()
    first, second = (organisation.slug for organisation in organisations)
    assert first != second
    assert 0 < len(first) <= SLUG_MAX_LENGTH
    assert 0 < len(second) <= SLUG_MAX_LENGTH
    for organisation in organisations:
        organisation.delete()
