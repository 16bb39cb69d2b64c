import datetime
import uuid

import pytest
from django.contrib.auth.models import Permission
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from wagtail.models import Page, Site

from socialekaart_plugin.directory.actions import confirm_record, mark_record, withdraw_record
from socialekaart_plugin.directory.choices import VerificationChannel
from socialekaart_plugin.foundation.audiences import Audience
from socialekaart_plugin.places.rules import format_point
from tests.factories import (
    ActivityFactory,
    AreaFactory,
    HelpQuestionFactory,
    OrganisationFactory,
    PlaceFactory,
    TargetGroupFactory,
    ThemeFactory,
    UserFactory,
    activity_contact,
    at,
    contact,
    publish,
)

pytestmark = pytest.mark.django_db

ENDPOINTS = ["organisations", "activities"]
#: Records in a list; one query for each of them would be seen at three.
MANY = 12
MAKE = {"organisations": OrganisationFactory, "activities": ActivityFactory}


def names(answer):
    return [item["name"] for item in answer["items"]]


@pytest.mark.parametrize("endpoint", ENDPOINTS)
def test_a_list_has_wagtails_envelope(get, endpoint):
    record = MAKE[endpoint](public=True)
    status, answer = get(f"{endpoint}/")
    assert status == 200
    assert list(answer) == ["meta", "items"]
    assert answer["meta"] == {"total_count": 1}
    (item,) = answer["items"]
    assert list(item) == ["id", "meta", "name", "summary"]
    assert item["id"] == str(record.uuid)


@pytest.mark.parametrize("endpoint", ENDPOINTS)
def test_the_addresses_in_an_item_lead_to_it(client, get, endpoint):
    record = MAKE[endpoint](public=True)
    _status, answer = get(f"{endpoint}/")
    meta = answer["items"][0]["meta"]
    assert meta["detail_url"] == f"http://localhost/api/v2/{endpoint}/{record.uuid}/"
    assert meta["html_url"] == f"http://localhost/k/{record.short_id}"
    assert client.get(meta["detail_url"]).json()["name"] == record.name


@pytest.mark.parametrize("endpoint", ENDPOINTS)
def test_drafts_and_records_of_the_other_kind_are_not_listed(get, endpoint):
    MAKE[endpoint]()
    other = OrganisationFactory(public=True) if endpoint == "activities" else None
    assert get(f"{endpoint}/")[1]["items"] == []
    if other:
        assert get(f"activities/{other.uuid}/")[0] == 404


def test_a_list_is_searched_filtered_sorted_and_paged(get):
    theme = ThemeFactory(name="Geld")
    for name in ("Budget West", "Budget Oost", "Anders"):
        OrganisationFactory(public=True, name=name, themes=[theme])
    OrganisationFactory(public=True, name="Budget zonder thema")
    assert names(get("organisations/", search="budget", theme="geld")[1]) == [
        "Budget Oost",
        "Budget West",
    ]
    assert names(get("organisations/", theme="geld", order="-name")[1]) == [
        "Budget West",
        "Budget Oost",
        "Anders",
    ]
    _status, answer = get("organisations/", theme="geld", order="name", offset=1, limit=1)
    assert (answer["meta"]["total_count"], names(answer)) == (3, ["Budget Oost"])


def test_values_of_a_facet_may_be_repeated_or_separated_by_commas(get):
    for name in ("Geld", "Sport", "Taal"):
        OrganisationFactory(public=True, name=name, themes=[ThemeFactory(name=name)])
    assert names(get("organisations/", theme="geld,sport")[1]) == ["Geld", "Sport"]
    assert names(get("organisations/", theme=["geld", "sport"])[1]) == ["Geld", "Sport"]


def test_the_activities_of_an_organisation_can_be_asked_for(get):
    activity = ActivityFactory(public=True)
    ActivityFactory(public=True, organisation=OrganisationFactory(public=True))
    _status, answer = get("activities/", organisation=activity.organisation.slug)
    assert names(answer) == [activity.name]


@pytest.fixture
def near_and_far():
    for name, latitude, postcode in (("Dichtbij", 52.06, "2711 AB"), ("Ver weg", 52.08, "2728 XY")):
        place = PlaceFactory(postcode=postcode, location=format_point(latitude, 4.49))
        OrganisationFactory(public=True, name=name, visiting_place=place)


def test_records_are_found_near_a_point_or_a_postcode_nearest_first(get, near_and_far):
    for point in ({"near": "52.06,4.49"}, {"postcode": "2711AB"}):
        _status, answer = get("organisations/", order="distance", **point)
        assert names(answer) == ["Dichtbij", "Ver weg"]
        distances = [item["meta"]["distance"] for item in answer["items"]]
        assert distances[0] == 0
        assert 2_000 < distances[1] < 2_500
        assert names(get("organisations/", radius=1000, **point)[1]) == ["Dichtbij"]


def test_a_postcode_that_nobody_knows_is_refused_in_words(get, near_and_far):
    assert get("organisations/", postcode="9999ZZ") == (
        400,
        {"message": "postcode is not known here"},
    )


def test_values_are_counted_with_their_own_choice_left_aside(get):
    money = ThemeFactory(name="Geld", sort_order=1)
    debts = ThemeFactory(name="Schulden", parent=money)
    sport = ThemeFactory(name="Sport", sort_order=2)
    made = [
        OrganisationFactory(public=True, name=name, themes=[theme], tags=[name])
        for name, theme in (("A", money), ("B", debts), ("C", sport))
    ]
    ActivityFactory(public=True, themes=[sport], organisation=made[0])
    _status, answer = get("organisations/", facets="theme,tag", theme="geld")
    assert answer["meta"]["total_count"] == 2
    assert answer["meta"]["facets"] == {
        "theme": [
            {"value": "geld", "name": "Geld", "depth": 0, "count": 2},
            {"value": "schulden", "name": "Schulden", "depth": 1, "count": 1},
            {"value": "sport", "name": "Sport", "depth": 0, "count": 1},
        ],
        "tag": [
            {"value": "a", "name": "A", "depth": 0, "count": 1},
            {"value": "b", "name": "B", "depth": 0, "count": 1},
        ],
    }


def test_all_facets_can_be_counted_together(get):
    OrganisationFactory(public=True, themes=[ThemeFactory()])
    status, answer = get("organisations/", facets="*")
    assert status == 200
    assert answer["meta"]["facets"]["theme"][0]["count"] == 1
    assert answer["meta"]["facets"]["cost"] == []


def test_a_value_that_nothing_has_gives_no_hits_and_says_what_would(get):
    OrganisationFactory(public=True)
    status, answer = get("organisations/", theme="onbekend")
    assert (status, answer["items"]) == (200, [])
    assert answer["meta"]["relaxations"] == [
        {"kind": "facet", "name": "theme", "value": "", "label": "", "total_count": 1}
    ]


def test_the_answer_tells_what_was_made_of_the_words(get):
    theme = ThemeFactory(name="Geld")
    OrganisationFactory(public=True, name="Voedselbank", themes=[theme])
    HelpQuestionFactory(name="Ik kom niet rond", themes=[theme])
    _status, answer = get("organisations/", search="voedselbnak")
    assert names(answer) == ["Voedselbank"]
    assert answer["meta"]["corrections"] == [{"typed": "voedselbnak", "corrected": "voedselbank"}]
    assert get("organisations/", search="voedselbnak", exact="true")[1]["items"] == []
    _status, answer = get("organisations/", search="ik kom niet rond")
    assert [each["name"] for each in answer["meta"]["questions"]] == ["Ik kom niet rond"]
    _status, answer = get("organisations/", search="dinsdagavond")
    assert answer["meta"]["times"] == "dinsdagavond"
    assert "times" not in get("organisations/", search="dinsdagavond", times="false")[1]["meta"]


def test_only_who_may_change_the_rules_of_the_search_is_told_why(client, referrer):
    OrganisationFactory(public=True, name="Voedselbank")
    address = "/api/v2/organisations/?search=voedselbank&explain=true"
    for nobody in (client, referrer):
        response = nobody.get(address)
        assert response.status_code == 400
        assert "explain" in response.json()["message"]
    editor = UserFactory()
    editor.user_permissions.add(Permission.objects.get(codename="change_synonymgroup"))
    client.force_login(editor)
    response = client.get(address)
    (item,) = response.json()["items"]
    assert item["meta"]["explanation"]
    assert "private" in response["Cache-Control"]


@pytest.mark.parametrize("endpoint", ENDPOINTS)
def test_a_record_that_never_was_is_not_found(get, endpoint):
    MAKE[endpoint](public=True)
    assert get(f"{endpoint}/{uuid.uuid4()}/") == (404, {"message": "not found"})


@pytest.mark.parametrize("endpoint", ENDPOINTS)
def test_a_draft_is_not_found(get, endpoint):
    draft = MAKE[endpoint]()
    assert get(f"{endpoint}/{draft.uuid}/") == (404, {"message": "not found"})


@pytest.mark.parametrize("parameter", ["id", "short_id"])
@pytest.mark.parametrize("endpoint", ENDPOINTS)
def test_a_record_is_found_by_its_ids(client, endpoint, parameter):
    record = MAKE[endpoint](public=True)
    value = {"id": record.uuid, "short_id": record.short_id}[parameter]
    response = client.get(f"/api/v2/{endpoint}/find/", {parameter: value, "fields": "_,name"})
    assert response.status_code == 302
    assert response["Location"] == (
        f"http://localhost/api/v2/{endpoint}/{record.uuid}/?fields=_%2Cname"
    )


@pytest.mark.parametrize(
    ("parameters", "status"),
    [
        ({}, 404),
        ({"id": str(uuid.uuid4())}, 404),
        ({"id": "1"}, 400),
        ({"id": ""}, 400),
        ({"short_id": "xxxxxxx"}, 404),
        ({"short_id": ""}, 400),
        ({"short_id": "a b"}, 400),
        ({"short_id": "é"}, 400),
        ({"html_path": "/"}, 404),
    ],
)
def test_nothing_is_found_by_what_no_record_has(get, parameters, status):
    OrganisationFactory(public=True)
    assert get("organisations/find/", **parameters)[0] == status


@pytest.mark.parametrize("endpoint", ENDPOINTS)
def test_a_withdrawn_record_leaves_a_tombstone(get, endpoint):
    record = MAKE[endpoint](public=True)
    withdraw_record(record=record, reason="Een reden die niemand aangaat")
    status, answer = get(f"{endpoint}/{record.uuid}/")
    assert status == 410
    withdrawn_at = answer["meta"].pop("withdrawn_at")
    assert datetime.datetime.fromisoformat(withdrawn_at).tzinfo is not None
    assert answer == {
        "message": "withdrawn",
        "id": str(record.uuid),
        "meta": {"short_id": record.short_id},
    }
    assert get(f"{endpoint}/")[1] == {"meta": {"total_count": 0}, "items": []}


def test_a_deleted_record_leaves_a_tombstone(get):
    record = OrganisationFactory(public=True)
    record_uuid = record.uuid
    record.delete()
    assert get(f"organisations/{record_uuid}/")[0] == 410


def test_a_withdrawn_record_that_comes_back_is_shown_again(get):
    record = OrganisationFactory(public=True)
    withdraw_record(record=record, reason="Vergissing")
    publish(record)
    assert get(f"organisations/{record.uuid}/")[0] == 200


def test_a_replaced_record_leads_on_to_what_took_its_place(client):
    old, new = OrganisationFactory(public=True), OrganisationFactory(public=True)
    withdraw_record(record=old, reason="Samengegaan", replaced_by=new)
    response = client.get(f"/api/v2/organisations/{old.uuid}/")
    assert response.status_code == 301
    assert response["Location"] == f"http://localhost/api/v2/organisations/{new.uuid}/"


def test_a_record_whose_replacement_is_withdrawn_too_leads_to_a_tombstone(client):
    old, new = OrganisationFactory(public=True), OrganisationFactory(public=True)
    withdraw_record(record=old, reason="Samengegaan", replaced_by=new)
    withdraw_record(record=new, reason="Gestopt")
    response = client.get(f"/api/v2/organisations/{old.uuid}/", follow=True)
    assert response.status_code == 410
    assert "no-cache" in response["Cache-Control"]
    assert response.json()["id"] == str(new.uuid)


@pytest.fixture
def told():
    """An organisation and an activity with a fact for each audience."""
    facts = [
        (Audience.PUBLIC, "iedereen@example.nl"),
        (Audience.REFERRER, "verwijzer@example.nl"),
        (Audience.INTERNAL, "collega@example.nl"),
    ]
    organisation = OrganisationFactory(
        public=True, contact_facts=[contact(audience, value) for audience, value in facts]
    )
    activity = ActivityFactory(
        public=True,
        contact_facts=[activity_contact(audience, value) for audience, value in facts],
        sessions=[
            at(PlaceFactory(name="Zaal", audience=Audience.PUBLIC)),
            at(PlaceFactory(name="Spreekkamer", audience=Audience.REFERRER)),
            at(PlaceFactory(name="Thuis bij Truus", audience=Audience.INTERNAL)),
        ],
    )
    return {"organisations": organisation, "activities": activity}


@pytest.mark.parametrize("endpoint", ENDPOINTS)
def test_everyone_sees_what_is_for_everyone_only(client, told, endpoint):
    for path in ("", f"{told[endpoint].uuid}/"):
        text = client.get(f"/api/v2/{endpoint}/{path}", {"fields": "*"}).text
        assert "iedereen@example.nl" in text
        for secret in ("verwijzer@", "collega@", "Spreekkamer", "Truus"):
            assert secret not in text


@pytest.mark.parametrize("endpoint", ENDPOINTS)
def test_a_referrer_sees_what_is_for_referrers_and_nothing_internal(referrer, told, endpoint):
    for path in ("", f"{told[endpoint].uuid}/"):
        text = referrer.get(f"/api/v2/{endpoint}/{path}", {"fields": "*"}).text
        assert "iedereen@example.nl" in text
        assert "verwijzer@example.nl" in text
        assert ("Spreekkamer" in text) == (endpoint == "activities")
        for secret in ("collega@", "Truus"):
            assert secret not in text


def test_a_colleague_without_the_permission_is_everyone(told):
    client = Client()
    client.force_login(UserFactory())
    text = client.get(f"/api/v2/organisations/{told['organisations'].uuid}/").text
    assert "verwijzer@" not in text


@pytest.mark.parametrize("path", ["", "{uuid}/", "find/?id={uuid}", "find/", "?limit=x"])
def test_what_a_referrer_is_told_stays_out_of_shared_caches(client, referrer, told, path):
    path = "/api/v2/organisations/" + path.format(uuid=told["organisations"].uuid)
    response = referrer.get(path)
    assert "private" in response["Cache-Control"]
    assert "Cookie" in response["Vary"]
    response = client.get(path)
    assert "private" not in response.get("Cache-Control", "")
    assert "Cookie" in response["Vary"]


@pytest.mark.parametrize("endpoint", ENDPOINTS)
@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_the_api_is_for_reading_only(client, endpoint, method):
    record = MAKE[endpoint](public=True)
    for path in ("", f"{record.uuid}/", f"find/?id={record.uuid}"):
        response = getattr(client, method)(f"/api/v2/{endpoint}/{path}")
        assert response.status_code == 405
        assert {m.strip() for m in response["Allow"].split(",")} == {"GET", "HEAD", "OPTIONS"}


@pytest.mark.parametrize("endpoint", ENDPOINTS)
def test_the_api_answers_head_and_options(client, endpoint):
    record = MAKE[endpoint](public=True)
    for path in ("", f"{record.uuid}/"):
        head = client.head(f"/api/v2/{endpoint}/{path}")
        assert (head.status_code, head.content) == (200, b"")
        assert client.options(f"/api/v2/{endpoint}/{path}").status_code == 200


@pytest.mark.parametrize("endpoint", ENDPOINTS)
def test_a_person_with_a_browser_gets_a_page_to_read(client, endpoint):
    record = MAKE[endpoint](public=True)
    for path in ("", f"{record.uuid}/", "?limit=x", f"{uuid.uuid4()}/"):
        response = client.get(f"/api/v2/{endpoint}/{path}", headers={"accept": "text/html"})
        assert response.status_code in (200, 400, 404)
        assert response["Content-Type"].startswith("text/html")


def test_upkeep_reads_as_of_today(get, time_machine):
    time_machine.move_to("2026-03-01 12:00Z")
    record = OrganisationFactory(public=True)

    def upkeep():
        return get(f"organisations/{record.uuid}/")[1]["upkeep"]

    assert upkeep() == {"verified_on": None, "state": "unknown"}
    confirm_record(record=record, on=datetime.date(2026, 3, 1), channel=VerificationChannel.PHONE)
    assert upkeep() == {"verified_on": "2026-03-01", "state": "fresh"}
    time_machine.move_to("2027-03-01 12:00Z")
    assert upkeep() == {"verified_on": "2026-03-01", "state": "due"}
    mark_record(record=record, on=datetime.date(2027, 3, 1))
    assert upkeep() == {"verified_on": "2026-03-01", "state": "marked"}


@pytest.fixture
def pages():
    root = Site.objects.get(is_default_site=True).root_page
    return [
        root.add_child(instance=Page(title=f"Bladzijde {number}", slug=f"bladzijde-{number}"))
        for number in range(3)
    ]


def link(page):
    return f'<p><a linktype="page" id="{page.pk}">Lees verder</a></p>'


def test_links_in_rich_text_lead_to_pages(get, pages):
    record = OrganisationFactory(public=True, description=link(pages[0]))
    _status, answer = get(f"organisations/{record.uuid}/")
    assert answer["description"] == '<p><a href="/bladzijde-0/">Lees verder</a></p>'


def test_each_item_keeps_its_own_text_when_links_are_filled_in_together(get, pages):
    for number, page in enumerate(pages):
        OrganisationFactory(public=True, name=f"Groep {number}", description=link(page))
    OrganisationFactory(public=True, name="Zonder", description="")
    _status, answer = get("organisations/", fields="description")
    assert [item["description"] for item in answer["items"]] == [
        *(f'<p><a href="/bladzijde-{number}/">Lees verder</a></p>' for number in range(3)),
        "",
    ]


def queries_of(path, **parameters):
    """The queries of one answer to someone nobody knows."""
    client = Client()
    client.get(path, parameters)  # what Wagtail remembers from then on: its sites, their pages
    with CaptureQueriesContext(connection) as queries:
        assert client.get(path, parameters).status_code == 200
    return [query["sql"] for query in queries]


def of_ours(queries):
    return [sql for sql in queries if "socialekaart_plugin_" in sql]


def make_many(endpoint, number, **shared):
    """Records of which every field holds something."""
    AreaFactory(parent=AreaFactory(kind="municipality"))
    place = PlaceFactory()
    theme, group = ThemeFactory(parent=ThemeFactory()), TargetGroupFactory()
    organisation = OrganisationFactory(public=True) if endpoint == "activities" else None
    own = {"themes": [theme], "target_groups": [group], "tags": ["a", "b"], "public": True}
    for _number in range(number):
        if endpoint == "organisations":
            OrganisationFactory(visiting_place=place, **own, **shared)
        else:
            ActivityFactory(organisation=organisation, sessions=[at(place)], **own, **shared)


@pytest.mark.parametrize("number", [1, MANY])
@pytest.mark.parametrize("endpoint", ENDPOINTS)
def test_a_list_of_all_fields_is_four_queries_at_most_whatever_its_size(endpoint, number, settings):
    settings.WAGTAILAPI_LIMIT_MAX = 100
    make_many(endpoint, number)
    queries = queries_of(f"/api/v2/{endpoint}/", fields="*", limit=100)
    assert len(queries) <= 4, queries
    asked = queries_of(f"/api/v2/{endpoint}/", search="buurthuis", facets="*", limit=100)
    assert len(asked) <= 4, asked


@pytest.mark.parametrize("number", [1, MANY])
@pytest.mark.parametrize("endpoint", ENDPOINTS)
def test_one_record_is_three_queries_at_most_however_many_there_are(endpoint, number):
    make_many(endpoint, number)
    item = Client().get(f"/api/v2/{endpoint}/").json()["items"][0]
    queries = queries_of(f"/api/v2/{endpoint}/{item['id']}/", fields="*")
    assert len(of_ours(queries)) == 1
    assert len(queries) <= 3, queries


@pytest.mark.parametrize("endpoint", ENDPOINTS)
def test_links_in_rich_text_cost_the_same_for_one_record_and_for_many(endpoint, pages, settings):
    settings.WAGTAILAPI_LIMIT_MAX = 100
    text = "".join(link(page) for page in pages)

    def queries():
        found = queries_of(f"/api/v2/{endpoint}/", fields="*", limit=100)
        return (len(of_ours(found)), len(found))

    make_many(endpoint, 1, description=text)
    of_one = queries()
    make_many(endpoint, MANY - 1, description=text)
    # Wagtail's own on top of ours: the site, which pages these are, and the pages of one type.
    assert queries() == of_one == (2, 5)
