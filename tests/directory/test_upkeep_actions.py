import datetime
import json

import pytest
from django.core.exceptions import ValidationError
from wagtail.models import ModelLogEntry

from socialekaart_plugin.directory.actions import (
    add_note,
    mark_record,
    remove_note,
    set_origin,
    set_steward,
    set_upkeep,
    unmark_record,
)
from socialekaart_plugin.models import InternalNote
from tests.factories import OrganisationFactory, UserFactory

pytestmark = pytest.mark.django_db


def log_lines(record):
    return list(ModelLogEntry.objects.filter(object_id=str(record.pk)).order_by("pk"))


def test_setting_the_upkeep_writes_no_revision_and_one_log_line():
    user, steward = UserFactory(), UserFactory()
    record = OrganisationFactory(public=True)
    revisions, lines = record.revisions.count(), len(log_lines(record))
    set_upkeep(record=record, steward=steward, verify_interval_days=90, user=user)
    record.refresh_from_db()
    assert (record.steward, record.verify_interval_days) == (steward, 90)
    assert record.revisions.count() == revisions
    (line,) = log_lines(record)[lines:]
    assert (line.action, line.user) == ("socialekaart.set_upkeep", user)
    assert line.data["steward"] == [None, steward.pk]
    assert line.data["verify_interval_days"] == [None, 90]


def test_what_is_not_given_stays():
    record = OrganisationFactory()
    set_upkeep(record=record, verification_contact_name="Fatma", verify_interval_days=30)
    set_steward(record=record, steward=UserFactory())
    record.refresh_from_db()
    assert (record.verification_contact_name, record.verify_interval_days) == ("Fatma", 30)


def test_the_log_never_holds_the_contact_at_the_organisation():
    record = OrganisationFactory()
    set_upkeep(
        record=record,
        verification_contact_name="Fatma Yilmaz",
        verification_contact_phone="0612345678",
        verification_contact_mail="fatma@example.com",
        verification_contact_note="alleen dinsdag",
    )
    written = json.dumps([line.data for line in log_lines(record)])
    assert "verification_contact_name" in written
    for secret in ("Fatma", "1234", "example.com", "dinsdag"):
        assert secret not in written


def test_setting_what_is_so_already_writes_nothing():
    record = OrganisationFactory()
    set_upkeep(record=record, verify_interval_days=30)
    lines = len(log_lines(record))
    set_upkeep(record=record, verify_interval_days=30)
    assert len(log_lines(record)) == lines


def test_the_number_of_whom_to_ask_is_kept_in_one_way_of_writing():
    record = OrganisationFactory()
    set_upkeep(record=record, verification_contact_phone="0031 79 1234567")
    record.refresh_from_db()
    assert record.verification_contact_phone == "079 123 4567"


@pytest.mark.parametrize(
    "wrong",
    [
        {"verification_contact_phone": "morgen"},
        {"verification_contact_mail": "fatma"},
        {"verify_interval_days": 0},
        {"verify_interval_days": 6 * 366},
        {"verification_contact_name": "x" * 121},
    ],
)
def test_a_wrong_value_is_refused_by_field_and_nothing_is_written(wrong):
    record = OrganisationFactory()
    with pytest.raises(ValidationError) as caught:
        set_upkeep(record=record, verification_contact_note="bel 's middags", **wrong)
    assert list(caught.value.message_dict) == list(wrong)
    assert record.verification_contact_note == ""
    record.refresh_from_db()
    assert record.verification_contact_note == ""


def test_a_draft_that_is_published_later_does_not_undo_the_upkeep():
    record = OrganisationFactory(public=True)
    draft = record.save_revision()
    steward = UserFactory()
    set_steward(record=record, steward=steward)
    draft.publish()
    record.refresh_from_db()
    assert record.steward == steward


def test_an_origin_is_kept_and_logged():
    record = OrganisationFactory()
    set_origin(record=record, source="Wegwijzer", source_id="w-12", source_licence="CC0")
    record.refresh_from_db()
    assert (record.source, record.source_id) == ("Wegwijzer", "w-12")
    assert log_lines(record)[-1].data["source_id"] == "w-12"


def test_a_note_says_who_wrote_it_and_the_log_does_not_say_what():
    user = UserFactory()
    record = OrganisationFactory()
    note = add_note(record=record, text="  Belt nooit terug. ", user=user)
    assert (note.text, note.author, list(record.notes.all())) == ("Belt nooit terug.", user, [note])
    assert log_lines(record)[-1].action == "socialekaart.add_note"
    assert "Belt" not in json.dumps(log_lines(record)[-1].data)


@pytest.mark.parametrize("text", ["   ", "x" * 2001])
def test_a_note_that_is_empty_or_too_long_is_refused(text):
    record = OrganisationFactory()
    with pytest.raises(ValidationError):
        add_note(record=record, text=text)
    assert not InternalNote.objects.exists()


def test_a_removed_note_is_gone_and_the_log_says_that_there_was_one():
    record = OrganisationFactory()
    note = add_note(record=record, text="Belt nooit terug.")
    remove_note(note=note, user=UserFactory())
    assert not InternalNote.objects.exists()
    assert log_lines(record)[-1].action == "socialekaart.remove_note"


def test_a_mark_can_be_ended_without_saying_that_the_record_is_right():
    record = OrganisationFactory(public=True)
    mark_record(record=record, on=datetime.date(2026, 5, 1))
    unmark_record(record=record)
    record.refresh_from_db()
    assert (record.marked_on, record.verified_on) == (None, None)
    assert log_lines(record)[-1].action == "socialekaart.unmark"
