import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from socialekaart_plugin.directory.models.translation import text_fingerprint
from socialekaart_plugin.foundation.audiences import OUTSIDE, Audience
from socialekaart_plugin.models import (
    Organisation,
    OrganisationTranslation,
    PublishedRecord,
    Session,
)
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
    weekly,
)

pytestmark = pytest.mark.django_db


def test_what_is_known_without_times_leaves_unless_all_times_are_given():
    activity = ActivityFactory(public=True, without_times="always", sessions=[at(PlaceFactory())])
    assert PublishedRecord.objects.get(uuid=activity.uuid).public_payload["without_times"] == (
        "always"
    )
    activity.sessions = [at(PlaceFactory(), schedule=weekly())]
    activity.save()
    assert PublishedRecord.objects.get(uuid=activity.uuid).public_payload["without_times"] == ""


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
    assert not PublishedRecord.objects.filter(uuid=home.uuid).exists()
    assert PublishedRecord.objects.get(uuid=office.uuid).public_payload is None


def test_of_a_session_at_a_place_that_is_kept_inside_only_the_times_leave():
    home = PlaceFactory(name="Bij Truus thuis", audience=Audience.INTERNAL)
    office = PlaceFactory(name="Spreekkamer", audience=Audience.REFERRER)
    activity = ActivityFactory(
        public=True,
        sessions=[
            at(home, room="Achterkamer", note="Poort", schedule=weekly()),
            at(office, room="Kamer 3", note="Bel", schedule=weekly()),
            at(None, room="Online", note="Zoom"),
        ],
    )
    row = PublishedRecord.objects.get(uuid=activity.uuid)
    told = {
        audience: [
            (s["place"] and s["place"]["name"], s["room"], s["note"], bool(s["schedule"]))
            for s in row.payload(audience)["sessions"]
        ]
        for audience in OUTSIDE
    }
    hidden, online = (None, "", "", True), (None, "Online", "Zoom", False)
    office_seen = ("Spreekkamer", "Kamer 3", "Bel", True)
    assert told[Audience.PUBLIC] == [hidden, hidden, online]
    assert told[Audience.REFERRER] == [hidden, office_seen, online]


def test_a_place_of_many_sessions_is_told_once():
    hall = PlaceFactory()
    activity = ActivityFactory(public=True, sessions=[at(hall), at(hall, room="Zaal 2")])
    payload = PublishedRecord.objects.get(uuid=activity.uuid).public_payload
    assert len(payload["places"]) == 1
    assert [session["room"] for session in payload["sessions"]] == ["", "Zaal 2"]


def test_times_that_nobody_could_read_stay_inside_and_are_logged(caplog):
    place = PlaceFactory(opening_hours={"week": "maandag"})
    activity = ActivityFactory(sessions=[at(place, schedule=weekly())])
    publish(activity)
    Session.objects.update(schedule={"rules": []})
    activity.save()
    payload = PublishedRecord.objects.get(uuid=activity.uuid).public_payload
    assert payload["sessions"][0]["schedule"] is None
    assert payload["places"][0]["opening_hours"] is None
    assert "unreadable timetable" in caplog.text


def test_what_is_written_past_the_form_leaves_only_when_it_makes_sense():
    organisation = OrganisationFactory(public=True)
    organisation.platform_profile_url = "javascript:alert(1)"
    organisation.accessibility = {"quiet_room": True, "geheim": "ja", "wide_doors": "misschien"}
    organisation.save()
    payload = PublishedRecord.objects.get(uuid=organisation.uuid).public_payload
    assert payload["platform_profile_url"] == ""
    assert payload["accessibility"]["facts"] == {"quiet_room": True}


def test_a_translation_knows_that_the_dutch_text_was_changed():
    organisation = OrganisationFactory(
        public=True,
        translations=[OrganisationTranslation(language="en", summary="Help")],
    )
    translation = organisation.translations.get()
    translation.source_fingerprint = text_fingerprint(organisation)
    translation.save()

    def is_outdated():
        payload = PublishedRecord.objects.get(uuid=organisation.uuid).public_payload
        return [each["is_outdated"] for each in payload["translations"]]

    assert is_outdated() == [False]
    organisation.summary = "Iets anders."
    organisation.save()
    assert is_outdated() == [True]


def test_the_interval_of_its_own_counts_before_that_of_the_site():
    organisation = OrganisationFactory(public=True)
    organisation.verify_interval_days = 90
    organisation.save(update_fields=["verify_interval_days"])
    payload = PublishedRecord.objects.get(uuid=organisation.uuid).public_payload
    assert payload["upkeep"]["interval_days"] == 90


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
    assert set(SOURCES) == set(RecordKind)
    with pytest.raises(LookupError):
        kind_of(PublishedRecord)


def test_building_payloads_takes_the_same_number_of_queries_for_one_record_and_for_many():
    wide, area = ThemeFactory(parent=ThemeFactory()), AreaFactory(kind="municipality")

    def make():
        ActivityFactory(
            themes=[ThemeFactory(parent=wide)],
            sessions=[at(PlaceFactory(), schedule=weekly()), at(PlaceFactory())],
            areas_served=[AreaFactory(parent=area)],
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
