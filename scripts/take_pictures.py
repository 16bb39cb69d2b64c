"""Takes the screenshots of the guide for volunteers; run by scripts/pictures."""

import io
import os
import sys
import time
from collections.abc import Callable
from pathlib import Path

import requests
from PIL import Image
from playwright.sync_api import Page, sync_playwright

#: Screen size of a volunteer's laptop, in pixels; large enough to read the text in a picture.
SIZE = {"width": 1280, "height": 800}
#: Larger pictures are rejected: a page of the guide must load fast, also on a phone.
MOST_BYTES = 150_000
COLOURS = 256
TIMEOUT = 60_000


class Guide:
    """The demonstration in a browser, with the volunteer logged in."""

    def __init__(self, page: Page, address: str) -> None:
        """Log in."""
        self.page, self.address = page, address
        page.set_default_timeout(TIMEOUT)
        page.goto(f"{address}/admin/login/")
        page.fill("#id_username", "joke")
        page.fill("#id_password", os.environ["PICTURES_PASSWORD"])
        page.press("#id_password", "Enter")
        page.wait_for_url("**/admin/")

    def open(self, path: str) -> None:
        """Open a screen of the admin and let its scripts finish."""
        # Wagtail remembers the open side panel.
        self.page.evaluate("localStorage.clear()")
        self.page.goto(f"{self.address}/admin/{path}")
        self.page.wait_for_load_state("networkidle")

    def open_record(self, kind: str, name: str, screen: str = "edit") -> None:
        """Open a screen of the first record whose name holds `name`."""
        self.open(f"snippets/socialekaart_plugin/{kind}/?q={name}")
        link = self.page.locator(f"a[href*='/{kind}/edit/']").first
        key = (link.get_attribute("href") or "").rstrip("/").split("/")[-1]
        self.open(f"snippets/socialekaart_plugin/{kind}/{screen}/{key}/")

    def show(self, selector: str) -> None:
        """Scroll so that an element is near the top, below the bar."""
        self.page.locator(selector).first.evaluate(
            "element => { element.style.scrollMarginTop = '70px';"
            " element.scrollIntoView({block: 'start', behavior: 'instant'}); }"
        )
        self.page.wait_for_timeout(400)


def start(guide: Guide) -> None:
    """The home screen: the tasks of the volunteer."""
    guide.open("")


def lijst(guide: Guide) -> None:
    """The list of organisations."""
    guide.open("snippets/socialekaart_plugin/organisation/")


def nieuw(guide: Guide) -> None:
    """A new organisation, with its missing requirements."""
    guide.open("snippets/socialekaart_plugin/organisation/add/")


def dubbel(guide: Guide) -> None:
    """The warning about a possible duplicate."""
    guide.open("snippets/socialekaart_plugin/organisation/add/")
    guide.page.fill("#id_name", "Welzijn De Buurtlijn")
    guide.page.keyboard.press("Tab")
    guide.page.locator(".sk-duplicates__line").first.wait_for()
    guide.page.locator(".sk-duplicates a").first.wait_for()


def contact(guide: Guide) -> None:
    """Contact details, and their audience."""
    guide.open_record("organisation", "Buurtlijn")
    guide.show("#panel-contact-section")


def tijden(guide: Guide) -> None:
    """A session: place and times, with the resulting sentence."""
    guide.open_record("activity", "Draad en praat")
    guide.show("#inline_child_sessions-0-panel-section")


def doorsturen(guide: Guide) -> None:
    """The buttons below a form."""
    guide.open_record("organisation", "Buurtlijn")
    guide.page.get_by_role("button", name="Meer acties").last.click()
    guide.page.wait_for_timeout(500)


def voorbeeld(guide: Guide) -> None:
    """The preview beside the form, as on a phone."""
    guide.open_record("organisation", "Buurtlijn")
    guide.page.locator("[data-side-panel-toggle=preview]").click()
    guide.page.wait_for_load_state("networkidle")
    guide.page.wait_for_timeout(1500)


def onderhoud(guide: Guide) -> None:
    """The upkeep of a record, with notes."""
    guide.open_record("organisation", "Buurtlijn")
    guide.show("#panel-onderhoud-section")


def klopt_nog(guide: Guide) -> None:
    """Confirming that a record is still right."""
    guide.open_record("organisation", "Buurtlijn", screen="confirm")


PICTURES: dict[str, Callable[[Guide], None]] = {
    "start": start,
    "lijst": lijst,
    "nieuw": nieuw,
    "dubbel": dubbel,
    "contact": contact,
    "tijden": tijden,
    "doorsturen": doorsturen,
    "voorbeeld": voorbeeld,
    "onderhoud": onderhoud,
    "klopt-nog": klopt_nog,
}


def wait_for(address: str) -> None:
    """Wait until the demonstration answers, at most 90 seconds."""
    for _ in range(90):
        try:
            requests.get(f"{address}/admin/login/", timeout=10)
        except requests.ConnectionError:
            time.sleep(1)
        else:
            return
    sys.exit(f"{address} does not answer")


def save(picture: bytes, path: Path) -> None:
    """Save a picture with a reduced palette; the screens use few colours."""
    image = (
        Image.open(io.BytesIO(picture)).convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE)
    )
    image.save(path, optimize=True)
    size = path.stat().st_size
    print(f"{path.name}: {size // 1000} kB")
    if size > MOST_BYTES:
        sys.exit(f"{path.name} is larger than {MOST_BYTES // 1000} kB")


def main(address: str, folder: str, *names: str) -> None:
    """Take all pictures, or the named ones."""
    wait_for(address)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=os.environ["CHROMIUM"], args=["--no-sandbox"]
        )
        context = browser.new_context(viewport=SIZE, locale="nl-NL")  # type: ignore[arg-type]
        context.set_default_timeout(TIMEOUT)
        guide = Guide(context.new_page(), address)
        for name in names or PICTURES:
            PICTURES[name](guide)
            save(guide.page.screenshot(animations="disabled"), Path(folder) / f"{name}.png")
        browser.close()


if __name__ == "__main__":
    main(*sys.argv[1:])
