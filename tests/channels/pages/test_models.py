import datetime
import json
import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from wagtail.models import Page, Site

from socialekaart_plugin.directory.actions import withdraw_record
from socialekaart_plugin.foundation.audiences import Audience
from socialekaart_plugin.models import (
    ActivityNotice,
    ActivityTranslation,
    DirectoryPage,
    OrganisationNotice,
    OrganisationTranslation,
)
from tests.factories import (
    ActivityFactory,
    AreaFactory,
    HelpQuestionFactory,
    OrganisationFactory,
    PlaceFactory,
    TargetGroupFactory,
    ThemeFactory,
    activity_contact,
    at,
    change,
    contact,
    opening_hours,
    publish,
    together_with,
    weekly,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def address(directory_page):
    """The address of a record on the page."""

    def address(record):
        return f"{directory_page.url}{record.short_id}/{record.slug}/"

    return address


def test_the_list_shows_what_is_public_and_leads_to_it(read, address):
    organisation = OrganisationFactory(public=True, name="Bureau Budget")
    OrganisationFactory(name="Nog een concept")
    response = read()
    assert response.status_code == 200
    assert f'href="{address(organisation)}"' in response.text
    assert "Bureau Budget" in response.text
    assert "Nog een concept" not in response.text


def test_the_page_of_a_record_shows_what_is_public_of_it(client, address):
    hall = PlaceFactory(name="Buurthuis", audience=Audience.PUBLIC)
    home = PlaceFactory(name="Thuis bij Truus", audience=Audience.INTERNAL)
    activity = ActivityFactory(
        public=True,
        name="Koffieochtend",
        organisation=OrganisationFactory(public=True, name="De Brug"),
        themes=[ThemeFactory(name="Ontmoeten")],
        target_groups=[TargetGroupFactory(name="Ouderen")],
        tags=["gezellig"],
        sessions=[at(hall, room="Tuinkamer"), at(home)],
        contact_facts=[
            activity_contact(Audience.PUBLIC, "079 123 45 67", kind="phone"),
            activity_contact(Audience.REFERRER, "verwijzer@example.nl"),
            activity_contact(Audience.INTERNAL, "collega@example.nl"),
        ],
    )
    text = client.get(address(activity)).text
    for shown in (
        *("Koffieochtend", "De Brug", "Ontmoeten", "Ouderen", "gezellig", "Buurthuis"),
        *("Tuinkamer", "079 123 45 67", "Kom gerust langs."),
    ):
        assert shown in text
    for hidden in ("Truus", "verwijzer@", "collega@"):
        assert hidden not in text


def test_a_referrer_sees_what_is_for_referrers_and_is_told_so(
    client, referrer, directory_page, address
):
    organisation = OrganisationFactory(
        public=True,
        contact_facts=[
            contact(Audience.PUBLIC, "iedereen@example.nl"),
            contact(Audience.REFERRER, "verwijzer@example.nl"),
            contact(Audience.INTERNAL, "collega@example.nl"),
        ],
    )
    seen = referrer.get(address(organisation))
    assert "mailto:verwijzer@example.nl" in seen.text
    assert "collega@" not in seen.text
    assert "private" in seen["Cache-Control"]
    assert "Cookie" in seen["Vary"]
    assert "private" in referrer.get(directory_page.url)["Cache-Control"]
    everyone = client.get(address(organisation))
    assert "verwijzer@example.nl" not in everyone.text
    assert "private" not in everyone.get("Cache-Control", "")
    assert "Cookie" in everyone["Vary"]


def test_a_page_that_did_not_change_is_not_sent_again(client, referrer, address):
    organisation = OrganisationFactory(
        public=True,
        contact_facts=[
            contact(Audience.PUBLIC, "iedereen@example.nl"),
            contact(Audience.REFERRER, "verwijzer@example.nl"),
        ],
    )
    tag = client.get(address(organisation))["ETag"]
    assert client.get(address(organisation), headers={"if-none-match": tag}).status_code == 304
    assert referrer.get(address(organisation), headers={"if-none-match": tag}).status_code == 200
    change(organisation, summary="Iets anders.")
    publish(organisation)
    assert client.get(address(organisation), headers={"if-none-match": tag}).status_code == 200


@pytest.mark.parametrize("path", ["{short_id}/", "{short_id}/een-oude-naam/"])
def test_an_address_without_slug_or_with_an_older_one_leads_to_the_present_one(
    client, directory_page, address, path
):
    organisation = OrganisationFactory(public=True)
    response = client.get(directory_page.url + path.format(short_id=organisation.short_id))
    assert response.status_code == 302
    assert response["Location"].endswith(address(organisation))


def test_the_old_address_of_a_renamed_record_leads_to_the_new_one(client, address):
    organisation = OrganisationFactory(public=True, name="De Brug")
    old = address(organisation)
    change(organisation, name="De Nieuwe Brug", slug="de-nieuwe-brug")
    publish(organisation)
    assert client.get(old, follow=True).redirect_chain == [
        (f"/sociale-kaart/{organisation.short_id}/de-nieuwe-brug/", 302)
    ]


@pytest.mark.parametrize("short_id", ["xxxxxxx", "0", "zzzzzzzzzzzz"])
def test_a_record_that_never_was_is_not_found(client, directory_page, short_id):
    assert client.get(f"{directory_page.url}{short_id}/").status_code == 404


def test_a_draft_is_not_found(client, address):
    assert client.get(address(OrganisationFactory())).status_code == 404


@pytest.mark.parametrize("make", [ThemeFactory, AreaFactory])
def test_what_has_no_page_of_its_own_is_not_found(client, address, make):
    assert client.get(address(make())).status_code == 404


def test_a_withdrawn_record_is_gone_and_says_so_in_words(client, address):
    organisation = OrganisationFactory(public=True, name="De Brug")
    withdraw_record(record=organisation, reason="Ruzie in het bestuur")
    response = client.get(address(organisation))
    assert response.status_code == 410
    # Or a browser keeps it for ever, also when the record is published again.
    assert "no-cache" in response["Cache-Control"]
    assert "<h1" in response.text
    assert "De Brug" not in response.text
    assert "Ruzie" not in response.text


def test_a_replaced_record_leads_on_to_what_took_its_place(client, address):
    old, new = OrganisationFactory(public=True), OrganisationFactory(public=True)
    withdraw_record(record=old, reason="Samengegaan", replaced_by=new)
    response = client.get(address(old), follow=True)
    assert response.redirect_chain[0] == (f"/k/{new.short_id}", 301)
    assert response.redirect_chain[-1][0].endswith(address(new))
    assert response.status_code == 200


def test_a_permanent_address_leads_to_the_page_of_today(client, address):
    organisation = OrganisationFactory(public=True)
    for path in (f"/k/{organisation.short_id}", f"/k/{organisation.short_id}/"):
        response = client.get(path, follow=True)
        assert response.redirect_chain[-1][0].endswith(address(organisation))
        assert response.status_code == 200


def test_a_permanent_address_of_what_one_filters_by_leads_to_the_list_filtered_by_it(
    client, directory_page
):
    for thing, parameter in (
        (ThemeFactory(name="Geld"), "theme"),
        (TargetGroupFactory(), "target_group"),
        (HelpQuestionFactory(), "help_question"),
        (AreaFactory(), "area"),
    ):
        response = client.get(f"/k/{thing.short_id}")
        assert response["Location"].endswith(f"{directory_page.url}?{parameter}={thing.slug}")


def test_a_permanent_address_leads_to_the_front_end_of_a_headless_site(client, settings):
    settings.SOCIALEKAART_PUBLIC_URL = "https://voor.example"
    settings.SOCIALEKAART_PUBLIC_RECORD_PATH = "/kaart/{kind}/{slug}--{short_id}"
    organisation = OrganisationFactory(public=True, name="De Brug")
    response = client.get(f"/k/{organisation.short_id}")
    assert response["Location"] == (
        f"https://voor.example/kaart/organisation/de-brug--{organisation.short_id}"
    )


def test_a_permanent_address_without_a_page_to_show_it_is_not_found(client, directory_page):
    organisation = OrganisationFactory(public=True)
    directory_page.unpublish()
    assert client.get(f"/k/{organisation.short_id}").status_code == 404


def test_the_page_of_a_record_names_its_permanent_address(client, address):
    organisation = OrganisationFactory(public=True)
    text = client.get(address(organisation)).text
    permanent = f"http://testserver/k/{organisation.short_id}"
    assert f'<link rel="canonical" href="{permanent}">' in text
    assert text.count(permanent) >= 2


def test_the_page_of_an_organisation_shows_its_activities_and_leads_to_more(client, address):
    organisation = OrganisationFactory(public=True)
    names = []
    for number in range(51):
        activity = ActivityFactory(
            public=True, name=f"Groep {number:02}", organisation=organisation
        )
        names.append(activity.name)
    own = ActivityFactory(public=True, name="Van een ander")
    withdraw_record(record=activity, reason="Gestopt")
    text = client.get(address(organisation)).text
    assert all(name in text for name in names[:50])
    assert names[50] not in text
    assert own.name not in text
    assert f"?organisation={organisation.slug}" not in text
    publish(activity)
    assert f"?organisation={organisation.slug}" in client.get(address(organisation)).text


def structured(text):
    (script,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', text, re.S)
    return json.loads(script)


def test_search_engines_read_the_record_in_the_words_of_schema_org(client, address):
    organisation = OrganisationFactory(
        public=True, name="De Brug", visiting_place=PlaceFactory(), tags=["hulp"]
    )
    thing = structured(client.get(address(organisation)).text)
    assert thing["@type"] == "Organization"
    assert thing["@id"] == f"http://testserver/k/{organisation.short_id}"
    assert thing["name"] == "De Brug"
    assert thing["telephone"] == "+31-79-123-4567"
    assert thing["address"][0]["postalCode"] == "2712 AB"
    assert thing["keywords"] == ["hulp"]


EVIL = "</script><script>alert('x')</script><!-- &amp; \" ' <b>"


@pytest.fixture
def evil():
    """An organisation and an activity with markup in every field of plain text."""
    place = PlaceFactory(
        name=EVIL, street_address=EVIL, postcode="<b>", city=EVIL, audience=Audience.PUBLIC
    )
    AreaFactory(name=EVIL)
    place.accessibility_note = EVIL
    place.save()
    shared = {
        "public": True,
        "name": EVIL,
        "alternative_names": EVIL,
        "summary": EVIL,
        "tags": [EVIL],
        "themes": [ThemeFactory(name=EVIL, parent=ThemeFactory(name=EVIL))],
        "target_groups": [TargetGroupFactory(name=EVIL)],
    }
    short = [
        *("image_alt", "cost_note", "registration_note", "referral_by", "capacity_note"),
        *("what_to_bring", "accessibility_note"),
    ]
    shared |= {"cost": "other", "capacity": "full", "referral": "needed"}
    shared |= dict.fromkeys(short, EVIL)
    shared["accessibility"] = {"quiet_room": True}
    notice = {"kind": "closed", "starts_on": datetime.date(2020, 1, 1), "text": EVIL}
    translation = {"language": "ar", "state": "machine", "name": EVIL, "summary": EVIL}
    translation["description"] = f"<p>{EVIL}</p>"
    organisation = OrganisationFactory(
        visiting_place=place,
        postal_address=EVIL,
        postal_address_audience=Audience.PUBLIC,
        notices=[OrganisationNotice(**notice)],
        translations=[OrganisationTranslation(**translation)],
        contact_facts=[
            # Nothing with markup in it is a telephone number.
            contact(
                Audience.PUBLIC, "079 300 00 99" if kind == "phone" else EVIL, kind=kind, label=EVIL
            )
            for kind in ("person", "mail", "phone", "website", "social")
        ],
        **shared,
    )
    activity = ActivityFactory(
        organisation=organisation,
        co_organisers=[together_with(OrganisationFactory(public=True, name=EVIL))],
        sessions=[at(place, room=EVIL[:80], note=EVIL, schedule=weekly())],
        notices=[ActivityNotice(**notice)],
        translations=[ActivityTranslation(**translation)],
        **shared,
    )
    for record in (organisation, activity):
        record.source = record.source_licence = EVIL
        record.save(update_fields=["source", "source_licence"])
    return organisation, activity


def test_markup_in_any_field_is_shown_as_text(client, read, address, evil, parse):
    pages = [client.get(address(record)) for record in evil]
    pages += [read(), read(search=EVIL), read(theme=evil[0].themes.first().slug)]
    for page in pages:
        assert page.status_code == 200
        assert "<script>alert" not in page.text
        document = parse(page.text)
        assert EVIL in "".join(document.itertext())
        scripts = [script for script in document.iter("script") if "src" not in script.attrib]
        assert {script.get("type") for script in scripts} <= {"application/ld+json"}


def test_markup_cannot_end_the_words_for_search_engines(client, address, evil):
    for record in evil:
        thing = structured(client.get(address(record)).text)
        assert thing["name"] == EVIL
        assert thing["description"] == EVIL


def test_a_link_of_a_contact_fact_that_is_no_web_address_is_no_link(client, address):
    organisation = OrganisationFactory(public=True)
    for kind in ("website", "social", "phone"):
        contact(Audience.PUBLIC, "javascript:alert(1)", kind=kind, record=organisation).save()
    assert 'href="javascript' not in client.get(address(organisation)).text


def test_what_is_different_for_the_time_being_stands_on_the_card_and_on_the_page(
    client, read, address
):
    day = datetime.date(2020, 1, 1)
    activity = ActivityFactory(
        public=True,
        sessions=[at(PlaceFactory(), schedule=weekly())],
        notices=[
            ActivityNotice(kind="closed", starts_on=day, text="Wij verhuizen."),
            ActivityNotice(kind="changed", starts_on=day, ends_on=day, text="Dat was toen."),
        ],
    )
    assert "sk-card__notices" in read().text
    text = client.get(address(activity)).text
    assert "Wij verhuizen." in text
    assert "Dat was toen." not in text
    assert "sk-next" not in text


def test_a_page_tells_when_and_where_and_all_that_is_good_to_know(client, read, address):
    place = PlaceFactory(name="Buurthuis", opening_hours=opening_hours())
    activity = ActivityFactory(
        public=True,
        sessions=[at(place, room="Tuinkamer", schedule=weekly()), at(None, note="Bel eerst.")],
        without_times="by_appointment",
        cost="free",
        min_age=18,
        languages=["ar"],
        accessibility={"quiet_room": True, "companion_welcome": True},
        volunteers_wanted=True,
        vacancy_url="https://example.nl/vacature",
        translations=[
            ActivityTranslation(language="ar", state="machine", summary="مرحبا"),
            ActivityTranslation(language="en", summary="Hello"),
        ],
    )
    text = client.get(address(activity)).text
    for shown in (
        *("Elke dinsdag van 10.00 tot 12.00 uur", "Tuinkamer", "Op afspraak", "Bel eerst."),
        *("Maandag 9.00–17.00 uur", "Gratis", "Vanaf 18 jaar", "Arabisch", "sk-access__yes"),
        *('href="https://example.nl/vacature"', 'lang="ar" dir="rtl"', "مرحبا", "Hello"),
        *("Vertaald door een computer", "sk-next"),
    ):
        assert shown in text, shown
    card = read().text
    assert "Elke dinsdag van 10.00 tot 12.00 uur" in card
    assert "Gratis" in card


def test_who_finds_no_times_reads_whom_to_ask(client, read, address):
    facebook = contact(Audience.PUBLIC, "https://facebook.com/zon", kind="social")
    organisation = OrganisationFactory(public=True, name="Stichting Zon", contact_facts=[facebook])
    activity = ActivityFactory(public=True, organisation=organisation)
    page = client.get(address(activity)).text
    assert re.search(r'Vraag naar de tijden bij <a href="[^"]+">Stichting Zon</a>', page)
    assert "Vraag naar de tijden" in read().text
    assert "fspraak" not in page + read().text
    activity.contact_facts = [activity_contact(Audience.PUBLIC, "079 300 00 10", kind="phone")]
    activity.save()
    page = client.get(address(activity)).text
    assert re.search(r'Vraag naar de tijden: <a href="tel:[^"]+">079 300 00 10</a>', page)


def test_a_session_at_a_place_that_is_kept_inside_tells_its_times_only(client, address):
    home = PlaceFactory(name="Bij Truus", audience=Audience.INTERNAL)
    activity = ActivityFactory(
        public=True, sessions=[at(home, room="Achterkamer", note="Poort", schedule=weekly())]
    )
    text = client.get(address(activity)).text
    assert "Elke dinsdag" in text
    for hidden in ("Truus", "Achterkamer", "Poort"):
        assert hidden not in text


def test_what_has_ended_says_so_and_is_found_no_more(client, read, address):
    activity = ActivityFactory(
        public=True, name="Zomerfeest", valid_until=datetime.date(2020, 8, 1)
    )
    assert "Zomerfeest" not in read().text
    response = client.get(address(activity))
    assert response.status_code == 200
    assert "Dit is afgelopen." in response.text


def test_what_is_still_to_come_says_from_when(client, read, address):
    activity = ActivityFactory(public=True, valid_from=datetime.date(2098, 8, 1))
    assert "Begint op 1 augustus 2098" in read().text
    assert "Begint op 1 augustus 2098." in client.get(address(activity)).text


def test_an_organisation_tells_its_particulars_and_where_it_comes_from(client, address):
    organisation = OrganisationFactory(
        public=True,
        kvk_number="41234567",
        postal_address="Postbus 12",
        postal_address_audience=Audience.PUBLIC,
        platform_profile_url="https://www.platform.example/wij",
    )
    organisation.source, organisation.source_licence = "Sociale Kaart NL", "CC BY 4.0"
    organisation.save(update_fields=["source", "source_licence"])
    text = client.get(address(organisation)).text
    for shown in ("41234567", "Postbus 12", "Op platform.example", "Bron: Sociale Kaart NL"):
        assert shown in text, shown


def test_a_record_survives_a_strict_parser(client, read, address, parse):
    wide = AreaFactory(kind="municipality")
    AreaFactory(parent=wide)
    place = PlaceFactory(opening_hours=opening_hours())
    theme = ThemeFactory(parent=ThemeFactory())
    organisation = OrganisationFactory(
        public=True,
        kvk_number="41234567",
        visiting_place=place,
        themes=[theme],
        tags=["een", "twee"],
        target_groups=[TargetGroupFactory()],
        alternative_names="Een\nTwee",
        description="<p>Een <b>stuk</b></p><ul><li>tekst</li></ul>",
        contact_facts=[
            contact(Audience.PUBLIC, value, kind=kind, label="let op")
            for kind, value in [
                ("phone", "079 123 45 67"),
                ("mail", "naam@example.nl"),
                ("website", "https://www.example.nl/pad?een=1&twee=2"),
                ("social", "https://social.example/@naam"),
                ("person", "Truus"),
            ]
        ],
    )
    activity = ActivityFactory(
        public=True,
        organisation=organisation,
        sessions=[at(place, room="2", note="Bel", schedule=weekly()), at(None)],
        cost="free",
        volunteers_wanted=True,
        accessibility={"quiet_room": True, "induction_loop": False},
        notices=[ActivityNotice(kind="closed", starts_on=datetime.date(2020, 1, 1), text="Dicht")],
        translations=[ActivityTranslation(language="ar", summary="مرحبا", description="<p>x</p>")],
        valid_from=datetime.date(2098, 1, 1),
    )
    bare = OrganisationFactory(public=True, description="", themes=[theme])
    for record in (organisation, activity, bare):
        parse(client.get(address(record)).text)
    parse(read().text)
    withdraw_record(record=bare, reason="Gestopt")
    parse(client.get(address(bare)).text)


@pytest.mark.parametrize(
    "parameters",
    [
        {},
        {"search": "nergens"},
        {"search": '"<&'},
        {"page": "99"},
        {"page": "2"},
        {"kind": "activity", "theme": "onbekend", "area": "onbekend", "search": "x"},
        {"organisation": "onbekend"},
    ],
)
def test_the_list_survives_a_strict_parser_whatever_it_shows(read, parse, settings, parameters):
    settings.SOCIALEKAART_PAGE_SIZE = 1
    parse(read(**parameters).text)
    for _number in range(3):
        OrganisationFactory(public=True)
    parse(read(**parameters).text)


def test_the_screens_stand_in_the_base_template_of_the_app_when_the_site_names_none(
    client, read, address, parse, settings
):
    settings.SOCIALEKAART_BASE_TEMPLATE = "socialekaart_plugin/pages/standalone.html"
    organisation = OrganisationFactory(public=True)
    parse(read().text)
    parse(client.get(address(organisation)).text)
    withdraw_record(record=organisation, reason="Gestopt")
    parse(client.get(address(organisation)).text)


def of_ours(path):
    """The queries of one answer on the tables of the records."""
    client = Client()
    client.get(path)  # what Wagtail remembers from then on: its sites
    with CaptureQueriesContext(connection) as queries:
        assert client.get(path).status_code == 200
    found = [query["sql"] for query in queries]
    return [
        sql
        for sql in found
        if "socialekaart_plugin_" in sql and "socialekaart_plugin_directorypage" not in sql
    ]


@pytest.mark.parametrize("number", [1, 12])
def test_the_list_and_a_page_are_four_queries_of_ours_at_most_whatever_the_size(
    directory_page, address, number, settings
):
    settings.SOCIALEKAART_PAGE_SIZE = 40
    AreaFactory(parent=AreaFactory(kind="municipality"))
    place, theme = PlaceFactory(), ThemeFactory(parent=ThemeFactory())
    organisation = OrganisationFactory(public=True, visiting_place=place, themes=[theme])
    for _number in range(number):
        activity = ActivityFactory(
            public=True, organisation=organisation, sessions=[at(place)], themes=[theme], tags=["a"]
        )
    for path in (
        directory_page.url,
        f"{directory_page.url}?search=koffie&theme={theme.slug}&kind=activity",
        address(organisation),
        address(activity),
    ):
        queries = of_ours(path)
        assert 0 < len(queries) <= 4, (path, queries)


def test_the_page_itself_can_be_read_from_wagtails_api(client, directory_page):
    root = Site.objects.get(is_default_site=True).root_page
    other = root.add_child(instance=Page(title="Over ons", slug="over-ons"))
    directory_page.introduction = f'<p><a linktype="page" id="{other.pk}">Over ons</a></p>'
    directory_page.save_revision().publish()
    item = client.get(f"/api/v2/pages/{directory_page.pk}/").json()
    assert item["meta"]["type"] == "socialekaart_plugin.DirectoryPage"
    assert item["introduction"] == '<p><a href="/over-ons/">Over ons</a></p>'
    assert item["public_url"] == f"http://localhost{directory_page.url}"
    listed = client.get(
        "/api/v2/pages/",
        {"type": "socialekaart_plugin.DirectoryPage", "fields": "introduction,public_url"},
    ).json()["items"]
    assert [(i["introduction"], i["public_url"]) for i in listed] == [
        (item["introduction"], item["public_url"])
    ]


def test_the_page_says_where_people_see_it_on_a_headless_site(client, directory_page, settings):
    settings.SOCIALEKAART_PUBLIC_URL = "https://voor.example"
    item = client.get(f"/api/v2/pages/{directory_page.pk}/").json()
    assert item["public_url"].startswith("https://voor.example")


def test_the_page_has_no_pages_below_it(directory_page):
    assert DirectoryPage.allowed_subpage_models() == []
    assert directory_page.introduction == ""
