import csv
import datetime
import io

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from socialekaart_plugin.directory.actions import confirm_record, set_upkeep
from socialekaart_plugin.directory.choices import Language, VerificationChannel
from socialekaart_plugin.directory.views import export, listing_data
from socialekaart_plugin.foundation.audiences import Audience
from socialekaart_plugin.foundation.spreadsheet import spreadsheet_response
from socialekaart_plugin.models import Activity, Organisation, Session
from socialekaart_plugin.moderation.permissions import Role
from socialekaart_plugin.timetable.as_json import schedule_to_json
from socialekaart_plugin.timetable.repetition import Weekday, Weekly
from socialekaart_plugin.timetable.rule import Rule
from socialekaart_plugin.timetable.schedule import Schedule
from socialekaart_plugin.timetable.slots import Slot
from tests.factories import (
    ActivityFactory,
    AreaFactory,
    OrganisationFactory,
    PlaceFactory,
    ThemeFactory,
    UserFactory,
    at,
    change,
    contact,
    opening_hours,
    together_with,
)

pytestmark = pytest.mark.django_db

LISTS = "/admin/snippets/socialekaart_plugin"


@pytest.fixture
def sheet(team, client):
    client.force_login(UserFactory(role=Role.EDITORS))

    def sheet(register, **parameters):
        response = client.get(f"{LISTS}/{register}/", {"export": "csv", **parameters})
        assert response.status_code == 200
        text = b"".join(response.streaming_content).decode()
        return list(csv.DictReader(io.StringIO(text)))

    sheet.client = client
    return sheet


def tuesday():
    rule = Rule(Weekly((Weekday.TUESDAY,)), Slot(datetime.time(10), datetime.time(12)))
    return schedule_to_json(Schedule((rule,)))


def test_an_organisation_leaves_with_all_that_matters(sheet):
    AreaFactory(name="Centrum")
    steward = UserFactory(first_name="Els", last_name="Editor")
    organisation = OrganisationFactory(
        name="Buurtmaatjes",
        public=True,
        alternative_names="Maatjes\nBuddy",
        visiting_place=PlaceFactory(
            name="De Kern", street_address="Dorpsstraat 3", opening_hours=opening_hours()
        ),
        opens_with_building=True,
        themes=[ThemeFactory(name="Schulden", parent=ThemeFactory(name="Geld"))],
        languages=[Language.DUTCH, Language.ARABIC],
        tags=["koffie"],
        description="<p>Een.</p><p>Twee.</p>",
        postal_address="Postbus 1",
        accessibility={"step_free_entrance": True, "induction_loop": False},
        contact_facts=[
            contact(Audience.PUBLIC, "079 123 45 67", kind="phone", label="overdag"),
            contact(Audience.INTERNAL, "thuis@example.org", sort_order=1),
        ],
    )
    confirm_record(
        record=organisation, on=datetime.date(2026, 1, 2), channel=VerificationChannel.PHONE
    )
    set_upkeep(record=organisation, steward=steward, verification_contact_name="Jan")
    change(organisation, name="Andere naam")
    (row,) = sheet("organisation")
    told = {
        "Naam": "Buurtmaatjes",
        "Naam in het concept": "Andere naam",
        "Toestand": "openbaar, met wijziging in concept",
        "Andere namen": "Maatjes; Buddy",
        "Beschrijving": "Een. Twee.",
        "Thema's": "Geld › Schulden",
        "Trefwoorden": "koffie",
        "Soort": "vrijwilligersorganisatie",
        "Plek": "De Kern",
        "Wijk": "Centrum",
        "Zoals het gebouw": "ja",
        "Talen": "Nederlands, Arabisch",
        "Telefoon (iedereen)": "079 123 45 67 (overdag)",
        "E-mail (alleen collega's)": "thuis@example.org",
        "E-mail (iedereen)": "",
        "Verzorger": "Els Editor",
        "Gecontroleerd op": "2026-01-02",
        "Opnieuw controleren vanaf": "2027-01-02",
        "Wie kunnen we vragen": "Jan",
    }
    assert {heading: row[heading] for heading in told} == told
    assert "Dorpsstraat 3" in row["Adres"]
    assert row["Openingstijden"].startswith("maandag 9.00–17.00 uur")
    assert row["Postadres"].startswith("Postbus 1 (")
    assert row["Toegankelijkheid"].count(": ja") == row["Toegankelijkheid"].count(": nee") == 1


def test_an_activity_leaves_with_its_sessions_in_a_sentence(sheet):
    partner = OrganisationFactory(name="Partner", public=True)
    ActivityFactory(
        name="Koffie",
        public=True,
        organisation=OrganisationFactory(name="Stichting Zon", public=True),
        co_organisers=[together_with(partner)],
        forms=["place", "online"],
        sessions=[
            at(PlaceFactory(name="De Kern"), schedule=tuesday(), note="zaal 2"),
            Session(note="bel even"),
        ],
    )
    (row,) = sheet("activity")
    assert row["Organisatie"] == "Stichting Zon"
    assert row["Medeorganisatoren"] == "Partner"
    assert row["Plek"] == "De Kern"
    assert row["Wanneer"].startswith("elke dinsdag van 10.00 tot 12.00 uur (zaal 2)")
    assert row["Wanneer"].endswith("; niet bekend (bel even)")


@pytest.mark.parametrize(
    ("state", "told"),
    [("by_appointment", "op afspraak"), ("always", "altijd, dag en nacht"), ("", "niet bekend")],
)
def test_an_activity_without_times_leaves_with_what_is_known(sheet, state, told):
    ActivityFactory(name="Lijn", without_times=state)
    ActivityFactory(name="Loket", without_times=state, sessions=[at(PlaceFactory(), note="bel")])
    assert [row["Wanneer"] for row in sheet("activity")] == [told, f"{told} (bel)"]


def test_the_sheet_holds_what_the_filters_show_in_the_order_of_the_list(sheet):
    for name, kind in (("B", "club"), ("A", "club"), ("C", "other")):
        OrganisationFactory(name=name, kind=kind)
    assert [row["Naam"] for row in sheet("organisation", kind="club")] == ["A", "B"]
    backwards = sheet("organisation", ordering="-name")
    assert [row["Naam"] for row in backwards] == ["C", "B", "A"]
    assert [row["Naam"] for row in sheet("organisation", q="niets")] == []


def test_a_formula_in_a_name_is_neutralised_in_both_formats(sheet):
    OrganisationFactory(name='=HYPERLINK("http://kwaad.example")')
    (row,) = sheet("organisation")
    assert row["Naam"].startswith("'=")
    response = sheet.client.get(f"{LISTS}/organisation/", {"export": "xlsx"})
    book = load_workbook(io.BytesIO(b"".join(response.streaming_content)))
    assert book.active["A2"].data_type in ("s", "inlineStr")


def test_batches_cost_the_same_number_of_queries(monkeypatch, django_assert_num_queries):
    for _each in range(6):
        ActivityFactory(public=True, sessions=[at(PlaceFactory(), schedule=tuesday())])
    keys = list(Activity.objects.values_list("pk", flat=True))
    columns = export.export_columns(Activity)

    def read(number):
        for _chunk in spreadsheet_response(
            columns=columns,
            rows=listing_data.in_batches(Activity, keys[:number]),
            name="x",
            file_format="csv",
        ):
            pass

    read(6)
    monkeypatch.setattr(listing_data, "BATCH_SIZE", 2)
    with CaptureQueriesContext(connection) as one:
        read(2)
    with django_assert_num_queries(3 * len(one)):
        read(6)


def test_a_record_deleted_meanwhile_is_left_out():
    organisation = OrganisationFactory()
    keys = [organisation.pk, organisation.pk + 1]
    assert [row.pk for row in listing_data.in_batches(Organisation, keys)] == [organisation.pk]
