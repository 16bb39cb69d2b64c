import datetime

import pytest
from django.core.management import call_command
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from socialekaart_plugin.directory.actions import confirm_record, mark_record, withdraw_record
from socialekaart_plugin.directory.choices import VerificationChannel
from socialekaart_plugin.foundation.announced_model import changed_by
from socialekaart_plugin.foundation.audiences import Audience
from socialekaart_plugin.models import (
    Activity,
    Organisation,
    PublicationEvent,
    PublishedRecord,
    Theme,
)
from socialekaart_plugin.publication.actions import bump_due_sequences, feed_records
from socialekaart_plugin.publication.choices import RecordKind
from tests.factories import (
    ActivityFactory,
    AreaFactory,
    OrganisationFactory,
    PlaceFactory,
    TargetGroupFactory,
    ThemeFactory,
    UserFactory,
    at,
    change,
    contact,
    publish,
    together_with,
)

pytestmark = pytest.mark.django_db

DAY = datetime.date(2026, 5, 1)


def row(record):
    return PublishedRecord.objects.get(uuid=record.uuid)


def last_sequence():
    return PublishedRecord.objects.order_by("-sequence").values_list("sequence", flat=True)[0]


def test_a_draft_leaves_no_row():
    draft = OrganisationFactory()
    assert not PublishedRecord.objects.filter(uuid=draft.uuid).exists()


def test_publishing_writes_a_row_and_the_highest_sequence():
    organisation = OrganisationFactory(public=True)
    assert row(organisation).sequence == last_sequence()
    assert row(organisation).short_id == organisation.short_id


def test_a_draft_of_a_live_record_changes_nothing_outside():
    organisation = OrganisationFactory(public=True, name="Voor")
    before = row(organisation)
    change(organisation, name="Na", summary="Anders")
    after = row(organisation)
    assert (after.public_payload, after.sequence) == (before.public_payload, before.sequence)


def test_saving_a_draft_instance_feeds_the_live_row_and_never_the_draft():
    organisation = OrganisationFactory(public=True, name="Voor")
    draft = organisation.get_latest_revision_as_object()
    draft.name = "Na"
    draft.save_revision()
    draft.save(update_fields=["has_unpublished_changes"])
    assert row(organisation).public_payload["name"] == "Voor"


def test_saving_without_a_change_keeps_the_sequence():
    organisation = OrganisationFactory(public=True)
    before = row(organisation).sequence
    organisation.save()
    feed_records(kind=RecordKind.ORGANISATION, uuids=[organisation.uuid])
    assert row(organisation).sequence == before


def test_a_withdrawn_row_keeps_nothing_but_its_identity():
    organisation = OrganisationFactory(public=True)
    withdraw_record(record=organisation, reason="Gestopt")
    gone = row(organisation)
    assert (gone.public_payload, gone.referrer_payload, gone.next_change_on) == (None, None, None)
    assert gone.withdrawn_at is not None
    assert (gone.uuid, gone.short_id) == (organisation.uuid, organisation.short_id)


def test_a_withdrawn_record_can_be_published_again_at_the_same_address():
    organisation = OrganisationFactory(public=True)
    withdraw_record(record=organisation, reason="Vergissing")
    publish(organisation)
    back = row(organisation)
    assert back.withdrawn_at is None
    assert back.public_payload["short_id"] == organisation.short_id


def test_the_replacement_of_a_withdrawn_record_is_kept_until_it_is_published_again():
    old, new = OrganisationFactory(public=True), OrganisationFactory(public=True)
    withdraw_record(record=old, reason="Samengegaan", replaced_by=new)
    assert row(old).replaced_by == new.uuid
    publish(old)
    assert row(old).replaced_by is None
    assert old.replaced_by is None


def test_deleting_a_record_leaves_a_tombstone():
    organisation = OrganisationFactory(public=True)
    organisation.delete()
    assert row(organisation).withdrawn_at is not None


def test_deleting_by_queryset_as_the_bulk_action_does_leaves_tombstones_too():
    records = [OrganisationFactory(public=True) for _number in range(3)]
    Organisation.objects.filter(pk__in=[record.pk for record in records]).delete()
    assert PublishedRecord.objects.public().filter(kind="organisation").count() == 0


def test_a_failing_save_leaves_neither_record_nor_row():
    organisation = OrganisationFactory(public=True, name="Voor")

    def save_and_fail():
        with transaction.atomic():
            organisation.name = "Na"
            organisation.save()
            assert row(organisation).public_payload["name"] == "Na"
            raise RuntimeError

    with pytest.raises(RuntimeError):
        save_and_fail()
    assert row(organisation).public_payload["name"] == "Voor"


@pytest.mark.parametrize(
    ("make", "rename"),
    [
        (lambda: ThemeFactory(name="Geld"), lambda theme: {"themes": [theme]}),
        (lambda: TargetGroupFactory(name="Geld"), lambda group: {"target_groups": [group]}),
        (lambda: PlaceFactory(name="Geld"), lambda place: {"visiting_place": place}),
    ],
)
def test_what_a_record_shows_is_renamed_in_the_record_at_once(make, rename):
    shown = make()
    organisation = OrganisationFactory(public=True, **rename(shown))
    shown.name = "Inkomen"
    shown.save()
    assert "Inkomen" in str(row(organisation).public_payload)
    assert "'Geld'" not in str(row(organisation).public_payload)


def test_a_renamed_wider_theme_reaches_the_records_below_it():
    wide = ThemeFactory(name="Geld")
    organisation = OrganisationFactory(public=True, themes=[ThemeFactory(parent=wide)])
    wide.name = "Inkomen"
    wide.save()
    assert row(organisation).public_payload["themes"][0]["path"][0]["name"] == "Inkomen"


def test_a_renamed_area_reaches_the_activities_in_it():
    area = AreaFactory(name="Centrum")
    activity = ActivityFactory(public=True, sessions=[at(PlaceFactory())])
    area.name = "Binnenstad"
    area.save()
    assert row(activity).public_payload["places"][0]["areas"][0]["name"] == "Binnenstad"


def test_a_renamed_keyword_reaches_the_records_that_carry_it():
    organisation = OrganisationFactory(public=True, tags=["budjet"])
    keyword = organisation.tags.get()
    keyword.name = "budget"
    keyword.save()
    assert row(organisation).public_payload["tags"] == ["budget"]


def test_a_deleted_theme_leaves_the_records_that_showed_it():
    theme, other = ThemeFactory(), ThemeFactory()
    organisation = OrganisationFactory(public=True, themes=[theme, other])
    Theme.objects.filter(pk=theme.pk).delete()
    assert [t["name"] for t in row(organisation).public_payload["themes"]] == [other.name]


def test_a_withdrawn_organisation_is_no_longer_named_by_its_activities():
    activity = ActivityFactory(public=True)
    withdraw_record(record=activity.organisation, reason="Gestopt")
    assert row(activity).public_payload["organisations"] == []


def test_a_contact_fact_saved_on_its_own_reaches_the_row():
    organisation = OrganisationFactory(public=True)
    contact(Audience.PUBLIC, "nieuw@example.nl", record=organisation).save()
    assert "nieuw@example.nl" in str(row(organisation).public_payload)
    organisation.contact_facts.get(value="nieuw@example.nl").delete()
    assert "nieuw@example.nl" not in str(row(organisation).public_payload)


def test_contact_facts_deleted_by_queryset_are_gone_outside_at_once():
    organisation = OrganisationFactory(
        public=True,
        contact_facts=[
            contact(Audience.PUBLIC, "een@example.nl"),
            contact(Audience.PUBLIC, "twee@example.nl"),
            contact(Audience.PUBLIC, "drie@example.nl"),
        ],
    )
    organisation.contact_facts.model.objects.exclude(value="een@example.nl").delete()
    assert [fact["value"] for fact in row(organisation).public_payload["contact"]] == [
        "een@example.nl"
    ]


def test_a_deleted_record_is_withdrawn_once_whatever_goes_with_it():
    organisation = OrganisationFactory(public=True, tags=["a", "b"])
    before = row(organisation).sequence
    organisation.delete()
    assert row(organisation).sequence == before + 1


def test_more_dependents_than_the_limit_are_fed_by_a_task_after_the_commit(
    settings, django_capture_on_commit_callbacks
):
    settings.SOCIALEKAART_FANOUT_LIMIT = 2
    theme = ThemeFactory(name="Geld")
    organisations = [OrganisationFactory(public=True, themes=[theme]) for _number in range(3)]
    with django_capture_on_commit_callbacks(execute=False) as callbacks:
        theme.name = "Inkomen"
        theme.save()
    assert "Inkomen" not in str(row(organisations[0]).public_payload)
    for callback in callbacks:
        callback()
    assert all("Inkomen" in str(row(o).public_payload) for o in organisations)


def test_events_tell_what_went_public_or_was_withdrawn_by_whom_and_why():
    user = UserFactory(is_superuser=True)
    organisation = OrganisationFactory(name="Samen")
    publish(organisation, user=user)
    change(organisation, summary="Anders.").publish(user=user)
    withdraw_record(record=organisation, reason="Gestopt per 1 mei", user=user)
    events = PublicationEvent.objects.filter(record_uuid=organisation.uuid).order_by("pk")
    assert [(event.kind, event.name, event.user, event.reason) for event in events] == [
        ("published", "Samen", user, ""),
        ("changed", "Samen", user, ""),
        ("withdrawn", "Samen", user, "Gestopt per 1 mei"),
    ]


def test_a_change_of_something_shown_is_no_event_of_the_record():
    theme = ThemeFactory()
    organisation = OrganisationFactory(public=True, themes=[theme])
    before = PublicationEvent.objects.filter(record_uuid=organisation.uuid).count()
    theme.name = "Anders"
    theme.save()
    assert PublicationEvent.objects.filter(record_uuid=organisation.uuid).count() == before


def test_events_cannot_be_changed_or_deleted():
    OrganisationFactory(public=True)
    event = PublicationEvent.objects.first()
    with pytest.raises(TypeError):
        event.save()
    with pytest.raises(TypeError):
        event.delete()


def test_confirming_and_marking_reach_the_row_without_a_revision():
    organisation = OrganisationFactory(public=True)
    revisions = organisation.revisions.count()
    confirm_record(
        record=organisation, on=datetime.date(2026, 5, 1), channel=VerificationChannel.PHONE
    )
    assert row(organisation).public_payload["upkeep"]["verified_on"] == "2026-05-01"
    mark_record(record=organisation, on=datetime.date(2026, 6, 1))
    assert row(organisation).public_payload["upkeep"]["marked_on"] == "2026-06-01"
    assert organisation.revisions.count() == revisions


def test_a_row_that_reads_differently_by_time_gets_a_new_sequence_once(time_machine):
    time_machine.move_to("2026-01-02 12:00Z")
    organisation = OrganisationFactory(public=True)
    confirm_record(
        record=organisation, on=datetime.date(2026, 1, 1), channel=VerificationChannel.PHONE
    )
    before = row(organisation)
    assert before.next_change_on == datetime.date(2027, 1, 1)
    assert bump_due_sequences(today=datetime.date(2026, 12, 31)) == 0
    time_machine.move_to("2027-01-01 12:00Z")
    assert bump_due_sequences(today=datetime.date(2027, 1, 1)) == 1
    after = row(organisation)
    assert after.sequence > before.sequence
    assert after.next_change_on is None
    assert bump_due_sequences(today=datetime.date(2027, 1, 1)) == 0


def test_the_user_of_the_admin_is_the_user_of_the_event_when_nobody_else_is_named():
    from wagtail.log_actions import LogContext

    user = UserFactory()
    organisation = OrganisationFactory()
    with LogContext(user=user):
        publish(organisation)
    assert PublicationEvent.objects.get(record_uuid=organisation.uuid).user == user


def test_a_reason_given_around_several_changes_reaches_all_their_events():
    activity = ActivityFactory(public=True)
    with changed_by(None, "Opgeruimd"):
        Activity.objects.filter(pk=activity.pk).delete()
    event = PublicationEvent.objects.filter(record_uuid=activity.uuid, kind="withdrawn").get()
    assert event.reason == "Opgeruimd"


def test_verifying_is_no_new_version_in_the_log():
    organisation = OrganisationFactory(public=True)
    before = PublicationEvent.objects.count()
    confirm_record(record=organisation, on=DAY, channel=VerificationChannel.PHONE)
    assert PublicationEvent.objects.count() == before


def test_a_deleted_replacement_no_longer_leads_anywhere():
    old, new = OrganisationFactory(public=True), OrganisationFactory(public=True)
    withdraw_record(record=old, reason="Samengegaan", replaced_by=new)
    new.delete()
    assert row(old).replaced_by is None
    call_command("check_public_records")


def test_a_change_that_others_do_not_show_is_not_fed_to_them():
    activity = ActivityFactory(public=True)
    before = row(activity).sequence
    change(activity.organisation, summary="Anders.").publish()
    with CaptureQueriesContext(connection) as queries:
        activity.organisation.save()
    assert row(activity).sequence == before
    assert not [q for q in queries if "_session" in q["sql"]]


def test_an_organisation_that_is_both_is_named_once():
    organisation = OrganisationFactory(public=True)
    activity = ActivityFactory(
        public=True, organisation=organisation, co_organisers=[together_with(organisation)]
    )
    assert len(row(activity).public_payload["organisations"]) == 1


def test_an_emptied_description_leaves_as_nothing():
    organisation = OrganisationFactory(public=True, description='<p data-block-key="a1"></p>')
    assert row(organisation).public_payload["description"] == ""


def test_a_new_draft_is_not_compared_for_nothing_of_it_is_shown():
    theme = ThemeFactory()
    with CaptureQueriesContext(connection) as asked:
        record = OrganisationFactory(themes=[theme])
    assert not [query for query in asked if PublishedRecord._meta.db_table in query["sql"]]
    assert publish(record).live
    assert row(record).public_payload
