import datetime
import re
from html import unescape
from urllib.parse import parse_qs, urlsplit

import pytest
from django.utils.translation import override

from socialekaart_plugin.directory.actions import confirm_record, mark_record
from socialekaart_plugin.directory.choices import VerificationChannel
from socialekaart_plugin.foundation.audiences import Audience
from socialekaart_plugin.places.rules import format_point
from socialekaart_plugin.vocabulary.models import Theme
from tests.factories import (
    ActivityFactory,
    AreaFactory,
    HelpQuestionFactory,
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
        ({"kind": "place"}, []),
        ({"theme": ["geld", "sport"]}, ["Bureau Budget", "Cursus budget", "Sportclub"]),
        ({"theme": ["geld", "sport"], "kind": "activity"}, ["Cursus budget"]),
    ],
)
def test_the_list_is_narrowed_by_words_kind_and_filters(read, town, parameters, found):
    assert sorted(names(read(**parameters))) == found


@pytest.mark.parametrize(
    "parameters",
    [
        {"theme": ""},
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


def lines(branches):
    """What a filter offers: value, number, whether it is chosen; what lies below follows."""
    found = []
    for branch in (*branches.shown, *branches.more):
        option = branch.option
        found.append((option.value, option.count, option.is_chosen))
        found += lines(branch.below) if branch.below else []
    return found


def groups(response):
    return {group.name: group for group in response.context["groups"]}


def test_the_filters_offer_what_is_there_with_numbers_and_show_what_is_chosen(read, town):
    response = read(theme="schulden")
    found = groups(response)
    assert lines(found["theme"].values) == [
        ("sport", 2, False),
        ("geld", 1, False),
        ("schulden", 1, True),
    ]
    assert lines(found["area"].values) == [("centrum", 1, False)]
    assert lines(found["kind"].values) == [("organisation", 1, False)]
    ticked = re.findall(r'name="(\w+)" value="([-\w]+)" checked', response.text)
    assert ticked == [("theme", "schulden")]


def test_a_branch_of_a_tree_is_open_when_something_below_it_is_chosen(read, town):
    def is_open(**parameters):
        (branch,) = [
            branch
            for branch in groups(read(**parameters))["theme"].values.shown
            if branch.option.value == "geld"
        ]
        return branch.is_open

    assert is_open(theme="schulden")
    assert not is_open(theme="geld")


def test_a_long_filter_shows_eight_values_the_most_used_first_and_the_rest_on_request(read):
    for number in range(12):
        tags = [f"woord {each:02}" for each in range(number + 1)]
        OrganisationFactory(public=True, tags=tags)
    values = groups(read())["tag"].values
    assert [branch.option.count for branch in values.shown] == [12, 11, 10, 9, 8, 7, 6, 5]
    assert len(values.more) == 4
    assert not values.more_is_open
    # What is chosen comes first, however little it is used.
    assert groups(read(tag="woord-11"))["tag"].values.shown[0].option.is_chosen


def test_filters_without_any_value_are_not_shown(read):
    assert groups(read()) == {}
    OrganisationFactory(public=True)
    assert "tag" not in groups(read())
    assert "kind" in groups(read())


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
    assert [label.split(": ")[-1] for label in labels(response)[1:]] == [
        "Sport",
        "activiteit",
        "Centrum",
        "Bureau Budget",
    ]
    del parameters["page"]
    removed = [
        set(parameters) - set(parse_qs(urlsplit(chip.remove_url).query))
        for chip in response.context["chips"]
    ]
    assert removed == [{"search"}, {"theme"}, {"kind"}, {"area"}, {"organisation"}]


def test_following_the_chips_one_by_one_leads_back_to_everything(client, directory_page, town):
    url = f"{directory_page.url}?search=budget&kind=organisation&theme=schulden&area=centrum"
    for left in (3, 2, 1, 0):
        response = client.get(url)
        url = directory_page.url + response.context["chips"][0].remove_url
        assert len(response.context["chips"]) == left + 1
    assert len(names(client.get(url))) == 3


def test_what_the_form_has_no_field_for_is_kept_in_a_next_search(read, town):
    assert 'name="organisation" value="bureau-budget"' in read(organisation="bureau-budget").text
    text = read(search="budget", exact="1", times="0").text
    assert '<input type="hidden" name="exact" value="1">' in text
    assert '<input type="hidden" name="times" value="0">' in text


def test_an_unknown_value_is_told_and_can_be_left_out(read, town):
    response = read(theme="onbekend")
    assert "onbekend" in response.context["problems"]["facets"]
    assert [chip.remove_url for chip in response.context["chips"]] == ["?"]


def test_nothing_found_is_no_dead_end(read, town, directory_page):
    directory_page.whom_to_call = "<p>Bel de wijkwinkel: 079 000 00 00</p>"
    directory_page.save_revision().publish()
    with override("nl"):
        response = read(search='"cursus" budget', theme="geld")
    assert response.status_code == 200
    assert response.context["total"] == 0
    ways = {way.label: (way.url, way.total) for way in response.context["ways_out"]}
    assert ways["Zonder uw keuze bij thema"] == ("?search=%22cursus%22+budget", 1)
    assert ways["Zonder het woord “cursus”"] == ("?search=budget&theme=geld", 1)
    themes = [(theme.value, theme.count) for theme in response.context["themes"]]
    assert themes == [("sport", 2), ("geld", 1)]
    for url, _total in ways.values():
        assert f'href="{url.replace("&", "&amp;")}"' in response.text
    assert "079 000 00 00" in response.text


def test_numbers_in_running_text_can_be_called(client, read, directory_page):
    directory_page.whom_to_call = "<p>Bel het loket: 14 079, of <b>079-123 45 67</b>.</p>"
    directory_page.save_revision().publish()
    text = read(search="nergens").text
    assert 'loket: <a href="tel:14079">14 079</a>' in text
    assert '<b><a href="tel:+31-79-123-4567">079-123 45 67</a></b>' in text
    record = OrganisationFactory(
        public=True, summary="Vragen? 06-12345678", description="<p>Of bel 113.</p>"
    )
    text = client.get(f"{directory_page.url}{record.short_id}/{record.slug}/").text
    assert '<a href="tel:+31-6-12345678">06-12345678</a>' in text
    assert 'Of bel <a href="tel:113">113</a>.' in text


def test_every_way_out_gives_as_many_as_it_says(client, directory_page, read, town):
    response = read(search='"cursus" budget', theme="geld", age="80", area="centrum")
    assert response.context["ways_out"]
    for way in response.context["ways_out"]:
        found = client.get(directory_page.url + way.url).context["total"]
        assert found == way.total, way


def test_who_finds_enough_is_not_told_whom_to_call(read, town, directory_page):
    directory_page.whom_to_call = "<p>079 000 00 00</p>"
    directory_page.save_revision().publish()
    assert "079 000" not in read().text
    assert "079 000" in read(search="cursus").text


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


def test_a_misspelt_word_is_taken_for_one_of_ours_and_can_be_insisted_on(read, town):
    response = read(search="bugdet")
    corrected = response.context["corrected"]
    assert (corrected.text, corrected.typed) == ("budget", "bugdet")
    assert sorted(names(response)) == ["Bureau Budget", "Cursus budget"]
    assert f'href="{corrected.exact_url.replace("&", "&amp;")}"' in response.text
    exact = read(search="bugdet", exact="1")
    assert exact.context["corrected"] is None
    assert names(exact) == []
    assert [chip.remove_url for chip in exact.context["chips"]] == ["?", "?search=bugdet"]


def test_times_in_the_words_are_a_choice_one_can_undo(read, town):
    response = read(search="budget dinsdagavond")
    when = response.context["chips"][1]
    assert when.label == "dinsdagavond"
    assert when.remove_url == "?search=budget+dinsdagavond&times=0"
    as_words = read(search="budget dinsdagavond", times="0")
    assert "dinsdagavond" not in labels(as_words)
    assert as_words.context["chips"][1].remove_url == "?search=budget+dinsdagavond"


def test_a_help_question_that_fits_is_offered_with_its_number(read, town):
    HelpQuestionFactory(name="Ik kom niet rond", themes=[Theme.objects.get(slug="geld")])
    response = read(search="ik kom niet rond")
    ((question, url),) = response.context["questions"]
    assert (question.name, question.count) == ("Ik kom niet rond", 1)
    assert names(read(help_question=url.partition("=")[2])) == ["Bureau Budget"]
    assert url in response.text


def test_what_was_looked_for_is_marked_in_name_and_text(read, town):
    text = read(search="cursus").text
    assert "<mark>Cursus</mark> budget" in text
    assert "<mark>" not in read().text


@pytest.fixture
def far_and_near(db):
    near = PlaceFactory(postcode="2711 AB", location=format_point(52.06, 4.49))
    far = PlaceFactory(postcode="2728 XY", location=format_point(52.08, 4.52))
    OrganisationFactory(public=True, name="Ver weg", visiting_place=far)
    OrganisationFactory(public=True, name="Zo dichtbij", visiting_place=near)


def test_a_postcode_tells_distances_sorts_by_them_and_draws_a_circle(read, far_and_near):
    with override("nl"):
        response = read(postcode="2711ab", sort="distance")
    assert names(response) == ["Zo dichtbij", "Ver weg"]
    assert [item.distance for item in response.context["items"]] == ["50 m", "3 km"]
    assert "op 50 m" in response.text
    assert labels(response) == ["bij 2711AB"]
    assert names(read(postcode="2711 AB", radius="2000")) == ["Zo dichtbij"]


def test_by_distance_is_offered_with_a_postcode_only_and_by_relevance_with_words(
    read, far_and_near
):
    def offered(response):
        return [choice.value for choice in response.context["sorts"]]

    with override("en"):
        assert offered(read()) == ["", "-verified"]
        assert offered(read(postcode="2711 AB")) == ["", "name", "-verified"]
        assert str(read(postcode="2711 AB").context["sorts"][0].name) == "distance"
        assert offered(read(search="ver", postcode="2711 AB")) == [
            *("", "distance", "name", "-verified")
        ]
        assert offered(read(search="ver")) == ["", "name", "-verified"]


@pytest.mark.parametrize(
    ("parameters", "field"),
    [
        ({"postcode": "9999 ZZ"}, "postcode"),
        ({"postcode": "Zoetermeer"}, "postcode"),
        ({"radius": "1000"}, "postcode"),
        ({"sort": "distance"}, "postcode"),
        ({"postcode": "2711 AB", "radius": "-1"}, "radius"),
        ({"postcode": "2711 AB", "radius": "9" * 500}, "radius"),
        ({"age": "-1"}, "age"),
        ({"age": "oud"}, "age"),
        ({"age": "²"}, "age"),
        ({"age": "9" * 500}, "age"),
        ({"day": "someday"}, "when"),
        ({"part": "'"}, "when"),
        ({"sort": "colour"}, "sort"),
        ({"theme": "a b"}, "facets"),
        ({"theme": "geld\n"}, "facets"),
        ({"theme": "x" * 121}, "facets"),
        ({"kind": "'"}, "facets"),
        ({"theme": [str(number) for number in range(99)]}, "facets"),
        ({"search": "a " * 5000}, "search"),
    ],
)
def test_what_cannot_be_read_is_told_in_words(read, far_and_near, parse, parameters, field):
    response = read(**parameters)
    assert response.status_code == 200
    assert list(response.context["problems"]) == [field]
    assert str(response.context["problems"][field]) in unescape(response.text)
    parse(response.text)


def test_what_cannot_be_used_is_not_lost(read, far_and_near):
    response = read(postcode="9999 ZZ", age="oud", search="dichtbij")
    assert 'value="9999 ZZ"' in response.text
    assert 'value="oud"' in response.text
    assert names(response) == ["Zo dichtbij"]


def test_the_number_of_filters_is_told_where_they_are_folded_away(read, town):
    response = read(search="budget", theme=["geld", "sport"], open="1", age="30")
    assert response.context["query"].filter_count == 4
    assert '<details class="sk-filters">' in response.text
