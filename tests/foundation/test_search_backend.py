"""Through our backend Wagtail searches for whatever someone types, on every engine."""

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from modelsearch.query import MATCH_ALL, MATCH_NONE, And, Boost, Fuzzy, Not, Or, Phrase, PlainText
from modelsearch.utils import parse_query_string
from wagtail.models import Page, Site
from wagtail.search.backends import get_search_backend

from socialekaart_plugin.foundation.search_backend import cleaned
from socialekaart_plugin.foundation.search_words import MOST_WORDS

HOSTILE = [
    '"', '""', "\\", "'", "''", "\0", "a\0b", "(", ")", "*", "a*", "^a", "a:b", "{a}", "-", "a -",
    "NEAR(", "a AND", "OR", "NOT a", "a NOT b", "&", "|", "!", "a & | b", "<->", ":*", "%", "%s",
    "%(x)s", "_", "\ud800", "😀", "👩‍👩‍👧", "\u202ea", "е\u0301" * 300, "x" * 100_000,
    "woord " * 600, '"a ' * 600, "\n", "\t", " ", "9" * 5_000, "title:x", "live:true", "a'b'c",
]  # fmt: skip


@pytest.fixture
def pages(db):
    root = Site.objects.get(is_default_site=True).root_page
    root.add_child(instance=Page(title="Samen koffie drinken", slug="koffie"))
    get_search_backend().add_bulk(Page, Page.objects.all())
    return Page.objects.all()


def ask(pages, query):
    """Ask all that Wagtail asks of a backend, and read the answers."""
    with transaction.atomic():
        found = pages.search(query)
        autocompleted = pages.autocomplete(query)
        counts = [found.count(), len(found), autocompleted.count(), len(autocompleted)]
        list(pages.search(query, operator="or", order_by_relevance=False)[:5])
    return counts


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_no_text_is_an_error(pages, text):
    ask(pages, text)
    ask(pages, parse_query_string(text)[1])


@settings(
    max_examples=60,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(st.text(max_size=200) | st.text(alphabet="\"'\\\0 ab()*-&|!:%\ud800", max_size=40))
def test_no_made_text_is_an_error(pages, text):
    ask(pages, text)
    ask(pages, parse_query_string(text)[1])


def test_words_are_found_as_before(pages):
    assert [page.title for page in pages.search("koffie")] == ["Samen koffie drinken"]
    assert [page.title for page in pages.autocomplete("koff")] == ["Samen koffie drinken"]
    assert [page.title for page in pages.search('"koffie - drinken')] == ["Samen koffie drinken"]
    assert not pages.search("thee")
    assert not pages.search('"')


def test_the_parts_of_a_query_share_the_number_of_words():
    many = Or([Phrase("a b " * 50), PlainText("c d")])
    assert repr(cleaned(many)) == repr(Phrase(" ".join(["a", "b"] * (MOST_WORDS // 2))))


@pytest.mark.parametrize(
    ("query", "result"),
    [
        (And([PlainText('"'), PlainText("a")]), PlainText("a")),
        (And([PlainText('"'), Phrase("\0")]), MATCH_NONE),
        (
            Or([PlainText('a"', operator="or"), Phrase("b")]),
            Or([PlainText("a", "or"), Phrase("b")]),
        ),
        (Not(PlainText('"')), MATCH_ALL),
        (Not(PlainText('a"')), Not(PlainText("a"))),
        (Boost(PlainText('a"'), 2), Boost(PlainText("a"), 2)),
        (Boost(PlainText('"'), 2), MATCH_NONE),
        (Fuzzy('a"', "and"), Fuzzy("a", "and")),
        (MATCH_ALL, MATCH_ALL),
    ],
)
def test_every_kind_of_query_is_cleaned(query, result):
    assert repr(cleaned(query)) == repr(result)
