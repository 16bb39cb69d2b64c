import pytest
from django.test import Client
from wagtail.documents.models import Document
from wagtail.images.models import Image
from wagtail.models import Page, Site

ENDPOINTS = ["pages", "images", "documents"]
OPERATIONS = [
    "limit", "offset", "fields", "order", "search", "search_operator", "format", "type", "child_of",
    "ancestor_of", "descendant_of", "translation_of", "locale", "site", "id", "html_path", "title",
    "slug", "tags", "width", "first_published_at", "alias_of", "show_in_menus", "parent",
    "onbekend",
]  # fmt: skip
HOSTILE = [
    "", '"', "'", '"a', "\0", "a\0b", "-1", "1.5", "x", str(10**9), str(10**19), str(10**30),
    "-" + "9" * 40, "9" * 5_000, "*", "(", ")", "a(b", "a(b(c(d", "-*", "_", "*,title", "²", "%",
    "\\", "null", "root", "home.HomePage", "wagtailcore.Page,home.HomePage", "auth.User", "a.b.c",
    ".", "..", "localhost", "localhost:x", "localhost:" + "9" * 30, ":", "random", "-title",
    "title,title", "/", "//", "/../", "2026-13-45", "api", "json", "\u202e", "x" * 10_000, "NEAR",
    "AND", "and", "or",
]  # fmt: skip


@pytest.fixture
def site_with_content(db: None) -> None:
    root = Site.objects.get(is_default_site=True).root_page
    root.add_child(instance=Page(title="Buurthuizen", slug="buurthuizen"))
    Image.objects.create(title="Een plein", width=10, height=10, file="plein.png")
    Document.objects.create(title="Een brief", file="brief.pdf")


@pytest.fixture
def forgiving(client: Client) -> Client:
    """A client that answers an error of ours with 500, as a server does, instead of raising it."""
    client.raise_request_exception = False
    return client


@pytest.mark.parametrize("endpoint", ENDPOINTS)
@pytest.mark.parametrize("operation", OPERATIONS)
def test_wagtails_own_api_never_breaks_on_a_parameter(
    forgiving: Client, site_with_content: None, endpoint: str, operation: str
) -> None:
    paths = [f"/api/v2/{endpoint}/"]
    if operation in ("id", "html_path", "site", "fields", "format"):
        paths += [f"/api/v2/{endpoint}/find/", f"/api/v2/{endpoint}/1/"]
    broken = [
        (path, value[:30])
        for path in paths
        for value in HOSTILE
        if forgiving.get(path, {operation: value}).status_code >= 500
    ]
    assert broken == []


@pytest.mark.parametrize("endpoint", ENDPOINTS)
@pytest.mark.parametrize("value", ["\0", "a\0b"])
def test_nul_in_a_search_of_the_api_is_a_clear_refusal(
    client: Client, site_with_content: None, endpoint: str, value: str
) -> None:
    response = client.get(f"/api/v2/{endpoint}/", {"search": value})
    assert response.status_code == 400
    assert "NUL" in response.text


@pytest.mark.parametrize("endpoint", ENDPOINTS)
def test_too_large_an_offset_or_limit_is_a_clear_refusal(
    client: Client, site_with_content: None, endpoint: str
) -> None:
    for parameter in ("offset", "limit"):
        response = client.get(f"/api/v2/{endpoint}/", {parameter: str(10**30)})
        assert response.status_code == 400
        assert response.json()["message"]


@pytest.mark.parametrize(
    "path",
    [
        "/%00",
        "/k/%00",
        "/%00/x/",
        "/%ff%fe/",
        "/" + "x" * 3_000 + "/",
        "/" + "9" * 30 + "/",
        "/%22/",
        "/%27/",
        "/../../etc/passwd",
        "/k/" + "9" * 3_000,
        "/documents/" + "9" * 30 + "/x.pdf",
        "/documents/1/%00.pdf",
        "/api/v2/pages/" + "9" * 30 + "/",
        "/api/v2/images/" + "9" * 30 + "/",
        "/api/v2/documents/0/",
        "/api/v2/pages/find/",
        "/api/v2/",
        "/admin/login/?next=%00",
        "/admin/login/?next=" + "x" * 5_000,
        "/admin/pages/" + "9" * 30 + "/",
        "/?%00=1",
        "/?x=%ff",
        "/_util/authenticate_with_password/1/1/",
        "/django-admin/",
    ],
)
def test_no_address_breaks(forgiving: Client, site_with_content: None, path: str) -> None:
    assert forgiving.get(path).status_code < 500


@pytest.mark.parametrize("path", ["/", "/zoeken/", "/api/v2/pages/", "/admin/", "/documents/1/x"])
def test_nul_is_refused_everywhere_with_400(client: Client, db: None, path: str) -> None:
    assert client.get(path, {"x": "\0"}).status_code == 400
    assert client.get(path, {"\0": "x"}).status_code == 400


def test_nul_in_a_cookie_is_refused(client: Client, db: None) -> None:
    response = client.get("/admin/", headers={"cookie": r'sessionid="abcdefgh\000ijkl"'})
    assert response.status_code == 400


def test_unknown_page_is_a_404_in_our_own_words(client: Client, db: None) -> None:
    response = client.get("/bestaat-niet/")
    assert response.status_code == 404
    assert "Deze bladzijde is er niet" in response.text


def test_the_api_writes_out_the_links_of_the_front_page(
    client: Client, site_with_content: None
) -> None:
    home = Site.objects.get(is_default_site=True).root_page.specific
    child = home.get_children().get()
    home.intro = f'<p><a linktype="page" id="{child.pk}">kijk</a></p>'
    home.save()
    answer = client.get(f"/api/v2/pages/{home.pk}/").json()
    assert answer["intro"] == '<p><a href="/buurthuizen/">kijk</a></p>'


def test_djangos_own_admin_is_not_mounted(client: Client, db: None) -> None:
    assert client.get("/django-admin/").status_code == 404


def test_the_root_of_all_pages_has_no_position(admin_client: Client) -> None:
    root = Page.objects.get(depth=1)
    assert admin_client.get(f"/admin/pages/{root.pk}/set_position/").status_code == 404
