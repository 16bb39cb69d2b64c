"""When: what is held or open now, on days, and in parts of days."""

from socialekaart_plugin.foundation.audiences import Audience
from tests.discovery.contract.asking import Case, moment, when

CASES = [
    Case(
        "now is what is held and what is open",
        {"when": when(now=True), "now": moment("2026-11-23 10:00")},
        ["Buurthuis Molen", "Taalles"],
    ),
    Case(
        "it begins at its first minute",
        {"when": when(now=True), "now": moment("2026-11-23 09:00")},
        ["Buurthuis Molen"],
    ),
    Case(
        "and is over at its last",
        {"when": when(now=True), "now": moment("2026-11-23 17:00")},
        [],
    ),
    Case(
        "after midnight what began before it still goes on",
        {"when": when(now=True), "now": moment("2026-11-28 01:59")},
        ["Nachtdans"],
    ),
    Case(
        "until it ends",
        {"when": when(now=True), "now": moment("2026-11-28 02:00")},
        [],
    ),
    Case("a day has what is held on it", {"when": when("2026-11-25")}, ["Huiswerkhulp"]),
    Case(
        "of two days either will do",
        {"when": when("2026-11-24", "2026-11-25")},
        ["Budgetcursus", "Huiswerkhulp", "Kaarten en koffie", "Spreekuur"],
    ),
    Case(
        "what runs over midnight is there on its first day",
        {"when": when("2026-11-27")},
        ["Nachtdans"],
    ),
    Case("and on its second", {"when": when("2026-11-28")}, ["Nachtdans"]),
    Case("a day without anything", {"when": when("2026-11-29")}, []),
    Case(
        "of today what is over is not found",
        {"when": when("2026-11-23"), "now": moment("2026-11-23 12:00")},
        ["Buurthuis Molen"],
    ),
    Case(
        "a part of a day",
        {"when": when("2026-11-24", parts=("evening",))},
        ["Kaarten en koffie"],
    ),
    Case(
        "of two parts either will do",
        {"when": when("2026-11-24", parts=("morning", "evening"))},
        ["Budgetcursus", "Kaarten en koffie", "Spreekuur"],
    ),
    Case(
        "what goes on until after midnight belongs to the evening before",
        {"when": when("2026-11-28", parts=("morning", "afternoon", "evening"))},
        [],
    ),
    Case(
        "while a notice says it is closed it is not held",
        {"when": when("2026-12-07")},
        ["Buurthuis Molen"],
    ),
    Case(
        "after it, it is",
        {"when": when("2026-12-14")},
        ["Buurthuis Molen", "Taalles"],
    ),
    Case(
        "in the school holidays what stops for them is not held",
        {"when": when("2026-12-21")},
        ["Buurthuis Molen"],
    ),
    Case(
        "on a day of the week",
        {"when": when(weekdays=(0,))},
        ["Buurthuis Molen", "Taalles"],
    ),
    Case(
        "one of these days of the week",
        {"when": when(weekdays=(2, 4))},
        ["Huiswerkhulp", "Nachtdans"],
    ),
    Case(
        "a day of the week with a part",
        {"when": when(weekdays=(1,), parts=("morning",))},
        ["Budgetcursus", "Spreekuur"],
    ),
    Case(
        "for colleagues there is nothing on any day",
        {"when": when(weekdays=(1,), parts=("morning",)), "audience": Audience.INTERNAL},
        [],
    ),
    Case(
        "day and part are of the same time",
        {"when": when(weekdays=(1, 3), parts=("afternoon",))},
        ["Kaarten en koffie"],
    ),
    Case(
        "a part of any day; long hours are in two",
        {"when": when(parts=("morning",))},
        ["Budgetcursus", "Buurthuis Molen", "Spreekuur", "Taalles"],
    ),
    Case(
        "in the afternoon",
        {"when": when(parts=("afternoon",))},
        ["Buurthuis Molen", "Huiswerkhulp", "Kaarten en koffie"],
    ),
    Case(
        "in the evening, and the night after it",
        {"when": when(parts=("evening",))},
        ["Kaarten en koffie", "Nachtdans"],
    ),
    Case(
        "dates and days of the week must both hold",
        {"when": when("2026-11-24", weekdays=(3,))},
        ["Kaarten en koffie"],
    ),
    Case(
        "now and a day of the week must both hold",
        {"when": when(now=True, weekdays=(1,)), "now": moment("2026-11-26 15:00")},
        ["Kaarten en koffie"],
    ),
    Case("the first day there is", {"when": when("0001-01-01")}, []),
    Case("the last day there is", {"when": when("9999-12-31", parts=("evening",))}, []),
]
