from django.http import QueryDict
from hypothesis import given, settings
from hypothesis import strategies as st

from socialekaart_plugin.channels.pages.list_query import read_list_query
from socialekaart_plugin.discovery.query import QUERY_MAX_LENGTH
from socialekaart_plugin.discovery.search import SearchRequest
from socialekaart_plugin.foundation.audiences import Audience


def asked(query, audience=Audience.PUBLIC):
    return read_list_query(QueryDict(query), audience)


def test_words_are_cut_and_cleaned():
    assert asked("search=" + "a" * 300).text == "a" * QUERY_MAX_LENGTH
    assert asked("search=%20taal%00%20").text == "taal"


def test_every_choice_is_read():
    query = asked(
        "search=taal&theme=a&theme=b&kind=activity&postcode=2711+AB&radius=500&day=friday"
        "&day=monday&part=evening&open=1&age=12&sort=distance&times=0&exact=1&page=3",
        Audience.REFERRER,
    )
    assert query.problems == {}
    request = query.search_request(page_size=20, counted=("theme",))
    assert request == SearchRequest(
        text="taal",
        facets={"theme": ("a", "b"), "kind": ("activity",)},
        postcode="2711 AB",
        radius=500,
        weekdays=(0, 4),
        parts=("evening",),
        open_now=True,
        age=12,
        sort="distance",
        offset=40,
        limit=20,
        audience=Audience.REFERRER,
        counted=("theme",),
        read_times=False,
        correct=False,
    )


def test_an_address_holds_what_was_asked_and_nothing_empty():
    query = asked("search=taal+%26+spel&kind=activity&theme=a&theme=b&page=3&nonsense=1&age=")
    address = "?search=taal+%26+spel&theme=a&theme=b&kind=activity"
    assert query.url() == address
    assert query.url(page=2) == address + "&page=2"
    assert query.url(theme="") == "?search=taal+%26+spel&kind=activity"
    assert query.url_without("theme", "a") == "?search=taal+%26+spel&theme=b&kind=activity"
    assert asked("").url() == "?"


def test_an_address_leads_back_to_what_was_asked():
    query = asked("search=taal&theme=a&postcode=2711AB&radius=500&day=monday&open=1&sort=name")
    assert asked(query.url()[1:]) == query


def test_a_postcode_that_is_none_is_not_asked():
    query = asked("postcode=abc&radius=500&sort=distance")
    request = query.search_request(page_size=20, counted=())
    assert (request.postcode, request.radius, request.sort) == ("", None, "relevance")
    assert query.postcode == "abc"


@settings(max_examples=150, deadline=None, derandomize=True)
@given(
    names=st.lists(
        st.sampled_from(
            [
                "search",
                "theme",
                "kind",
                "postcode",
                "radius",
                "day",
                "part",
                "open",
                "age",
                "sort",
                "times",
                "exact",
                "page",
            ]
        )
        | st.text(max_size=5),
        max_size=5,
    ),
    values=st.lists(st.text(max_size=250) | st.integers().map(str), min_size=5, max_size=5),
)
def test_any_address_is_a_bounded_request(names, values):
    query = QueryDict(mutable=True)
    for name, value in zip(names, values, strict=False):
        query.appendlist(name, value)
    request = read_list_query(query, Audience.PUBLIC).search_request(page_size=20, counted=())
    assert len(request.text) <= QUERY_MAX_LENGTH
    assert 0 <= request.offset <= 1_000_000
    assert request.age is None or 0 <= request.age <= 120
    assert "\x00" not in request.text + request.postcode
