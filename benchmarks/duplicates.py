"""How long it takes to find the record that a mistyped name means, beside comparing all names.

`python -m benchmarks.duplicates [--smoke]`. 1,000 and 10,000 organisations; each look-up is the
name of one of them with a typing error. *Found*: it is the first result. Fails when a look-up needs
more than 3 queries or finds fewer than nine in ten.
"""

import argparse
import difflib
import random
import statistics
import sys
import time
from collections.abc import Callable
from typing import Any

from benchmarks.database import machine, print_table, scratch_database, set_up

SIZES = (1_000, 10_000)
MOST_QUERIES = 3
LEAST_FOUND = 0.9

SORTS = ("Stichting", "Vereniging", "", "Buurthuis", "Wijkcentrum", "Koor", "Club", "Inloop")
BEGINNINGS = ("zon", "maan", "ster", "kern", "lind", "berk", "wilg", "molen", "water", "veld")
ENDINGS = ("nebloem", "licht", "hoek", "zicht", "wijk", "rust", "vreugd", "zorg", "moed", "stede")
DISTRICTS = ("Meerzicht", "Buytenwegh", "Rokkeveen", "Seghwaert", "Noordhove", "Oosterheem")
PEOPLE = ("Jansen", "Bakker", "Visser", "Smit", "Meijer", "Mulder", "Bos", "Vos", "Dekker")


def main() -> int:
    """Measure, print a table, and return 1 on too many queries or too many misses."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--smoke", action="store_true", help="1,000 records, few look-ups")
    options = parser.parse_args()
    set_up()
    print(machine(), flush=True)
    failed, lines = 0, []
    for size in SIZES[:1] if options.smoke else SIZES:
        with scratch_database():
            for name, answer in _measure(size, 40 if options.smoke else 200).items():
                cpu, queries, found = answer
                lines.append([name, f"{size:,}", str(queries), f"{cpu:.1f}", f"{found:.0%}"])
                if name == "possible_duplicates" and (
                    queries > MOST_QUERIES or found < LEAST_FOUND
                ):
                    failed = 1
    print_table(["way", "records", "queries", "CPU ms", "found"], lines)
    if failed:
        print("error: possible_duplicates asks or misses too much", file=sys.stderr)
    return failed


def _measure(size: int, number: int) -> dict[str, tuple[float, int, float]]:
    from rapidfuzz import fuzz, process

    from socialekaart_plugin.directory.rebuild import rebuild_duplicate_keys
    from socialekaart_plugin.directory.selectors import possible_duplicates
    from socialekaart_plugin.models import DuplicateKey, Organisation

    chance = random.Random(size)
    rows = _organisations(chance, size)
    begin = time.perf_counter()
    rebuild_duplicate_keys(progress=lambda *step: None)
    print(
        f"{DuplicateKey.objects.count():,} keys of {size:,} records in "
        f"{time.perf_counter() - begin:.1f} s",
        flush=True,
    )
    wanted = [(row.pk, _slip(chance, row.name)) for row in chance.sample(rows, number)]

    def names() -> dict[int, str]:
        return dict(Organisation.objects.values_list("pk", "name"))

    def by_keys(name: str) -> Any:
        duplicates = possible_duplicates(Organisation(name=name), limit=1)
        return duplicates[0].record.pk if duplicates else None

    def by_rapidfuzz(name: str) -> Any:
        found = process.extractOne(name, names(), scorer=fuzz.token_sort_ratio, score_cutoff=80)
        return found[2] if found else None

    def by_difflib(name: str) -> Any:
        every = names()
        found = difflib.get_close_matches(name, every.values(), 1, 0.8)
        return next((pk for pk, other in every.items() if found and other == found[0]), None)

    return {
        "possible_duplicates": _time(by_keys, wanted),
        "rapidfuzz over every name": _time(by_rapidfuzz, wanted),
        "difflib over every name": _time(by_difflib, wanted[:10]),
    }


def _time(answer: Callable[[str], Any], wanted: list[tuple[int, str]]) -> tuple[float, int, float]:
    """Return the median CPU time in ms, the most queries, and the ratio found."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    cpu, found, queries = [], 0, 0
    answer(wanted[0][1])
    for pk, name in wanted:
        begin = time.process_time()
        found += answer(name) == pk
        cpu.append(1000 * (time.process_time() - begin))
    for _pk, name in wanted[:20]:
        with CaptureQueriesContext(connection) as captured:
            answer(name)
        queries = max(queries, len(captured))
    return statistics.median(cpu), queries, found / len(wanted)


def _organisations(chance: random.Random, size: int) -> list[Any]:
    """Create `size` organisations, each with a unique name and a telephone number."""
    from socialekaart_plugin.models import Organisation, OrganisationContactFact

    named: set[str] = set()
    while len(named) < size:
        own = chance.choice(BEGINNINGS) + chance.choice(ENDINGS)
        person = chance.choice(PEOPLE)
        parts = (chance.choice(SORTS), own.capitalize(), person, chance.choice(DISTRICTS))
        named.add(" ".join(filter(None, parts)))
    rows = [
        Organisation(name=name, short_id=f"x{number}", slug=f"x{number}")
        for number, name in enumerate(sorted(named))
    ]
    made = Organisation.objects.bulk_create(rows, 500)
    OrganisationContactFact.objects.bulk_create(
        [
            OrganisationContactFact(record=row, kind="phone", value=f"079 {row.pk % 4000:07}")
            for row in made
        ],
        500,
    )
    return list(made)


def _slip(chance: random.Random, name: str) -> str:
    """Return a name with one letter doubled, left out or swapped with the next."""
    at = chance.randrange(len(name) // 2, len(name) - 1)
    one, two = name[at], name[at + 1]
    return name[:at] + chance.choice((one + one + two, two, two + one)) + name[at + 2 :]


if __name__ == "__main__":
    sys.exit(main())
