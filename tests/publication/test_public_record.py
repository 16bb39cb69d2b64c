import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from socialekaart_plugin.foundation.audiences import OUTSIDE, Audience
from socialekaart_plugin.models import Organisation, PublishedRecord
from socialekaart_plugin.publication.choices import RecordKind
from socialekaart_plugin.publication.public_record import (
    SOURCES,
    build_payload,
    kind_of,
    public_view,
    sources_of,
)
from tests.factories import (
    ActivityFactory,
    AreaFactory,
    OrganisationFactory,
    PlaceFactory,
    ThemeFactory,
    at,
    contact,
    publish,
    together_with,
)

pytestmark = pytest.mark.django_db


def values(payload):
    return [fact["value"] for fact in payload["contact"]]


def test_each_audience_sees_its_own_contact_facts_and_internal_ones_never_leave():
    organisation = OrganisationFactory(
        public=True,
        contact_facts=[
            contact(Audience.PUBLIC, "iedereen@example.nl"),
            contact(Audience.REFERRER, "verwijzer@example.nl"),
            contact(Audience.INTERNAL, "collega@example.nl"),
        ],
    )
    row = PublishedRecord.objects.get(uuid=organisation.uuid)
    assert values(row.public_payload) == ["iedereen@example.nl"]
    assert values(row.referrer_payload) == ["iedereen@example.nl", "verwijzer@example.nl"]


def test_a_fact_with_an_unknown_audience_counts_as_internal():
    organisation = OrganisationFactory(
        public=True,
        contact_facts=[
            contact(Audience.PUBLIC, "iedereen@example.nl"),
            contact(Audience.PUBLIC, "vergeten@example.nl"),
        ],
    )
    fact = organisation.contact_facts.get(value="vergeten@example.nl")
    fact.audience = ""
    fact.save()
    row = PublishedRecord.objects.get(uuid=organisation.uuid)
    assert values(row.referrer_payload) == ["iedereen@example.nl"]


def test_what_is_written_past_the_editor_leaves_without_scripts():
    organisation = OrganisationFactory(
        public=True,
        description=(
            '<p>Kom <b>langs</b><script>alert(1)</script><img src=x onerror="alert(2)"></p>'
            '<p><a href="javascript:alert(3)">hier</a> <a linktype="page" id="3">of hier</a></p>'
        ),
    )
    payload = PublishedRecord.objects.get(uuid=organisation.uuid).public_payload
    assert payload["description"] == (
        '<p>Kom <b>langs</b></p><p><a>hier</a> <a linktype="page" id="3">of hier</a></p>'
    )


def test_a_draft_has_no_public_view_but_a_preview_can_build_its_payload():
    draft = OrganisationFactory()
    assert not public_view(draft).is_public
    assert build_payload(draft, Audience.PUBLIC)["name"] == draft.name


def test_an_activity_names_its_organisations_the_responsible_one_first():
    responsible = OrganisationFactory(public=True, name="Zorggroep")
    other = OrganisationFactory(public=True, name="Atelier")
    activity = ActivityFactory(
        public=True, organisation=responsible, co_organisers=[together_with(other)]
    )
    payload = PublishedRecord.objects.get(uuid=activity.uuid).public_payload
    assert [(o["name"], o["is_responsible"]) for o in payload["organisations"]] == [
        ("Zorggroep", True),
        ("Atelier", False),
    ]


def test_an_activity_does_not_name_an_organisation_that_is_not_public():
    draft = OrganisationFactory(name="Nog geheim")
    activity = ActivityFactory(public=True, co_organisers=[together_with(draft)])
    payload = PublishedRecord.objects.get(uuid=activity.uuid).public_payload
    assert "Nog geheim" not in [o["name"] for o in payload["organisations"]]
    publish(draft)
    payload = PublishedRecord.objects.get(uuid=activity.uuid).public_payload
    assert "Nog geheim" in [o["name"] for o in payload["organisations"]]


def test_a_place_leaves_for_its_audience_only():
    home = PlaceFactory(name="Bij Truus thuis", audience=Audience.INTERNAL)
    office = PlaceFactory(name="Spreekkamer", audience=Audience.REFERRER)
    hall = PlaceFactory(name="Buurthuis", audience=Audience.PUBLIC)
    activity = ActivityFactory(
        public=True, sessions=[at(home), at(office), at(hall, room="Zaal 2")]
    )
    row = PublishedRecord.objects.get(uuid=activity.uuid)
    assert [place["name"] for place in row.public_payload["places"]] == ["Buurthuis"]
    assert [place["name"] for place in row.referrer_payload["places"]] == [
        "Spreekkamer",
        "Buurthuis",
    ]
    assert row.public_payload["places"][0]["room"] == "Zaal 2"
    assert not PublishedRecord.objects.filter(uuid=home.uuid).exists()
    assert PublishedRecord.objects.get(uuid=office.uuid).public_payload is None


def test_a_place_is_public_only_while_a_public_record_shows_it():
    place = PlaceFactory()
    organisation = OrganisationFactory(visiting_place=place)
    assert not PublishedRecord.objects.filter(uuid=place.uuid).exists()
    publish(organisation)
    assert PublishedRecord.objects.public().filter(uuid=place.uuid).exists()
    organisation.unpublish()
    assert not PublishedRecord.objects.public().filter(uuid=place.uuid).exists()


def test_a_place_tells_the_areas_it_lies_in_widest_first():
    town = AreaFactory(kind="municipality", name="Zoetermeer")
    AreaFactory(kind="district", name="Centrum", parent=town)
    place = PlaceFactory()
    organisation = OrganisationFactory(public=True, visiting_place=place)
    payload = PublishedRecord.objects.get(uuid=organisation.uuid).public_payload
    assert [area["name"] for area in payload["places"][0]["areas"]] == ["Zoetermeer", "Centrum"]


def test_a_theme_carries_its_path():
    wide = ThemeFactory(name="Geld")
    narrow = ThemeFactory(name="Schulden", parent=wide)
    organisation = OrganisationFactory(public=True, themes=[narrow])
    payload = PublishedRecord.objects.get(uuid=organisation.uuid).public_payload
    assert [step["name"] for step in payload["themes"][0]["path"]] == ["Geld", "Schulden"]


def test_every_kind_has_a_source_and_an_unknown_table_is_refused():
    assert kind_of(Organisation) == "organisation"
    assert set(SOURCES) == {"area", "theme", "target_group", "place", "organisation", "activity"}
    with pytest.raises(LookupError):
        kind_of(PublishedRecord)


def test_building_payloads_takes_the_same_number_of_queries_for_one_record_and_for_many():
    wide = ThemeFactory(parent=ThemeFactory())

    def make():
        ActivityFactory(
            themes=[ThemeFactory(parent=wide)],
            sessions=[at(PlaceFactory())],
            co_organisers=[together_with(OrganisationFactory(public=True))],
            tags=["a", "b"],
        )

    def queries():
        with CaptureQueriesContext(connection) as captured:
            for record in sources_of(RecordKind.ACTIVITY):
                for audience in OUTSIDE:
                    build_payload(record, audience)
        return len(captured)

    make()
    one = queries()
    for _number in range(5):
        make()
    assert queries() == one
