import pytest

from socialekaart_plugin.directory.actions import withdraw_record
from socialekaart_plugin.discovery.completion import completions
from socialekaart_plugin.foundation.audiences import Audience
from tests.factories import HelpQuestionFactory, OrganisationFactory, ThemeFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("each_engine")]


def offered(text, audience=Audience.PUBLIC, **kwargs):
    found = completions(text, audience=audience, **kwargs)
    return [(suggestion.kind, suggestion.name) for suggestion in found]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("atl", [("organisation", "Atletiekvereniging Één")]),
        ("curs", [("activity", "Cursus rondkomen")]),
        ("sporth", [("place", "Sporthal")]),
        ("schul", [("theme", "Schulden"), ("organisation", "Bureau Budget")]),
        ("knip", [("organisation", "Bureau Budget")]),
        ("rondkomen cur", [("activity", "Cursus rondkomen")]),
        ("CURSUS ROND", [("activity", "Cursus rondkomen")]),
        ("één", [("organisation", "Atletiekvereniging Één")]),
        ("a", []),
        ("", []),
        ("?!", []),
        ("zzz", []),
    ],
)
def test_what_begins_with_what_was_typed_is_offered(town, text, found):
    assert offered(text) == found


def test_a_theme_says_how_many_records_are_behind_it(town):
    (theme,) = (s for s in completions("geld", audience=Audience.PUBLIC) if s.kind == "theme")
    assert (theme.value, theme.name, theme.count) == ("geld", "Geld", 2)


def test_help_questions_and_keywords_are_offered(town):
    HelpQuestionFactory(name="Ik wil sporten", themes=[town.sport])
    OrganisationFactory(public=True, name="Ander", tags=["Sportief"])
    assert offered("sport") == [
        ("help_question", "Ik wil sporten"),
        ("theme", "Sport"),
        ("tag", "Sportief"),
        ("place", "Sporthal"),
    ]


@pytest.mark.parametrize("text", ["cusrus", "cursis", "atletiekverneiging", "sprothal"])
def test_a_typing_error_is_seen_through(town, text):
    assert len(offered(text)) == 1


def test_what_leads_to_nothing_is_not_offered(town):
    ThemeFactory(name="Ongebruikt")
    withdraw_record(record=town.course, reason="Gestopt")
    assert offered("ongebr") == offered("cursus") == []


def test_the_public_is_offered_nothing_for_referrers(town):
    assert offered("spreekk") == offered("spreekkamre") == []
    assert offered("spreekk", Audience.REFERRER) == [("place", "Spreekkamer")]
    assert offered("cursus", Audience.INTERNAL) == []


def test_no_more_are_offered_than_asked(town):
    for number in range(12):
        OrganisationFactory(public=True, name=f"Buurtclub {number}")
        ThemeFactory(name=f"Buurt {number}")
    for limit in (1, 3, 8, 12):
        assert len(offered("buurt", limit=limit)) == limit
    assert offered("buurt", limit=0) == offered("buurt", limit=-3) == []


@pytest.mark.parametrize(
    ("name", "text", "pieces"),
    [
        ("Taalcafé Oost", "taalcafe", (("Taalcafé", True), (" Oost", False))),
        ("Het Taalcafé", "ta", (("Het ", False), ("Ta", True), ("alcafé", False))),
        ("Große Straße 5", "strasse", (("Große ", False), ("Straße", True), (" 5", False))),
    ],
)
def test_the_pieces_of_a_name_are_the_name(name, text, pieces):
    OrganisationFactory(public=True, name=name)
    (found,) = completions(text, audience=Audience.PUBLIC)
    assert found.pieces == pieces


@pytest.mark.embedded
def test_suggesting_costs_a_few_queries_whatever_there_is(town, django_assert_max_num_queries):
    offered("bu")
    for number in range(12):
        OrganisationFactory(public=True, name=f"Buurtclub {number}")
    offered("atl")
    with django_assert_max_num_queries(3):
        assert len(offered("bu")) == 8
