"""Filters of the record lists in the admin."""

from collections.abc import Callable
from typing import Any

import django_filters
from django import forms
from django.contrib.auth import get_user_model
from django.http import HttpRequest
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.forms.search import SearchForm
from wagtail.admin.utils import get_user_display_name
from wagtail.admin.widgets import AdminDateInput

from socialekaart_plugin.directory.choices import (
    ActivityForm,
    Freshness,
    Gap,
    OrganisationKind,
    RecordState,
)
from socialekaart_plugin.directory.models import Activity, Organisation
from socialekaart_plugin.directory.querysets import RecordQuerySet
from socialekaart_plugin.foundation.tree_queries import with_descendants
from socialekaart_plugin.places.choices import AreaKind
from socialekaart_plugin.places.models import Area
from socialekaart_plugin.vocabulary.models import Keyword, Theme
from socialekaart_plugin.vocabulary.selectors import theme_tree

Choices = list[tuple[Any, Any]]

MINE, NOBODY = "mine", "nobody"


def area_choices() -> Choices:
    """Return the area choices: the municipality, and districts with their neighbourhoods."""
    areas = list(Area.objects.order_by("name").values_list("pk", "name", "kind", "parent"))
    parts: dict[int | None, Choices] = {}
    for key, name, kind, parent in areas:
        if kind == AreaKind.NEIGHBOURHOOD:
            parts.setdefault(parent, []).append((key, name))
    choices: Choices = []
    for key, name, kind, _parent in areas:
        if kind == AreaKind.NEIGHBOURHOOD:
            continue
        whole = (key, _("%(district)s (all of it)") % {"district": name})
        choices.append((name, [whole, *parts[key]]) if key in parts else (key, name))
    return choices + parts.get(None, [])


def theme_choices() -> Choices:
    """Return the theme choices as an indented tree."""
    return [
        (branch.theme.pk, f"{'– ' * branch.depth}{branch.theme.name}") for branch in theme_tree()
    ]


def steward_choices(model: Any) -> Callable[[], Choices]:
    """Return a function that gives the stewards of this record type."""

    def choices() -> Choices:
        stewards = get_user_model()._default_manager.filter(
            pk__in=model.objects.exclude(steward=None).order_by().values("steward")
        )
        names = sorted((get_user_display_name(user), user.pk) for user in stewards)
        return [(MINE, _("Me")), (NOBODY, _("Nobody")), *((key, name) for name, key in names)]

    return choices


def keyword_choices(through: Any) -> Callable[[], Choices]:
    """Return a function that gives the keywords in use for this record type."""

    def choices() -> Choices:
        used = Keyword.objects.filter(pk__in=through.objects.values("tag"))
        return list(used.order_by("name").values_list("pk", "name"))

    return choices


def gap_choices(model: Any) -> Choices:
    """Return the gaps that this record type can have."""
    return [(gap.value, gap.label) for gap in model.objects.all().possible_gaps]


def one_of(label: str | Promise, choices: Any, method: str, *, as_list: bool = False) -> Any:
    """Return a filter on one choice: radio buttons, or a select for long lists."""
    return django_filters.ChoiceFilter(
        label=label,
        choices=choices,
        method=method,
        empty_label=gettext_lazy("All"),
        widget=forms.Select if as_list else forms.RadioSelect,
    )


class RecordFilterSet(WagtailFilterSet):
    """Filters shared by organisations and activities."""

    state = one_of(gettext_lazy("State"), RecordState.choices, "filter_state")
    area = one_of(gettext_lazy("District"), area_choices, "filter_area", as_list=True)
    theme = one_of(gettext_lazy("Theme"), theme_choices, "filter_theme", as_list=True)
    freshness = one_of(gettext_lazy("Still right?"), Freshness.choices, "filter_freshness")
    verified_before = django_filters.DateFilter(
        field_name="verified_on",
        lookup_expr="lt",
        label=gettext_lazy("Last verified before"),
        help_text=gettext_lazy("What was never verified is found under “Still right?”."),
        widget=AdminDateInput,
    )

    def filter_state(self, records: RecordQuerySet, name: str, value: str) -> RecordQuerySet:
        """Keep records in a state."""
        return records.in_state(RecordState(value))

    def filter_area(self, records: RecordQuerySet, name: str, value: str) -> RecordQuerySet:
        """Keep records in an area or its descendants."""
        return records.in_areas(with_descendants(Area, [int(value)]))

    def filter_theme(self, records: RecordQuerySet, name: str, value: str) -> RecordQuerySet:
        """Keep records with a theme or a narrower one."""
        return records.about(with_descendants(Theme, [int(value)]))

    def filter_freshness(self, records: RecordQuerySet, name: str, value: str) -> RecordQuerySet:
        """Keep records with a freshness."""
        return records.in_freshness(Freshness(value), timezone.localdate())

    def filter_steward(self, records: RecordQuerySet, name: str, value: str) -> RecordQuerySet:
        """Keep records by steward: the user, nobody or a colleague."""
        if value == NOBODY:
            return records.missing(Gap.STEWARD)
        return records.filter(steward=self.request.user.pk if value == MINE else int(value))

    def filter_missing(
        self, records: RecordQuerySet, name: str, value: list[str]
    ) -> RecordQuerySet:
        """Keep records with at least one of these gaps."""
        return records.missing(*map(Gap, value)) if value else records

    def filter_keyword(self, records: RecordQuerySet, name: str, value: str) -> RecordQuerySet:
        """Keep records with a keyword."""
        tagged = records.model.tags.through.objects.filter(tag=int(value))
        return records.filter(pk__in=tagged.values("content_object"))


def steward_filter(model: Any) -> Any:
    """Return the filter by steward."""
    return one_of(gettext_lazy("Steward"), steward_choices(model), "filter_steward", as_list=True)


def missing_filter(model: Any) -> Any:
    """Return the filter by gap."""
    return django_filters.MultipleChoiceFilter(
        label=gettext_lazy("Misses"),
        choices=lambda: gap_choices(model),
        method="filter_missing",
        widget=forms.CheckboxSelectMultiple,
    )


def keyword_filter(model: Any) -> Any:
    """Return the filter by keyword."""
    choices = keyword_choices(model.tags.through)
    return one_of(gettext_lazy("Keyword"), choices, "filter_keyword", as_list=True)


class OrganisationFilterSet(RecordFilterSet):
    """Filters of organisations."""

    missing = missing_filter(Organisation)
    steward = steward_filter(Organisation)
    keyword = keyword_filter(Organisation)
    kind = django_filters.ChoiceFilter(
        field_name="kind",
        label=gettext_lazy("Kind"),
        choices=OrganisationKind.choices,
        empty_label=gettext_lazy("All"),
        widget=forms.RadioSelect,
    )

    class Meta:
        model = Organisation
        fields: list[str] = []


class ActivityFilterSet(RecordFilterSet):
    """Filters of activities."""

    missing = missing_filter(Activity)
    steward = steward_filter(Activity)
    keyword = keyword_filter(Activity)
    form = one_of(gettext_lazy("How it is done"), ActivityForm.choices, "filter_form")

    class Meta:
        model = Activity
        fields: list[str] = []

    def filter_form(self, records: RecordQuerySet, name: str, value: str) -> RecordQuerySet:
        """Keep activities with a form of participation."""
        return records.done(ActivityForm(value))


def listed(model: Any, request: HttpRequest) -> RecordQuerySet:
    """Return the records that a list shows, by the filters and search in the query string.

    Returns none if a filter is invalid, so that an action on "all" never reaches more records.
    """
    filterset = OrganisationFilterSet if model is Organisation else ActivityFilterSet
    filters = filterset(request.GET, model.objects.all(), request=request)
    if not filters.is_valid():
        return model.objects.none()
    search = SearchForm(request.GET)
    if not search.is_valid():
        return model.objects.none()
    return filters.qs.matching(search.cleaned_data["q"])
