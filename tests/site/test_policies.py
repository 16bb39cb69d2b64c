"""What the headers of the host site say to browsers and to caches."""

import pytest
from wagtail.models import Page, PageViewRestriction

from socialekaart_plugin.moderation.permissions import Role
from tests.factories import OrganisationFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def addresses(directory_page):
    organisation = OrganisationFactory(public=True, name="Buurthuis")
    return [
        *("/", "/sociale-kaart/", f"/sociale-kaart/{organisation.short_id}/buurthuis/"),
        *("/zoeken/", "/zoeken/?q=buurthuis", "/api/v2/organisations/", "/api/v2/pages/"),
        *("/sociale-kaart/suggesties/?q=buu", "/bestaat-niet/"),
    ]


def kept_by(answer):
    return answer.headers.get("Cache-Control", "")


@pytest.mark.parametrize("role", [Role.EDITORS, Role.MODERATORS])
def test_what_a_colleague_sees_is_kept_in_no_shared_cache(client, team, addresses, role):
    client.force_login(UserFactory(role=role))
    assert [a for a in addresses if "private" not in kept_by(client.get(a))] == []


def test_what_a_stranger_sees_may_be_kept(client, addresses):
    assert [a for a in addresses if "private" in kept_by(client.get(a))] == []


def test_who_sees_what_is_meant_for_referrers_finds_it_in_private_without_a_session(rf, team):
    from search.views import search

    request = rf.get("/zoeken/", {"q": "buurthuis"})
    request.user = UserFactory(role=Role.MODERATORS)
    assert "private" in kept_by(search(request))


def test_a_page_with_a_password_is_kept_by_who_gave_it_only(client, directory_page):
    page = Page.objects.get(pk=directory_page.pk)
    secret = PageViewRestriction.objects.create(
        page=page, restriction_type=PageViewRestriction.PASSWORD, password="sesam"
    )
    client.post(
        f"/_util/authenticate_with_password/{secret.pk}/{page.pk}/",
        {"password": "sesam", "return_url": "/sociale-kaart/"},
    )
    answer = client.get("/sociale-kaart/")
    assert answer.status_code == 200
    assert "private" in kept_by(answer)


def test_a_permanent_address_is_the_same_for_all(client, team, directory_page):
    organisation = OrganisationFactory(public=True)
    client.force_login(UserFactory(role=Role.MODERATORS))
    assert "public" in kept_by(client.get(f"/k/{organisation.short_id}"))


def test_every_answer_says_what_the_browser_may_do(client, addresses):
    for address in [*addresses, "/admin/login/", "/zoeken/?q=%00"]:
        headers = client.get(address).headers
        assert "default-src 'none'" in headers["Content-Security-Policy"], address
        assert "camera=()" in headers["Permissions-Policy"], address
