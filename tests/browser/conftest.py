"""A real Chromium on a real server: Debian's, started by `scripts/test browser`."""

import os
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser, Page, expect, sync_playwright

from socialekaart_plugin.moderation.permissions import Role
from tests.factories import UserFactory

# CI runs these tests beside others: a busy machine takes long, and waiting costs nothing.
expect.set_options(timeout=30_000)

PHONE = {"width": 390, "height": 844}
DESKTOP = {"width": 1280, "height": 900}


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=os.environ["CHROMIUM"],
            args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
        )
        yield browser
        browser.close()


class Visitor:
    """Someone with a browser; every error a page logs is kept."""

    def __init__(self, browser: Browser, address: str, **options: object) -> None:
        self.address = address
        self.context = browser.new_context(
            base_url=address, locale="nl-NL", **({"viewport": DESKTOP} | options)
        )
        # Tiles of a map come from elsewhere; nothing else may.
        self.elsewhere: list[str] = []
        self.context.route("**/*", lambda route: self._fetch(route, address))
        self.context.set_default_timeout(30_000)
        self.page: Page = self.context.new_page()
        self.errors: list[str] = []
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))
        self.page.on("console", self._listen)

    def _listen(self, message):
        """Keep what the browser refuses, or cannot read, of the policies of the site."""
        if re.search("content security policy|permissions-policy", message.text, re.IGNORECASE):
            self.errors.append(message.text)

    def _fetch(self, route, address):
        if route.request.url.startswith((address, "data:", "blob:")):
            route.continue_()
        else:
            self.elsewhere.append(route.request.url)
            route.abort()

    def log_in(self, user) -> None:
        """Start a session; no page is opened, because two pages of the admin take seconds."""
        client = Client()
        client.force_login(user)
        name = settings.SESSION_COOKIE_NAME
        self.context.add_cookies(
            [{"name": name, "value": client.cookies[name].value, "url": self.address}]
        )

    def log_in_by_form(self, user) -> None:
        """Log in as a person does, and arrive at the dashboard."""
        self.page.goto("/admin/login/")
        self.page.locator("[name=username]").fill(user.username)
        self.page.locator("[name=password]").fill("geheim-genoeg")
        self.page.get_by_role("button", name="Inloggen").click()
        self.page.wait_for_url("**/admin/")

    def picture(self, name: str) -> None:
        """Keep a picture in the folder that `SCREENSHOTS` names, if it names one."""
        folder = os.environ.get("SCREENSHOTS")
        if folder:
            Path(folder).mkdir(parents=True, exist_ok=True)
            self.page.screenshot(path=Path(folder) / f"{name}.png", full_page=True)


@pytest.fixture
def visit(browser, live_server):
    visitors = []

    def visit(**options):
        visitor = Visitor(browser, live_server.url, **options)
        visitors.append(visitor)
        return visitor

    yield visit
    for visitor in visitors:
        visitor.context.close()


@pytest.fixture
def colleague(transactional_db):
    def colleague(role: Role, **kwargs):
        user = UserFactory(role=role, **kwargs)
        user.set_password("geheim-genoeg")
        user.save()
        return user

    return colleague
