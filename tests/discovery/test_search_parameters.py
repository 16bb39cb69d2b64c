"""One reader for all channels: the names are the channel's, the meaning is not."""

import pytest
from django.http import QueryDict
from django.utils.translation import override

from socialekaart_plugin.discovery.search import SearchRequest
from socialekaart_plugin.discovery.search_parameters import ParameterNames, read_parameters
from socialekaart_plugin.foundation.audiences import Audience

DUTCH = ParameterNames(
    text="q", facets=("theme",), postcode="bij", near="punt", radius="straal", date="datum",
    age="leeftijd", sort="volgorde", times="tijden", exact="precies",
)  # fmt: skip


def read(query, *, strict):
    return read_parameters(QueryDict(query), DUTCH, strict=strict, audience=Audience.REFERRER)


@pytest.mark.parametrize("strict", [True, False])
def test_every_channel_has_its_own_names(strict):
    asked = "q=taal&theme=geld&bij=2711AB&straal=500&leeftijd=12&volgorde=distance&precies=1"
    found = read(asked, strict=strict)
    assert found.problems == ()
    assert found.request == SearchRequest(
        text="taal",
        facets={"theme": ("geld",)},
        postcode="2711AB",
        radius=500,
        age=12,
        sort="distance",
        correct=False,
        audience=Audience.REFERRER,
    )


def test_what_has_no_name_is_unknown_when_strict_and_not_there_when_lenient():
    asked = "search=taal&open_now=1&kind=activity&=x"
    assert [problem.parameter for problem in read(asked, strict=True).problems] == [""]
    lenient = read(asked, strict=False)
    assert (lenient.request, lenient.parameters) == (SearchRequest(audience=Audience.REFERRER), {})


@pytest.mark.parametrize(
    ("query", "meaning", "parameter", "value"),
    [
        ("bij=abc", "postcode", "bij", "abc"),
        ("punt=52", "near", "punt", "52"),
        ("straal=500", "postcode", "straal", "500"),
        ("punt=52,4&straal=0", "radius", "straal", "0"),
        ("datum=2026-02-30", "date", "datum", "2026-02-30"),
        ("leeftijd=200", "age", "leeftijd", "200"),
        ("volgorde=id", "sort", "volgorde", "id"),
        ("theme=a b", "facets", "theme", "a b"),
    ],
)
def test_a_problem_says_what_to_mend_where_in_the_words_of_who_reads_it(
    query, meaning, parameter, value
):
    with override("nl"):
        [strictly], [leniently] = (read(query, strict=strict).problems for strict in (True, False))
        reasons = str(strictly.reason), str(leniently.reason)
    for problem in (strictly, leniently):
        assert (problem.meaning, problem.parameter, problem.value) == (meaning, parameter, value)
    assert parameter in reasons[0]
    # Residents read Dutch, developers the name of the parameter and English.
    assert reasons[0].isascii()
    assert not {"must", "needs"} & set(reasons[1].split())


def test_what_cannot_be_used_is_left_out_of_the_request_and_stays_in_the_address():
    found = read("bij=abc&straal=500&volgorde=distance&leeftijd=oud&datum=x", strict=False)
    assert found.request == SearchRequest(audience=Audience.REFERRER)
    assert found.parameters == {
        "bij": ("abc",),
        "straal": ("500",),
        "leeftijd": ("oud",),
        "volgorde": ("distance",),
    }


def test_a_percent_sign_is_a_sign_as_any_other():
    names = ParameterNames(facets=("theme",), counted="facets")
    [problem] = read_parameters(
        QueryDict("facets=%25s%25"), names, strict=True, audience=Audience.PUBLIC
    ).problems
    assert problem.reason == "unknown facets: %s%; facets must be * or some of theme"
