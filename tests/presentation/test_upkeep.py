import pytest
from django.utils.translation import override

from socialekaart_plugin.presentation.upkeep import UpkeepLine, upkeep_line

PHONE = {"kind": "phone"}
MAIL = {"kind": "mail"}


def line(state, verified_on=None, contact=()):
    upkeep = {"state": state, "verified_on": verified_on}
    with override("en"):
        return upkeep_line({"upkeep": upkeep, "contact": list(contact)})


def test_of_what_nobody_ever_checked_nothing_is_said():
    assert line("unknown") is None


@pytest.mark.parametrize(
    ("state", "checked"),
    [("fresh", "Checked on May 1, 2026"), ("due", "Last checked on May 1, 2026")],
)
def test_one_reads_on_which_day_it_was_checked(state, checked):
    assert line(state, "2026-05-01", [PHONE]) == UpkeepLine(state, "", checked)


@pytest.mark.parametrize(
    ("contact", "warning"),
    [
        ([MAIL, PHONE], "Not checked recently: call before you go."),
        ([MAIL], "Not checked recently: ask before you go."),
    ],
)
def test_of_what_is_marked_one_reads_what_to_do_first(contact, warning):
    assert line("marked", None, contact) == UpkeepLine("marked", warning, "")
    assert line("marked", "2026-05-01", contact).checked == "Last checked on May 1, 2026"
