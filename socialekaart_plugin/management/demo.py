"""The demonstration directory: an invented sociale kaart of Zoetermeer, to look at and to try.

Organisations, people, numbers and house numbers are made up; only the names of streets and wijken
are real. Everything goes through the ordinary doors, with the log lines that the admin would write.
"""

import datetime
import uuid
from collections import Counter
from collections.abc import Callable, Iterable
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import models, transaction
from wagtail.log_actions import log
from wagtail.models import ModelLogEntry

from socialekaart_plugin.directory.actions import confirm_record, mark_record, withdraw_record
from socialekaart_plugin.directory.choices import VerificationChannel
from socialekaart_plugin.directory.models import (
    Activity,
    ActivityContactFact,
    CoOrganiser,
    Keyword,
    Organisation,
    OrganisationContactFact,
    Record,
    Session,
    TargetGroup,
    Theme,
)
from socialekaart_plugin.places.actions import load_areas
from socialekaart_plugin.places.models import Area, Place
from socialekaart_plugin.places.rules import format_point

from .demo_content import (
    NAMESPACE,
    Values,
    demo_identity,
    demo_uuid,
    read_content,
    read_keywords,
    read_outline,
    read_target_groups,
    read_themes,
)

#: Marks the log lines of keywords made here: these have no public id to be known by.
LOADING = uuid.uuid5(NAMESPACE, "loading")

#: Told after every row: what sort of rows, how many are done, of how many.
Progress = Callable[[str, int, int], None]


@transaction.atomic
def load_demo_directory(*, today: datetime.date, progress: Progress) -> Counter[str]:
    """Make what is missing of the demonstration directory; what is there is left as it is.

    Args:
        today: the day from which the dates of verification are counted back.
        progress: told after every row.

    Returns:
        How many rows were made, by sort; empty when all was there.
    """
    loader = _Loader(today, progress)
    loader.load()
    return loader.made


@transaction.atomic
def remove_demo_directory(*, progress: Progress) -> list[str]:
    """Remove the rows of the demonstration, and no other; what others use stays.

    An area stays as well when its outline is no longer that of the demonstration.

    Returns:
        The names of what stays.
    """
    kept: list[str] = []
    for model, contents in (
        (Activity, read_content("activities")),
        (Organisation, read_content("organisations")),
        (Place, read_content("places")),
        (Theme, read_themes()),
        (TargetGroup, read_target_groups()),
        (Area, read_content("areas")),
    ):
        # Backwards: what lies within something goes before it.
        found = [_find(model, values["key"]) for values in reversed(contents)]
        kept += _remove([row for row in found if row is not None], progress)
    return kept + _remove(_own_keywords(), progress)


def _find(model: type[models.Model], key: str) -> Any:
    return model._default_manager.filter(uuid=demo_uuid(model, key)).first()


def _find_keyword(name: str) -> Keyword | None:
    """Return the keyword of this name, or one that differs in capitals or signs only."""
    same = models.Q(name__iexact=name) | models.Q(slug=Keyword().slugify(name))
    return Keyword.objects.filter(same).order_by("pk").first()


def _own_keywords() -> list[Keyword]:
    lines = ModelLogEntry.objects.filter(
        uuid=LOADING,
        action="wagtail.create",
        content_type=ContentType.objects.get_for_model(Keyword),
    )
    return list(Keyword.objects.filter(pk__in=list(lines.values_list("object_id", flat=True))))


def _remove(rows: list[Any], progress: Progress) -> list[str]:
    kept = []
    for number, row in enumerate(rows, start=1):
        if _is_used(row):
            kept.append(str(row))
        else:
            log(instance=row, action="wagtail.delete")
            row.delete()
        progress(str(row._meta.verbose_name_plural), number, len(rows))
    return kept


def _is_used(row: models.Model) -> bool:
    """Tell whether others need this row; those of the demonstration are gone by now."""
    records = (Organisation, Activity)
    uses: Iterable[Any] = ()
    if isinstance(row, Organisation):
        uses = (row.activities, row.co_organised)
    elif isinstance(row, Place):
        uses = (row.organisations, row.sessions)
    elif isinstance(row, Theme):
        uses = (row.children, *(model.objects.filter(themes=row) for model in records))
    elif isinstance(row, TargetGroup):
        uses = (model.objects.filter(target_groups=row) for model in records)
    elif isinstance(row, Keyword):
        uses = (row.tagged_organisations, row.tagged_activities)
    elif isinstance(row, Area):
        if row.outline not in [read_outline(values) for values in read_content("areas")]:
            return True
        uses = (row.places, row.children)
    return any(use.exists() for use in uses)


class _Loader:
    """Makes the rows of the demonstration that are missing."""

    def __init__(self, today: datetime.date, progress: Progress) -> None:
        self.today = today
        self.progress = progress
        self.made: Counter[str] = Counter()
        #: Records made now: what happened to them later follows when all are there.
        self.new: list[tuple[Record, Values]] = []

    def load(self) -> None:
        self._each(Area, read_content("areas"), self._area)
        if self.made:
            load_areas(areas=[])  # the places of the site find their area anew
        self._each(Theme, read_themes(), self._theme)
        self._each(TargetGroup, read_target_groups(), self._target_group)
        self._each(Keyword, [{"key": name} for name in read_keywords()], self._keyword)
        self._each(Place, read_content("places"), self._place)
        self._each(Organisation, read_content("organisations"), self._organisation)
        self._each(Activity, read_content("activities"), self._activity)
        for happen in (self._live_through, self._withdraw):
            for record, values in self.new:
                happen(type(record).objects.get(pk=record.pk), values)

    def _each(
        self, model: type[models.Model], contents: list[Values], make: Callable[[Values], None]
    ) -> None:
        label = str(model._meta.verbose_name_plural)
        for number, values in enumerate(contents, start=1):
            if not _is_there(model, values):
                make(values)
                self.made[label] += 1
            self.progress(label, number, len(contents))

    def _area(self, values: Values) -> None:
        parent = Area.objects.filter(code=values["parent"]).first()
        area = _new(Area, values, "kind", "code", "name")
        area.parent, area.outline = parent, read_outline(values)
        _save(area)

    def _theme(self, values: Values) -> None:
        theme = _new(Theme, values, "name", "description", "sort_order")
        theme.parent = _find(Theme, values["parent"]) if values["parent"] else None
        _save(theme)

    def _target_group(self, values: Values) -> None:
        _save(_new(TargetGroup, values, "name", "sort_order"))

    def _keyword(self, values: Values) -> None:
        keyword = Keyword(name=values["key"])
        keyword.slug = keyword.slugify(keyword.name)
        _save(keyword, LOADING)

    def _place(self, values: Values) -> None:
        place = _new(Place, values, "name", "street_address", "postcode", "audience")
        place.city = "Zoetermeer"
        place.location = format_point(values["latitude"], values["longitude"])
        _save(place)

    def _organisation(self, values: Values) -> None:
        organisation = _new(Organisation, values, "name", "kind")
        if values["place"]:
            organisation.visiting_place = _find(Place, values["place"])
        self._save_record(organisation, OrganisationContactFact, values)

    def _activity(self, values: Values) -> None:
        activity = _new(Activity, values, "name")
        activity.organisation = _find(Organisation, values["organisation"])
        for number, key in enumerate(values.get("co_organisers", ())):
            joining = CoOrganiser(organisation=_find(Organisation, key), sort_order=number)
            _add_child(activity.co_organisers, joining, "activity")
        for number, shown in enumerate(values["sessions"]):
            place = _find(Place, shown["place"])
            texts = {name: shown.get(name, "") for name in ("room", "note")}
            session = Session(place=place, sort_order=number, **texts)
            _add_child(activity.sessions, session, "activity")
        self._save_record(activity, ActivityContactFact, values)

    def _save_record(self, record: Any, contact_fact: type[models.Model], values: Values) -> None:
        """Save a record as a draft, as the admin does; publish it unless it is to stay one."""
        record.summary, record.description = values["summary"], values["description"]
        record.alternative_names = values.get("alternative_names", "")
        record.themes = [_find(Theme, key) for key in values["themes"]]
        record.target_groups = [_find(TargetGroup, key) for key in values["target_groups"]]
        record.tags.add(*(_find_keyword(name) for name in values["tags"]))
        for number, fact in enumerate(values.get("contact", ())):
            _add_child(record.contact_facts, contact_fact(sort_order=number, **fact), "record")
        record.full_clean()
        record.save()
        revision = record.save_revision(user=None)
        log(instance=record, action="wagtail.create", revision=revision, content_changed=True)
        if values["state"] == "live":
            revision.publish()
        self.new.append((record, values))

    def _live_through(self, record: Any, values: Values) -> None:
        """Let happen to a new record what happens to records: confirmed, marked, edited again."""
        if verified := values.get("verified"):
            confirm_record(
                record=record,
                on=self.today - datetime.timedelta(days=verified["days_ago"]),
                channel=VerificationChannel(verified["channel"]),
                by_name=verified["name"],
                by_role=verified["role"],
            )
        if days_ago := values.get("marked_days_ago"):
            mark_record(record=record, on=self.today - datetime.timedelta(days=days_ago))
        if pending := values.get("pending"):
            record.summary = pending["summary"]
            record.full_clean()
            revision = record.save_revision(user=None)
            log(instance=record, action="wagtail.edit", revision=revision, content_changed=True)
        if values["state"] == "submitted" and (workflow := record.get_workflow()) is not None:
            workflow.start(record, None)

    def _withdraw(self, record: Any, values: Values) -> None:
        if withdrawn := values.get("withdrawn"):
            successor = withdrawn.get("replaced_by")
            withdraw_record(
                record=record,
                reason=withdrawn["reason"],
                replaced_by=_find(type(record), successor) if successor else None,
                with_activities=isinstance(record, Organisation),
            )


def _is_there(model: type[models.Model], values: Values) -> bool:
    if model is Area:  # by its code: a site may have outlines of its own
        return Area.objects.filter(code=values["code"]).exists()
    if model is Keyword:
        return _find_keyword(values["key"]) is not None
    return _find(model, values["key"]) is not None


def _new(model: type[models.Model], values: Values, *names: str) -> Any:
    return model(**demo_identity(model, values["key"]), **{name: values[name] for name in names})


def _add_child(manager: Any, child: models.Model, parent_field: str) -> None:
    child.full_clean(exclude=[parent_field])
    manager.add(child)


def _save(row: Any, log_uuid: uuid.UUID | None = None) -> None:
    row.full_clean()
    row.save()
    log(instance=row, action="wagtail.create", uuid=log_uuid)
