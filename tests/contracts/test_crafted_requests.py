"""Every address of the site, asked with what no browser sends: a page or a refusal, no error."""

import logging
import sys
from typing import Any
from urllib.parse import quote, unquote, urlencode

import pytest
from django.core.files.base import ContentFile
from django.core.signals import got_request_exception
from django.db import transaction
from django.test import Client
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import Page, Site

from cms.odd_requests import LONGEST_ADDRESS
from socialekaart_plugin.directory.actions import add_note
from socialekaart_plugin.models import Keyword
from socialekaart_plugin.publication.models import PublicationEvent, PublishedRecord
from tests.contracts.addresses import Address, all_addresses
from tests.factories import (
    ActivityFactory,
    AreaFactory,
    HelpQuestionFactory,
    OrganisationFactory,
    PlaceFactory,
    TargetGroupFactory,
    ThemeFactory,
    UserFactory,
    at,
    weekly,
)

#: Raises on purpose, so that someone can see the page of an error of ours.
MEANT = {"admin/failwhale/"}

KEYS = ["x", "_5F", "9" * 30, "-1", "²", "%00", "%FF", "9" * 5_000]

WORDS = {
    "quote": '"',
    "many": "woord " * 600,
    "long": "a" * 5_000,
    "digits": "9" * 30,
    "number": "-1",
    "letters": "x",
    "signs": "\\ ( ) * : ^ AND OR NOT NEAR( {a} ' \" - +",
    "emoji": "👩‍👩‍👧",
    "day": "0001-01-01",
    "list": "9" * 30 + ",x",
    "json": "[" * 5_000,
}
NAMES = [
    "q", "search", "p", "page", "ordering", "order", "id", "export", "parent", "word", "into",
    "e", "o", "all", "locale", "collection_id", "tag", "next", "multiple", "offset", "limit",
    "fields", "type", "child_of", "descendant_of", "ancestor_of", "translation_of", "slug",
    "page_type", "result_format", "position", "workflow", "task", "term", "unknown",
    "object_id", "content_type", "timestamp_after", "timestamp_before", "created_at_after",
    "latest_revision_created_at_before", "user", "action", "for_explorer", "filter_spec",
    "linked_from",
    "kind__exact", "record_kind__exact", "at__gte",
    "theme", "area", "organisation", "kind", "pagina", "kaart", "short_id", "html_path",
]  # fmt: skip


@pytest.fixture
def site(db, team, directory_page):
    """A site with something of everything; gives the keys for the blanks of an address."""
    root = Site.objects.get(is_default_site=True).root_page
    page = root.add_child(instance=Page(title="Buurthuizen", slug="buurthuizen"))
    revision = page.save_revision()
    theme, group, area = ThemeFactory(), TargetGroupFactory(), AreaFactory()
    place = PlaceFactory()
    organisation = OrganisationFactory(public=True, themes=[theme], visiting_place=place)
    activity = ActivityFactory(
        public=True, organisation=organisation, sessions=[at(place, schedule=weekly())]
    )
    question = HelpQuestionFactory(themes=[theme])
    user = UserFactory(is_superuser=True, username="baas")
    note = add_note(record=organisation, text="Gebeld", user=user)
    keyword = Keyword.objects.create(name="koffie", slug="koffie")
    image = get_image_model().objects.create(title="Brug", file=get_test_image_file())
    document = get_document_model().objects.create(
        title="Stuk", file=ContentFile(b"tekst", name="stuk.txt")
    )
    return {
        "user": user,
        "organisation": organisation,
        "activity": activity,
        "place": place,
        "area": area,
        "theme": theme,
        "targetgroup": group,
        "helpquestion": question,
        "keyword": keyword,
        "images": image,
        "documents": document,
        "pages": page,
        "users": user,
        "sites": Site.objects.get(is_default_site=True),
        "choose-public-record": PublishedRecord.objects.first(),
        "publication-events": PublicationEvent.objects.first(),
        "revision": revision,
        "note": note,
    }


def keys(address: Address, site: dict[str, Any]) -> dict[str, str]:
    """What to fill in an address so that it is about something that is there."""
    parts = address.text.split("/")
    about = next((site[part] for part in reversed(parts) if part in site), None)
    pk = str(about.pk) if about is not None else "1"
    revision = getattr(about, "latest_revision_id", None) or site["revision"].pk
    values = dict.fromkeys(address.blanks, pk)
    values.update(
        revision_id=str(revision),
        revision_id_a="earliest",
        revision_id_b="latest",
        _1="earliest",
        _2="latest",
        note_pk=str(site["note"].pk),
        app_label="socialekaart_plugin",
        model_name="organisation",
        app_name="socialekaart_plugin",
        content_type_app_name="wagtailcore",
        content_type_model_name="page",
        action="delete",
        action_name="approve",
        filter_spec="max-100x100",
        short_id=site["organisation"].short_id,
        uidb64="MQ",
        token="x-y",
        object_id=str(site["organisation"].pk),
        _0=pk if "%(_1)s" in address.text else "sociale-kaart/",
    )
    return values


class Asking:
    """Someone who may do all, of whose requests none changes anything."""

    def __init__(self, user: Any) -> None:
        self.client = Client(raise_request_exception=False)
        self.client.force_login(user)
        self.session = self.client.cookies["sessionid"].value
        self.failed: dict[str, str] = {}
        self.raised = ""

    def note(self, sender: Any, **kwargs: Any) -> None:
        """Keep what an error was, for whoever reads why the test failed."""
        kind, error, _traceback = sys.exc_info()
        self.raised = f"{kind.__name__ if kind else ''}: {str(error)[:100]}"

    def ask(self, method: str, address: str, **kwargs: Any) -> None:
        """Ask, read the answer, and undo what it did."""
        # Signing out is one of the addresses.
        self.client.cookies["sessionid"] = self.session
        with transaction.atomic():
            answer = getattr(self.client, method)(address, **kwargs)
            if answer.streaming:
                list(answer.streaming_content)
            transaction.set_rollback(True)
        if answer.status_code >= 500:
            self.failed[f"{method} {address[:150]} {str(kwargs)[:60]}"] = self.raised


@pytest.fixture
def asking(site):
    asking = Asking(site["user"])
    got_request_exception.connect(asking.note)
    yield asking
    got_request_exception.disconnect(asking.note)


@pytest.fixture
def bare(settings):
    """A site without what this host refuses itself: all of ours must stand on its own."""
    kept = [each for each in settings.MIDDLEWARE if not each.startswith("cms.")]
    # Refusing NUL is for every site of ours: docs/how-to/install-in-a-site.md.
    settings.MIDDLEWARE = [*kept, "cms.middleware.RefuseNulCharacters"]


@pytest.fixture(autouse=True)
def silent():
    """Thousands of refusals are meant here, and need no line in a log."""
    logging.disable(logging.CRITICAL)
    yield
    logging.disable(logging.NOTSET)


ADDRESSES = [address for address in all_addresses() if address.text not in MEANT]
OURS = [each for each in ADDRESSES if "socialekaart" in each.text or "sociale-kaart" in each.text]
OTHERS = [each for each in ADDRESSES if each not in OURS]


def test_every_address_is_asked():
    assert len(OURS) > 200
    assert len(OTHERS) > 150


@pytest.mark.usefixtures("bare")
def test_no_key_in_an_address_of_ours_is_an_error(asking, site):
    ask_for_keys(asking, site, OURS)


def test_no_key_in_another_address_is_an_error(asking, site):
    ask_for_keys(asking, site, OTHERS)


def ask_for_keys(asking, site, addresses):
    for address in addresses:
        known = keys(address, site)
        for blank in address.blanks:
            for key in KEYS:
                crafted = key if key.startswith("%") else quote(key, safe="")
                asked = address.filled(known, **{blank: crafted})
                if address.answers(unquote(asked)):
                    asking.ask("get", asked)
    assert asking.failed == {}


@pytest.mark.usefixtures("bare")
@pytest.mark.parametrize("part", range(4))
def test_no_parameter_of_an_address_of_ours_is_an_error(asking, site, part):
    ask_for_parameters(asking, site, OURS[part::4], part)


@pytest.mark.parametrize("part", range(3))
def test_no_parameter_of_another_address_is_an_error(asking, site, part):
    ask_for_parameters(asking, site, OTHERS[part::3], part)


def ask_for_parameters(asking, site, addresses, shift):
    """Ask each address twice, each time with other words in each of its parameters.

    What one list of ours is not asked, the next one is: they share their views.
    """
    words = list(WORDS.values())
    for number, address in enumerate(addresses):
        names = [*NAMES, *address.parameters]
        for start in (number + shift, number + shift + len(words) // 2):
            given = [(name, words[(start + at) % len(words)]) for at, name in enumerate(names)]
            # Of long values a few, or the address is refused for its length alone.
            short = [(name, word) for name, word in given if len(word) < 100]
            sought = [("q", words[start % len(words)]), ("search", words[start % len(words)])]
            asked = urlencode(short + sought)
            asking.ask("get", f"{address.filled(keys(address, site))}?{asked}")
    assert asking.failed == {}


@pytest.mark.parametrize("part", range(4))
def test_no_body_is_an_error(asking, site, part):
    words = list(WORDS.values())
    for number, address in enumerate(ADDRESSES[part::4]):
        asked = address.filled(keys(address, site))
        asking.ask("post", asked)
        names = [*NAMES, *address.parameters]
        odd: dict[str, Any] = [
            {"data": {name: words[(number + at) % len(words)] for at, name in enumerate(names)}},
            {"data": "[" * 50_000, "content_type": "application/json"},
            {"data": "x", "content_type": "multipart/form-data; boundary=y"},
            {"data": dict.fromkeys(names, "9" * 30)},
        ][number % 4]
        asking.ask("post", asked, **odd)
    assert asking.failed == {}


@pytest.mark.usefixtures("bare")
def test_no_number_of_words_is_an_error_in_any_list_of_ours(asking, site):
    text = "a " * 7_000
    for address in OURS:
        if not address.blanks and "/results/" not in address.text:
            asking.ask("get", f"{address.filled({})}?{urlencode({'q': text})}")
    assert asking.failed == {}


def test_no_number_of_words_is_an_error_in_any_other_list(asking, site):
    text = "a " * 4_000
    for address in OTHERS:
        if not address.blanks and "/results/" not in address.text:
            sought = urlencode({"q": text, "search": text})
            asking.ask("get", f"{address.filled({})}?{sought}"[:LONGEST_ADDRESS])
    assert asking.failed == {}
