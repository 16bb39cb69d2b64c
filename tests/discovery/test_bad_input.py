import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from socialekaart_plugin.discovery.completion import completions
from socialekaart_plugin.discovery.engines.database.fulltext import fulltext_for_read
from socialekaart_plugin.discovery.models import SynonymGroup
from socialekaart_plugin.discovery.query.limits import MOST_TOKENS
from socialekaart_plugin.discovery.search import Near, SearchRequest, search
from socialekaart_plugin.foundation.audiences import Audience
from tests.factories import OrganisationFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("each_engine")]

#: No search asks more of the database than this, whatever was typed.
MOST_QUERIES = 20
#: A token is looked for in seven fields.
MOST_KEYS = 7 * MOST_TOKENS

EVIL = [
    *("budget", "rondkomen", "hardlpoen", "dinsdagavond", "vandaag", "het", "schuldhulpmaatje"),
    *("\0", "'", '"', "''", '""', "“", "*", "-", "^", "(", ")", "\\", "%", "_", ":", "::", "<->"),
    *("name:", "tokens:", "NEAR(", "NEAR(a b, 5)", "AND", "OR", "NOT", "bud*", "& |", "!", ":*"),
    *(
        "😀",
        "👨‍👩‍👧",
        "\u202e",
        "مرحبا",
        "שלום",
        "é̂̃̄",
        "㌀",
        "ﷺ",
        "ß",
        "İ",
        "𝔟𝔲𝔡𝔤𝔢𝔱",
        "\ud800",
        "ਪੰਜਾਬੀ",
    ),
    *("'; DROP TABLE x; --", "{}", "%s", "$1", "\n", "\t", "\u200b", "a" * 300, "0x62", "1e9"),
]
any_text = st.text(st.characters(codec=None), max_size=300) | st.lists(
    st.sampled_from(EVIL), max_size=30
).map(" ".join)
tried = settings(
    max_examples=120,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)


@pytest.fixture
def asked(monkeypatch):
    """How many keys were looked up, a call each."""
    numbers: list[int] = []
    kind = type(fulltext_for_read())
    looked_up = kind.postings

    def postings(self, keys):
        numbers.append(len(keys))
        return looked_up(self, keys)

    monkeypatch.setattr(kind, "postings", postings)
    return numbers


@tried
@given(
    text=any_text,
    value=any_text,
    sort=st.sampled_from(["relevance", "name", "-name", "distance", "-verified"]),
    offset=st.integers(-5, 10**40),
    audience=st.sampled_from(list(Audience)),
)
@example(text="㌀" * 200, value="", sort="relevance", offset=0, audience=Audience.PUBLIC)
@example(text="x" * 10_000, value="x" * 10_000, sort="name", offset=0, audience=Audience.PUBLIC)
def test_any_question_has_an_answer(town, asked, text, value, sort, offset, audience):
    asked.clear()
    facets = {"theme": (value,), "organisation": (value,)}
    with CaptureQueriesContext(connection) as queries:
        for chosen in ({}, facets):
            results = search(
                SearchRequest(
                    text=text,
                    facets=chosen,
                    sort=sort,
                    offset=offset,
                    audience=audience,
                    counted=("theme", "organisation"),
                    explain=True,
                )
            )
            assert 0 <= len(results.payloads) <= results.total <= 3
            for found in results.found:
                assert "".join(piece for piece, _is_it in found.name) == found.payload["name"]
    assert len(queries) <= 2 * MOST_QUERIES
    assert max(asked, default=0) <= MOST_KEYS


@tried
@given(text=any_text, audience=st.sampled_from(list(Audience)), limit=st.integers(-2, 20))
@example(text="㌀" * 200, audience=Audience.PUBLIC, limit=8)
@example(text="x" * 10_000, audience=Audience.PUBLIC, limit=8)
def test_anything_typed_may_be_suggested_for(town, text, audience, limit):
    with CaptureQueriesContext(connection) as queries:
        found = completions(text, audience=audience, limit=limit)
    assert len(found) <= max(0, limit)
    assert len(queries) <= 20
    for suggestion in found:
        assert "".join(piece for piece, _is_it in suggestion.pieces) == suggestion.name


@pytest.mark.parametrize(
    "text",
    ["budget* form", "name:budget", "NEAR(budget formulieren)", "budget -formulieren", "^budget"],
)
def test_operators_are_no_operators(town, text):
    assert "Bureau Budget" in [p["name"] for p in search(SearchRequest(text=text)).payloads] or (
        text.startswith(("name", "NEAR"))
    )
    assert search(SearchRequest(text="budget")).total == 2


def test_the_longest_plan_there_is_stays_within_its_bounds(town, asked):
    words = [f"woord{letter}" for letter in "abcdefghijkl"]
    for word in words:
        others = [f"{word}anders{number}" for number in range(30)]
        SynonymGroup.objects.create(terms="\n".join([word, *others]))
        OrganisationFactory(public=True, name="X", summary=" ".join(others[:12]))
    search(SearchRequest())
    with CaptureQueriesContext(connection) as queries:
        search(SearchRequest(text=" ".join(words), correct=False))
    assert max(asked) <= MOST_KEYS
    assert len(queries) <= 6


@pytest.mark.parametrize(
    "request_",
    [
        SearchRequest(offset=10**9),
        SearchRequest(limit=0),
        SearchRequest(dates=(datetime.date.min, datetime.date.max)),
        SearchRequest(dates=(datetime.date.max,), parts=("evening",)),
        SearchRequest(verified_since=datetime.date.min),
        SearchRequest(verified_since=datetime.date.max),
        SearchRequest(age=10**30),
        SearchRequest(age=-(10**30)),
        SearchRequest(near=Near(90, 180, 10), sort="distance"),
        SearchRequest(near=Near(-90, -180, 10**12), sort="distance"),
        SearchRequest(near=Near(0, 0), radius=1e308),
        SearchRequest(facets={"area": tuple(map(str, range(5_000)))}),
        SearchRequest(facets={"area": ("",), "tag": ("a=b c",)}),
        SearchRequest(weekdays=(0, 0, 6), parts=("evening", "evening")),
    ],
)
def test_the_outermost_is_answered(town, request_):
    results = search(request_)
    assert 0 <= results.total <= 3


@settings(
    max_examples=25,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    name=st.text(st.characters(codec="utf-8", exclude_characters="\0"), min_size=1, max_size=120)
    .map(str.strip)
    .filter(bool)
)
def test_every_record_is_found_by_its_own_name(db, name):
    organisation = OrganisationFactory(public=True, name=name)
    request = SearchRequest(text=name, read_times=False, limit=200)
    found = [payload["name"] for payload in search(request).payloads]
    organisation.delete()
    assert organisation.name in found
