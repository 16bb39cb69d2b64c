"""Prevents deletion of rows in use, and shows what uses them; rooms register finders here."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib.admin.utils import NestedObjects
from django.db import models, router
from django.http import HttpRequest
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail.admin.widgets.button import Button

APP_LABEL = "socialekaart_plugin"
#: Maximum number of uses listed per row.
NAMED = 20


@dataclass(frozen=True)
class UsedBy:
    """One row that uses another.

    Attributes:
        row: the row that uses it.
        is_draft: whether only an unpublished version uses it.
    """

    row: models.Model
    is_draft: bool = False


Finder = Callable[[Sequence[Any]], dict[Any, list[UsedBy]]]

_finders: dict[type[models.Model], list[Finder]] = defaultdict(list)


def register_uses(model: type[models.Model], finder: Finder) -> None:
    """Register a finder of uses, in addition to the foreign keys that the database protects.

    Args:
        model: the model whose rows are used.
        finder: takes rows, returns their uses by pk; in a fixed number of queries.
    """
    if finder not in _finders[model]:
        _finders[model].append(finder)


def used_by(rows: Sequence[Any]) -> dict[Any, list[UsedBy]]:
    """Return the uses by pk for rows of one model; unused rows are omitted."""
    found: dict[Any, list[UsedBy]] = defaultdict(list)
    if not rows:
        return found
    for finder in _finders[type(rows[0])]:
        for pk, uses in finder(rows).items():
            found[pk] += uses
    return {pk: uses for pk, uses in found.items() if uses}


def protected_by(row: models.Model) -> list[UsedBy]:
    """Return the rows whose protected foreign keys prevent deletion."""
    collector = NestedObjects(using=router.db_for_write(type(row)))
    collector.collect([row])
    return [UsedBy(protecting) for protecting in sorted(collector.protected, key=str)]


def refuse_when_in_use(
    request: HttpRequest, rows: Iterable[models.Model]
) -> TemplateResponse | None:
    """Return a refusal when any of our rows is in use; None when all can be deleted.

    If one row is in use, none is deleted.
    """
    ours = [row for row in rows if row._meta.app_label == APP_LABEL]
    known = used_by(ours)
    refused = [
        _Refusal(request, row, uses)
        for row in ours
        if (uses := known.get(row.pk) or protected_by(row))
    ]
    if not refused:
        return None
    return TemplateResponse(
        request,
        "socialekaart_plugin/foundation/in_use.html",
        {
            "page_title": _("Cannot be deleted"),
            "header_title": _("Cannot be deleted"),
            "header_icon": "warning",
            "breadcrumbs_items": _breadcrumbs(ours[0]),
            "refused": refused,
            "nothing_is_deleted": len(ours) > 1,
            "back_url": reverse(ours[0].snippet_viewset.get_url_name("list")),  # type: ignore[attr-defined]
        },
        status=409 if request.method == "POST" else 200,
    )


def _breadcrumbs(row: Any) -> list[dict[str, Any]]:
    """Return breadcrumbs to the list."""
    viewset = row.snippet_viewset
    return [
        *viewset.breadcrumbs_items,
        {
            "url": reverse(viewset.get_url_name("list")),
            "label": capfirst(row._meta.verbose_name_plural),
        },
        {"url": "", "label": _("Cannot be deleted")},
    ]


class _Refusal:
    """One refused row with its uses, for the template."""

    def __init__(self, request: HttpRequest, row: Any, uses: list[UsedBy]) -> None:
        finder = AdminURLFinder(request.user)
        self.name = str(row)
        self.number = len(uses)
        self.named = [
            {
                "name": str(use.row),
                "kind": use.row._meta.verbose_name,
                "url": finder.get_edit_url(use.row),
                "is_draft": use.is_draft,
            }
            for use in uses[:NAMED]
        ]
        self.more = self.number - len(self.named)
        offer: Callable[..., Button | None] | None = getattr(
            getattr(row, "snippet_viewset", None), "instead_of_deleting", None
        )
        self.instead = offer(request, row) if offer is not None else None
