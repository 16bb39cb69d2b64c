import json

import html5lib
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from socialekaart_plugin.directory.models.translation import text_fingerprint
from socialekaart_plugin.directory.panels import ACTIVITY_PANELS, ORGANISATION_PANELS
from socialekaart_plugin.directory.record_panels import NeededContactPanel, NeededFieldPanel
from socialekaart_plugin.directory.requirements import missing_for_publication
from socialekaart_plugin.foundation.audiences import Audience
from socialekaart_plugin.models import (
    Activity,
    Area,
    Organisation,
    OrganisationTranslation,
    Place,
)
from socialekaart_plugin.moderation.permissions import Role
from tests.factories import (
    ActivityFactory,
    AreaFactory,
    OrganisationFactory,
    PlaceFactory,
    ThemeFactory,
    UserFactory,
    at,
    contact,
    together_with,
)
from tests.places.timetable_data import typed

pytestmark = pytest.mark.django_db

TEN_TO_TWELVE = [{"starts_at": "10", "ends_at": "12"}]

EMPTY_RICH_TEXT = json.dumps({"blocks": [], "entityMap": {}})
CHILDREN = ("contact_facts", "notices", "translations")


def address(model, action, *args):
    return reverse(f"wagtailsnippets_socialekaart_plugin_{model}:{action}", args=args)


def management(prefix, total=0, initial=0):
    return {
        f"{prefix}-TOTAL_FORMS": total,
        f"{prefix}-INITIAL_FORMS": initial,
        f"{prefix}-MIN_NUM_FORMS": 0,
        f"{prefix}-MAX_NUM_FORMS": 1000,
    }


def form_of(model, **values):
    """What a browser sends for a new record."""
    data = {
        "description": EMPTY_RICH_TEXT,
        "kind": "volunteer",
        "postal_address_audience": "internal",
    }
    relations = CHILDREN + (("co_organisers", "sessions") if model == "activity" else ())
    for relation in relations:
        data |= management(relation)
    return data | values


def fact(number, value="079 123 45 67", kind="phone", audience="public", pk=""):
    prefix = f"contact_facts-{number}"
    return {
        f"{prefix}-kind": kind,
        f"{prefix}-value": value,
        f"{prefix}-audience": audience,
        f"{prefix}-ORDER": number + 1,
        f"{prefix}-id": pk,
    }


def translation(number, summary, pk="", language="en", **more):
    prefix = f"translations-{number}"
    values = {
        "language": language,
        "state": "checked",
        "summary": summary,
        "description": EMPTY_RICH_TEXT,
        "id": pk,
        "ORDER": number + 1,
    } | more
    return {f"{prefix}-{name}": value for name, value in values.items()}


@pytest.fixture
def editor(client, team):
    user = UserFactory(role=Role.MODERATORS)
    client.force_login(user)
    return client


def check(client, model, data, *args):
    action = "check_existing" if args else "check"
    answer = client.post(address(model, action, *args), data)
    assert answer.status_code == 200, answer.content
    return answer.json()


# Duplicates


def test_a_new_record_with_a_strong_duplicate_comes_back_once_with_all_that_was_typed(editor):
    duplicate = OrganisationFactory(name="Buurthuis De Parel")
    data = form_of("organisation", name="Buurthuis de Paarel", summary="Iets heel anders")
    answer = editor.post(address("organisation", "add"), data)
    assert answer.status_code == 200
    assert list(Organisation.objects.all()) == [duplicate]
    page = answer.content.decode()
    assert "Iets heel anders" in page
    assert "Nog niet bewaard: “Buurthuis De Parel” is er al." in page
    assert f'name="other_than" value="{duplicate.pk}"' in page
    answer = editor.post(address("organisation", "add"), data | {"other_than": [duplicate.pk]})
    assert answer.status_code == 302
    assert Organisation.objects.filter(name="Buurthuis de Paarel").exists()


def test_automatic_saving_of_a_new_record_waits_while_there_is_a_strong_duplicate(editor):
    duplicate = OrganisationFactory(name="Buurthuis De Parel")
    data = form_of("organisation", name="Buurthuis de Parel")
    json_please = {"accept": "application/json"}
    answer = editor.post(address("organisation", "add"), data, headers=json_please)
    assert (answer.status_code, answer.json()["error_code"]) == (400, "validation_error")
    assert "is er al" in answer.json()["error_message"]
    answer = editor.post(
        address("organisation", "add"), data | {"other_than": [duplicate.pk]}, headers=json_please
    )
    assert answer.json()["success"] is True


def test_an_existing_record_is_saved_whatever_it_looks_like(editor):
    OrganisationFactory(name="Buurthuis De Parel")
    record = OrganisationFactory(name="Iets anders", contact_facts=[])
    data = form_of("organisation", name="Buurthuis de Parel", slug=record.slug)
    answer = editor.post(address("organisation", "edit", record.pk), data)
    assert answer.status_code == 302
    answer = editor.get(address("organisation", "edit", record.pk))
    assert "Buurthuis De Parel" in answer.content.decode()


def test_while_typing_duplicates_are_named_with_a_link_and_the_reason(editor):
    duplicate = OrganisationFactory(name="Buurthuis De Parel")
    data = form_of("organisation", name="De Parel") | management("contact_facts", 1) | fact(0)
    answer = check(editor, "organisation", data)
    assert answer["number_of_duplicates"] == 1
    assert address("organisation", "edit", duplicate.pk) in answer["duplicates"]
    assert "hetzelfde telefoonnummer" in answer["duplicates"]
    answer = check(editor, "organisation", data | {"other_than": [duplicate.pk]})
    assert answer["number_of_duplicates"] == 0
    assert "checked" in answer["duplicates"]


def test_a_record_is_not_named_as_duplicate_of_itself(editor):
    record = OrganisationFactory(name="Buurthuis De Parel")
    data = form_of("organisation", name="Buurthuis De Parel")
    assert check(editor, "organisation", data, record.pk)["number_of_duplicates"] == 0
    assert check(editor, "organisation", data)["number_of_duplicates"] == 1


def test_a_copy_names_the_original_at_once_and_is_checked_as_a_new_record(editor):
    record = OrganisationFactory(name="Buurthuis De Parel")
    page = editor.get(address("organisation", "copy", record.pk)).content.decode()
    assert f'name="other_than" value="{record.pk}"' in page
    assert 'data-sk-pk=""' in page


# Needed


def test_the_list_of_needs_shrinks_to_nothing(editor):
    theme = ThemeFactory()
    data = form_of("organisation", name="Nieuw")
    answer = check(editor, "organisation", data)
    assert answer["number_needed"] == 3
    for anchor in ("id_summary", "id_themes", "id_contact_facts-FORMS"):
        assert f'href="#{anchor}"' in answer["needed"]
    data |= {"summary": "Iets", "themes": [theme.pk]}
    data |= management("contact_facts", 1) | fact(0)
    answer = check(editor, "organisation", data)
    assert answer["number_needed"] == 0
    assert "Alles is er: dit kan op de site." in answer["needed"]


def test_what_is_known_without_times_is_refused_when_all_times_are_given(editor):
    when = typed(when=[{"repeats": "weekly", "weekdays": ["TU"], "times": TEN_TO_TWELVE}])
    session = {"sessions-0-ORDER": 1, "sessions-0-id": "", **when.dict()}
    data = form_of("activity", name="Nieuw", without_times="by_appointment")
    data |= management("sessions", 1) | session
    answer = editor.post(address("activity", "add"), data)
    assert answer.status_code == 200
    assert "Alle tijden zijn hierboven al ingevuld." in answer.content.decode()
    assert not Activity.objects.filter(name="Nieuw").exists()
    second = {"sessions-1-note": "bel even", "sessions-1-ORDER": 2, "sessions-1-id": ""}
    editor.post(address("activity", "add"), data | management("sessions", 2) | second)
    assert Activity.objects.get(name="Nieuw").without_times == "by_appointment"


def test_what_is_wrong_in_a_child_is_named_with_its_place(editor):
    data = form_of("organisation", name="Nieuw")
    data |= management("contact_facts", 1) | fact(0, value="geen nummer")
    answer = check(editor, "organisation", data)
    assert 'href="#id_contact_facts-0-value"' in answer["needed"]


def test_an_activity_at_a_place_needs_one_and_one_by_telephone_does_not(editor):
    organisation = OrganisationFactory(public=True)
    data = form_of("activity", name="Nieuw", organisation=organisation.pk, forms=["place"])
    assert 'href="#id_sessions-FORMS"' in check(editor, "activity", data)["needed"]
    session = {"sessions-0-place": PlaceFactory().pk, "sessions-0-ORDER": 1, "sessions-0-id": ""}
    with_place = data | management("sessions", 1) | session
    assert "id_sessions" not in check(editor, "activity", with_place)["needed"]
    by_phone = data | {"forms": ["phone"]}
    assert "id_sessions" not in check(editor, "activity", by_phone)["needed"]
    activity = ActivityFactory.build(
        organisation=organisation, forms=["place"], themes=[ThemeFactory()]
    )
    assert [item.field for item in missing_for_publication(activity)] == ["sessions"]
    activity.sessions = [at(PlaceFactory())]
    assert missing_for_publication(activity) == []


@pytest.mark.parametrize("model", ["organisation", "activity"])
def test_the_check_writes_nothing(editor, model):
    existing = OrganisationFactory(name="Nieuw") if model == "organisation" else ActivityFactory()
    organisation = OrganisationFactory(public=True)
    data = form_of(model, name="Nieuw", tags="heel nieuw woord", organisation=organisation.pk)
    data |= management("contact_facts", 1) | fact(0) | management("translations", 1)
    data |= translation(0, "Something")
    for args in ((), (existing.pk,)):
        with CaptureQueriesContext(connection) as captured:
            check(editor, model, data, *args)
        verbs = {query["sql"].split()[0].lstrip("(") for query in captured}
        assert verbs <= {"SELECT", "SAVEPOINT", "RELEASE"}, verbs


def test_the_check_asks_as_many_queries_however_much_is_there(editor):
    def number():
        data = form_of("organisation", name="Buurthuis De Parel")
        with CaptureQueriesContext(connection) as captured:
            check(editor, "organisation", data)
        return len(captured)

    for n in range(2):
        OrganisationFactory(name=f"De Parel {'ab'[n]}")
    number()
    before = number()
    for n in range(6):
        OrganisationFactory(name=f"De Parel {'cdefgh'[n]}")
        AreaFactory()
        ThemeFactory()
    assert number() == before


@pytest.mark.parametrize(
    "nonsense",
    [
        {},
        {"name": "\x00"},
        {"name": "x" * 10_000},
        {"description": "geen json"},
        {"description": "[]"},
        {"description": '{"blocks": 3}'},
        {"contact_facts-TOTAL_FORMS": "3", "contact_facts-INITIAL_FORMS": "3"},
        {"contact_facts-TOTAL_FORMS": "veel", "contact_facts-INITIAL_FORMS": "-1"},
        {
            "contact_facts-TOTAL_FORMS": "1",
            "contact_facts-INITIAL_FORMS": "1",
            "contact_facts-0-id": "x",
        },
        {
            "contact_facts-TOTAL_FORMS": "1",
            "contact_facts-INITIAL_FORMS": "1",
            "contact_facts-0-id": "9" * 30,
        },
        {"areas_served": ["x", "9" * 40], "themes": ["-1", "9" * 40]},
        {"organisation": "9" * 40},
        {"other_than": ["x", "9" * 400, "-1", "²"]},
        {"sessions-TOTAL_FORMS": "1", "sessions-INITIAL_FORMS": "0", "sessions-0-schedule": "{"},
    ],
    ids=str,
)
@pytest.mark.parametrize("model", ["organisation", "activity"])
def test_no_form_is_too_strange_for_the_check(editor, model, nonsense):
    for data in (nonsense, form_of(model) | nonsense):
        answer = editor.post(address(model, "check"), data)
        assert answer.status_code in (200, 400)


def test_the_check_is_for_who_may_save_and_only_by_post(client, editor, team):
    record = OrganisationFactory()
    for url in (
        address("organisation", "check"),
        address("organisation", "check_existing", record.pk),
    ):
        assert editor.get(url).status_code == 405
    for odd in ("0", "x", "9" * 40):
        url = address("organisation", "check_existing", record.pk).replace(
            f"/{record.pk}/", f"/{odd}/"
        )
        assert editor.post(url).status_code == 404
    stranger = UserFactory()
    client.force_login(stranger)
    assert client.post(address("organisation", "check")).status_code == 302
    client.logout()
    assert client.post(address("organisation", "check")).status_code == 302


def needed_in_the_form(panels):
    for panel in panels:
        if isinstance(panel, NeededFieldPanel):
            yield panel.field_name
        elif isinstance(panel, NeededContactPanel):
            yield panel.relation_name
        else:
            yield from needed_in_the_form(getattr(panel, "children", ()))


@pytest.mark.parametrize(
    ("model", "panels"), [(Organisation, ORGANISATION_PANELS), (Activity, ACTIVITY_PANELS)]
)
def test_what_every_record_needs_is_marked_in_the_form_and_nothing_else(model, panels):
    missing = {requirement.field for requirement in missing_for_publication(model(slug="x"))}
    assert set(needed_in_the_form(panels)) == missing


def test_the_form_says_in_words_what_is_needed_and_who_sees_what(editor):
    page = editor.get(address("organisation", "add")).content.decode()
    assert page.count('class="sk-needed-sign">nodig voor publicatie<') == 4
    assert "iedereen" in page
    assert "alleen collega" in page


# Doubles


def test_two_contact_facts_alike_are_refused_in_words(editor):
    data = form_of("organisation", name="Nieuw") | management("contact_facts", 2)
    data |= fact(0) | fact(1, value="+31 79 123 45 67", audience="internal")
    answer = editor.post(address("organisation", "add"), data)
    assert "Dit contactgegeven staat er al." in answer.content.decode()
    assert not Organisation.objects.exists()


def test_the_responsible_organisation_is_refused_as_co_organiser(editor):
    organisation = OrganisationFactory(public=True, name="Samen")
    data = form_of("activity", name="Nieuw", organisation=organisation.pk)
    data |= management("co_organisers", 1)
    data |= {
        "co_organisers-0-organisation": organisation.pk,
        "co_organisers-0-ORDER": 1,
        "co_organisers-0-id": "",
    }
    answer = editor.post(address("activity", "add"), data)
    assert "“Samen” is al de verantwoordelijke organisatie." in answer.content.decode()
    assert not Activity.objects.exists()
    other = OrganisationFactory(public=True)
    answer = editor.post(
        address("activity", "add"), data | {"co_organisers-0-organisation": other.pk}
    )
    assert answer.status_code == 302


# Areas


def test_areas_are_offered_as_town_and_districts_and_what_was_chosen_before(editor):
    town = AreaFactory(name="Zoetermeer", kind="municipality")
    district = AreaFactory(name="Centrum", parent=town)
    near = AreaFactory(name="Palenstein", kind="neighbourhood", parent=district)
    far = AreaFactory(name="Dorp", kind="neighbourhood", parent=district)
    record = OrganisationFactory(areas_served=[near])
    page = editor.get(address("organisation", "edit", record.pk)).content.decode()
    for area, is_offered in ((town, True), (district, True), (near, True), (far, False)):
        assert (f'name="areas_served" value="{area.pk}"' in page) is is_offered, area
    assert "Zoetermeer › Centrum › Palenstein" in page


def test_an_area_stays_chosen_through_the_form(editor):
    near = AreaFactory(kind="neighbourhood")
    record = OrganisationFactory(areas_served=[near], contact_facts=[])
    data = form_of("organisation", name=record.name, slug=record.slug, areas_served=[near.pk])
    assert editor.post(address("organisation", "edit", record.pk), data).status_code == 302
    record.refresh_from_db()
    assert list(record.get_latest_revision_as_object().areas_served.all()) == [near]


def test_no_outline_is_read_for_the_form(editor):
    AreaFactory()
    with CaptureQueriesContext(connection) as captured:
        editor.get(address("organisation", "add"))
    areas = [query["sql"] for query in captured if f'FROM "{Area._meta.db_table}"' in query["sql"]]
    assert areas
    assert not [sql for sql in areas if "outline" in sql.partition("FROM")[0]]


# Translations


@pytest.fixture
def translated():
    """A public organisation with a translation of its text of now."""
    record = OrganisationFactory(
        name="Samen",
        summary="Wij helpen.",
        description="",
        contact_facts=[contact(Audience.PUBLIC, "a@b.example")],
    )
    record.translations = [
        OrganisationTranslation(
            language="en", summary="We help.", source_fingerprint=text_fingerprint(record)
        )
    ]
    record.save()
    record.save_revision().publish()
    record.refresh_from_db()
    return record


def edited(record, summary, english="We help.", publish=False, **more):
    """What a browser sends for the translated record."""
    fact_pk, translation_pk = record.contact_facts.get().pk, record.translations.get().pk
    data = form_of("organisation", name=record.name, slug=record.slug, summary=summary)
    data |= {"themes": [theme.pk for theme in record.themes.all()]}
    data |= management("contact_facts", 1, 1) | fact(0, "a@b.example", "mail", pk=fact_pk)
    data |= management("translations", 1, 1) | translation(0, english, translation_pk)
    if publish:
        data["action-publish"] = "1"
    return data | more


def latest_translation(record):
    record = Organisation.objects.get(pk=record.pk)
    draft = record.get_latest_revision_as_object()
    return draft.translations.get(), draft


@pytest.mark.parametrize("publish", [False, True])
def test_a_change_of_the_dutch_text_leaves_the_translation_outdated(editor, translated, publish):
    url = address("organisation", "edit", translated.pk)
    assert "Verouderd" not in editor.get(url).content.decode()
    assert editor.post(url, edited(translated, "Wij helpen u.", publish=publish)).status_code == 302
    english, draft = latest_translation(translated)
    assert english.is_outdated(draft)
    assert "Verouderd" in editor.get(url).content.decode()
    stored = Organisation.objects.get(pk=translated.pk)
    assert stored.translations.get().is_outdated(stored) is publish


@pytest.mark.parametrize("publish", [False, True])
@pytest.mark.parametrize(
    "more",
    [
        {"english": "We help you."},
        {"translations-0-still_right": "1"},
        {"translations-0-state": "machine"},
    ],
    ids=["changed", "said to be right", "other state"],
)
def test_a_translation_that_is_changed_or_said_to_fit_is_of_the_text_of_now(
    editor, translated, publish, more
):
    url = address("organisation", "edit", translated.pk)
    editor.post(url, edited(translated, "Wij helpen u.", publish=True))
    editor.post(url, edited(translated, "Wij helpen u.", publish=publish, **more))
    english, draft = latest_translation(translated)
    assert not english.is_outdated(draft)
    stored = Organisation.objects.get(pk=translated.pk)
    assert stored.translations.get().is_outdated(stored) is not publish
    assert "Verouderd" not in editor.get(url).content.decode()


def test_a_new_translation_is_of_the_text_of_now(editor):
    data = form_of("organisation", name="Nieuw", summary="Wij helpen.")
    data |= management("translations", 1) | translation(0, "We help.")
    editor.post(address("organisation", "add"), data)
    record = Organisation.objects.get(name="Nieuw")
    assert not record.translations.get().is_outdated(record)


def test_a_form_with_everything_in_it_opens(editor):
    activity = ActivityFactory(
        public=True,
        sessions=[at(PlaceFactory()) for _ in range(3)],
        co_organisers=[together_with(OrganisationFactory(public=True))],
    )
    answer = editor.get(address("activity", "edit", activity.pk))
    assert answer.status_code == 200
    assert "Alles is er: dit kan op de site." in answer.content.decode()


def test_a_new_place_in_the_register_that_is_there_already_comes_back_once(editor):
    place = PlaceFactory(name="Wijkcentrum De Parel", street_address="Dorpsstraat 12")
    url = address("place", "add")
    page = html_form(editor.get(url).content)
    data = page | {
        "name": "Buurthuis De Parel",
        "street_address": "Dorpsstraat 12",
        "audience": "public",
    }
    answer = editor.post(url, data)
    assert answer.status_code == 200
    assert "Nog niet bewaard: “Wijkcentrum De Parel” is er al." in answer.content.decode()
    assert editor.post(url, data | {"other_than": [place.pk]}).status_code == 302
    assert Place.objects.filter(name="Buurthuis De Parel").exists()


def html_form(content):
    """What a browser would send of a page's form without touching it."""
    page = html5lib.parse(content, namespaceHTMLElements=False)
    form = page.find(".//form[@id='w-editor-form']")
    return {
        element.get("name"): element.get("value") or ""
        for element in form.iter()
        if element.tag in ("input", "textarea", "select")
        and element.get("name")
        and element.get("type") not in ("checkbox", "radio")
    }
