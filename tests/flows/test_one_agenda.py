"""Whatever record and moment: page, card, API, schema.org and search tell the same times."""

import datetime

import pytest
from dateutil.rrule import MO, MONTHLY, WEEKLY, YEARLY, rrule, weekday
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from socialekaart_plugin.channels.pages.json_ld_times import opening_specifications, schedules
from socialekaart_plugin.discovery.documents.coming_times import coming_times
from socialekaart_plugin.discovery.documents.time_encoding import (
    LEAST_OVERLAP,
    MINUTES_A_DAY,
    decode_times,
    encode_times,
    minutes,
    minutes_of_day,
)
from socialekaart_plugin.discovery.index import index_records
from socialekaart_plugin.discovery.search import SearchRequest, search
from socialekaart_plugin.discovery.selectors import current_analyzer
from socialekaart_plugin.models import PublishedRecord
from socialekaart_plugin.places.selectors import school_holidays
from socialekaart_plugin.presentation.times_as_data import NEXT_TIMES, add_times
from socialekaart_plugin.presentation.timetables import NEXT_TIMES as ON_A_PAGE
from socialekaart_plugin.presentation.timetables import held, in_brief, own_hours
from socialekaart_plugin.publication.agenda import agenda_of
from socialekaart_plugin.publication.rules import as_of
from socialekaart_plugin.timetable.as_json import (
    opening_hours_from_json,
    opening_hours_to_json,
    schedule_from_json,
    schedule_to_json,
)
from socialekaart_plugin.timetable.clock import AMSTERDAM, ONE_DAY, occurrence_on
from socialekaart_plugin.timetable.errors import TimetableError
from socialekaart_plugin.timetable.opening_hours import OpeningHours, OtherDay
from socialekaart_plugin.timetable.public_holidays import PublicHoliday
from socialekaart_plugin.timetable.schedule import ROUND_THE_CLOCK
from tests.factories import ActivityFactory, OrganisationFactory
from tests.timetable import strategies

#: So far ahead the channels are compared, in days; search looks no further.
AHEAD = 42
#: And what schema.org is told, which tells exceptions by date for half a year.
FAR = 170

#: Near one another, so that closures meet sessions and moments.
days = st.dates(datetime.date(2026, 10, 1), datetime.date(2027, 1, 31))
notices = st.lists(
    st.builds(
        lambda kind, first, length: {
            "kind": kind,
            "starts_on": first.isoformat(),
            "ends_on": length and (first + datetime.timedelta(length - 1)).isoformat(),
            "text": "",
        },
        st.sampled_from(["closed", "closed", "changed"]),
        days,
        st.sampled_from([None, 1, 2, 10, 60, 400]),
    ),
    max_size=3,
)
validities = st.fixed_dictionaries(
    {"from": st.none() | days.map(str), "until": st.none() | days.map(str)}
)


@st.composite
def opening_hours(draw):
    times = st.lists(strategies.slots(), max_size=2).map(tuple)
    week = tuple(draw(times) if draw(st.booleans()) else () for _day in range(7))
    others = draw(st.dictionaries(days, times, max_size=2))
    try:
        hours = OpeningHours(
            week,
            tuple(OtherDay(*each) for each in others.items()),
            periods_left_out=tuple(draw(st.lists(strategies.periods(), max_size=1))),
            seasons_left_out=tuple(draw(st.lists(strategies.seasons(), max_size=1))),
            in_school_holidays=draw(st.booleans()),
            public_holidays_left_out=draw(st.frozensets(st.sampled_from(PublicHoliday))),
        )
    except TimetableError:
        assume(False)
    return opening_hours_to_json(hours)


@st.composite
def activities(draw):
    found = draw(st.lists(st.none() | strategies.schedules(), max_size=3))
    lacks_times = None in found or not found
    states = ["", "by_appointment", "always"] if lacks_times else [""]
    return {
        "without_times": draw(st.sampled_from(states)),
        "sessions": [
            {
                "place": None,
                "room": "",
                "note": "",
                "schedule": schedule and schedule_to_json(schedule),
            }
            for schedule in found
        ],
        "notices": draw(notices),
        "validity": draw(validities),
    }


organisations = st.builds(
    lambda hours, notices: {"opening_hours": hours, "notices": notices, "places": []},
    st.none() | opening_hours(),
    notices,
)
records = activities() | organisations


@st.composite
def moments(draw, payload, calendar):
    """A moment of that winter, often one at which something begins, goes on or ends."""
    day = draw(days)
    at = datetime.datetime.combine(day, draw(strategies.times), AMSTERDAM)
    near = [when for when in times_of(payload, day, calendar) if when[1] > at]
    if near and draw(st.booleans()):
        at = min(near)[draw(st.integers(0, 1))] + datetime.timedelta(
            minutes=draw(st.sampled_from([-1, 0, 1]))
        )
    # In the hour that clocks show twice search, which counts by the wall, cannot tell which it is.
    assume(at.replace(fold=0).utcoffset() == at.replace(fold=1).utcoffset())
    return at


@st.composite
def cases(draw):
    payload, calendar = draw(records), draw(st.none() | strategies.calendars())
    return payload, calendar, draw(moments(payload, calendar))


def times_of(payload, day, calendar, ahead=AHEAD):
    """By hand: all that starts from the day before a day until so many days after it."""
    found = set()
    for schedule in schedules_of(payload):
        for rule in schedule.rules:
            for on in schedule.dates(rule, day - ONE_DAY, calendar):
                if on > day + datetime.timedelta(ahead):
                    break
                if not is_cancelled(payload, on.isoformat()):
                    when = occurrence_on(on, rule.slot, AMSTERDAM)
                    found.add((when.start, when.end))
    return sorted(found)


def schedules_of(payload):
    if "sessions" in payload:
        stored = [session["schedule"] for session in payload["sessions"]]
        always = [ROUND_THE_CLOCK] if payload["without_times"] == "always" else []
        return [*(schedule_from_json(each) for each in stored if each), *always]
    hours = payload["opening_hours"]
    return [opening_hours_from_json(hours).schedule()] if hours else []


def is_cancelled(payload, day):
    """Whether a day (as text, by which days stand in order) is outside all that is promised."""
    validity = payload.get("validity", {"from": None, "until": None})
    return (
        day < (validity["from"] or "")
        or day > (validity["until"] or "9")
        or any(
            notice["starts_on"] <= day <= (notice["ends_on"] or "9")
            for notice in payload["notices"]
            if notice["kind"] == "closed"
        )
    )


def begins_with(told, expected, most):
    """Whether as many are told as are shown, the expected ones first; later ones may follow."""
    return told[: len(expected)] == expected[:most] and len(told) >= min(len(expected), most)


@settings(
    max_examples=150,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.filter_too_much, HealthCheck.too_slow],
)
@given(case=cases())
def test_page_card_api_schema_org_and_index_tell_the_same(case):
    stored, calendar, now = case
    today = now.date()
    everything = times_of(stored, today, calendar)
    far = times_of(stored, today, calendar, FAR)
    expected = [when for when in everything if when[1] > now]
    on = bool(expected) and expected[0][0] <= now
    payload = as_of(stored, today)
    # What is told as over is nowhere told as going on.
    assert not (on and payload.get("validity", {}).get("state") == "ended")

    brief = in_brief(payload, now, calendar)
    assert bool(brief.now) is on
    # What is there at any time has no next time.
    if expected and stored.get("without_times") != "always":
        assert (brief.next_time.start, brief.next_time.is_on) == (expected[0][0], on)

    told = add_times(payload, now, calendar)
    times = [(each["start"], each["end"]) for each in told["next_times"]]
    once = list(dict.fromkeys(times))
    as_text = [(start.isoformat(), end.isoformat()) for start, end in expected]
    assert once[: len(as_text)] == as_text[: len(once)]
    assert len(times) == NEXT_TIMES or len(once) >= len(as_text)
    assert told["open_now"] is (on if schedules_of(stored) else None)

    if "sessions" in stored:
        page = held(payload, now, calendar)
        starts = [(time.start, time.is_on) for time in page.next_times]
        of_sessions = times_of({**stored, "without_times": ""}, today, calendar)
        wanted = [(start, start <= now) for start, end in of_sessions if end > now]
        assert begins_with(starts, wanted, ON_A_PAGE)
        assert read_schedules(schedules(agenda_of(payload, calendar), now), today) == by_day(
            far, today
        )
    else:
        page = own_hours(payload, now, calendar)
        assert (page.is_open if page else False) is on
        if page and expected and not on:
            assert page.opens.start == expected[0][0]
        specifications = opening_specifications(agenda_of(payload, calendar), now)
        if specifications:
            assert read_hours(specifications, today) == opened_by_day(far, today)

    kept = decode_times(coming_times(payload, today, calendar).data)
    midnight = minutes_of_day(today)
    spans = [(minutes(start), minutes(end)) for start, end in everything]
    assert kept == decode_times(encode_times(each for each in spans if each[1] > midnight))
    assert any(start <= minutes(now) < end for start, end in kept) is on


def by_day(times, today):
    """From today on: the day, from when, how many minutes by the clock on the wall."""
    return {
        (start.date(), f"{start:%H:%M}", _length(start, end))
        for start, end in times
        if start.date() >= today and not _in_change(start, end)
    }


def _length(start, end):
    return int((end.replace(tzinfo=None) - start.replace(tzinfo=None)).total_seconds() // 60)


def _in_change(start, end):
    """Of a night in which the clocks change the wall tells other hours than the rule."""
    return (
        start.utcoffset() != (end + ONE_DAY).utcoffset()
        or start.utcoffset() != (start - ONE_DAY).utcoffset()
    )


def read_schedules(told, today):
    """Read `eventSchedule` as a stranger would, with another engine than ours."""
    last = today + datetime.timedelta(FAR)
    found = set()
    for each in told:
        start = datetime.date.fromisoformat(each["startDate"])
        end = min(last, datetime.date.fromisoformat(each.get("endDate", last.isoformat())))
        left_out = set(each.get("exceptDate", ()))
        dates = _recurring(each, start, end) if "repeatFrequency" in each else [start]
        assert start in dates or start > last
        found |= {
            (day, each["startTime"], _minutes_of(each))
            for day in dates
            if day <= end and day.isoformat() not in left_out
        }
    return {
        each
        for each in found
        if not _in_change(*(_moment(each[0], each[1], lasts) for lasts in (0, each[2])))
    }


def _moment(day, at, lasts):
    start = datetime.datetime.combine(day, datetime.time.fromisoformat(at), AMSTERDAM)
    return start + datetime.timedelta(minutes=lasts)


def _minutes_of(told):
    if "duration" in told:
        return int(told["duration"].removeprefix("PT").removesuffix("M"))
    start, end = (datetime.time.fromisoformat(told[name]) for name in ("startTime", "endTime"))
    return 60 * (end.hour - start.hour) + end.minute - start.minute


def _recurring(told, start, end):
    codes = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
    names = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
    frequency = told["repeatFrequency"]
    how = {}
    for day in told.get("byDay", ()):
        one = (
            weekday(names.index(day.removeprefix("https://schema.org/")))
            if day.startswith("https")
            else weekday(codes.index(day[-2:]), int(day[:-2]))
        )
        how.setdefault("byweekday", []).append(one)
    if "byMonthDay" in told:
        how["bymonthday"] = told["byMonthDay"]
    if "byMonth" in told:
        how["bymonth"] = told["byMonth"]
    found = rrule(
        {"W": WEEKLY, "M": MONTHLY, "Y": YEARLY}[frequency[-1]],
        interval=int(frequency[1:-1]),
        # The first of its month: a month has the dates that it has.
        dtstart=datetime.datetime.combine(
            start if frequency[-1] == "W" else start.replace(day=1), datetime.time()
        ),
        until=datetime.datetime.combine(max(start, end), datetime.time()),
        wkst=MO,
        **how,
    )
    return [each.date() for each in found if each.date() >= start]


def opened_by_day(times, today):
    found = {}
    for start, end in times:
        if start.date() >= today and not _in_change(start, end):
            found.setdefault(start.date(), set()).add((f"{start:%H:%M}", f"{end:%H:%M}"))
    return found


def read_hours(told, today):
    """Read opening hours as a stranger would: a day of its own goes before the week."""
    found = {}
    for number in range(FAR + 1):
        day = today + datetime.timedelta(number)
        special = [
            each
            for each in told.get("specialOpeningHoursSpecification", ())
            if each["validFrom"] <= day.isoformat() <= each["validThrough"]
        ]
        usual = [
            each
            for each in told.get("openingHoursSpecification", ())
            if each["dayOfWeek"] == f"https://schema.org/{day:%A}"
            and each.get("validFrom", "") <= day.isoformat() <= each.get("validThrough", "9")
        ]
        slots = {
            (each["opens"], "00:00" if each["closes"] == "23:59" else each["closes"])
            for each in special or usual
            if (each["opens"], each["closes"]) != ("00:00", "00:00")
        }
        at_hand = {each for each in slots if not _in_change(*_from_to(day, *each))}
        if at_hand:
            found[day] = at_hand
    return found


def _from_to(day, opens, closes):
    start, end = (_moment(day, at, 0) for at in (opens, closes))
    return start, end if end > start else end + ONE_DAY


@pytest.mark.django_db
@settings(
    max_examples=6,
    deadline=None,
    derandomize=True,
    suppress_health_check=list(HealthCheck),
)
@given(data=st.data())
def test_nu_open_and_days_find_what_the_pages_tell(time_machine, data):
    calendar = school_holidays()
    drawn = data.draw(st.lists(records, min_size=8, max_size=8))
    now = data.draw(moments(drawn[0], calendar))
    time_machine.move_to(now)
    uuids = {str(row.uuid): stored for row, stored in zip(rows(drawn), drawn, strict=True)}
    pages = {uuid: as_of(stored, now.date()) for uuid, stored in uuids.items()}

    told = {uuid for uuid, page in pages.items() if in_brief(page, now, calendar).now}
    assert found_by(open_now=True) == {uuid for uuid in told if not ended(uuids[uuid], now)}
    for number in (0, 1, 6, 20):
        day = now.date() + datetime.timedelta(number)
        on_that_day = {
            uuid
            for uuid, stored in uuids.items()
            if not ended(stored, now) and fills(times_of(stored, now.date(), calendar), day, now)
        }
        assert found_by(dates=(day,)) == on_that_day


def rows(drawn):
    """Public records with these times, findable."""
    PublishedRecord.objects.all().delete()
    activity, organisation = (
        PublishedRecord.objects.get(uuid=factory(public=True).uuid)
        for factory in (ActivityFactory, OrganisationFactory)
    )
    PublishedRecord.objects.filter(kind__in=["activity", "organisation"]).delete()
    made = []
    for number, stored in enumerate(drawn):
        like = activity if "sessions" in stored else organisation
        row = PublishedRecord(kind=like.kind, sequence=10_000 + number)
        row.uuid = type(like.uuid)(int=number + 1)
        row.short_id, row.changed_at = f"t{number}", like.changed_at
        row.public_payload = {
            **like.public_payload,
            **stored,
            "uuid": str(row.uuid),
            "short_id": row.short_id,
        }
        row.referrer_payload = row.public_payload
        row.save()
        made.append(row)
    index_records(made, analyzer=current_analyzer())
    return made


def found_by(**asked):
    return {found.payload["uuid"] for found in search(SearchRequest(limit=50, **asked)).found}


def ended(stored, now):
    until = stored.get("validity", {}).get("until")
    return until is not None and until < now.date().isoformat()


def fills(times, day, now):
    """Whether half an hour of a day, or all that it lasts, is filled with what is not over."""
    spans = encode_times((minutes(start), minutes(end)) for start, end in times)
    midnight = minutes_of_day(day)
    return any(
        min(end, midnight + MINUTES_A_DAY) - max(start, midnight) >= min(LEAST_OVERLAP, end - start)
        for start, end in decode_times(spans)
        if end > minutes(now)
    )
