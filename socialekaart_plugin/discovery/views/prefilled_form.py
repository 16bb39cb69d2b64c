"""Create forms that open with values from the URL, linked from the test bench."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.db.models import BooleanField, UUIDField
from django.http import HttpRequest
from wagtail.snippets.views import snippets


class PrefilledCreateView(snippets.CreateView):
    """A create form with initial values from the URL."""

    request: HttpRequest
    #: Fields that the URL may fill.
    prefilled: Sequence[str] = ()

    def get_initial_form_instance(self) -> Any:
        """Return a new row with the values of the URL; invalid values are ignored."""
        row = super().get_initial_form_instance() or self.model()
        for name in self.prefilled:
            if (value := self.request.GET.get(name)) is not None:
                self._fill(row, name, value)
        return row

    def _fill(self, row: Any, name: str, typed: str) -> None:
        field = self.model._meta.get_field(name)
        if isinstance(field, BooleanField):
            setattr(row, name, typed in ("1", "on", "True"))
        elif not isinstance(field, UUIDField):
            setattr(row, name, typed)
        elif (read := _read_uuid(typed)) is not None:
            setattr(row, name, read)


def _read_uuid(typed: str) -> UUID | None:
    try:
        return UUID(typed)
    except ValueError:
        return None


class SynonymCreateView(PrefilledCreateView):
    """New synonyms."""

    prefilled = ("terms", "is_one_way")


class StopRuleCreateView(PrefilledCreateView):
    """A new stop rule."""

    prefilled = ("word", "does_not_find")


class CompoundCreateView(PrefilledCreateView):
    """A new part of compounds."""

    prefilled = ("word", "is_left_out")


class QueryRuleCreateView(PrefilledCreateView):
    """A new rule for a query."""

    prefilled = ("query", "effect", "record_uuid")
