"""The admin lists of rules: explanation, test links and export."""

from collections.abc import Sequence
from typing import Any, ClassVar
from uuid import UUID

import django_filters
from django import forms
from django.db.models import QuerySet
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.functional import Promise, cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column
from wagtail.admin.widgets.button import Button
from wagtail.snippets.views import snippets

from socialekaart_plugin.discovery.models import CompoundWord, QueryRule
from socialekaart_plugin.discovery.panels import title_of
from socialekaart_plugin.discovery.selectors import (
    NamedRecord,
    latest_reanalysis,
    named_records,
)
from socialekaart_plugin.foundation.slugs import slug_of
from socialekaart_plugin.foundation.spreadsheet import SheetColumn, spreadsheet_response
from socialekaart_plugin.language import STANDARD_COMPOUNDS, fold
from socialekaart_plugin.publication.models import PublishedRecord
from socialekaart_plugin.publication.selectors import audience_for

from .test_bench_address import bench_url

_FOLDER = "socialekaart_plugin/discovery"


class WordingIndexView(snippets.IndexView):
    """Base class of a list of rules."""

    show_export_buttons = True

    #: Introduction above the list.
    introduction: str | Promise = ""
    #: Text of an empty list.
    empty_text: str | Promise = ""
    #: Attributes in the export; headings are the verbose names of the fields.
    exported: Sequence[str] = ()
    #: The field of a row that holds a query to try.
    tried_field = "word"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Show a page of the list, or export all of it."""
        if not self.is_export:
            response: HttpResponseBase = super().get(request, *args, **kwargs)
            return response
        return spreadsheet_response(
            columns=self.sheet_columns(),
            rows=self.get_queryset(),
            name=f"{slug_of(self.verbose_name_plural)}-{timezone.localdate():%Y-%m-%d}",
            file_format=request.GET["export"],
        )

    def get_context_data(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add our style sheet."""
        context: dict[str, Any] = super().get_context_data(*args, **kwargs)
        context["media"] += forms.Media(css={"all": [f"{_FOLDER}/wording.css"]})
        return context

    def sheet_columns(self) -> list[SheetColumn]:
        """Return the columns of the export."""
        return [_sheet_column(self.model, name) for name in self.exported]

    @cached_property
    def header_more_buttons(self) -> list[Button]:
        """Add a button to the test bench."""
        button = Button(_("Try a query"), url=bench_url(), icon_name="search", priority=50)
        return [*super().header_more_buttons, button]

    def get_list_more_buttons(self, instance: Any) -> list[Any]:
        """Add a button that tests the rule."""
        button = Button(
            _("Try it"), url=bench_url(self.tried(instance)), icon_name="search", priority=15
        )
        return [*super().get_list_more_buttons(instance), button]

    def tried(self, instance: Any) -> str:
        """Return a query that shows the effect of a row."""
        return str(getattr(instance, self.tried_field))


class SynonymIndexView(WordingIndexView):
    """The list of synonyms."""

    introduction = gettext_lazy(
        "Words that people use for the same thing. They work at once, for everyone who searches."
    )
    empty_text = gettext_lazy(
        "No synonyms yet. Do people type a word that you do not use yourselves? Put the two "
        "together here: “Wmo” and “hulp thuis”."
    )
    exported = ("terms", "is_one_way", "note")

    def tried(self, instance: Any) -> str:
        """Return the first of the words."""
        return str(instance.lines[0]) if instance.lines else ""


class StopRuleIndexView(WordingIndexView):
    """The list of stop rules."""

    introduction = gettext_lazy(
        "Search also finds other forms of a word: “huis” finds “huizen”. Where that goes wrong, "
        "a stop rule ends it: “kaart” does not find “kaarten”."
    )
    empty_text = gettext_lazy(
        "No stop rules yet. You need one only when a word finds another that is not meant."
    )
    exported = ("word", "does_not_find")


class CompoundIndexView(WordingIndexView):
    """The list of parts of compounds, with the built-in words and the last run."""

    introduction = gettext_lazy(
        "Words that longer words are made of. With “schuld”, “hulp” and “maatje”, whoever types "
        "“maatje” also finds “schuldhulpmaatje”. After a change all records are read anew; that "
        "happens by itself."
    )
    empty_text = gettext_lazy(
        "You have added no words and left none out. The words that come with the app are enough "
        "for most sites."
    )
    exported = ("word", "is_left_out")

    def get_context_data(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add the built-in words, and the progress of the last run."""
        context: dict[str, Any] = super().get_context_data(*args, **kwargs)
        left_out = set(CompoundWord.objects.filter(is_left_out=True).values_list("word", flat=True))
        searched = fold(self.search_query or "").strip()
        standard = [word for word in STANDARD_COMPOUNDS if searched in word]
        return context | {
            "standard": [(word, word in left_out) for word in standard],
            "standard_total": len(STANDARD_COMPOUNDS),
            "run": latest_reanalysis(),
        }


class QueryRuleFilterSet(WagtailFilterSet):
    """Filters rules."""

    state = django_filters.ChoiceFilter(
        label=gettext_lazy("Organisation or activity"),
        choices=[
            ("public", gettext_lazy("public")),
            ("withdrawn", gettext_lazy("withdrawn: the rule does nothing")),
        ],
        method="by_state",
    )

    class Meta:
        model = QueryRule
        fields: ClassVar[list[str]] = ["effect"]

    def by_state(self, rules: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """Filter by whether the record of a rule is public."""
        public = PublishedRecord.objects.public().values("uuid")
        kept = rules.filter if value == "public" else rules.exclude
        return kept(record_uuid__in=public)


class RecordColumn(Column):
    """The record of a rule, and whether it is public."""

    cell_template_name = f"{_FOLDER}/record_cell.html"


class QueryRuleIndexView(WordingIndexView):
    """The list of rules for queries."""

    introduction = gettext_lazy(
        "For one query: what comes first, and what is left out. Use it sparingly: a synonym or a "
        "better summary helps more people."
    )
    empty_text = gettext_lazy(
        "No rules yet. Here you put, for a query that many people type, the organisation on top "
        "that they need."
    )
    exported = ("query", "effect", "sort_order")
    tried_field = "query"

    @cached_property
    def list_display(self) -> list[Any]:
        """Return the columns: query, effect and record."""
        effect = Column(
            "effect",
            label=gettext_lazy("What happens"),
            accessor="get_effect_display",
            sort_key="effect",
        )
        record = RecordColumn(
            "record", label=gettext_lazy("Organisation or activity"), accessor=self.record_of
        )
        order = Column("sort_order", label=gettext_lazy("Order"), sort_key="sort_order")
        return ["query", effect, record, order]

    @cached_property
    def _named(self) -> dict[UUID | int, NamedRecord]:
        uuids = QueryRule.objects.values_list("record_uuid", flat=True)
        return named_records(uuids=uuids, audience=audience_for(self.request.user))

    def record_of(self, rule: QueryRule) -> dict[str, Any]:
        """Return the content of the record cell of a rule."""
        record = self._named.get(rule.record_uuid)
        return {
            "title": title_of(record),
            "is_public": record is not None and record.is_public,
            "kind": record.kind if record else "",
        }

    def sheet_columns(self) -> list[SheetColumn]:
        """Return the columns of the export, with name and public id of the record."""
        record = SheetColumn(
            gettext_lazy("organisation or activity"), lambda rule: self.record_of(rule)["title"]
        )
        public_id = SheetColumn(gettext_lazy("public id"), lambda rule: str(rule.record_uuid))
        return [*super().sheet_columns(), record, public_id]


def _sheet_column(model: Any, name: str) -> SheetColumn:
    field = model._meta.get_field(name)
    shown = f"get_{name}_display" if field.choices else ""

    def value(row: Any) -> Any:
        return getattr(row, shown)() if shown else getattr(row, name)

    return SheetColumn(field.verbose_name, value)
