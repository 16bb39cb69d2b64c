import datetime

import pytest

from socialekaart_plugin.directory.actions import (
    SeasonError,
    add_note,
    close_activity,
    confirm_record,
    copy_activity,
    mark_record,
    set_upkeep,
)
from socialekaart_plugin.directory.choices import VerificationChannel
from socialekaart_plugin.models import Activity, ActivityNotice, ActivityTranslation
from tests.factories import (
    ActivityFactory,
    OrganisationFactory,
    PlaceFactory,
    UserFactory,
    activity_contact,
    at,
    change,
    publish,
    together_with,
)

pytestmark = pytest.mark.django_db

DAY = datetime.date(2027, 6, 30)


def weekly(weekday="TU", **kwargs):
    rule = {"repeats": "weekly", "weekdays": [weekday], "starts_at": "10:00", "ends_at": "12:00"}
    return {"rules": [{**rule, **kwargs}]}


def test_closing_holds_for_the_public_and_for_the_draft_alike():
    activity = ActivityFactory(public=True, summary="Goedgekeurd.")
    change(activity, summary="Nog niet goedgekeurd.")
    closed = close_activity(activity=activity, on=DAY, user=UserFactory())
    assert (closed.live, closed.valid_until, closed.summary) == (True, DAY, "Goedgekeurd.")
    draft = closed.get_latest_revision_as_object()
    assert (draft.valid_until, draft.summary) == (DAY, "Nog niet goedgekeurd.")
    publish(closed)
    assert closed.valid_until == DAY


def test_an_activity_cannot_end_before_it_begins():
    activity = ActivityFactory(public=True, valid_from=datetime.date(2027, 9, 1))
    with pytest.raises(SeasonError, match="2027"):
        close_activity(activity=activity, on=DAY)
    activity.refresh_from_db()
    assert activity.valid_until is None


def test_a_draft_that_begins_later_is_not_closed_before_it_begins_either():
    activity = ActivityFactory(public=True)
    change(activity, valid_from=datetime.date(2027, 9, 1))
    with pytest.raises(SeasonError):
        close_activity(activity=activity, on=DAY)
    assert Activity.objects.get(pk=activity.pk).valid_until is None


def full_activity():
    place = PlaceFactory()
    activity = ActivityFactory(
        public=True,
        valid_from=datetime.date(2026, 9, 1),
        valid_until=DAY,
        capacity="full",
        contact_facts=[activity_contact("public", "les@example.com")],
        co_organisers=[together_with(OrganisationFactory(public=True))],
        sessions=[
            at(place, room="Tuinkamer", schedule=weekly("TU")),
            at(place, schedule=weekly("TH"), sort_order=1),
        ],
        tags=["taal"],
    )
    draft = activity.get_latest_revision_as_object()
    draft.notices = [ActivityNotice(kind="closed", starts_on=DAY, text="Dicht")]
    draft.translations = [
        ActivityTranslation(language="en", summary="Lessons", source_fingerprint="abc")
    ]
    draft.save_revision()
    publish(activity)
    set_upkeep(record=activity, verification_contact_name="Fatma", steward=UserFactory())
    confirm_record(record=activity, on=DAY, channel=VerificationChannel.PHONE, by_name="Fatma")
    mark_record(record=activity, on=DAY)
    add_note(record=activity, text="Belt nooit terug.")
    return activity


def copied(activity, **kwargs):
    values = {
        "name": "Taalles 2027",
        "valid_from": datetime.date(2027, 8, 31),
        "valid_until": None,
        **kwargs,
    }
    return Activity.objects.get(pk=copy_activity(activity=activity, **values).pk)


def test_a_copy_takes_what_is_written_along():
    activity = full_activity()
    copy = copied(activity)
    assert copy.summary == activity.summary
    assert copy.organisation == activity.organisation
    assert [str(tag) for tag in copy.tags.all()] == ["taal"]
    assert list(copy.themes.all()) == list(activity.themes.all())
    assert [fact.value for fact in copy.contact_facts.all()] == ["les@example.com"]
    assert [each.organisation for each in copy.co_organisers.all()] == [
        each.organisation for each in activity.co_organisers.all()
    ]
    assert [(t.language, t.source_fingerprint) for t in copy.translations.all()] == [("en", "abc")]
    assert [session.room for session in copy.sessions.all()] == ["Tuinkamer", ""]


def test_a_copy_leaves_identity_upkeep_notes_and_what_was_so_for_a_while_behind():
    activity, maker = full_activity(), UserFactory()
    copy = copied(activity, user=maker)
    assert (copy.live, copy.first_published_at, copy.steward) == (False, None, maker)
    for name in ("uuid", "short_id", "slug"):
        assert getattr(copy, name) != getattr(activity, name)
    assert (copy.verified_on, copy.marked_on) == (None, None)
    assert (copy.verified_by_name, copy.verification_contact_name) == ("", "")
    assert (copy.notes.count(), copy.notices.count(), copy.capacity) == (0, 0, "")
    assert copy.latest_revision.pk != activity.latest_revision.pk


def test_the_original_of_a_copy_stays_as_it_was():
    activity = full_activity()
    keys = [session.pk for session in activity.sessions.all()]
    copied(activity)
    original = Activity.objects.get(pk=activity.pk)
    assert [session.pk for session in original.sessions.all()] == keys
    assert (original.live, original.valid_until, original.notes.count()) == (True, DAY, 1)


def test_only_the_chosen_sessions_go_along():
    copy = copied(full_activity(), sessions=[1])
    (session,) = copy.sessions.all()
    assert session.schedule["rules"][0]["weekdays"] == ["TH"]


def test_a_copy_for_another_place_holds_its_sessions_there():
    hall = PlaceFactory(name="Sporthal")
    copy = copied(full_activity(), place=hall, valid_from=None)
    assert [(session.place, session.room) for session in copy.sessions.all()] == [(hall, "")] * 2


def test_the_times_of_a_copy_move_with_the_season():
    activity = ActivityFactory(
        public=True,
        valid_from=datetime.date(2026, 9, 1),
        sessions=[
            at(
                PlaceFactory(),
                schedule={
                    **weekly(interval=2, anchor="2026-09-01", valid_until="2026-12-22"),
                    "left_out": ["2026-10-13"],
                },
            )
        ],
    )
    (session,) = copied(activity).sessions.all()
    (rule,) = session.schedule["rules"]
    assert (rule["anchor"], rule["valid_until"]) == ("2027-08-31", "2027-12-21")
    assert session.schedule["left_out"] == []


def test_without_a_first_day_the_times_of_a_copy_stay():
    activity = ActivityFactory(
        public=True, sessions=[at(PlaceFactory(), schedule=weekly(valid_until="2026-12-22"))]
    )
    (session,) = copied(activity, valid_from=None).sessions.all()
    assert session.schedule["rules"][0]["valid_until"] == "2026-12-22"


def test_a_season_that_ends_before_it_begins_is_refused_and_nothing_is_made():
    activity = ActivityFactory(public=True)
    with pytest.raises(SeasonError) as caught:
        copied(activity, valid_until=datetime.date(2027, 1, 1))
    assert caught.value.field == "valid_until"
    assert Activity.objects.count() == 1


def test_a_season_in_another_century_is_refused():
    activity = ActivityFactory(public=True, sessions=[at(PlaceFactory(), schedule=weekly())])
    with pytest.raises(SeasonError) as caught:
        copied(activity, valid_from=datetime.date(9999, 1, 1))
    assert caught.value.field == "valid_from"
