"""JSON of the API, written fast."""

import datetime
import json
import uuid

import pytest
from django.utils.translation import gettext_lazy
from rest_framework.renderers import JSONRenderer

from socialekaart_plugin.channels.api.renderers import FastJSONRenderer
from socialekaart_plugin.directory.choices import Cost

AMSTERDAM = datetime.timezone(datetime.timedelta(hours=2))
ANSWERS = [
    None,
    {},
    [],
    {"text": 'é "quoted" \\ <b> \u2014 😀 \x7f\n\t', "empty": None, "yes": True, "number": 1.5},
    {"at": datetime.datetime(2026, 7, 1, 12, 30, tzinfo=datetime.UTC)},
    {"at": datetime.datetime(2026, 7, 1, 12, 30, 1, 500, tzinfo=AMSTERDAM)},
    {"on": datetime.date(2026, 7, 1), "id": uuid.UUID(int=7), "lazy": gettext_lazy("Name")},
    {"choice": Cost.FREE, "pair": (1, 2), 3: "three"},
]


@pytest.mark.parametrize("answer", ANSWERS)
def test_it_writes_what_rest_framework_writes(answer):
    assert FastJSONRenderer().render(answer) == JSONRenderer().render(answer)


def test_line_separators_read_as_they_were():
    answer = {"text": "a\u2028b\u2029c"}

    assert json.loads(FastJSONRenderer().render(answer)) == answer


def test_what_is_to_be_indented_is():
    answer = FastJSONRenderer().render({"a": [1]}, "application/json; indent=2")

    assert answer == b'{\n  "a": [\n    1\n  ]\n}'
