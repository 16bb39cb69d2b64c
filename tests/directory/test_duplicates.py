import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from socialekaart_plugin.directory.duplicates import address_keys, core_words, site_keys
from socialekaart_plugin.directory.selectors import possible_duplicates
from socialekaart_plugin.foundation.audiences import Audience
from socialekaart_plugin.models import (
    Activity,
    ActivityContactFact,
    DuplicateKey,
    Organisation,
    OrganisationContactFact,
    Place,
    Session,
)
from tests.factories import (
    ActivityFactory,
    OrganisationFactory,
    PlaceFactory,
    at,
    change,
    contact,
    publish,
)

pytestmark = pytest.mark.django_db


def organisation(name, *facts, **values):
    record = Organisation(name=name, **values)
    record.contact_facts = [
        OrganisationContactFact(kind=kind, value=value) for kind, value in facts
    ]
    return record


def activity(name, *, of=None, place=None, facts=()):
    record = Activity(name=name, organisation=of)
    record.contact_facts = [ActivityContactFact(kind=kind, value=value) for kind, value in facts]
    record.sessions = [Session(place=place)] if place else []
    return record


PHONE = ("phone", "079 123 45 67")
MAIL = ("mail", "info@deparel.example")
SITE = ("website", "https://www.deparel.example/")

DUPLICATES = [
    (("Stichting Buurthuis de Parel",), ("Buurthuis De Paarel",)),
    (("Voedselbank Zoetermeer",), ("Stichting Voedselbank",)),
    (("Repair Café Oosterheem",), ("Repaircafé Oosterheem",)),
    (("Vereniging Humanitas afdeling Zoetermeer",), ("Humanitas",)),
    (("Kwadraad",), ("Kwadraat",)),
    (("Stichting Piëzo",), ("Piezo",)),
    (("Zonnebloem Seghwaert",), ("De Zonnebloem Segwaart",)),
    (("Muziekvereniging Kunst na Arbeid",), ("Muziek Vereniging Kunst Na Arbeit",)),
    (("Buytenwegh Buurtpreventie",), ("Buurtpreventie Buitenwegh",)),
    (("Inloophuis Meerzicht",), ("Inloop huis Meersicht",)),
    (("Schaakclub Promotie",), ("Schaakclub Promottie",)),
    (("Terra Art Projects",), ("Stichting TerraArt Projects",)),
    (("Odensehuis",), ("Odense Huis",)),
    (("Cliëntenraad Werk en Inkomen",), ("Clientenraad Werk & Inkomen",)),
    (("Stichting Mooi Zoetermeer",), ("Stichting MOOI",)),
    (("Scouting Marshallgroep",), ("Marshall groep Scouting",)),
    (("Natuurtuin Westerpark",), ("Natuur Tuin Westerpark",)),
    (("'t Centrum voor Ontmoeting Rokkeveen",), ("Centrum voor ontmoeting Rokkenveen",)),
    (("Palet Welzijn",), ("Pallet Welzijn",)),
    (("Hospice Zoetermeer",), ("Stichting Hospice",)),
    (("Stichting Leergeld Zoetermeer",), ("Leergelt",)),
    (("Slachtofferhulp Nederland",), ("Slachtoffer Hulp Nederland",)),
    (("Alzheimer Nederland",), ("Alzheimer-Nederland",)),
    (("Wijkcentrum De Parel", PHONE), ("Buurthuis De Parel", PHONE)),
    (
        ("Stichting Samenloop", PHONE, MAIL),
        ("Loket Samen Verder", ("phone", "+31 79 1234567"), MAIL),
    ),
    (("De Parel", SITE), ("Wijkcentrum Parel", ("website", "deparel.example"))),
    (("Het Gilde", MAIL), ("Gilde SamenSpraak", ("mail", "INFO@deparel.example"))),
    (("Speel-o-theek Pinokkio",), ("Speelotheek Pinokio",)),
    (("Koor Toonkunst",), ("Toonkunstkoor",)),
    (("Zwemvereniging De Gouwe",), ("Zwem Vereniging de Gouwe",)),
    (("Vluchtelingenwerk Zuidwest",), ("VluchtelingenWerk Zuid West",)),
]

OTHERS = [
    (("Voetbalvereniging Zoetermeer",), ("Volleybalvereniging Zoetermeer",)),
    (("Wandelgroep Meerzicht",), ("Wandelgroep Oosterheem",)),
    (("Club 55",), ("Club 60",)),
    (("Wandelgroep 1",), ("Wandelgroep 2",)),
    (("Buurtvereniging Palenstein",), ("Buurtvereniging Driemanspolder",)),
    (("Damclub Zoetermeer",), ("Dansclub Zoetermeer",)),
    (("Stichting Samen",), ("Stichting Samenwerken aan Rouw",)),
    (("Humanitas",), ("Humana",)),
    (("Tennisvereniging Seghwaert",), ("Tennisvereniging Buytenwegh",)),
    (("Basketbalvereniging Zoetermeer",), ("Badmintonvereniging Zoetermeer",)),
    (("Taalhuis",), ("Odensehuis",)),
    (("Voedselbank",), ("Kledingbank",)),
    (("Speelgoedbank",), ("Speeltuin",)),
    (("Moskee Al-Qibla",), ("Moskee El Fath",)),
    (("Oosterkerk",), ("Westerkerk",)),
    (("Noordkaap",), ("Zuidkaap",)),
    (("Stichting MEE",), ("Stichting ZEE",)),
    (("Judovereniging Rokkeveen",), ("Judovereniging Noordhove",)),
    (("Stichting Jeugd en Muziek",), ("Stichting Jeugd en Sport",)),
    (("Rode Kruis",), ("Blauwe Kruis",)),
    (("Ouderenbond",), ("Vrouwenbond",)),
    (("De Zonnebloem",), ("De Korenbloem",)),
    (("Huisartsenpraktijk Van Dam",), ("Huisartsenpraktijk Van Dijk",)),
    (("Fysiotherapie Dorp",), ("Ergotherapie Dorp",)),
    (("Mantelzorg Zoetermeer",), ("Mantelzorgcafé De Linde",)),
    (("Kerk in Actie",), ("Kerk en Buurt",)),
    (("Atletiekvereniging Ilion",), ("Atletiekvereniging Olympus",)),
    (("Stichting Gouden Dagen",), ("Stichting Gouden Handen",)),
    (("Vrijwilligerscentrale",), ("Vrijwilligersacademie Delft",)),
    (("Theater De Veste", ("phone", "079 111 11 11")), ("Bibliotheek", ("phone", "079 222 22 22"))),
    (("Zorgboerderij De Buytenhof",), ("Zorgboerderij Het Geertje",)),
]


def found(existing, typed):
    stored = organisation(existing[0], *existing[1:])
    stored.save()
    return [
        duplicate.record for duplicate in possible_duplicates(organisation(typed[0], *typed[1:]))
    ] == [stored]


@pytest.mark.parametrize(("existing", "typed"), DUPLICATES, ids=lambda side: side[0])
def test_likely_duplicates_are_found(existing, typed):
    assert found(existing, typed)


@pytest.mark.parametrize(("existing", "typed"), OTHERS, ids=lambda side: side[0])
def test_others_are_not_taken_for_duplicates(existing, typed):
    assert not found(existing, typed)


def test_a_duplicate_says_in_words_what_is_the_same():
    organisation("Wijkcentrum De Parel", PHONE, SITE).save()
    with translation.override("nl"):
        (duplicate,) = possible_duplicates(organisation("Wijkcentrum De Parel", PHONE, SITE))
    assert duplicate.reasons == ("dezelfde naam", "hetzelfde telefoonnummer", "dezelfde website")
    assert duplicate.is_strong


def test_a_record_is_no_duplicate_of_itself():
    record = OrganisationFactory(name="Wijkcentrum De Parel")
    assert possible_duplicates(record) == []


def test_one_telephone_number_of_many_makes_no_duplicates():
    for number in range(45):
        organisation(f"{chr(97 + number % 26) * 3}{'xyz'[number // 26] * 4}", PHONE).save()
    assert possible_duplicates(organisation("Bel ons", PHONE)) == []


def test_the_same_activity_elsewhere_is_no_strong_duplicate_but_of_one_organisation_it_is():
    one, other = OrganisationFactory(public=True), OrganisationFactory(public=True)
    stored = activity("Koffieochtend", of=one)
    stored.save()
    assert possible_duplicates(activity("Koffieochtend", of=other)) == []
    (duplicate,) = possible_duplicates(activity("Koffie ochtend", of=one))
    assert (duplicate.record, duplicate.is_strong) == (stored, True)
    place = PlaceFactory()
    activity("Koffie-ochtend", of=one, place=place).save()
    assert [
        duplicate.is_strong
        for duplicate in possible_duplicates(activity("Koffieochtend", of=other, place=place))
    ] == [False]


def test_other_activities_of_one_organisation_are_no_duplicates():
    one = OrganisationFactory(public=True)
    place = PlaceFactory()
    activity("Breicafé", of=one, place=place, facts=[PHONE, MAIL]).save()
    assert possible_duplicates(activity("Taalles", of=one, place=place, facts=[PHONE, MAIL])) == []


def test_an_activity_is_found_among_hundreds_of_its_name_by_its_organisation():
    wanted = OrganisationFactory(public=True)
    other = OrganisationFactory(public=True)
    for _ in range(160):
        activity("Koffieochtend", of=other).save()
    stored = activity("Koffieochtend", of=wanted)
    stored.save()
    assert [
        duplicate.record for duplicate in possible_duplicates(activity("Koffieochtend", of=wanted))
    ] == [stored]


def test_places_are_duplicates_by_name_or_by_address():
    place = PlaceFactory(
        name="Wijkcentrum De Parel", street_address="Dorpsstraat 12", postcode="2712AB"
    )
    for name, street, postcode in (
        ("De Paarel", "", ""),
        ("Gemeenschapshuis", "Dorpstraat 12 a", ""),
        ("Gemeenschapshuis", "Andere naam 12", "2712 ab"),
    ):
        typed = Place(name=name, street_address=street, postcode=postcode)
        assert [duplicate.record for duplicate in possible_duplicates(typed)] == [place], name
    assert (
        possible_duplicates(Place(name="Gemeenschapshuis", street_address="Dorpsstraat 14")) == []
    )


def test_keys_follow_every_save_and_deletion():
    record = OrganisationFactory(name="De Parel", public=True)
    other = organisation("De Schelp")
    assert possible_duplicates(other) == []
    change(record, name="De Schelp")
    assert [duplicate.record for duplicate in possible_duplicates(other)] == [record], (
        "a pending draft counts"
    )
    assert [duplicate.record for duplicate in possible_duplicates(organisation("De Parel"))] == [
        record
    ]
    publish(record)
    assert possible_duplicates(organisation("De Parel")) == []
    record.delete()
    assert possible_duplicates(other) == []
    assert not DuplicateKey.objects.filter(object_id=record.pk, kind="name").filter(
        content_type__model="organisation"
    )


def test_of_what_was_never_published_the_latest_draft_counts():
    record = OrganisationFactory(name="De")
    change(record, name="De Schelp", contact_facts=[contact(Audience.INTERNAL, "a@b.example")])
    assert [duplicate.record for duplicate in possible_duplicates(organisation("Schelp"))] == [
        record
    ]
    keys = DuplicateKey.objects.filter(object_id=record.pk, content_type__model="organisation")
    assert keys.get(kind="mail").key == "a@b.example"
    assert not keys.filter(key="n de")


def test_a_contact_fact_saved_alone_brings_its_key():
    record = OrganisationFactory(public=True)
    OrganisationContactFact.objects.create(record=record, kind="mail", value="x@y.example")
    assert DuplicateKey.objects.filter(kind="mail", key="x@y.example").exists()


def test_what_says_nothing_of_similarity_reads_no_keys():
    record = OrganisationFactory(public=True)
    with CaptureQueriesContext(connection) as captured:
        record.save(update_fields=["marked_on"])
    assert not [query for query in captured if "duplicatekey" in query["sql"]]


def test_keys_can_be_built_anew_and_then_stand_as_they_were(capsys):
    change(OrganisationFactory(name="De Parel", public=True), name="De Schelp")
    change(OrganisationFactory(name="Nieuw"), name="Nieuwer")
    ActivityFactory(sessions=[at(PlaceFactory())], public=True)

    def keys():
        return set(DuplicateKey.objects.values_list("content_type", "object_id", "kind", "key"))

    before = keys()
    assert before
    call_command("rebuild_duplicate_keys")
    assert keys() == before
    pks = set(DuplicateKey.objects.values_list("pk", flat=True))
    call_command("rebuild_duplicate_keys")
    assert set(DuplicateKey.objects.values_list("pk", flat=True)) == pks
    DuplicateKey.objects.all().delete()
    call_command("rebuild_duplicate_keys")
    assert keys() == before


def test_a_look_up_takes_three_queries():
    for number in range(5):
        organisation(f"De Parel {number}", PHONE).save()
    typed = organisation("De Parel 3", PHONE, MAIL)
    possible_duplicates(typed)
    with CaptureQueriesContext(connection) as captured:
        assert possible_duplicates(typed)
    assert len(captured) == 3


@pytest.mark.parametrize("name", ["", " ", "…", "\x00", "x" * 500, "de de de", "🙂", "'t"])
def test_no_name_is_too_strange(name):
    organisation("De Parel").save()
    assert (
        possible_duplicates(organisation(name, ("phone", "geen nummer"), ("website", "http://[x")))
        == []
    )


def test_addresses_of_the_web_are_compared_by_host_and_of_shared_hosts_by_the_whole():
    assert site_keys("https://www.parel.example/") == {"parel.example"}
    assert site_keys("parel.example/over") == {"parel.example", "parel.example/over"}
    assert site_keys("https://facebook.com/parel") == {"facebook.com/parel"}
    assert site_keys("https://facebook.com/") == set()
    assert site_keys("nergens") == set()


def test_an_address_is_postcode_with_number_and_street_with_number():
    assert address_keys("Dorpsstraat 12 bis", "2712 AB") == ("2712AB 12", "trpstrt 12")
    assert address_keys("Postbus 30, 2700 AA Zoetermeer") == ("2700AA 30", "pstbs 30")
    assert address_keys("Dorpsstraat", "2712 AB") == ()
    assert address_keys("1e Stationsstraat 10a, 2e verdieping", "2712HE")[0] == "2712HE 10"
    assert address_keys("Unit 4, Plein 1813 4")[0] == address_keys("Plein 1813 4-6")[0]


@pytest.mark.parametrize(
    "written", ["Zoë's huis", "Zoë’s huis", "Zoëʼs huis", "ZOË‘S HUIS", "zoe's huis"]
)
def test_an_apostrophe_is_the_same_however_it_was_typed(written):
    assert core_words(written) == core_words("Zoë's huis")


def test_letters_with_a_stroke_are_those_without():
    assert core_words("Łódź Ærø Straße") == core_words("lodz aero strasse")


def test_an_address_within_an_address_is_no_scheme():
    assert site_keys("a.example/?u=https://b.example") == {"a.example"}
