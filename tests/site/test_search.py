import pytest
from django.test import Client
from wagtail.models import Page, Site

from home.models import HomePage
from search.query import words_of
from tests.factories import HelpQuestionFactory, OrganisationFactory, ThemeFactory

HOSTILE = [
    '"',
    "'",
    '""',
    "`",
    "\\",
    "%",
    "*",
    "^",
    "(",
    ")",
    "a OR",
    "AND",
    "NOT",
    "NEAR",
    "NEAR/2",
    "-a",
    "a:b",
    "title:x",
    "{",
    "\ud83d\ude00".encode("utf-16", "surrogatepass").decode("utf-16"),
    "\u202e",
    "x" * 10_000,
    "x " * 5_000,
    "<script>alert(1)</script>",
    "a & | ! <-> :*",
]


@pytest.fixture
def page(db: None) -> Page:
    root = Site.objects.get(is_default_site=True).root_page
    return root.add_child(
        instance=Page(title="Buurthuizen in Zoetermeer", slug="buurthuizen", show_in_menus=True)
    )


@pytest.mark.parametrize("question", HOSTILE)
def test_search_answers_any_text(client: Client, page: Page, question: str) -> None:
    assert client.get("/zoeken/", {"q": question}).status_code == 200


@pytest.mark.parametrize("number", ["0", "-1", "x", "", str(10**9), str(10**30), "1.5", "²"])
def test_search_answers_any_page_number(client: Client, page: Page, number: str) -> None:
    response = client.get("/zoeken/", {"q": "buurthuizen", "pagina": number})
    assert response.status_code == 200
    assert "Buurthuizen in Zoetermeer" in response.text


def test_search_finds_a_live_page_and_not_a_draft(client: Client, page: Page) -> None:
    page.add_sibling(instance=Page(title="Buurthuizen, een kladje", slug="klad", live=False))
    response = client.get("/zoeken/", {"q": "buurthuizen"})
    assert "Buurthuizen in Zoetermeer" in response.text
    assert "een kladje" not in response.text


@pytest.mark.parametrize("number", ["0", "-1", "x", "", str(10**9), str(10**30), "2", "²"])
def test_search_answers_any_page_number_of_records(client: Client, page: Page, number: str) -> None:
    for each in range(12):
        OrganisationFactory(public=True, name=f"Buurthuizen {each:02}")
    text = client.get("/zoeken/", {"q": "buurthuizen", "kaart": number}).text
    assert "Buurthuizen in Zoetermeer" in text
    shown = text.count("<mark>Buurthuizen</mark>")
    assert shown == (10 if number in ("x", "", "²") else 2)


def test_search_shows_records_before_pages(client: Client, page: Page) -> None:
    OrganisationFactory(public=True, name="Stichting Buurthuizen")
    text = client.get("/zoeken/", {"q": "buurthuizen"}).text
    assert 0 < text.index("Stichting <mark>Buurthuizen</mark>") < text.index("Pagina&#x27;s")


def test_search_takes_a_misspelt_word_for_a_known_one_and_can_be_told_not_to(
    client: Client, page: Page
) -> None:
    OrganisationFactory(public=True, name="Voedselbank")
    text = client.get("/zoeken/", {"q": "voedselbnak"}).text
    assert "<mark>Voedselbank</mark>" in text
    assert 'href="?q=voedselbnak&amp;precies=1"' in text
    text = client.get("/zoeken/", {"q": "voedselbnak", "precies": "1"}).text
    assert "Niets gevonden" in text
    assert 'href="?q=voedselbnak"' in text


def test_search_reads_days_as_days_and_can_be_told_not_to(client: Client, page: Page) -> None:
    text = client.get("/zoeken/", {"q": "dinsdagavond"}).text
    assert "<b>dinsdagavond</b>" in text
    assert 'href="?q=dinsdagavond&amp;tijden=0"' in text
    text = client.get("/zoeken/", {"q": "dinsdagavond", "tijden": "0"}).text
    assert 'href="?q=dinsdagavond"' in text


def test_search_offers_a_help_question_that_fits(client: Client, page: Page) -> None:
    theme = ThemeFactory(name="Geld")
    OrganisationFactory(public=True, themes=[theme])
    HelpQuestionFactory(name="Ik kom niet rond", themes=[theme])
    assert "Ik kom niet rond (1)" in client.get("/zoeken/", {"q": "ik kom niet rond"}).text


def test_search_says_so_when_it_finds_nothing(client: Client, page: Page) -> None:
    assert "Niets gevonden" in client.get("/zoeken/", {"q": "kwelder"}).text


def test_search_keeps_what_was_asked_in_the_box_without_running_it(
    client: Client, db: None
) -> None:
    text = client.get("/zoeken/", {"q": '"><script>x</script>'}).text
    assert "<script>x" not in text
    assert "&lt;script&gt;" in text


def test_search_changes_nothing_and_takes_no_post(client: Client, db: None) -> None:
    assert client.post("/zoeken/", {"q": "x"}).status_code == 405


def test_words_leave_out_what_is_grammar_to_an_engine() -> None:
    assert words_of('"samen" - \\eten') == ["samen", "eten"]
    assert len(words_of("x " * 5_000)) == 16


def test_front_page_welcomes_in_dutch(client: Client, page: Page) -> None:
    text = client.get("/").text
    assert '<html lang="nl">' in text
    assert "ZoetermeerVoorElkaar" in text
    assert "Buurthuizen in Zoetermeer" in text
    assert HomePage.objects.get().locale.language_code == "nl"
