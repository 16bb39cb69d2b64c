"""Contact facts as lines that people read."""

import re
from dataclasses import dataclass

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from socialekaart_plugin.publication.rules import Payload

#: Where a web or mail address may go on to the next line: before the mark, as in print.
_BREAK = re.compile(r"(?=[./@])")


@dataclass(frozen=True)
class ContactLine:
    """A way to reach someone.

    Attributes:
        kind: phone, mail, website, social or person.
        text: as people read it, safe HTML.
        uri: what a link to it points to; empty where there is none.
        label: what else there is to know about it.
        via: name of the organisation whose it is; empty when it is of the record itself.
    """

    kind: str
    text: SafeString
    uri: str
    label: str
    via: str = ""


def contact_lines(payload: Payload) -> list[ContactLine]:
    """Return the contact facts of a record in the order its editor chose.

    What is derived from its organisation comes last.
    """
    return [
        ContactLine(fact["kind"], _text(fact), fact["uri"], fact["label"], via(fact))
        for fact in payload["contact"]
    ]


def line_to_ask(lines: list[ContactLine]) -> ContactLine | None:
    """Return by what one best asks something: a telephone number, else mail, else a website."""
    for kind in ("phone", "mail", "website"):
        for line in lines:
            if line.kind == kind and line.uri:
                return line
    return None


def can_be_called(payload: Payload) -> bool:
    """Tell whether a telephone number of a record is known."""
    return any(fact["kind"] == "phone" for fact in payload["contact"])


def via(fact: Payload) -> str:
    """Name the organisation by which one is reached; empty for a fact of the record itself."""
    source = fact["derived_from"]
    return source["name"] if source else ""


def _text(fact: dict[str, str]) -> SafeString:
    """Drop of a web address what only machines need; let long addresses break."""
    text = fact["value"]
    if fact["kind"] in ("website", "social"):
        text = re.sub(r"^https?://(www\.)?", "", text).rstrip("/")
    elif fact["kind"] != "mail":
        return format_html("{}", text)
    return format_html_join(mark_safe("<wbr>"), "{}", [(part,) for part in _BREAK.split(text)])
