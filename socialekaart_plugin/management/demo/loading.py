"""Loads the demonstration: creates the missing rows in order of dependency."""

import datetime
import uuid
from collections import Counter
from collections.abc import Callable
from typing import Any

from django.db import models, transaction
from django.utils.translation import gettext as _
from wagtail.images import get_image_model
from wagtail.log_actions import log
from wagtail.models import ReferenceIndex
from wagtail.signal_handlers import disable_reference_index_auto_update

from socialekaart_plugin.directory.models import Activity, HelpQuestion, Organisation
from socialekaart_plugin.discovery.models import StopRule, SynonymGroup
from socialekaart_plugin.management.demo_content import (
    Values,
    demo_identity,
    read_content,
    read_help_questions,
    read_keywords,
    read_outline,
    read_records,
    read_target_groups,
    read_themes,
)
from socialekaart_plugin.moderation.notifications import without_notifications
from socialekaart_plugin.places.actions import load_areas
from socialekaart_plugin.places.models import Area, Place
from socialekaart_plugin.places.rules import format_point
from socialekaart_plugin.vocabulary.models import Keyword, TargetGroup, Theme

from .days import opening_hours_as_stored
from .demo_rows import LOADING, find, find_all, is_there
from .pictures import draw_picture
from .record_history import live_through, withdraw
from .records import new_activity, new_organisation

#: Called after every row: the sort of row, how many are done, and the total.
Progress = Callable[[str, int, int], None]


@transaction.atomic
def load_demo_directory(*, today: datetime.date, progress: Progress) -> Counter[str]:
    """Create the missing rows of the demonstration directory; existing rows are not changed.

    Args:
        today: the day from which its dates are counted.
        progress: called after every row.

    Returns:
        The number of rows made, by sort; empty if nothing was missing.
    """
    Organisation.wait_for_turn()
    loader = _Loader(today, progress)
    # Each record is saved several times; log its references once. Send no mail about records that
    # invented people submitted.
    with disable_reference_index_auto_update(), without_notifications():
        loader.load()
    for record, _values in loader.new:
        ReferenceIndex.create_or_update_for_object(type(record).objects.get(pk=record.pk))
    return loader.made


class _Loader:
    def __init__(self, today: datetime.date, progress: Progress) -> None:
        self.today = today
        self.progress = progress
        self.made: Counter[str] = Counter()
        #: New records; their history is added when all records exist.
        self.new: list[tuple[Any, Values]] = []

    def load(self) -> None:
        rules = read_content("search_rules")
        self._each(SynonymGroup, rules["synonyms"], self._synonyms)
        self._each(StopRule, rules["stop_rules"], self._stop_rule)
        self._each(Area, read_content("areas"), self._area)
        if self.made:
            load_areas(areas=[])  # assigns areas to the places of the site again
        self._each(Theme, read_themes(), self._theme)
        self._each(TargetGroup, read_target_groups(), self._target_group)
        self._each(Keyword, [{"key": name} for name in read_keywords()], self._keyword)
        self._each(get_image_model(), read_content("pictures"), self._picture)
        self._each(Place, read_content("places"), self._place)
        self._each(Organisation, read_records("organisations"), self._organisation)
        self._each(Activity, read_records("activities"), self._activity)
        for happen, label in (
            (live_through, _("what happened since")),
            (withdraw, _("withdrawals")),
        ):
            for number, (record, values) in enumerate(self.new, start=1):
                happen(type(record).objects.get(pk=record.pk), values, self.today)
                self.progress(label, number, len(self.new))
        self._each(HelpQuestion, read_help_questions(), self._help_question)

    def _each(
        self, model: type[models.Model], contents: list[Values], make: Callable[[Values], None]
    ) -> None:
        label = str(model._meta.verbose_name_plural)
        for number, values in enumerate(contents, start=1):
            if not is_there(model, values):
                make(values)
                self.made[label] += 1
            self.progress(label, number, len(contents))

    def _synonyms(self, values: Values) -> None:
        _save(SynonymGroup(terms=values["key"], is_one_way=values["is_one_way"]), LOADING)

    def _stop_rule(self, values: Values) -> None:
        rule = StopRule(word=values["word"], does_not_find=values["does_not_find"])
        _save(rule, LOADING)

    def _area(self, values: Values) -> None:
        parent = Area.objects.filter(code=values["parent"]).first()
        area = _new(Area, values, "kind", "code", "name")
        area.parent, area.outline = parent, read_outline(values)
        _save(area)

    def _theme(self, values: Values) -> None:
        theme = _new(Theme, values, "name", "description", "sort_order")
        theme.parent = find(Theme, values["parent"]) if values["parent"] else None
        _save(theme)

    def _target_group(self, values: Values) -> None:
        _save(_new(TargetGroup, values, "name", "sort_order"))

    def _keyword(self, values: Values) -> None:
        keyword = Keyword(name=values["key"])
        keyword.slug = keyword.slugify(keyword.name)
        _save(keyword, LOADING)

    def _picture(self, values: Values) -> None:
        _save(draw_picture(values), LOADING)

    def _place(self, values: Values) -> None:
        place = _new(Place, values, "name", "street_address", "postcode", "audience")
        place.city = "Zoetermeer"
        place.location = format_point(values["latitude"], values["longitude"])
        place.opening_hours = opening_hours_as_stored(values.get("opening_hours"), self.today)
        place.accessibility = values.get("accessibility", {})
        place.accessibility_note = values.get("accessibility_note", "")
        _save(place)

    def _organisation(self, values: Values) -> None:
        self._keep(new_organisation(values, self.today), values)

    def _activity(self, values: Values) -> None:
        self._keep(new_activity(values, self.today), values)

    def _keep(self, record: Any, values: Values) -> None:
        """Save a record as a draft, as the admin does; publish it unless it must stay a draft."""
        record.save()
        revision = record.save_revision(user=None)
        log(instance=record, action="wagtail.create", revision=revision, content_changed=True)
        if values["state"] == "live":
            revision.publish()
        self.new.append((record, values))

    def _help_question(self, values: Values) -> None:
        question = _new(HelpQuestion, values, "name", "explanation", "sort_order")
        question.themes = find_all(Theme, values["themes"])
        question.target_groups = find_all(TargetGroup, values["target_groups"])
        question.organisations = find_all(Organisation, values["organisations"])
        question.activities = find_all(Activity, values["activities"])
        _save(question)


def _new(model: type[models.Model], values: Values, *names: str) -> Any:
    return model(**demo_identity(model, values["key"]), **{name: values[name] for name in names})


def _save(row: Any, log_uuid: uuid.UUID | None = None) -> None:
    row.full_clean()
    row.save()
    log(instance=row, action="wagtail.create", uuid=log_uuid)
