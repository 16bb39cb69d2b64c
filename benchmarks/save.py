"""What one save of a published activity with twelve sessions costs, beside stock Wagtail.

`python -m benchmarks.save [--smoke]`. Both post the same form to publish. Stock is Wagtail's own
view and form class for the same model, without our signal handlers: no public record, no search, no
possible duplicates, no requirements. The goal is at most twice a stock save.
"""

import argparse
import contextlib
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from typing import Any

from benchmarks.database import machine, print_table, scratch_database, set_up

SESSIONS = 12
GOAL = 2.0


def main() -> int:
    """Measure and print a table; always return 0: timings vary on a busy machine."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--smoke", action="store_true", help="once")
    options = parser.parse_args()
    set_up()
    print(machine(), flush=True)
    with scratch_database():
        measured = _measure(1 if options.smoke else 25)
    stock = measured["stock"][0]
    print_table(
        ["save", "queries", "CPU ms", "times stock"],
        [
            [name, str(queries), f"{cpu:.1f}", f"{cpu / stock:.2f}"]
            for name, (cpu, queries) in measured.items()
        ],
    )
    print(f"goal: {GOAL:.0f} times a stock save at most")
    return 0


def _measure(repeats: int) -> dict[str, tuple[float, int]]:
    from django.contrib.auth import get_user_model
    from django.db import connection, reset_queries
    from django.test.utils import CaptureQueriesContext

    activity = _activity()
    user = get_user_model().objects.create_superuser("measure", "m@example.org", "x")
    data = _what_a_browser_sends(activity, user)
    ours, stock = _views(activity)
    cpu: dict[str, list[float]] = {"ours": [], "stock": []}
    queries = {}
    for number in range(repeats + 2):
        for name, view, circumstances in (
            ("ours", ours, contextlib.nullcontext),
            ("stock", stock, _nobody_listens),
        ):
            # Like most saves, the form changes something.
            data["summary"] = f"Koffie, thee en een praatje, {number} {name}."
            request = _request(user, data)
            reset_queries()
            with circumstances(), CaptureQueriesContext(connection) as captured:
                begin = time.process_time()
                answer = view(request, pk=str(activity.pk))
                spent = 1000 * (time.process_time() - begin)
            assert answer.status_code == 302, answer.status_code
            queries[name] = len(captured)
            cpu[name].append(spent)
    return {name: (statistics.median(cpu[name][2:]), queries[name]) for name in cpu}


def _views(activity: Any) -> tuple[Callable[..., Any], Callable[..., Any]]:
    from wagtail.admin.forms import WagtailAdminModelForm
    from wagtail.admin.panels import ObjectList
    from wagtail.snippets.views import snippets

    from socialekaart_plugin.directory.panels import ACTIVITY_PANELS

    viewset = type(activity).snippet_viewset
    ours = viewset.edit_view
    handler = ObjectList(ACTIVITY_PANELS, base_form_class=WagtailAdminModelForm)
    kwargs = {
        key: value for key, value in ours.view_initkwargs.items() if hasattr(snippets.EditView, key)
    }
    kwargs["panel"] = handler.bind_to_model(type(activity))
    return ours, snippets.EditView.as_view(**kwargs)


@contextlib.contextmanager
def _nobody_listens() -> Iterator[None]:
    """Disconnect everything that our saves and publications do beside Wagtail's own work."""
    from wagtail.models import DraftStateMixin

    from socialekaart_plugin.directory import signals
    from socialekaart_plugin.directory.models import Record

    kept = [
        (signal, signal.receivers)
        for signal in vars(signals).values()
        if hasattr(signal, "receivers")
    ]
    publish = Record.publish
    for signal, _receivers in kept:
        signal.receivers = []
        signal.sender_receivers_cache.clear()
    Record.publish = DraftStateMixin.publish  # type: ignore[method-assign]
    try:
        yield
    finally:
        Record.publish = publish  # type: ignore[method-assign]
        for signal, receivers in kept:
            signal.receivers = receivers
            signal.sender_receivers_cache.clear()


def _request(user: Any, data: dict[str, Any]) -> Any:
    from django.contrib.messages.storage.fallback import FallbackStorage
    from django.contrib.sessions.backends.signed_cookies import SessionStore
    from django.test import RequestFactory

    request = RequestFactory().post("/", data)
    request.user = user
    request.session = SessionStore()
    request._messages = FallbackStorage(request)  # type: ignore[attr-defined]
    return request


def _activity() -> Any:
    from socialekaart_plugin.models import (
        Activity,
        ActivityContactFact,
        Organisation,
        OrganisationContactFact,
        Place,
        Session,
        Theme,
    )

    themes = [Theme.objects.create(name=name) for name in ("Meedoen", "Taal")]
    place = Place.objects.create(
        name="Buurthuis", audience="public", location="SRID=4326;POINT(4.49 52.06)"
    )
    organisation = Organisation(name="Stichting Samen", summary="Samen.")
    organisation.themes = themes
    organisation.contact_facts = [
        OrganisationContactFact(kind="mail", value="info@example.org", audience="public")
    ]
    organisation.save()
    organisation.save_revision().publish()
    activity = Activity(
        name="Koffieochtend", summary="Koffie.", organisation=organisation, forms=["place"]
    )
    activity.themes = themes
    activity.sessions = [Session(place=place, room=f"Zaal {number}") for number in range(SESSIONS)]
    activity.contact_facts = [
        ActivityContactFact(kind="phone", value="079 123 45 67", audience="public"),
        ActivityContactFact(kind="mail", value="koffie@example.org", audience="referrer"),
    ]
    activity.save()
    activity.save_revision().publish()
    return activity


def _what_a_browser_sends(activity: Any, user: Any) -> dict[str, Any]:
    """Fill in the form as a browser does, and press "publish"."""
    import html5lib
    from django.test import Client
    from django.urls import reverse

    client = Client()
    client.force_login(user)
    name = type(activity).snippet_viewset.get_url_name("edit")
    page = html5lib.parse(
        client.get(reverse(name, args=[activity.pk])).content, namespaceHTMLElements=False
    )
    form = page.find(".//form[@id='w-editor-form']")
    data: dict[str, Any] = {}
    for element in _without_templates(form):
        key, kind = element.get("name"), element.get("type")
        if not key or (kind in ("checkbox", "radio") and element.get("checked") is None):
            continue
        if element.tag == "input":
            data.setdefault(key, []).append(
                element.get("value", "on" if kind == "checkbox" else "")
            )
        elif element.tag == "textarea":
            data[key] = [element.text or ""]
        elif element.tag == "select":
            data[key] = [
                each.get("value")
                for each in element.iter("option")
                if each.get("selected") is not None
            ]
    for key in ("loaded_revision_id", "loaded_revision_created_at", "csrfmiddlewaretoken"):
        data.pop(key, None)
    return {**data, "action-publish": "1"}


def _without_templates(element: Any) -> Iterator[Any]:
    for child in element:
        if child.tag != "template":
            yield child
            yield from _without_templates(child)


if __name__ == "__main__":
    sys.exit(main())
