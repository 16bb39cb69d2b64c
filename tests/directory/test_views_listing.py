import datetime
import re

import pytest
from django.contrib.auth.models import Permission
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import Workflow

from socialekaart_plugin.directory.actions import confirm_record, mark_record, set_steward
from socialekaart_plugin.directory.choices import VerificationChannel
from socialekaart_plugin.foundation.audiences import Audience
from socialekaart_plugin.models import Activity, Organisation
from socialekaart_plugin.moderation.permissions import WORKFLOW_NAME, Role
from tests.factories import (
    ActivityFactory,
    AreaFactory,
    OrganisationFactory,
    PlaceFactory,
    TargetGroupFactory,
    ThemeFactory,
    UserFactory,
    at,
    change,
    contact,
    square,
)

pytestmark = pytest.mark.django_db

LISTS = "/admin/snippets/socialekaart_plugin"
ORGANISATIONS = f"{LISTS}/organisation/"
ACTIVITIES = f"{LISTS}/activity/"
MINE = "/admin/sociale-kaart/mine/"


@pytest.fixture
def me(team, client):
    user = UserFactory(role=Role.MODERATORS, first_name="Mo", last_name="Derator")
    client.force_login(user)
    return user


@pytest.fixture
def show(me, client):
    def show(address, **parameters):
        response = client.get(address, parameters)
        assert response.status_code == 200
        return response

    return show


def found(response):
    return [record.name for record in response.context["table"].data]


def text(response):
    html = re.sub(r"<(script|svg|template).*?</\1>", "", response.content.decode(), flags=re.S)
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


def test_a_district_finds_its_neighbourhoods_and_a_theme_its_narrower_ones(show):
    wijk = AreaFactory(name="Centrum")
    AreaFactory(
        name="Dorp",
        kind="neighbourhood",
        parent=wijk,
        code="BU1",
        outline=square(4.485, 52.055, 0.01),
    )
    other = AreaFactory(name="Oost", outline=square(4.6, 52.05), code="WK9")
    money = ThemeFactory(name="Geld")
    debts = ThemeFactory(name="Schulden", parent=money)
    place = PlaceFactory()
    assert place.area.name == "Dorp"
    OrganisationFactory(name="In het dorp", visiting_place=place, themes=[debts])
    OrganisationFactory(name="Nergens")
    ActivityFactory(name="Spreekuur", sessions=[at(place)], themes=[debts])
    ActivityFactory(name="Online")
    for key in (wijk.pk, place.area.pk):
        assert found(show(ORGANISATIONS, area=key)) == ["In het dorp"]
        assert found(show(ACTIVITIES, area=key)) == ["Spreekuur"]
    assert found(show(ORGANISATIONS, area=other.pk)) == []
    assert found(show(ORGANISATIONS, theme=money.pk)) == ["In het dorp"]
    assert found(show(ACTIVITIES, theme=money.pk)) == ["Spreekuur"]
    shown = text(show(ACTIVITIES, area=wijk.pk))
    assert "Centrum (hele wijk)" in shown


def test_filters_are_combined_and_shown_in_words(show, me):
    colleague = UserFactory(first_name="Els")
    set_steward(record=OrganisationFactory(name="Van mij", public=True), steward=me)
    set_steward(record=OrganisationFactory(name="Van Els"), steward=colleague)
    OrganisationFactory(name="Van niemand", kind="club", tags=["koffie"])
    assert found(show(ORGANISATIONS, steward="mine")) == ["Van mij"]
    assert found(show(ORGANISATIONS, steward="nobody")) == ["Van niemand"]
    assert found(show(ORGANISATIONS, steward=colleague.pk)) == ["Van Els"]
    assert found(show(ORGANISATIONS, kind="club")) == ["Van niemand"]
    assert found(show(ORGANISATIONS, state="draft")) == ["Van Els", "Van niemand"]
    assert found(show(ORGANISATIONS, state="draft", steward="mine")) == []
    keyword = Organisation.objects.get(name="Van niemand").tags.get()
    assert found(show(ORGANISATIONS, keyword=keyword.pk)) == ["Van niemand"]
    assert len(found(show(ORGANISATIONS, missing=["steward", "place"]))) == 3
    assert found(show(ORGANISATIONS, missing=["steward"])) == ["Van niemand"]
    assert "Mist: plek" in text(show(ORGANISATIONS, missing=["place"]))


def test_verified_before_a_day_and_never_are_two_questions(show):
    old = OrganisationFactory(name="Lang geleden", public=True)
    confirm_record(record=old, on=datetime.date(2020, 1, 1), channel=VerificationChannel.PHONE)
    OrganisationFactory(name="Nooit", public=True)
    assert found(show(ORGANISATIONS, verified_before="2021-01-01")) == ["Lang geleden"]
    assert found(show(ORGANISATIONS, verified_before="2020-01-01")) == []
    assert found(show(ORGANISATIONS, freshness="never")) == ["Nooit"]
    assert found(show(ORGANISATIONS, freshness="due")) == ["Lang geleden"]


def test_what_cannot_be_a_filter_says_so_and_breaks_nothing(show):
    OrganisationFactory(name="Nog steeds hier")
    for wrong in ({"area": "x"}, {"theme": "99"}, {"verified_before": "gisteren"}, {"state": "?"}):
        assert found(show(ORGANISATIONS, **wrong)) == ["Nog steeds hier"]


def test_search_narrows_while_one_types_and_keeps_the_filters(show):
    OrganisationFactory(name="Buurtmaatjes", kind="club")
    OrganisationFactory(name="Buurtbus")
    results = f"{ORGANISATIONS}results/"
    assert found(show(results, q="buu")) == ["Buurtbus", "Buurtmaatjes"]
    assert found(show(results, q="buurtm")) == ["Buurtmaatjes"]
    assert found(show(results, q="buu", kind="club")) == ["Buurtmaatjes"]
    assert found(show(results, q="079 1234567")) == ["Buurtbus", "Buurtmaatjes"]


def test_a_row_says_how_a_record_stands_and_what_to_do_next(show, me):
    AreaFactory(name="Centrum")
    organisation = OrganisationFactory(name="Oude naam", public=True, visiting_place=PlaceFactory())
    set_steward(record=organisation, steward=me)
    mark_record(record=organisation, on=timezone.localdate())
    change(organisation, name="Nieuwe naam")
    shown = text(show(ORGANISATIONS))
    for words in (
        "Oude naam in concept: Nieuwe naam",
        "vrijwilligersorganisatie",
        "Centrum",
        "openbaar, met wijziging in concept",
        "niet recent gecontroleerd",
        "Mo Derator",
        "Vraag of het nog klopt",
        "mist: doelgroep",
    ):
        assert words in shown
    html = show(ORGANISATIONS).content.decode()
    assert f'href="{ORGANISATIONS}confirm/{organisation.pk}/" class="sk-next"' in html


@pytest.mark.parametrize("ordering", ["name", "kind", "live", "verified_on", "steward", "updated"])
def test_every_heading_that_sorts_does_so_both_ways(show, ordering):
    names = ["A", "B", "C"]
    for number, name in enumerate(names):
        organisation = OrganisationFactory(
            name=name, public=number > 0, kind=["club", "initiative", "volunteer"][number]
        )
        if number:
            set_steward(
                record=organisation, steward=UserFactory(last_name="XYZ"[number], username=name)
            )
            confirm_record(
                record=organisation,
                on=datetime.date(2026, 1, number),
                channel=VerificationChannel.PHONE,
            )
    change(Organisation.objects.get(name="C"), summary="Anders")
    assert found(show(ORGANISATIONS, ordering=ordering)) == names
    backwards = found(show(ORGANISATIONS, ordering=f"-{ordering}"))
    assert backwards == names[::-1]
    assert found(show(ORGANISATIONS, ordering="slug")) == names


def fill(number, place, theme):
    for _each in range(number):
        organisation = OrganisationFactory(
            public=True,
            visiting_place=place,
            themes=[theme],
            contact_facts=[contact(Audience.PUBLIC, "a@example.org")],
        )
        activity = ActivityFactory(
            public=True,
            organisation=organisation,
            sessions=[at(place)],
            themes=[theme],
            target_groups=[TargetGroupFactory()],
            tags=["koffie"],
        )
        for record in (organisation, activity):
            set_steward(record=record, steward=UserFactory())
        change(activity, name="Anders")
        Workflow.objects.get(name=WORKFLOW_NAME).start(activity, UserFactory())


@pytest.mark.parametrize("address", [ORGANISATIONS, ACTIVITIES])
@pytest.mark.parametrize("query", ["", "?q=a&state=live&missing=place", "?export=csv"])
def test_a_list_asks_as_many_queries_for_many_as_for_few(
    me, client, django_assert_num_queries, address, query
):
    def ask():
        response = client.get(address + query)
        return b"".join(response) if response.streaming else response.content

    AreaFactory()
    place, theme = PlaceFactory(), ThemeFactory(parent=ThemeFactory())
    fill(2, place, theme)
    ask()
    with CaptureQueriesContext(connection) as few:
        ask()
    fill(10, place, theme)
    with django_assert_num_queries(len(few)):
        ask()


def test_a_page_of_the_list_holds_its_own_records(show):
    for number in range(60):
        OrganisationFactory(name=f"Club {number:02}")
    assert found(show(ORGANISATIONS, p=2)) == [f"Club {n}" for n in range(50, 60)]
    assert len(found(show(ORGANISATIONS))) == 50


def test_my_records_come_with_the_most_urgent_first_and_leave_as_csv(show, me, client):
    done = OrganisationFactory(
        name="A klaar",
        public=True,
        visiting_place=PlaceFactory(),
        target_groups=[TargetGroupFactory()],
    )
    confirm_record(record=done, on=timezone.localdate(), channel=VerificationChannel.PHONE)
    due = ActivityFactory(name="B vragen", public=True)
    marked = OrganisationFactory(name="E verouderd", public=True)
    mark_record(record=marked, on=timezone.localdate())
    draft = OrganisationFactory(name="C concept")
    back = ActivityFactory(name="D terug")
    state = Workflow.objects.get(name=WORKFLOW_NAME).start(back, me)
    state.current_task_state.reject(user=me)
    for record in (done, due, marked, draft, back):
        set_steward(record=record, steward=me)
    OrganisationFactory(name="Van een ander")
    response = show(MINE)
    assert found(response) == ["D terug", "E verouderd", "B vragen", "C concept", "A klaar"]
    assert found(show(MINE, ordering="-name")) == [
        "E verouderd",
        "D terug",
        "C concept",
        "B vragen",
        "A klaar",
    ]
    shown = text(response)
    for words in ("Pas aan en stuur opnieuw in", "Maak af en stuur in", "Niets te doen"):
        assert words in shown
    told = b"".join(client.get(MINE, {"export": "csv"}).streaming_content).decode()
    assert "D terug" in told
    assert "Van een ander" not in told


def test_whoever_looks_after_nothing_reads_how_that_changes(show):
    assert "U zorgt nog niet voor" in text(show(MINE))


def test_a_stranger_sees_no_list_and_no_menu_item(client, team):
    user = UserFactory()
    user.user_permissions.add(Permission.objects.get(codename="access_admin"))
    client.force_login(user)
    for address in (MINE, ORGANISATIONS, f"{ORGANISATIONS}?export=csv", f"{MINE}?export=xlsx"):
        assert client.get(address).status_code in (302, 403)
    assert MINE not in client.get("/admin/").content.decode()


def test_my_records_stand_in_the_menu_of_the_sociale_kaart(me, client):
    assert MINE in client.get("/admin/").content.decode()


def test_the_draft_of_what_was_never_public_is_what_the_list_tells(me, client):
    activity = ActivityFactory(name="Begonnen")
    assert not Activity.objects.get(pk=activity.pk).live
    change(activity, name="Verder")
    assert "in concept: Verder" in text(client.get(ACTIVITIES))
