"""Notices that are in force, in words."""

import datetime
from dataclasses import dataclass

from django.utils.dateparse import parse_date

from socialekaart_plugin.directory.choices import NoticeKind
from socialekaart_plugin.publication.rules import Payload

from .labels import label_of


@dataclass(frozen=True)
class NoticeLine:
    """A notice: its label, the editor's text and its last day."""

    label: str
    text: str
    ends_on: datetime.date | None


def notice_lines(payload: Payload) -> list[NoticeLine]:
    """Return the notices that are in force."""
    return [
        NoticeLine(
            label=label_of(NoticeKind, notice["kind"]),
            text=notice["text"],
            ends_on=parse_date(notice["ends_on"]) if notice["ends_on"] else None,
        )
        for notice in payload["notices"]
    ]
