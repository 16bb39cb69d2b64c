"""One small change to a record holds for what is public and for what may still become so."""

import datetime

import pytest
from django.utils import timezone
from wagtail.models import Revision

from socialekaart_plugin.directory.amendments import amend_record
from socialekaart_plugin.models import Organisation, PublishedRecord
from tests.factories import OrganisationFactory, ThemeFactory, UserFactory, change, publish

pytestmark = pytest.mark.django_db


def rename_other_names(record):
    record.alternative_names = "Nieuw"


def public_names(record):
    return PublishedRecord.objects.get(uuid=record.uuid).public_payload["alternative_names"]


def test_a_live_record_without_a_draft_changes_at_once_and_stays_without_one():
    organisation = OrganisationFactory(public=True)
    amend_record(record=organisation, amend=rename_other_names)
    organisation.refresh_from_db()
    assert public_names(organisation) == ["Nieuw"]
    assert not organisation.has_unpublished_changes
    assert organisation.live_revision_id == organisation.latest_revision_id
    assert organisation.get_latest_revision_as_object().alternative_names == "Nieuw"


def test_a_pending_draft_keeps_its_own_changes_and_stays_pending():
    organisation = OrganisationFactory(public=True, summary="Zoals het was.")
    change(organisation, summary="Zoals het wordt.")
    amend_record(record=organisation, amend=rename_other_names)
    organisation.refresh_from_db()
    assert organisation.summary == "Zoals het was."
    assert organisation.has_unpublished_changes
    assert public_names(organisation) == ["Nieuw"]
    publish(organisation)
    assert organisation.summary == "Zoals het wordt."
    assert public_names(organisation) == ["Nieuw"]


def test_a_draft_that_never_was_public_changes_and_stays_inside():
    organisation = OrganisationFactory()
    amend_record(record=organisation, amend=rename_other_names)
    organisation.refresh_from_db()
    assert organisation.get_latest_revision_as_object().alternative_names == "Nieuw"
    assert not organisation.live
    assert not PublishedRecord.objects.filter(uuid=organisation.uuid).exists()


def test_a_scheduled_version_keeps_its_schedule_and_takes_the_change_along():
    organisation = OrganisationFactory(public=True)
    draft = organisation.get_latest_revision_as_object()
    draft.summary = "Vanaf volgende maand."
    draft.go_live_at = timezone.now() + datetime.timedelta(days=30)
    draft.save_revision().publish()
    amend_record(record=organisation, amend=rename_other_names)
    scheduled = Revision.objects.get(approved_go_live_at__isnull=False)
    assert scheduled.as_object().alternative_names == "Nieuw"
    assert scheduled.as_object().summary == "Vanaf volgende maand."


def test_many_to_many_and_children_follow_in_every_version():
    old, new = ThemeFactory(), ThemeFactory()
    organisation = OrganisationFactory(public=True, themes=[old])
    change(organisation, summary="Zoals het wordt.")

    def move(record):
        record.themes = [new]

    amend_record(record=organisation, amend=move, user=UserFactory())
    organisation = Organisation.objects.get(pk=organisation.pk)
    assert list(organisation.themes.all()) == [new]
    assert list(organisation.get_latest_revision_as_object().themes.all()) == [new]
    assert organisation.contact_facts.count() == 1
