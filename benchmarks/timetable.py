"""How many sessions a second get their next date, beside plain dateutil in the same run.

`python -m benchmarks.timetable [--smoke]`. Sessions of one kind differ in weekday, time and first
day, within the previous year. Both sides start with objects in memory. The column *from JSON* reads
the session first, and *dateutil, from text* parses its RRULE first. *Year* is every occurrence of
the next year. CPU time on one core, the best of three. Reports the rules that miss the goal. Fails
only when the two sides differ, because a time on a busy machine proves nothing.
"""

import argparse
import random
import time
from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime, timedelta
from datetime import time as clock_time
from typing import Any

from dateutil.rrule import rrulestr

from benchmarks.database import machine, print_table, set_up
from socialekaart_plugin.timetable.as_json import schedule_from_json, schedule_to_json
from socialekaart_plugin.timetable.clock import AMSTERDAM
from socialekaart_plugin.timetable.occurrences import next_n, occurrences
from socialekaart_plugin.timetable.public_holidays import (
    USUAL_HOLIDAYS,
    Region,
    official_school_holidays,
)
from socialekaart_plugin.timetable.repetition import (
    CODES,
    LAST,
    MonthlyByDay,
    MonthlyByWeekday,
    Repetition,
    Weekday,
    Weekly,
    Yearly,
)
from socialekaart_plugin.timetable.rule import Rule
from socialekaart_plugin.timetable.schedule import Schedule
from socialekaart_plugin.timetable.slots import Slot

GOAL = 20_000
NOW = datetime(2026, 11, 24, 12, tzinfo=AMSTERDAM)

Make = Callable[[random.Random, date], Repetition]
KINDS: dict[str, Make] = {
    "weekly": lambda dice, _first: Weekly((_weekday(dice),)),
    "weekly, three days": lambda dice, _first: Weekly(tuple(dice.sample(list(Weekday), 3))),
    "every other week": lambda dice, first: Weekly((_weekday(dice),), 2, first),
    "first Monday of the month": lambda dice, _first: MonthlyByWeekday(
        (_weekday(dice),), (dice.randint(1, 4),)
    ),
    "last Friday of the month": lambda dice, _first: MonthlyByWeekday((_weekday(dice),), (LAST,)),
    "15th of the month": lambda dice, _first: MonthlyByDay((dice.randint(1, 28),)),
    "once a year": lambda dice, _first: Yearly(dice.randint(1, 12), dice.randint(1, 28)),
}
WEEKLY = [name for name in KINDS if "week" in name]
WITHOUT_HOLIDAYS = "weekly, no holidays"


def main() -> None:
    """Measure, print a table, and report which rules miss the goal."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--smoke", action="store_true", help="200 sessions of each kind")
    options = parser.parse_args()
    set_up()
    print(machine(), flush=True)
    size = 200 if options.smoke else 10_000
    rates = {name: measure(list(_schedules(name, size)), size) for name in KINDS}
    rates[WITHOUT_HOLIDAYS] = measure(list(_schedules(WITHOUT_HOLIDAYS, size)), size)
    print_table(
        ["rule", "next date", "from JSON", "dateutil", "dateutil, from text", "a year of dates"],
        [[name, *(f"{rate:,.0f}" if rate else "–" for rate in of)] for name, of in rates.items()],
    )
    slow = [name for name in (*WEEKLY, WITHOUT_HOLIDAYS) if rates[name][0] < GOAL]
    for name in slow:
        print(f"under the goal: {name}: {rates[name][0]:,.0f} a second, not {GOAL:,}")


def measure(schedules: Sequence[Schedule], size: int) -> list[float]:
    """Return sessions per second: ours, ours from JSON, dateutil, dateutil from text, our year."""
    calendar = official_school_holidays(Region.MIDDLE)
    written = [schedule_to_json(schedule) for schedule in schedules]

    def upcoming(schedule: Schedule) -> Any:
        return next_n(schedule, NOW, 1, school_holidays=calendar)

    def year(schedule: Schedule) -> Any:
        until = NOW + timedelta(365)
        return list(occurrences(schedule, NOW, until, school_holidays=calendar))

    # dateutil starts from the first date each time; a sample of the sessions is enough.
    few = schedules[: max(size // 20, 100)]
    theirs: list[float] = [0, 0]
    if few[0].in_school_holidays:
        texts = [_recurrence_lines(schedule) for schedule in few]
        rules = [rrulestr(text) for text in texts]
        # A session that is going on is not over: it began less than its own length ago.
        begun = [NOW - timedelta(minutes=each.rules[0].slot.minutes) for each in few]
        for schedule, rule, since in zip(few, rules, begun, strict=True):
            assert [each.start for each in upcoming(schedule)] == [rule.after(since)]
        theirs = [
            _rate(lambda asked: asked[0].after(asked[1]), list(zip(rules, begun, strict=True))),
            _rate(
                lambda asked: rrulestr(asked[0]).after(asked[1]),
                list(zip(texts, begun, strict=True)),
            ),
        ]
    return [
        _rate(upcoming, schedules),
        _rate(lambda data: upcoming(schedule_from_json(data)), written),
        *theirs,
        _rate(year, few),
    ]


def _rate(answer: Callable[[Any], Any], things: Sequence[Any]) -> float:
    best = float("inf")
    for _ in range(3):
        begin = time.process_time()
        for thing in things:
            answer(thing)
        best = min(best, time.process_time() - begin)
    return len(things) / best


def _schedules(name: str, size: int) -> Iterator[Schedule]:
    dice = random.Random(name)
    make = KINDS.get(name, KINDS["weekly"])
    without = name == WITHOUT_HOLIDAYS
    for _ in range(size):
        first = NOW.date() - timedelta(dice.randint(0, 365))
        hour = dice.randint(8, 20)
        yield Schedule(
            (Rule(make(dice, first), Slot(clock_time(hour), clock_time(hour + 2)), first),),
            in_school_holidays=not without,
            public_holidays_left_out=USUAL_HOLIDAYS if without else frozenset(),
        )


def _weekday(dice: random.Random) -> Weekday:
    return Weekday(dice.randint(0, 6))


def _recurrence_lines(schedule: Schedule) -> str:
    rule = schedule.rules[0]
    start = next(rule.dates(NOW.date() - timedelta(365)))
    return (
        f"DTSTART;TZID={AMSTERDAM.key}:{datetime.combine(start, rule.slot.starts_at):%Y%m%dT%H%M%S}"
        f"\nRRULE:{_recurrence(rule.repeats)}"
    )


def _recurrence(repeats: Repetition) -> str:
    match repeats:
        case Weekly():
            days = ",".join(CODES[day] for day in repeats.weekdays)
            return f"FREQ=WEEKLY;INTERVAL={repeats.interval};WKST=MO;BYDAY={days}"
        case MonthlyByWeekday():
            days = ",".join(
                f"{week}{CODES[day]}" for week in repeats.weeks for day in repeats.weekdays
            )
            return f"FREQ=MONTHLY;BYDAY={days}"
        case MonthlyByDay():
            return f"FREQ=MONTHLY;BYMONTHDAY={','.join(map(str, repeats.days))}"
        case Yearly():
            return f"FREQ=YEARLY;BYMONTH={repeats.month};BYMONTHDAY={repeats.day}"
    raise ValueError(f"{repeats} does not come back")


if __name__ == "__main__":
    main()
