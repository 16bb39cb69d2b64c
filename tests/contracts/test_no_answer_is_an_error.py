"""Whatever stands in an address: an answer, or a refusal in words, never an error of ours."""

import logging
from urllib.parse import quote, urlencode

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from wagtail.models import Page, Site

from socialekaart_plugin.channels.pages.actions import create_directory_page
from socialekaart_plugin.directory.actions import withdraw_record
from tests.factories import (
    ActivityFactory,
    AreaFactory,
    OrganisationFactory,
    PlaceFactory,
    ThemeFactory,
    UserFactory,
    at,
    opening_hours,
    weekly,
)
from tests.module_setup import made_once

HOSTILE = [
    "", " ", "\0", "a\0b", "'", '"', "''", '"a', "`", "\\", "%", "%%", "_", "*", "-", "--",
    "-1", "0", "1", "1.5", "1e9", str(10**9), str(10**18), str(10**30), "-" + "9" * 40,
    "9" * 5_000, "NaN", "inf", "²", "٣", "😀", "👩‍👩‍👧", "\u202eabc",
    "\u200f", "مرحبا", "e\u0301" * 300, "\ufffd", "\ud7ff", "\U0010ffff", "x" * 10_000,
    ",", "a,b,,c", ",".join(["a"] * 200), "(", "a(b(c", ")", "*,name", "-name", "name,-*",
    "../../etc/passwd", "//example.com", "http://example.com", "javascript:alert(1)",
    "<script>", "&amp;", "{{ 7*7 }}", "{kind}", "%s", "${x}", "a\nb", "a\r\nX: y", "\t",
    "OR 1=1 --", "NEAR(", "AND", "null", "true", "[]", "{}", "organisation", "name",
    "relevance", "random", "json", "api", "xml", "html_path",
]  # fmt: skip

#: What a browser or a robot may put in an address that is no UTF-8.
BROKEN_ESCAPES = ["%ff", "%c3%28", "%e2%82", "%80", "%", "%zz", "%u0041", "%ed%a0%80", "%00%ff"]

PARAMETERS = {
    "/sociale-kaart/": ["search", "kind", "theme", "area", "organisation", "page", "unknown"],
    "/sociale-kaart/{short_id}/{slug}/": ["page", "search", "unknown"],
    "/sociale-kaart/{gone}/x/": ["unknown"],
    "/k/{short_id}": ["unknown"],
    "/k/{gone}": ["unknown"],
    "/api/v2/organisations/": [
        "search", "theme", "area", "organisation", "order", "offset", "limit", "fields", "format",
        "_", "unknown",
    ],
    "/api/v2/activities/": ["search", "organisation", "offset", "limit", "fields", "format"],
    "/api/v2/organisations/{uuid}/": ["fields", "format", "unknown"],
    "/api/v2/organisations/{gone_uuid}/": ["fields", "format"],
    "/api/v2/organisations/find/": ["id", "short_id", "fields", "unknown"],
    "/api/v2/activities/find/": ["id", "short_id"],
    "/zoeken/": ["q", "pagina", "unknown"],
    "/api/v2/pages/": ["search", "type", "fields", "offset", "limit", "order", "child_of", "slug"],
}  # fmt: skip

#: Addresses of which a part is anything at all.
PATHS = [
    "/{}",
    "/k/{}",
    "/sociale-kaart/{}",
    "/sociale-kaart/{}/",
    "/sociale-kaart/{}/{}/",
    "/sociale-kaart/{short_id}/{}/",
    "/api/v2/{}/",
    "/api/v2/organisations/{}/",
    "/api/v2/activities/{}",
    "/api/v2/pages/{}/",
]


def fill_site():
    """Make a site with something of everything; answers what to fill in addresses with."""
    create_directory_page()
    root = Site.objects.get(is_default_site=True).root_page
    root.add_child(instance=Page(title="Buurthuizen", slug="buurthuizen"))
    AreaFactory(name="Centrum")
    theme = ThemeFactory(name="Geld")
    organisation = OrganisationFactory(
        public=True,
        name="De Brug",
        themes=[theme],
        visiting_place=PlaceFactory(opening_hours=opening_hours()),
    )
    ActivityFactory(
        public=True,
        organisation=organisation,
        themes=[theme],
        sessions=[at(organisation.visiting_place, schedule=weekly())],
    )
    gone = OrganisationFactory(public=True)
    withdraw_record(record=gone, reason="Gestopt")
    return {
        "short_id": organisation.short_id,
        "slug": organisation.slug,
        "uuid": organisation.uuid,
        "gone": gone.short_id,
        "gone_uuid": gone.uuid,
    }


kept_site = made_once(fill_site)


@pytest.fixture
def filled(kept_site, db):
    return kept_site()


@pytest.fixture
def forgiving():
    """Someone to whom an error of ours is answered with 500, as a server does."""
    return Client(raise_request_exception=False)


@pytest.fixture(autouse=True)
def silent():
    """Thousands of refusals are meant here, and need no line in a log."""
    logging.disable(logging.CRITICAL)
    yield
    logging.disable(logging.NOTSET)


def broken(client, addresses):
    """Which of these addresses an error of ours answers."""
    return [address[:120] for address in addresses if client.get(address).status_code >= 500]


def filled_in(path, known, part=""):
    return path.replace("{}", part).format(**known)


@pytest.mark.parametrize("path", PARAMETERS)
def test_no_value_of_any_parameter_is_an_error(forgiving, filled, path):
    address = filled_in(path, filled)
    values = [quote(value, safe="") for value in HOSTILE] + BROKEN_ESCAPES
    # Of the list these are some 1,500 addresses, eight milliseconds of a processor each.
    asked = [f"{address}?{name}={value}" for name in PARAMETERS[path] for value in values]
    assert broken(forgiving, asked) == []


@pytest.mark.parametrize("path", PARAMETERS)
def test_no_repeated_or_unknown_parameter_is_an_error(forgiving, filled, path):
    address = filled_in(path, filled)
    asked = [f"{address}?{value}={value}" for value in map(quote, HOSTILE[:60])]
    asked += [f"{address}?{value}" for value in BROKEN_ESCAPES]
    asked += [f"{address}?{name}=1&{name}='&{name}=x" for name in PARAMETERS[path]]
    asked += [f"{address}?" + "&".join(f"{name}=1" for name in PARAMETERS[path])]
    asked += [f"{address}?" + "&".join(f"p{number}=1" for number in range(900))]
    assert broken(forgiving, asked) == []


@pytest.mark.parametrize("path", PATHS)
def test_no_part_of_a_path_is_an_error(forgiving, filled, path):
    values = [quote(value, safe="") for value in HOSTILE if len(value) < 3_000] + BROKEN_ESCAPES
    assert broken(forgiving, [filled_in(path, filled, value) for value in values]) == []


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete", "head", "options", "trace"])
def test_no_method_is_an_error(forgiving, filled, method):
    answers = {
        path: getattr(forgiving, method)(filled_in(path, filled)).status_code for path in PARAMETERS
    }
    assert [path for path, status in answers.items() if status >= 500] == []


@pytest.mark.parametrize(
    "headers",
    [
        {"accept": "text/html"},
        {"accept": "application/xml"},
        {"accept": "nonsense"},
        {"accept": "*/*;q=x"},
        {"accept-language": "ar, xx;q=x"},
        {"host": "localhost:99999"},
        {"if-none-match": '"'},
        {"if-modified-since": "gisteren"},
        {"range": "bytes=-"},
        {"cookie": "sessionid='\"; csrftoken=x"},
        {"authorization": "Basic !!"},
        {"x-requested-with": "XMLHttpRequest"},
    ],
    ids=lambda headers: "".join(headers),
)
def test_no_header_is_an_error(forgiving, filled, headers):
    answers = {
        path: forgiving.get(filled_in(path, filled), headers=headers).status_code
        for path in PARAMETERS
    }
    assert [path for path, status in answers.items() if status >= 500] == []


def test_nothing_is_an_error_to_someone_signed_in_either(filled):
    client = Client(raise_request_exception=False)
    client.force_login(UserFactory(is_superuser=True))
    values = [quote(value, safe="") for value in HOSTILE[:30]]
    asked = [
        f"{filled_in(path, filled)}?{name}={value}"
        for path, names in PARAMETERS.items()
        if "zoeken" not in path and "pages" not in path
        for name in names[:2]
        for value in values
    ]
    assert broken(client, asked) == []


budget = settings(
    max_examples=100,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
names = st.sampled_from(sorted({name for found in PARAMETERS.values() for name in found}))
anything = st.one_of(
    st.sampled_from(HOSTILE),
    st.text(max_size=300),
    st.integers().map(str),
    st.text(alphabet="()*,-_'\"\\%\0 ab", max_size=20),
)


@budget
@given(
    path=st.sampled_from(sorted(PARAMETERS)),
    parameters=st.lists(st.tuples(names | st.text(max_size=8), anything), max_size=5),
)
def test_no_combination_of_parameters_is_an_error(forgiving, filled, path, parameters):
    address = f"{filled_in(path, filled)}?{urlencode(parameters)}"
    assert forgiving.get(address).status_code < 500, address


@budget
@given(path=st.sampled_from(PATHS), part=st.binary(max_size=40))
def test_no_bytes_in_a_path_are_an_error(forgiving, filled, path, part):
    address = filled_in(path, filled, quote(part, safe="/"))
    assert forgiving.get(address).status_code < 500, address


@budget
@given(
    path=st.sampled_from(sorted(PARAMETERS)), name=names, value=st.binary(min_size=1, max_size=40)
)
def test_no_bytes_in_a_parameter_are_an_error(forgiving, filled, path, name, value):
    address = f"{filled_in(path, filled)}?{name}={quote(value, safe='')}"
    assert forgiving.get(address).status_code < 500, address
