"""What is still in use is not deleted, and what is gone breaks no form and no history."""

import pytest
from django.http import QueryDict
from django.urls import reverse

from socialekaart_plugin.directory.forms.merged_word_fields import follow_merges
from socialekaart_plugin.models import Area, Place
from socialekaart_plugin.moderation.permissions import Role
from socialekaart_plugin.vocabulary.actions import merge_words
from socialekaart_plugin.vocabulary.models import Keyword, TargetGroup, Theme
from tests.factories import (
    ActivityFactory,
    AreaFactory,
    OrganisationFactory,
    PlaceFactory,
    UserFactory,
    at,
    change,
    together_with,
)
from tests.snippet_screens import text_of, url

pytestmark = pytest.mark.django_db


def make(model, name, **kwargs):
    return model.objects.create(name=name, **kwargs)


@pytest.fixture
def manager(team, client):
    client.force_login(UserFactory(role=Role.MANAGERS))
    return client


@pytest.mark.parametrize("where", ["public", "draft", "session"])
def test_a_place_in_use_is_not_deleted(manager, where):
    place = PlaceFactory()
    if where == "public":
        record = OrganisationFactory(visiting_place=place, public=True)
    elif where == "session":
        record = ActivityFactory(sessions=[at(place)], public=True)
    else:
        record = OrganisationFactory(public=True)
        change(record, visiting_place=place)
    response = manager.post(url(Place, "delete", place.pk))
    assert record.name in text_of(response)
    assert Place.objects.filter(pk=place.pk).exists()


def test_an_area_in_which_something_lies_or_that_is_served_is_not_deleted(manager):
    area = AreaFactory()
    place = PlaceFactory(name="Buurthuis")
    assert place.area == area
    record = OrganisationFactory(areas_served=[area], public=True)
    text = text_of(manager.post(url(Area, "delete", area.pk)))
    assert "Buurthuis" in text
    assert record.name in text
    assert Area.objects.filter(pk=area.pk).exists()


def test_an_organisation_with_activities_is_not_deleted_in_bulk(manager):
    activity = ActivityFactory(name="Koffieochtend")
    bulk = reverse("wagtail_bulk_action", args=["socialekaart_plugin", "organisation", "delete"])
    response = manager.post(f"{bulk}?id={activity.organisation.pk}")
    assert response.status_code == 409
    assert "Koffieochtend" in text_of(response)
    activity.organisation.refresh_from_db()


def test_a_form_that_was_open_during_a_merge_is_saved_with_what_stays(manager):
    old, new = make(Theme, "Oud"), make(Theme, "Nieuw")
    group_old, group_new = make(TargetGroup, "Oud"), make(TargetGroup, "Nieuw")
    record = OrganisationFactory(
        themes=[old], target_groups=[group_old], tags=["wandel groep"], public=True
    )
    stay = make(Keyword, "wandelen")
    merge_words(words=[old], into=new)
    merge_words(words=[group_old], into=group_new)
    merge_words(words=[Keyword.objects.get(name="wandel groep")], into=stay)
    sent = QueryDict(mutable=True)
    sent.setlist("themes", [str(old.pk), str(new.pk)])
    sent.setlist("target_groups", [str(group_old.pk)])
    sent["tags"] = '"wandel groep", nieuw'
    followed = follow_merges(sent)
    assert followed.getlist("themes") == [str(new.pk)]
    assert followed.getlist("target_groups") == [str(group_new.pk)]
    assert followed["tags"] == '"nieuw", "wandelen"' or followed["tags"] == '"wandelen", "nieuw"'
    record.refresh_from_db()
    assert [theme.name for theme in record.themes.all()] == ["Nieuw"]


def test_a_place_that_only_the_history_of_a_record_knows_may_go_and_the_history_opens(manager):
    place = PlaceFactory()
    record = ActivityFactory(sessions=[at(place)], public=True)
    old = record.get_latest_revision()
    changed = record.get_latest_revision_as_object()
    changed.sessions = []
    changed.save_revision().publish()
    assert manager.post(url(Place, "delete", place.pk)).status_code == 302
    assert not Place.objects.filter(pk=place.pk).exists()
    for screen, args in (
        ("revisions_revert", (record.pk, old.pk)),
        ("revisions_compare", (record.pk, old.pk, "latest")),
        ("history", (record.pk,)),
    ):
        assert manager.get(url(type(record), screen, *args)).status_code == 200


def test_an_old_version_with_an_organisation_that_is_gone_opens_without_it(manager):
    joining = OrganisationFactory(public=True)
    record = ActivityFactory(co_organisers=[together_with(joining)], public=True)
    old = record.get_latest_revision()
    changed = record.get_latest_revision_as_object()
    changed.co_organisers = []
    changed.save_revision().publish()
    joining.delete()
    assert list(old.as_object().co_organisers.all()) == []
    assert manager.get(url(type(record), "revisions_revert", record.pk, old.pk)).status_code == 200
