"""Every address of the site, asked with what no browser sends: a page or a refusal, no error."""

import json
import logging
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

KEYS = ["x", "_5F", "9" * 30, "-1", "0", "²", "1'", "%00", "%FF", "1.5", "9" * 5_000]

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
    "object_id", "content_type", "user", "action", "for_explorer", "filter_spec", "linked_from",
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

    def __init__(self, site: dict[str, Any]) -> None:
        self.client = Client(raise_request_exception=False)
        self.client.force_login(site["user"])
        self.session = self.client.cookies["sessionid"].value
        self.failed: dict[str, str] = {}
        self.raised: Any = None
        got_request_exception.connect(self.keep)

    def keep(self, sender: Any, **kwargs: Any) -> None:
        import sys
        import traceback

        e = sys.exc_info()
        frames = traceback.extract_tb(e[2])
        where = [
            f"{f.filename.split('site-packages/')[-1].split('badinput/')[-1]}:{f.lineno}"
            for f in frames
        ]
        ours = [w for w in where if "django/" not in w][-2:]
        self.raised = f"{e[0].__name__}: @ {ours} {where[-1]}"

    def ask(self, method: str, address: str, **kwargs: Any) -> Any:
        self.client.cookies["sessionid"] = self.session
        self.raised = None
        with transaction.atomic():
            answer = getattr(self.client, method)(address, **kwargs)
            if answer.streaming:
                list(answer.streaming_content)
            transaction.set_rollback(True)
        if answer.status_code >= 500:
            self.failed[f"{method} {address[:140]} {str(kwargs)[:60]}"] = str(self.raised)
        return answer


@pytest.fixture
def asking(site):
    return Asking(site)


@pytest.fixture(autouse=True)
def silent():
    """Thousands of refusals are meant here, and need no line in a log."""
    logging.disable(logging.CRITICAL)
    yield
    logging.disable(logging.NOTSET)


ADDRESSES = [address for address in all_addresses() if address.text not in MEANT]


def test_no_key_in_an_address_is_an_error(asking, site):
    for address in ADDRESSES:
        known = keys(address, site)
        for blank in address.blanks:
            for key in KEYS:
                crafted = key if key.startswith("%") else quote(key, safe="")
                asked = address.filled(known, **{blank: crafted})
                if address.answers(unquote(asked)):
                    asking.ask("get", asked)
    report(asking)


def report(asking):
    by = {}
    for a, r in asking.failed.items():
        by.setdefault(r, []).append(a)
    for r, a in sorted(by.items(), key=lambda x: -len(x[1])):
        print(len(a), r)
        for each in a[:4]:
            print("      ", each)
    assert not asking.failed


@pytest.mark.parametrize("kind", WORDS)
def test_no_parameter_is_an_error(asking, site, kind):
    word = WORDS[kind]
    for address in ADDRESSES:
        given = [(name, word) for name in [*NAMES, *address.parameters] if name != "export"]
        asking.ask("get", f"{address.filled(keys(address, site))}?{urlencode(given)}")
    report(asking)


def test_no_body_is_an_error(asking, site):
    for address in ADDRESSES:
        asked = address.filled(keys(address, site))
        asking.ask("post", asked)
        asking.ask("post", asked, data="[" * 50_000, content_type="application/json")
        asking.ask("post", asked, data="x", content_type="multipart/form-data; boundary=y")
        given = {name: "9" * 30 for name in [*NAMES, *address.parameters]}
        asking.ask("post", asked, data=given)
    report(asking)
