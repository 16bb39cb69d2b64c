import pytest

from socialekaart_plugin.discovery.query.wording_rules import Synonyms

QUESTIONS = (
    ("alleen", "Ik voel me alleen\nPlekken waar u zo kunt binnenlopen, en mensen die u bellen."),
    ("rondkomen", "Ik kom niet rond\nHulp als het geld op is voor de maand voorbij is."),
    ("brief", "Ik begrijp een brief niet\nIemand leest de brief met u en helpt bij het antwoord."),
    ("taal", "Ik wil Nederlands leren\nLessen en oefengroepen, voor beginners."),
    ("zorg", "Ik zorg voor een ander en het wordt te veel\nEen luisterend oor en goede raad."),
    ("overleden", "Er is iemand overleden\nGroepen, wandelingen en mensen die de tijd nemen."),
    ("vel", "Ik zit niet lekker in mijn vel\nHulp als u somber of bang bent."),
    ("kapot", "Er is iets kapot in huis of tuin\nHandige mensen die het met u maken."),
    ("huis", "Mijn huis is koud of te duur\nHulp bij huur en de energierekening."),
    ("vrijwillig", "Ik wil iets doen voor een ander\nVrijwilligerswerk dat past bij uw tijd."),
)
LONELY = Synonyms(("eenzaam", "eenzaamheid", "alleen zijn"))


def found(planned, text, *groups, **rules):
    return planned(text, *groups, questions=QUESTIONS, **rules).questions


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        ("eenzaam", "alleen"),
        ("ik ben eenzaam", "alleen"),
        ("eenzaamheid", "alleen"),
        ("ik voel mij alleen", "alleen"),
        ("ik kom niet rond", "rondkomen"),
        ("geen geld", "rondkomen"),
        ("mijn man is overleden", "overleden"),
        ("brieven lezen", "brief"),
        ("huur", "huis"),
        ("vrijwilliger worden", "vrijwillig"),
    ],
)
def test_what_people_type_leads_to_the_question_they_have(planned, text, slug):
    assert found(planned, text, LONELY)[0] == slug


@pytest.mark.parametrize(
    "text", ["voetbal", "yoga", "ik zoek voetbal voor mijn zoon", "de", "", "hulp", "2711"]
)
def test_what_no_question_is_about_leads_to_none(planned, text):
    assert found(planned, text, LONELY) == ()


def test_a_question_with_the_word_in_its_name_goes_before_one_that_mentions_it(planned):
    questions = (("a", "Ik ben moe\nSlapen en tuinieren"), ("b", "Ik wil tuinieren\nMet anderen"))
    assert planned("tuinieren", questions=questions).questions == ("b",)


def test_no_more_than_three_are_given(planned):
    questions = tuple((f"q{n}", f"Tuin {n}") for n in range(6)) + tuple(
        (f"x{n}", f"Anders {n}") for n in range(40)
    )
    assert planned("tuin", questions=questions).questions == ("q0", "q1", "q2")


def test_it_is_told(planned):
    plan = planned("huur", questions=QUESTIONS)
    assert [(t.step, t.detail) for t in plan.trace if t.step == "question"] == [
        ("question", "huis")
    ]


def test_without_questions_there_are_none(planned):
    assert planned("huur").questions == ()
