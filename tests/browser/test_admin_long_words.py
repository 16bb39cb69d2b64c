"""No text, however long its words, makes a screen of ours in the admin wider than its window."""

import pytest
from django.conf import settings
from django.test import Client

from socialekaart_plugin.foundation.mail.models import UnsentMail
from socialekaart_plugin.models import (
    Activity,
    CompoundWord,
    HelpDesk,
    Keyword,
    Organisation,
    PublicationEvent,
)
from tests.admin.addresses import admin_addresses, filled_in
from tests.admin.conftest import known_of
from tests.admin.test_access import is_ours
from tests.browser.long_words import TEXT, WORD, something_in_every_field, stretch_every_text
from tests.factories import UserFactory

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
]

WIDTHS = [320, 390, 768, 1280]

#: Part of an address that gives no screen: pieces of one, data, and what only takes a form.
NO_SCREEN = """
    /results/ history-results /chosen /choose/ choose- /check/ /lock/ /unlock/ /shift/ /clear/
    /when/ /preview/ /view/ /workflow/ /create/ /geocode/ unschedule/
    publication-events/edit/ publication-events/delete/
""".split()  # noqa: SIM905 - a table to read
#: Wagtail's own screens around a row, the same for each table: seen for one of each kind.
OF_ALL_TABLES = "/add/ /copy/ /delete/ /history/ /workflow_history/ /usage/ /unpublish/".split()  # noqa: SIM905
#: These are wider than the smallest phone with the shortest of words: tables of Wagtail, and forms
#: with rows within rows. Long words may not make them wider.
WIDE_BY_ITSELF = (
    *("/history/", "/workflow_history/", "/usage/"),
    *(
        "organisation/add/",
        "organisation/edit/",
        "organisation/copy/",
        "activity/add/",
        "activity/edit/",
    ),
    "socialekaart_plugin/theme/",
)

#: Wagtail cuts off what is wider than the window instead of letting it be reached, and slides its
#: menu aside; its own bars around a screen scroll by themselves.
PLAIN = """
    *, *::before, *::after { transition: none !important }
    html body, html main { overflow: visible !important }
    .w-slim-header, .w-minimap, .form-side, footer, .footer { display: none !important }
"""
TOO_WIDE = "() => Math.max(0, document.scrollingElement.scrollWidth - innerWidth)"
TOO_WIDE_DIALOG = """() => {
    const dialog = document.querySelector(".modal");
    return Math.max(0, dialog.scrollWidth - dialog.clientWidth,
        ...[...dialog.querySelectorAll(".modal-content")].map(
            (e) => e.scrollWidth - e.clientWidth
        ));
}"""


@pytest.fixture
def town(team, directory_page):
    made = something_in_every_field()
    UnsentMail.objects.create(recipients="els@example.nl", subject="Mail", error="Weg")
    return known_of(
        directory_page,
        organisation=made.organisation,
        activity=made.activities[0],
        keyword=Keyword.objects.get(name=WORD[:100]),
        compoundword=CompoundWord.objects.create(word=WORD[:60].lower()),
        **{"publication-events": PublicationEvent.objects.get(reason=TEXT)},
    )


@pytest.fixture
def visitor(visit, town):
    """Someone who may everything, with a long name."""
    user = UserFactory(is_superuser=True, first_name=WORD[:120], last_name=WORD[:120])
    client = Client()
    client.force_login(user)
    visitor = visit()
    session = client.cookies[settings.SESSION_COOKIE_NAME].value
    visitor.context.add_cookies(
        [{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": visitor.address}]
    )
    return visitor


def screens():
    """The addresses of our screens; of what is the same for all tables that of one record."""
    ours = [each for each in admin_addresses() if is_ours(each)]
    ours = [each for each in ours if not any(part in each for part in NO_SCREEN)]
    return [
        each
        for each in ours
        if "/organisation/" in each
        or not (any(part in each for part in OF_ALL_TABLES) or each.startswith("bulk/"))
        or each.endswith(("theme/delete/<pk>/", "keyword/merge/", "activity/add/"))
    ]


def too_wide(visitor, addresses, town):
    """How many pixels each screen is wider than its window, by address and width."""
    found = {}
    for address in addresses:
        response = visitor.page.goto(filled_in(address, town))
        assert response.ok, address
        assert visitor.page.locator("main").count(), address
        visitor.page.add_style_tag(content=PLAIN)
        for width in WIDTHS:
            visitor.page.set_viewport_size({"width": width, "height": 900})
            found[address, width] = visitor.page.evaluate(TOO_WIDE)
            if width in (390, 1280):
                visitor.picture(f"long-{address.strip('/').replace('/', '-')}-{width}")
    return found


def stretch_all():
    """Put the long texts in what is live and in the drafts, which the forms show."""
    stretch_every_text()
    for model in (Organisation, Activity):
        for record in model.objects.all():
            record.save_revision(clean=False)


# A minute: some 130 forms and lists, each drawn at four widths; the records are made once.
def test_no_long_word_widens_a_screen_of_ours_in_the_admin(visitor, town):
    addresses = screens()
    assert len(addresses) > 60
    short = too_wide(visitor, [each for each in addresses if is_wide_by_itself(each)], town)
    stretch_all()
    help_desk = HelpDesk.objects.get()
    addresses += [
        "",
        f"settings/socialekaart_plugin/helpdesk/{help_desk.site_id}/",
        f"sociale-kaart/try-a-query/?q={WORD[:100]}",
        "sociale-kaart/try-a-query/?q=samen&terms=samen%0Abuurt&audience=public",
    ]
    found = too_wide(visitor, addresses, town)
    assert {where: pixels for where, pixels in found.items() if pixels > short.get(where, 0)} == {}


def is_wide_by_itself(address):
    return any(part in address for part in WIDE_BY_ITSELF)


@pytest.mark.parametrize("choice", ["Kies een organisatie", "Kies een plek"])
def test_no_long_word_widens_a_dialog_to_choose_in(visitor, town, choice):
    stretch_all()
    page = visitor.page
    record = "activity" if "organisatie" in choice else "organisation"
    page.goto(f"/admin/snippets/socialekaart_plugin/{record}/add/")
    page.get_by_role("button", name=choice).first.click()
    page.get_by_role("dialog").get_by_text(WORD[:40]).first.wait_for()
    found = {}
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        if pixels := page.evaluate(TOO_WIDE_DIALOG):
            found[width] = pixels
        visitor.picture(f"long-{choice.split()[-1]}-{width}")
    assert found == {}
