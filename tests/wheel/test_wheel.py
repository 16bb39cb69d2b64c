"""The wheel in a new site without our code, on both Wagtails."""

import shutil
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urljoin

import pytest
import requests
from bs4 import BeautifulSoup

from tests.wheel.fresh_site import (
    ROOT,
    FreshSite,
    install_blocks,
    installed,
    pip,
    run,
    with_server,
    with_shell,
)

pytestmark = pytest.mark.wheel

PASSWORD = "een-wachtwoord-voor-de-test"
MOST_LINES = 10
NOT_NEEDED = {"psycopg", "psycopg2", "psycopg2-binary", "elasticsearch", "weasyprint"}


@pytest.fixture(scope="session")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built from what git would hand out: nothing compiled, nothing left over."""
    source = tmp_path_factory.mktemp("source")
    listed = run("git", "ls-files", "-coz", "--exclude-standard", cwd=ROOT)
    for name in filter(None, listed.split("\0")):
        if (ROOT / name).is_file():
            (source / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, source / name)
    run(sys.executable, "-m", "build", "--wheel", "--outdir", source / "out", cwd=source)
    (built,) = (source / "out").glob("*.whl")
    return built


@pytest.fixture(scope="session", params=["7.4", "8.0"])
def site(
    request: pytest.FixtureRequest, wheel: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[FreshSite]:
    folder = tmp_path_factory.mktemp(f"site-{request.param}")
    fresh = installed(request.param, wheel, folder)
    # The two commands of the README, each in a process of its own.
    run(fresh.python, "manage.py", "migrate", "--verbosity", "0", cwd=fresh.folder)
    run(fresh.python, "manage.py", "setup_socialekaart", "--with-page", cwd=fresh.folder)
    with with_shell(fresh):
        fresh.manage("load_demo_directory")
        fresh.tell(
            "get_user_model().objects.create_superuser("
            f"'admin', 'admin@example.org', {PASSWORD!r}).pk"
        )
        with with_server(fresh):
            yield fresh


@pytest.fixture
def editor(site: FreshSite) -> requests.Session:
    session = requests.Session()
    login = urljoin(site.address, "/admin/login/")
    form = form_of(session.get(login, timeout=30), "username")
    done = session.post(login, data=form | {"username": "admin", "password": PASSWORD}, timeout=60)
    assert done.ok
    assert "/login" not in done.url
    return session


def form_of(response: requests.Response, having: str) -> dict[str, str]:
    """What a browser would send of the form with this field, were nothing filled in."""
    assert response.status_code == 200, response.text[:2000]
    field = BeautifulSoup(response.text, "html.parser").find(attrs={"name": having})
    assert field is not None, f"no field {having} on {response.url}"
    form = field.find_parent("form")
    values: dict[str, str] = {}
    for element in form.find_all(["input", "textarea", "select"]):
        name = element.get("name")
        if not name or element.get("type") in {"submit", "button", "file"}:
            continue
        if element.get("type") in {"checkbox", "radio"} and not element.has_attr("checked"):
            continue
        if element.name == "select":
            chosen = element.find("option", selected=True) or element.find("option")
            values[name] = chosen.get("value", "") if chosen else ""
        elif element.name == "textarea":
            values[name] = element.text
        else:
            values[name] = element.get("value", "")
    return values


def test_readme_asks_for_ten_lines_at_most() -> None:
    lines = [
        line
        for block in install_blocks().values()
        for line in block.splitlines()
        if line.strip() and not line.lstrip().startswith("#")
    ]
    assert len(lines) <= MOST_LINES


def test_wheel_holds_everything_that_a_site_needs(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    package = ROOT / "socialekaart_plugin"
    expected = {
        path.relative_to(ROOT).as_posix()
        for path in package.rglob("*")
        if path.is_file() and "__pycache__" not in path.parts and path.suffix not in {".mo", ".pyc"}
    }
    assert expected - names == set()
    for kind in ("/templates/", "/static/", "/migrations/0001", "nl/LC_MESSAGES/django.mo"):
        assert any(kind in name for name in names), f"no {kind} in the wheel"


def test_wheel_holds_nothing_of_the_host_or_the_tests(wheel: Path) -> None:
    tops = {name.split("/")[0] for name in zipfile.ZipFile(wheel).namelist()}
    assert {top for top in tops if not top.endswith(".dist-info")} == {"socialekaart_plugin"}


def test_site_runs_on_the_wagtail_of_its_leg_without_any_extra(site: FreshSite) -> None:
    listed = pip(site, "list", "--format=freeze")
    installed = dict(line.lower().split("==") for line in listed.split() if "==" in line)
    assert installed["wagtail"].startswith(f"{site.leg}.")
    assert NOT_NEEDED & set(installed) == set()
    assert site.tell("__import__('socialekaart_plugin').__file__").startswith(
        str(site.folder.parent)
    )


def test_site_has_no_migration_left_to_make(site: FreshSite) -> None:
    site.manage("makemigrations", "--check", "--dry-run", "socialekaart_plugin")
    site.tell("call_command('check')")


def test_setup_may_run_again(site: FreshSite) -> None:
    before = site.tell("DirectoryPage.objects.count()")
    site.manage("setup_socialekaart", "--with-page")
    assert site.tell("DirectoryPage.objects.count()") == before


def test_editor_walks_the_admin(site: FreshSite, editor: requests.Session) -> None:
    address = site.tell("reverse('wagtailsnippets_socialekaart_plugin_organisation:list')")
    listing = editor.get(urljoin(site.address, address), timeout=60)
    assert listing.status_code == 200
    add = urljoin(
        site.address, site.tell("reverse('wagtailsnippets_socialekaart_plugin_organisation:add')")
    )
    form = form_of(editor.get(add, timeout=60), "name")
    saved = editor.post(add, data=form | {"name": "Leesclub De Bladzijde"}, timeout=60)
    assert saved.ok
    assert saved.url != add, "the form came back"
    listing = editor.get(urljoin(site.address, address), params={"q": "Bladzijde"}, timeout=60)
    assert "Leesclub De Bladzijde" in listing.text
    assert site.tell("Organisation.objects.get(name='Leesclub De Bladzijde').live") is False


def test_visitor_reads_the_public_pages(site: FreshSite) -> None:
    page = site.tell("DirectoryPage.objects.live().first().url")
    name = site.tell("Organisation.objects.filter(live=True).order_by('pk').first().name")
    short_id = site.tell("Organisation.objects.filter(live=True).order_by('pk').first().short_id")
    listing = requests.get(urljoin(site.address, page), timeout=60)
    assert listing.status_code == 200
    detail = requests.get(urljoin(site.address, f"/k/{short_id}"), timeout=60)
    assert detail.status_code == 200
    assert detail.history, "the permanent address redirects to the page"
    assert name in BeautifulSoup(detail.text, "html.parser").get_text()
    assert "Leesclub De Bladzijde" not in listing.text


def test_partner_reads_the_api(site: FreshSite) -> None:
    for endpoint in ("organisations", "activities"):
        answer = requests.get(urljoin(site.address, f"/api/v2/{endpoint}/"), timeout=60)
        assert answer.status_code == 200
        listing = answer.json()
        assert listing["meta"]["total_count"] > 0
        assert listing["items"]


def test_static_files_of_the_wheel_are_served(site: FreshSite) -> None:
    page = site.tell("DirectoryPage.objects.live().first().url")
    soup = BeautifulSoup(requests.get(urljoin(site.address, page), timeout=60).text, "html.parser")
    addresses = [
        element.get("href") or element.get("src")
        for element in soup.find_all(["link", "script"])
        if "socialekaart_plugin" in (element.get("href") or element.get("src") or "")
    ]
    assert addresses
    for address in addresses:
        assert requests.get(urljoin(site.address, address), timeout=30).status_code == 200
