"""Turns search results into cards that link to the page of each record."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.http import HttpRequest
from django.utils import timezone

from socialekaart_plugin.discovery.search import Found
from socialekaart_plugin.presentation.cards import Card
from socialekaart_plugin.presentation.timetables import in_brief
from socialekaart_plugin.publication.selectors import holidays_needed_for

if TYPE_CHECKING:
    from .models import DirectoryPage


def found_cards(page: "DirectoryPage", request: HttpRequest, found: Iterable[Found]) -> list[Card]:
    """Return the results as cards; one query for school holidays, if any record needs them."""
    now, shown = timezone.now(), list(found)
    calendar = holidays_needed_for(each.payload for each in shown)
    return [
        Card(
            record=each.payload,
            url=page.record_url(each.payload, request),
            brief=in_brief(each.payload, now, calendar),
            marked_name=each.name,
            snippet=each.snippet,
            metres=each.distance,
        )
        for each in shown
    ]
