import pytest
from django.utils.translation import override

from socialekaart_plugin.presentation.practical_facts import cost_lines, practical_facts

NOTHING = {
    "target_groups": [],
    "min_age": None,
    "max_age": None,
    "areas_served": [],
    "cost": {"kind": "", "amount": None, "note": "", "city_pass": False},
    "registration": {"ways": [], "url": "", "note": ""},
    "referral": {"kind": "", "by": ""},
    "capacity": {"state": "", "until": None, "note": ""},
    "what_to_bring": "",
    "languages": [],
    "contact": [],
}


@pytest.fixture(autouse=True)
def dutch():
    with override("nl"):
        yield


def lines(name, **known):
    facts = {fact.name: fact for fact in practical_facts({**NOTHING, **known})}
    return facts[name].lines


def cost(kind="", amount=None, note="", city_pass=False):
    return {"kind": kind, "amount": amount, "note": note, "city_pass": city_pass}


def test_of_what_is_not_known_nothing_is_said():
    assert practical_facts(NOTHING) == []


@pytest.mark.parametrize(
    ("given", "told"),
    [
        (cost("free"), ["Gratis"]),
        (cost("fixed", "2.50", "per keer"), ["€ 2,50", "Per keer"]),
        (cost("fixed", "5.00"), ["€ 5"]),
        (cost("fixed", "0.00"), ["€ 0"]),
        (cost("by_income", note="vraag ernaar"), ["Naar inkomen", "Vraag ernaar"]),
        (cost("other", note="een vrije gift"), ["Een vrije gift"]),
        (cost("fixed"), ["Een vaste prijs"]),
        (cost("free", city_pass=True), ["Gratis", "Korting met de ZoetermeerPas"]),
        (cost("of an older list"), ["Of an older list"]),
        (cost(), []),
    ],
)
def test_the_cost(given, told):
    assert cost_lines(given) == told


@pytest.mark.parametrize(
    ("youngest", "oldest", "told"),
    [
        (12, 18, "12 tot en met 18 jaar"),
        (0, 4, "0 tot en met 4 jaar"),
        (18, None, "Vanaf 18 jaar"),
        (None, 12, "Tot en met 12 jaar"),
    ],
)
def test_the_age(youngest, oldest, told):
    assert lines("age", min_age=youngest, max_age=oldest) == [told]


def test_who_refers_is_named():
    assert lines("referral", referral={"kind": "needed", "by": "de huisarts"}) == [
        "Nodig, door: de huisarts"
    ]
    assert len(lines("referral", referral={"kind": "needed", "by": ""})) == 1
    assert lines("referral", referral={"kind": "", "by": "de huisarts"}) == ["De huisarts"]


def test_a_page_to_register_is_a_link():
    registration = {"ways": [], "url": "https://example.nl/", "note": ""}
    (fact,) = practical_facts({**NOTHING, "registration": registration})
    assert (fact.name, fact.lines, fact.url) == ("registration", [], "https://example.nl/")


def test_that_it_is_at_a_place_goes_without_saying():
    assert practical_facts({**NOTHING, "forms": ["place"]}) == []
    assert len(lines("how", forms=["place", "online"])) == 1


def test_languages_and_areas_are_named():
    assert lines("languages", languages=["ar", "xx"]) == ["Arabisch, xx"]
    area = {"name": "Meerzicht"}
    assert lines("from", areas_served=[area]) == ["Meerzicht"]


def fact(kind, value, uri, derived_from=None):
    return {"kind": kind, "value": value, "label": "", "uri": uri, "derived_from": derived_from}


def test_how_one_registers_is_told_with_the_number_by_which():
    registration = {"ways": ["phone", "mail", "link"], "url": "", "note": ""}
    contact = [
        fact("mail", "a<b@example.nl", "mailto:a<b@example.nl"),
        fact("phone", "079 300 0001", "tel:+31793000001", {"name": "De Brug & Co"}),
        fact("phone", "079 300 0002", "tel:+31793000002"),
    ]
    assert lines("registration", registration=registration, contact=contact) == [
        'Per telefoon: <a href="tel:+31793000001">079 300 0001</a> (via De Brug &amp; Co)',
        'Per e-mail: <a href="mailto:a&lt;b@example.nl">a&lt;b@example.nl</a>',
        "Op een webpagina",
    ]
    assert lines("registration", registration={**registration, "ways": ["phone"]}) == [
        "Per telefoon"
    ]
