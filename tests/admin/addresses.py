"""Every address of the admin, as the URL conf and the bulk actions give it, filled in."""

import re
from collections.abc import Iterator
from typing import Any

from django.urls import URLResolver, get_resolver
from wagtail.admin.views.bulk_action.registry import bulk_action_registry


def patterns(resolver: Any = None, before: str = "") -> Iterator[str]:
    """The address of every pattern, as it is written in the URL conf."""
    for pattern in (resolver or get_resolver()).url_patterns:
        address = before + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from patterns(pattern, address)
        else:
            yield address


def admin_addresses() -> list[str]:
    """The addresses below `admin/`, with `<name>` for what is filled in.

    The one address of all bulk actions stands for each action on each table.
    """
    found = set()
    for address in patterns():
        if not address.startswith("admin/") or address == "admin/^.*/$":
            continue
        plain = re.sub(r"\(\?P<(\w+)>.*?\)(?=/|\\|$)", r"<\1>", address.removeprefix("admin/"))
        plain = re.sub(r"\((?!\?)[^)]*\)", "<number>", plain)
        plain = re.sub(r"<\w+:(\w+)>", r"<\1>", plain)
        found.add(re.sub(r"[\^$\\]", "", plain))
    found.remove("bulk/<app_label>/<model_name>/<action>/")
    return sorted(found | set(bulk_addresses()))


def bulk_addresses() -> Iterator[str]:
    """The address of each bulk action on each table."""
    bulk_action_registry._scan_for_bulk_actions()
    for app_label, models in bulk_action_registry.actions.items():
        for model_name, actions in models.items():
            for action in actions:
                yield f"bulk/{app_label}/{model_name}/{action}/"


def filled_in(address: str, known: dict[str, Any]) -> str:
    """An address with something that is there in each place.

    Args:
        address: as `admin_addresses` gives it.
        known: what goes where, by name, or by the table of the address and the name.
    """
    table = next((name for name in known["tables"] if f"/{name}/" in address), "")

    def value(match: re.Match[str]) -> str:
        name = match[1]
        return str(known.get(f"{table}.{name}", known.get(name, 1)))

    path = re.sub(r"<(\w+)>", value, address)
    if address.startswith("bulk/"):
        path += f"?id={known.get(f'{table}.pk', 1)}"
    if "/chosen-multiple/" in address:
        path += f"?id={known.get(f'{table}.pk', 1)}"
    if address.endswith("/merge/") and "?" not in path:
        path += f"?word={known[f'{table}.pk']}"
    return f"/admin/{path}"
