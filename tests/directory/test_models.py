import datetime

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.utils import timezone
from wagtail.models import ModelLogEntry

from socialekaart_plugin.directory.actions import confirm_record, mark_record
from socialekaart_plugin.directory.choices import Gap, VerificationChannel
from socialekaart_plugin.directory.requirements import (
    PublicationRefused,
    missing_for_publication,
)
from socialekaart_plugin.directory.signals import record_about_to_go_public
from socialekaart_plugin.foundation.audiences import Audience
from socialekaart_plugin.models import Organisation, OrganisationNotice, PublishedRecord, Theme
from tests.factories import (
    ActivityFactory,
    OrganisationFactory,
    ThemeFactory,
    change,
    contact,
    publish,
)

pytestmark = pytest.mark.django_db

DAY = datetime.date(2026, 5, 1)


def confirmed(record):
    return confirm_record(
        record=record,
        on=DAY,
        channel=VerificationChannel.PHONE,
        by_name="Fatima",
        by_role="voorzitter",
    )


def upkeep(record):
    record.refresh_from_db()
    return (
        record.verified_on,
        record.verified_by_name,
        record.verified_by_role,
        record.verified_channel,
    )


CONFIRMED = (DAY, "Fatima", "voorzitter", "phone")


def schedule(record, at, **values):
    draft = record.get_latest_revision_as_object()
    draft.go_live_at = at
    for name, value in values.items():
        setattr(draft, name, value)
    revision = draft.save_revision()
    revision.publish()
    return revision


def log_actions(record):
    return list(
        ModelLogEntry.objects.filter(object_id=str(record.pk), label=str(record))
        .order_by("pk")
        .values_list("action", flat=True)
    )


class TestUpkeepIsNotEdited:
    def test_by_a_draft(self):
        organisation = confirmed(OrganisationFactory(public=True))
        change(organisation, summary="Anders.")
        assert upkeep(organisation) == CONFIRMED

    def test_by_publishing_a_draft_made_before_the_confirmation(self):
        organisation = OrganisationFactory(public=True)
        revision = change(organisation, summary="Anders.")
        confirmed(organisation)
        revision.publish()
        assert upkeep(organisation) == CONFIRMED
        assert organisation.summary == "Anders."

    def test_by_restoring_an_older_revision(self):
        organisation = OrganisationFactory(public=True)
        first = organisation.latest_revision
        publish(organisation)
        confirmed(organisation)
        change(organisation, summary="Anders.").publish()
        first.publish(previous_revision=organisation.get_latest_revision())
        assert upkeep(organisation) == CONFIRMED

    def test_by_a_schedule(self, time_machine):
        time_machine.move_to("2026-05-01 08:00Z")
        organisation = OrganisationFactory(public=True)
        schedule(organisation, timezone.now() + datetime.timedelta(hours=1), summary="Straks.")
        confirmed(organisation)
        time_machine.move_to("2026-05-01 10:00Z")
        call_command("publish_scheduled")
        assert upkeep(organisation) == CONFIRMED
        assert organisation.summary == "Straks."

    def test_by_saving_an_instance_read_before_the_confirmation(self):
        organisation = OrganisationFactory(public=True)
        read_before = Organisation.objects.get(pk=organisation.pk)
        confirmed(organisation)
        read_before.summary = "Anders."
        read_before.save()
        assert upkeep(organisation) == CONFIRMED

    def test_by_unpublishing(self):
        organisation = confirmed(OrganisationFactory(public=True))
        organisation.unpublish()
        assert upkeep(organisation) == CONFIRMED

    def test_nor_kept_in_a_revision(self):
        organisation = confirmed(OrganisationFactory(public=True))
        content = organisation.save_revision().content
        assert not set(Organisation.UPKEEP_FIELDS) & set(content)
        assert "Fatima" not in str(content)

    def test_but_a_confirmation_ends_a_mark(self):
        organisation = mark_record(record=OrganisationFactory(public=True), on=DAY)
        confirmed(organisation)
        organisation.refresh_from_db()
        assert organisation.marked_on is None


class TestIdentity:
    def test_stays_when_an_older_revision_is_published(self):
        organisation = OrganisationFactory(public=True)
        uuid, short_id = organisation.uuid, organisation.short_id
        revision = organisation.latest_revision
        revision.content["uuid"] = "00000000-0000-0000-0000-000000000000"
        revision.content["short_id"] = "zzzzzzz"
        revision.save()
        publish(organisation)
        assert (organisation.uuid, organisation.short_id) == (uuid, short_id)

    def test_is_new_in_a_record_made_without_an_editor_which_is_not_live(self):
        organisation = Organisation.objects.create(name="Uit de shell")
        assert organisation.live is False
        assert organisation.short_id
        assert organisation.slug == "uit-de-shell"


class TestRefusal:
    def test_names_everything_that_is_missing_and_writes_nothing(self):
        organisation = OrganisationFactory(summary="", themes=[], contact_facts=[])
        with pytest.raises(PublicationRefused) as refused:
            publish(organisation)
        assert {r.field for r in refused.value.missing} == {"summary", "themes", "contact_facts"}
        organisation.refresh_from_db()
        assert organisation.live is False
        assert not PublishedRecord.objects.filter(uuid=organisation.uuid).exists()

    def test_of_an_organisation_that_nobody_outside_can_reach(self):
        organisation = OrganisationFactory(
            contact_facts=[contact(Audience.REFERRER, "verwijzer@example.nl")]
        )
        with pytest.raises(PublicationRefused):
            publish(organisation)

    def test_of_an_activity_without_organisation(self):
        activity = ActivityFactory()
        draft = activity.get_latest_revision_as_object()
        draft.organisation = None
        revision = draft.save_revision(clean=False)
        with pytest.raises(PublicationRefused) as refused:
            revision.publish()
        assert [r.field for r in refused.value.missing] == ["organisation"]

    def test_of_an_activity_whose_organisation_is_not_public(self):
        activity = ActivityFactory(organisation=OrganisationFactory(name="Nog concept"))
        with pytest.raises(PublicationRefused, match="Nog concept"):
            publish(activity)

    def test_of_a_slug_that_another_record_took_meanwhile(self):
        organisation = OrganisationFactory(public=True)
        revision = change(organisation, slug="bezet")
        OrganisationFactory(name="Andere", slug="bezet")
        with pytest.raises(PublicationRefused, match="Andere"):
            revision.publish()

    def test_by_a_receiver_of_the_signal(self):
        organisation = OrganisationFactory()

        def object_to_it(record, **kwargs):
            raise PublicationRefused(record, [])

        record_about_to_go_public.connect(object_to_it)
        try:
            with pytest.raises(PublicationRefused):
                publish(organisation)
        finally:
            record_about_to_go_public.disconnect(object_to_it)
        organisation.refresh_from_db()
        assert organisation.live is False

    def test_by_schedule_is_recorded_and_stops_nothing_else(self, time_machine):
        time_machine.move_to("2026-05-01 08:00Z")
        soon = timezone.now() + datetime.timedelta(hours=1)
        theme = ThemeFactory()
        bad = OrganisationFactory(name="Onaf", themes=[theme])
        good = OrganisationFactory(name="Goed")
        schedule(bad, soon)
        schedule(good, soon + datetime.timedelta(minutes=1))
        Theme.objects.filter(pk=theme.pk).delete()
        time_machine.move_to("2026-05-01 10:00Z")
        call_command("publish_scheduled")
        bad.refresh_from_db()
        good.refresh_from_db()
        assert (bad.live, good.live) == (False, True)
        assert log_actions(bad)[-1] == "socialekaart.refuse_publication"
        refusals = log_actions(bad).count("socialekaart.refuse_publication")
        call_command("publish_scheduled")
        assert log_actions(bad).count("socialekaart.refuse_publication") == refusals == 1

    def test_is_said_when_a_publication_is_scheduled_too(self):
        organisation = OrganisationFactory(summary="")
        with pytest.raises(PublicationRefused):
            schedule(organisation, timezone.now() + datetime.timedelta(days=1))


class TestContactFact:
    @pytest.mark.parametrize(
        ("kind", "typed", "written"),
        [
            ("phone", "0791234567", "079 123 4567"),
            ("phone", "+31 79 123 45 67", "079 123 4567"),
            ("phone", "+32 2 555 12 12", "+32 2 555 12 12"),
            ("phone", "079 1234567 toestel 12", "079 123 4567 tst. 12"),
            ("phone", "14079", "14 079"),
            ("phone", "113", "113"),
            ("website", "www.voorbeeld.nl", "https://www.voorbeeld.nl"),
            ("website", "a.nl/?u=https://b.nl", "https://a.nl/?u=https://b.nl"),
            ("website", "https://a.nl/?u=https://b.nl", "https://a.nl/?u=https://b.nl"),
            ("mail", "info@voorbeeld.nl", "info@voorbeeld.nl"),
            ("person", "Fatima", "Fatima"),
        ],
    )
    def test_is_written_in_one_way(self, kind, typed, written):
        fact = contact(Audience.PUBLIC, typed, kind=kind)
        fact.clean()
        assert fact.value == written

    @pytest.mark.parametrize(
        ("kind", "typed"),
        [
            ("phone", "bel maar"),
            ("phone", "12"),
            ("phone", "079-12345"),
            ("phone", "791234567"),
            ("phone", "0791234567 (maandag)"),
            ("mail", "info@"),
            ("website", "javascript:alert(1)"),
            ("social", "niets bijzonders"),
        ],
    )
    def test_that_cannot_be_right_is_refused_at_its_value(self, kind, typed):
        with pytest.raises(ValidationError) as error:
            contact(Audience.PUBLIC, typed, kind=kind).clean()
        assert set(error.value.message_dict) == {"value"}

    @pytest.mark.parametrize(
        ("kind", "value", "uri"),
        [
            ("phone", "079 123 4567", "tel:+31-79-123-4567"),
            ("phone", "079 123 4567 tst. 12", "tel:+31-79-123-4567;ext=12"),
            ("phone", "113", "tel:113"),
            ("phone", "7912345", ""),
            ("phone", "onleesbaar", ""),
            ("mail", "info@voorbeeld.nl", "mailto:info@voorbeeld.nl"),
            ("website", "https://www.voorbeeld.nl", "https://www.voorbeeld.nl"),
            ("website", "javascript:alert(1)", ""),
            ("person", "Fatima", ""),
        ],
    )
    def test_leads_only_where_it_is_safe(self, kind, value, uri):
        assert contact(Audience.PUBLIC, value, kind=kind).uri == uri

    def test_a_number_that_lost_its_zero_is_shown_to_editors_and_published_no_more(self):
        OrganisationFactory(contact_facts=[contact(Audience.PUBLIC, "079 123 4567", kind="phone")])
        record = OrganisationFactory(
            contact_facts=[contact(Audience.PUBLIC, "7912345", kind="phone")]
        )
        assert list(Organisation.objects.missing(Gap.PHONE)) == [record]
        (needed,) = missing_for_publication(record)
        assert needed.field == "contact_facts"
        assert "7912345" in needed.message


def test_a_theme_cannot_be_part_of_itself():
    wide = ThemeFactory()
    narrow = ThemeFactory(parent=wide)
    wide.parent = narrow
    with pytest.raises(ValidationError):
        wide.full_clean()


def test_a_version_that_cannot_be_written_is_an_error_and_no_version_without_children():
    record = OrganisationFactory()
    record.notices = [OrganisationNotice(kind="closed", starts_on="no date", text="Dicht")]
    with pytest.raises(AttributeError):
        record.save_revision()
    assert record.revisions.count() == 1
