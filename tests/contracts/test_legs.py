"""Which tests run on one leg only."""

import pytest

from tests import legs


@pytest.fixture
def written(tmp_path):
    def written(*lines):
        file = tmp_path / f"test_{abs(hash(lines))}.py"
        file.write_text("\n".join(lines))
        return file

    return written


@pytest.mark.parametrize(
    "line",
    [
        "from socialekaart_plugin.timetable.slots import Slot",
        "from socialekaart_plugin.timetable import slots",
        "from socialekaart_plugin.places import rules",
        "from socialekaart_plugin.places.rules import format_point",
        "from tests.timetable import strategies",
        "import hypothesis",
    ],
)
def test_what_is_free_of_frameworks_by_contract_runs_once(written, line):
    assert legs.is_plain(written("import datetime", line))


@pytest.mark.parametrize(
    "line",
    [
        "from wagtail.admin.panels import FieldPanel",
        "import django.forms",
        "from socialekaart_plugin.places.models import Place",
        "from socialekaart_plugin.places import rules_of_others",
        "from socialekaart_plugin import models",
        "from tests.factories import PlaceFactory",
        "def test_late():\n    from django.utils import timezone",
    ],
)
def test_what_rests_on_django_or_wagtail_runs_on_each_wagtail(written, line):
    assert not legs.is_plain(written("from socialekaart_plugin.timetable import slots", line))
