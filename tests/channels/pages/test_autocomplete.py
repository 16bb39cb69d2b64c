import pytest

from socialekaart_plugin.foundation.audiences import Audience
from tests.factories import ActivityFactory, OrganisationFactory, PlaceFactory, ThemeFactory, at

pytestmark = pytest.mark.django_db


@pytest.fixture
def suggest(client, directory_page):
    def suggest(text, by=client):
        return by.get(f"{directory_page.url}suggesties/", {"search": text})

    return suggest


@pytest.fixture
def kern():
    theme = ThemeFactory(name="Kernwaarden")
    place = PlaceFactory(name="Kerngebouw")
    organisation = OrganisationFactory(
        public=True, name="Wijkhuis De Kern", themes=[theme], visiting_place=place, tags=["kernen"]
    )
    return organisation


def found(response):
    return {each["kind"]: each for each in response.json()["suggestions"]}


def test_what_someone_types_is_completed_with_what_it_is_and_where_it_leads(
    client, suggest, kern, directory_page
):
    response = suggest("kern")
    assert response["Content-Type"] == "application/json"
    kinds = found(response)
    assert set(kinds) == {"organisation", "theme", "place", "tag"}
    assert set(kinds["theme"]) == {"name", "kind", "kind_label", "url"}
    assert kinds["theme"]["url"] == f"{directory_page.url}?theme=kernwaarden"
    assert kinds["tag"]["url"] == f"{directory_page.url}?tag=kernen"
    assert kinds["place"]["url"] == f"{directory_page.url}?search=Kerngebouw"
    page = client.get(kinds["organisation"]["url"], follow=True)
    assert page.context["record"]["name"] == "Wijkhuis De Kern"
    for kind in ("theme", "tag", "place"):
        assert client.get(kinds[kind]["url"]).context["total"] == 1


@pytest.mark.parametrize("text", ["", "   ", "\x01", "'", "x" * 10_000, "%", "\u202e", "zzzz"])
def test_nothing_to_complete_is_an_empty_list(suggest, kern, text):
    response = suggest(text)
    assert response.status_code == 200
    assert response.json() == {"suggestions": []}


def test_what_only_referrers_may_see_is_not_suggested_to_everyone(suggest, referrer):
    place = PlaceFactory(name="Spreekkamer", audience=Audience.REFERRER)
    ActivityFactory(public=True, name="Gesprek", sessions=[at(place)])
    assert found(suggest("spreek")) == {}
    assert "place" in found(suggest("spreek", by=referrer))


def test_suggestions_may_be_kept_for_a_minute_those_for_referrers_by_themselves_only(
    suggest, referrer, kern, client, directory_page
):
    response = suggest("kern")
    assert "max-age=60" in response["Cache-Control"]
    assert "private" not in response["Cache-Control"]
    assert "private" in suggest("kern", by=referrer)["Cache-Control"]
    again = client.get(
        f"{directory_page.url}suggesties/?search=kern",
        headers={"if-none-match": response["ETag"]},
    )
    assert again.status_code == 304


def test_suggestions_are_for_reading_only(client, suggest, kern, directory_page):
    before = suggest("kern").json()
    client.post(f"{directory_page.url}suggesties/", {"search": "kern"})
    assert suggest("kern").json() == before
