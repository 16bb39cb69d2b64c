import json
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from socialekaart_plugin.timetable.errors import ErrorCode, TimetableError
from socialekaart_plugin.timetable.public_holidays import Region
from socialekaart_plugin.timetable.school_holidays import read_csv, read_json
from tests.timetable.strategies import budget

MAY = {"region": "midden", "name": "Meivakantie", "from": "2027-04-24", "to": "2027-05-02"}
CHRISTMAS = {"region": "alle", "name": "Kerstvakantie", "from": "2027-12-25", "to": "2028-01-09"}
CSV = """\
region,name,from,to
midden,Meivakantie,2027-04-24,2027-05-02
alle,Kerstvakantie,2027-12-25,2028-01-09
"""


def test_json_and_csv_say_the_same():
    found = read_json(json.dumps([CHRISTMAS, MAY]))
    assert found == read_csv(CSV)
    assert found == read_csv("\ufeff" + CSV.replace(",", " ; ").replace("\n", "\r\n"))
    assert list(found) == list(Region)
    assert [period.name for period in found[Region.MIDDLE].periods] == [
        "Meivakantie",
        "Kerstvakantie",
    ]
    assert found[Region.NORTH].period_on(date(2028, 1, 9)) is not None


def test_a_region_without_a_line_has_no_calendar():
    assert list(read_json(json.dumps([MAY]))) == [Region.MIDDLE]


@pytest.mark.parametrize(
    ("rows", "code", "row"),
    [
        ([], ErrorCode.MISSING, None),
        ({"rows": []}, ErrorCode.MALFORMED, None),
        ([MAY, "mei"], ErrorCode.MALFORMED, 2),
        ([{**MAY, "region": "oost"}], ErrorCode.UNKNOWN_REGION, 1),
        ([{**MAY, "region": 3}], ErrorCode.MALFORMED, 1),
        ([{**MAY, "name": ""}], ErrorCode.MALFORMED, 1),
        ([{**MAY, "from": "24-04-2027"}], ErrorCode.MALFORMED, 1),
        ([{**MAY, "from": "2027-04-31"}], ErrorCode.MALFORMED, 1),
        ([{**MAY, "from": "2027-W17-1"}], ErrorCode.MALFORMED, 1),
        ([{**MAY, "to": "2027-04-23"}], ErrorCode.PERIOD_ENDS_BEFORE_IT_STARTS, 1),
        ([{**MAY, "colour": "red"}], ErrorCode.MALFORMED, 1),
        ([{"region": "midden", "name": "Mei", "from": "2027-04-24"}], ErrorCode.MALFORMED, 1),
        ([MAY, {**MAY, "from": "2027-05-02", "to": "2027-05-03"}], ErrorCode.PERIODS_OVERLAP, None),
        ([MAY, {**MAY, "region": "alle"}], ErrorCode.PERIODS_OVERLAP, None),
    ],
)
def test_a_wrong_list_is_refused_with_its_row(rows, code, row):
    with pytest.raises(TimetableError) as refused:
        read_json(json.dumps(rows))
    assert refused.value.code is code
    assert refused.value.values.get("row") == row


@pytest.mark.parametrize(
    ("content", "code", "row"),
    [
        ("", ErrorCode.MALFORMED, None),
        ("naam,van,tot\nmei,2027-04-24,2027-05-02\n", ErrorCode.MALFORMED, None),
        ("region,name,from,to\n", ErrorCode.MISSING, None),
        ("region,name,from,to\nmidden,mei,2027-04-24\n", ErrorCode.MALFORMED, None),
        ("region,name,from,to\nmidden,mei,2027-04-24,2027-05-02,x\n", ErrorCode.MALFORMED, None),
        ("region,name,from,to\nmidden,mei,24 april,2027-05-02\n", ErrorCode.MALFORMED, 2),
        ("region,name,from,to\noost,mei,2027-04-24,2027-05-02\n", ErrorCode.UNKNOWN_REGION, 2),
        ('region,name,from,to\nmidden,"mei,2027-04-24,2027-05-02\n', ErrorCode.MALFORMED, None),
    ],
)
def test_a_wrong_csv_is_refused(content, code, row):
    with pytest.raises(TimetableError) as refused:
        read_csv(content)
    assert refused.value.code is code
    assert refused.value.values.get("row") == row


@budget
@given(content=st.text())
def test_whatever_is_given_is_read_or_refused(content):
    for read in (read_json, read_csv):
        with pytest.raises(TimetableError):
            read(content)
        with pytest.raises(TimetableError):
            read(f"region,name,from,to\n{content}\n")
