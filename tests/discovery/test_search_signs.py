import pytest

from socialekaart_plugin.discovery.search import SearchRequest, search
from tests.factories import OrganisationFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("each_engine")]


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("Zoë's huis", ["zoes huis", "zoe's huis", "zoë’s huis", "zoe huis", "Zoëʼs huis"]),
        ("Zoës huis", ["zoe's huis", "zoë’s huis", "zoes huis"]),
        ("Anna’s Tuin", ["annas tuin", "anna's tuin", "anna tuin"]),
        ("’s-Gravenhage leest", ["s-gravenhage", "'s gravenhage", "‘s-Gravenhage", "gravenhage"]),
        ("'s Zomers buiten", ["zomers", "’s zomers", "'s zomers"]),
        ("'t Trefpunt", ["t trefpunt", "’t trefpunt", "trefpunt", "het trefpunt"]),
        ("Multicultureel koor", ["multiculti", "multiculti koor", "multiculturele koren"]),
        ("Multiculti eetclub", ["multicultureel", "multiculturele"]),
        ("De 12 stappen", ["12stappen", "12-stappen", "12 stappen"]),
        ("12-stappenprogramma", ["12stappen", "12 stappen", "12stappenprogramma"]),
        ("12stappen groep", ["12 stappen", "12-stappen", "stappen"]),
        ("Q&A Club", ["q&a club", "q & a club", "q&a", "qa club"]),
        ("Q & A Club", ["q&a club", "qa"]),
        ("A&O-fonds", ["a&o", "ao fonds", "a&o fonds"]),
        ("Gym voor 55+", ["55+", "55plus", "55-plus", "55 plus", "+55", "gym 55", "55+'ers"]),
        ("Gym voor 55-plussers", ["55+", "55plus", "55-plus", "55 plussers", "55plussers"]),
        ("Club 50plus", ["50+", "50-plus", "50 plus"]),
        ("C++ voor beginners", ["c++", "C++ beginners"]),
        ("Spelen in F#", ["f#"]),
    ],
)
def test_what_differs_in_a_sign_or_a_space_is_found(name, typed):
    OrganisationFactory(public=True, name=name)
    OrganisationFactory(public=True, name="Heel iets anders")

    def found(text):
        return [payload["name"] for payload in search(SearchRequest(text=text)).payloads]

    assert [text for text in typed if found(text) != [name]] == []


def test_what_is_typed_with_a_sign_is_not_what_is_meant_without():
    OrganisationFactory(public=True, name="Programmeren in C")
    OrganisationFactory(public=True, name="Programmeren in C++")
    payloads = search(SearchRequest(text="C++")).payloads
    assert [payload["name"] for payload in payloads] == ["Programmeren in C++"]
