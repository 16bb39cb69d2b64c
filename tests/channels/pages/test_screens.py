import datetime
from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import RequestFactory
from django.utils.translation import override

from socialekaart_plugin.channels.pages.screens import ListQuery
from socialekaart_plugin.directory.actions import confirm_record, mark_record
from socialekaart_plugin.directory.choices import VerificationChannel
from socialekaart_plugin.discovery.rules import QUERY_MAX_LENGTH
from socialekaart_plugin.foundation.audiences import Audience
from tests.factories import (
    ActivityFactory,
    AreaFactory,
    OrganisationFactory,
    PlaceFactory,
    ThemeFactory,
    at,
    contact,
)


@pytest.fixture
def town(db):
    """Two districts, two themes, two organisations, an activity."""
    AreaFactory(name="Centrum")
    budget = OrganisationFactory(
        public=True,
        name="Bureau Budget",
        visiting_place=PlaceFactory(),
        themes=[ThemeFactory(name="Schulden", parent=ThemeFactory(name="Geld", sort_order=1))],
    )
    sport = OrganisationFactory(public=True, name="Sportclub", themes=[ThemeFactory(name="Sport")])
    course = ActivityFactory(
        public=True,
        name="Cursus budget",
        organisation=budget,
        sessions=[at(PlaceFactory())],
        themes=list(sport.themes.all()),
    )
    return {"budget": budget, "sport": sport, "course": course}


def names(response):
    return [item.record["name"] for item in response.context["items"]]


def labels(response):
    return [chip.label for chip in response.context["chips"]]


def test_the_list_holds_everything_by_name(read, town):
    assert names(read()) == ["Bureau Budget", "Cursus budget", "Sportclub"]


@pytest.mark.parametrize(
    ("parameters", "found"),
    [
        ({"search": "budget"}, ["Bureau Budget", "Cursus budget"]),
        ({"search": "BÚDGET cursus"}, ["Cursus budget"]),
        ({"kind": "activity"}, ["Cursus budget"]),
        ({"kind": "organisation"}, ["Bureau Budget", "Sportclub"]),
        ({"theme": "geld"}, ["Bureau Budget"]),
        ({"area": "centrum"}, ["Bureau Budget", "Cursus budget"]),
        ({"area": "centrum", "theme": "sport"}, ["Cursus budget"]),
        ({"organisation": "bureau-budget"}, ["Cursus budget"]),
        ({"search": "budget", "kind": "organisation", "theme": "schulden"}, ["Bureau Budget"]),
        ({"search": "nergens"}, []),
        ({"theme": "onbekend"}, []),
    ],
)
def test_the_list_is_narrowed_by_words_kind_and_filters(read, town, parameters, found):
    assert names(read(**parameters)) == found


@pytest.mark.parametrize(
    "parameters",
    [
        {"kind": "place"},
        {"kind": "'"},
        {"theme": ""},
        {"theme": "a b"},
        {"theme": "geld\n"},
        {"theme": "x" * 121},
        {"page": "x"},
        {"page": ""},
        {"page": "-1"},
        {"page": "0"},
        {"page": "1.5"},
        {"page": "²"},
        {"nonsense": "1"},
        {"search": "   "},
    ],
)
def test_nonsense_in_the_address_is_passed_over(read, town, parameters):
    response = read(**parameters)
    assert response.status_code == 200
    assert len(names(response)) == 3
    assert labels(response) == []


def test_the_filters_offer_what_is_there_and_show_what_is_chosen(read, town):
    response = read(theme="schulden")
    themes, areas = response.context["filters"]
    assert [(c.value, c.name, c.depth, c.is_selected) for c in themes.choices] == [
        ("sport", "Sport", 0, False),
        ("geld", "Geld", 0, False),
        ("schulden", "Schulden", 1, True),
    ]
    assert [choice.name for choice in areas.choices] == ["Centrum"]
    assert '<option value="schulden" selected>' in response.text


def test_each_choice_is_a_chip_that_leaves_only_itself_out(read, town):
    parameters = {
        "search": "budget",
        "kind": "activity",
        "theme": "sport",
        "area": "centrum",
        "organisation": "bureau-budget",
        "page": "1",
    }
    with override("nl"):
        response = read(**parameters)
    assert labels(response)[0] == "“budget”"
    assert [label.split(": ")[-1] for label in labels(response)[2:]] == [
        "Sport",
        "Centrum",
        "Bureau Budget",
    ]
    del parameters["page"]
    removed = [
        set(parameters) - set(parse_qs(urlsplit(chip.remove_url).query))
        for chip in response.context["chips"]
    ]
    assert removed == [{"search"}, {"kind"}, {"theme"}, {"area"}, {"organisation"}]


def test_following_the_chips_one_by_one_leads_back_to_everything(client, directory_page, town):
    url = f"{directory_page.url}?search=budget&kind=organisation&theme=schulden&area=centrum"
    for left in (3, 2, 1, 0):
        response = client.get(url)
        url = directory_page.url + response.context["chips"][0].remove_url
        assert len(response.context["chips"]) == left + 1
    assert len(names(client.get(url))) == 3


def test_a_value_that_is_not_offered_is_kept_in_a_next_search(read, town):
    response = read(theme="onbekend")
    assert '<option value="onbekend" selected>' in response.text
    assert 'name="organisation" value="bureau-budget"' in read(organisation="bureau-budget").text


def test_nothing_found_is_no_dead_end(read, town):
    response = read(search="nergens", theme="sport")
    assert response.status_code == 200
    assert [chip.remove_url for chip in response.context["chips"]] == [
        "?theme=sport",
        "?search=nergens",
    ]
    assert response.text.count('href="?theme=sport"') >= 2


def test_an_empty_directory_says_so(read):
    response = read()
    assert response.status_code == 200
    assert response.context["total"] == 0
    assert "sk-empty" in response.text


@pytest.fixture
def seven(settings):
    settings.SOCIALEKAART_PAGE_SIZE = 3
    for number in range(7):
        OrganisationFactory(public=True, name=f"Groep {number}", summary="koffie & thee")


def test_the_list_stands_on_pages_that_hold_every_record_once(read, seven):
    pages = [names(read(page=number)) for number in (1, 2, 3)]
    assert [len(page) for page in pages] == [3, 3, 1]
    assert len({name for page in pages for name in page}) == 7


def test_the_pages_keep_words_and_filters(client, directory_page, seven):
    response = client.get(f"{directory_page.url}?search=koffie+%26+thee&kind=organisation")
    assert response.context["previous_url"] == ""
    assert [link.label for link in response.context["page_links"]] == ["1", "2", "3"]
    visited = 0
    while url := response.context["next_url"]:
        response = client.get(directory_page.url + url)
        visited += 1
        assert parse_qs(urlsplit(url).query)["search"] == ["koffie & thee"]
        assert response.context["total"] == 7
    assert visited == 2
    assert response.context["previous_url"].endswith("page=2")
    assert [link.is_current for link in response.context["page_links"]] == [False, False, True]


@pytest.mark.parametrize("page", [4, 10**9, 10**30, "9" * 5000])
def test_a_page_beyond_the_last_is_not_found_and_says_how_many_there_are(read, seven, page):
    response = read(page=page)
    assert response.status_code == 404
    assert response.context["last_page"] == 3
    assert "sk-empty" in response.text
    assert f'href="{response.context["first_page_url"]}"' in response.text


def test_an_empty_list_has_one_page(read):
    assert read(page=1).status_code == 200
    assert read(page=2).status_code == 404


def test_a_list_that_was_narrowed_is_not_for_search_engines(read, seven):
    assert "noindex" not in read().text
    assert "noindex" not in read(page=2).text
    assert "noindex" in read(search="koffie").text


def test_a_record_in_the_list_can_be_called_when_its_number_is_for_everyone(read):
    facts = [
        contact(Audience.PUBLIC, "079 123 45 67", kind="phone"),
        contact(Audience.REFERRER, "079 765 43 21", kind="phone"),
    ]
    OrganisationFactory(public=True, contact_facts=facts)
    text = read().text
    assert 'href="tel:+31-79-123-4567"' in text
    assert "765" not in text


@pytest.mark.django_db
def test_the_page_says_how_long_ago_someone_found_it_right(client, directory_page, time_machine):
    time_machine.move_to("2026-03-01 12:00Z")
    organisation = OrganisationFactory(public=True)
    url = f"{directory_page.url}{organisation.short_id}/{organisation.slug}/"

    def state():
        return client.get(url).context["record"]["upkeep"]["state"]

    assert state() == "unknown"
    assert "sk-upkeep" not in client.get(url).text
    confirm_record(
        record=organisation, on=datetime.date(2026, 3, 1), channel=VerificationChannel.PHONE
    )
    assert state() == "fresh"
    assert "1 maart 2026" in client.get(url).text
    time_machine.move_to("2027-03-01 12:00Z")
    assert state() == "due"
    mark_record(record=organisation, on=datetime.date(2027, 3, 2))
    assert state() == "due"
    time_machine.move_to("2027-03-02 12:00Z")
    assert state() == "marked"
    assert "sk-upkeep--marked" in client.get(url).text


def asked(query):
    return ListQuery(RequestFactory().get(f"/?{query}"))


def test_words_are_cut_and_cleaned():
    assert asked("search=" + "a" * 300).text == "a" * QUERY_MAX_LENGTH
    assert asked("search=%20taal%00%20").text == "taal"


def test_of_a_repeated_parameter_the_last_one_counts():
    assert asked("theme=geld&theme=sport").facets == {"theme": "sport"}


def test_an_address_holds_what_was_asked_and_nothing_empty():
    query = asked("search=taal+%26+spel&kind=activity&theme=geld&page=3&nonsense=1")
    assert query.url() == "?search=taal+%26+spel&kind=activity&theme=geld"
    assert query.url(theme="", page=2) == "?search=taal+%26+spel&kind=activity&page=2"
    assert asked("").url() == "?"
