import json
import re
from pathlib import Path

import pytest

from socialekaart_plugin.timetable.as_json import schedule_from_json
from socialekaart_plugin.timetable.errors import ErrorCode
from socialekaart_plugin.timetable.public_holidays import PublicHoliday, Region
from socialekaart_plugin.timetable.school_holidays import read_csv, read_json

ROOT = Path(__file__).resolve().parents[2]
ROOM = ROOT / "socialekaart_plugin" / "timetable"
TEXT = (ROOT / "docs" / "reference" / "timetable.md").read_text(encoding="utf-8")


def documented(heading):
    part = TEXT.split(f"\n{heading}", 1)[1].split("\n## ", 1)[0]
    first_cells = re.findall(r"^\| (`[^|]+) \|", part, re.MULTILINE)
    return {name for cell in first_cells for name in re.findall(r"`(\w+)`", cell)}


def examples(language):
    return re.findall(rf"```{language}\n(.*?)```", TEXT, re.DOTALL)


def test_every_code_has_its_line():
    assert documented("## Errors") == set(ErrorCode)


def test_every_public_holiday_has_its_line():
    assert documented("| Public holiday |") == set(PublicHoliday)


def test_the_examples_can_be_read():
    schedule, school_holidays = examples("json")
    assert schedule_from_json(json.loads(schedule)).rules
    assert list(read_json(school_holidays)) == [Region.MIDDLE]
    assert list(read_csv(examples("csv")[0])) == list(Region)


@pytest.mark.parametrize("code", ErrorCode)
def test_every_code_is_tested_where_it_is_raised(code):
    tests = (path.read_text(encoding="utf-8") for path in Path(__file__).parent.glob("test_*.py"))
    assert any(f"ErrorCode.{code.name}" in text for text in tests)


def test_the_room_never_reads_the_clock():
    pattern = r"\.(now|today|utcnow)\(|\btime\.time\("
    reading = [path for path in ROOM.rglob("*.py") if re.search(pattern, path.read_text("utf-8"))]
    assert reading == []
