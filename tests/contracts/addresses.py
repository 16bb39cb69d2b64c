"""Every address of the site, drawn from the URL conf by itself, with something in each blank."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from django.urls import Resolver404, URLPattern, URLResolver, get_resolver, resolve
from django.utils.regex_helper import normalize


@dataclass(frozen=True)
class Address:
    """One line of the URL conf: its text with blanks (`%(pk)s`), and what answers it."""

    text: str
    blanks: tuple[str, ...]
    callback: Any

    def __str__(self) -> str:
        return self.text

    def filled(self, keys: dict[str, str], **crafted: str) -> str:
        """The address with these keys in its blanks, percent-encoded as a browser does."""
        values = {name: quote(keys.get(name, "1"), safe="") for name in self.blanks}
        return "/" + self.text % {**values, **crafted}

    def answers(self, path: str) -> bool:
        """Whether the URL conf leads this path here, and not to whoever takes the rest."""
        try:
            return resolve(path).func is self.callback
        except Resolver404:
            return False

    @property
    def parameters(self) -> list[str]:
        """What its list can be narrowed down by, as its own filters and search form say."""
        view = getattr(self.callback, "view_class", None)
        given = getattr(self.callback, "view_initkwargs", {})
        filters = given.get("filterset_class") or getattr(view, "filterset_class", None)
        form = getattr(view, "filter_form_class", None)
        names = list(getattr(filters, "base_filters", {}))
        names += list(getattr(form, "base_fields", {}))
        return names


def all_addresses() -> list[Address]:
    """Every line of the URL conf, in its order."""
    return list(_below(get_resolver(), ""))


def _below(resolver: URLResolver, before: str) -> Iterator[Address]:
    for pattern in resolver.url_patterns:
        text = before + pattern.pattern.regex.pattern.removeprefix("^").removesuffix(r"\Z")
        if isinstance(pattern, URLPattern):
            # The last has every blank, where a part may be left out.
            written, blanks = normalize(text)[-1]
            yield Address(written, tuple(blanks), pattern.callback)
        else:
            yield from _below(pattern, text)
