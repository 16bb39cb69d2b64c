"""Contact facts as lines of text, each with its link."""

import re
from dataclasses import dataclass

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from socialekaart_plugin.publication.rules import Payload

#: A web or mail address may break before one of these marks, as in print.
_BREAK = re.compile(r"(?=[./@])")


@dataclass(frozen=True)
class ContactLine:
    """One way to reach someone.

    Attributes:
        kind: phone, mail, website, social or person.
        text: the text to show, safe HTML.
        uri: target of the link; empty if there is none.
        label: a further description.
        via: name of the organisation that it belongs to; empty for a fact of the record itself.
    """

    kind: str
    text: SafeString
    uri: str
    label: str
    via: str = ""


def contact_lines(payload: Payload) -> list[ContactLine]:
    """Return the contact facts of a record in the order that its editor chose.

    Facts of its organisation come last.
    """
    return [
        ContactLine(fact["kind"], _text(fact), fact["uri"], fact["label"], via(fact))
        for fact in payload["contact"]
    ]


def line_to_ask(lines: list[ContactLine]) -> ContactLine | None:
    """Return the best way to ask a question: telephone, else mail, else website."""
    for kind in ("phone", "mail", "website"):
        for line in lines:
            if line.kind == kind and line.uri:
                return line
    return None


def can_be_called(payload: Payload) -> bool:
    """Tell whether a record has a known telephone number."""
    return any(fact["kind"] == "phone" for fact in payload["contact"])


def via(fact: Payload) -> str:
    """Return the name of the organisation behind this fact; empty for the record's own fact."""
    source = fact["derived_from"]
    return source["name"] if source else ""


def _text(fact: dict[str, str]) -> SafeString:
    """Shorten a web address for readers, and let long addresses break."""
    text = fact["value"]
    if fact["kind"] in ("website", "social"):
        text = re.sub(r"^https?://(www\.)?", "", text).rstrip("/")
    elif fact["kind"] != "mail":
        return format_html("{}", text)
    return format_html_join(mark_safe("<wbr>"), "{}", [(part,) for part in _BREAK.split(text)])
