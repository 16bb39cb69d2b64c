"""Load the outlines of a town; find anew in which area places lie."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.core.exceptions import ValidationError
from django.db import transaction
from wagtail.log_actions import log

from socialekaart_plugin.foundation.announced_model import changed_by
from socialekaart_plugin.places import rules
from socialekaart_plugin.places.boundaries import AreaOutline, BoundaryFileError
from socialekaart_plugin.places.choices import WIDE_TO_NARROW
from socialekaart_plugin.places.models import Area, Place


@dataclass(frozen=True)
class AreaChange:
    """What became of an area that was there already; what did not change is None.

    Attributes:
        name: its name now.
        name_before: its name before.
        part_of_before: what it was part of before; `–` for nothing.
        part_of: what it is part of now, when that changed.
        moved_share: how much of its old outline lies elsewhere now, gained and lost together, as a
            part of the old surface: 0.1 is a tenth.
    """

    name: str
    name_before: str | None = None
    part_of_before: str | None = None
    part_of: str | None = None
    moved_share: float | None = None


@dataclass
class LoadReport:
    """What loading did, in names of areas and places."""

    created: list[str] = field(default_factory=list)
    updated: list[str] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)
    #: What exactly changed, of each of `updated`.
    changes: list[AreaChange] = field(default_factory=list)
    #: Areas of the kinds that were loaded that are in no file any more; they are kept.
    gone: list[str] = field(default_factory=list)
    #: (place, area before, area now)
    moved_places: list[tuple[str, str, str]] = field(default_factory=list)


def load_areas(
    *, areas: Iterable[AreaOutline], user: AbstractBaseUser | None = None, dry_run: bool = False
) -> LoadReport:
    """Make or change areas by their code, then find the area of every place anew.

    Loading the same file again changes nothing. Areas that the file does not hold stay. Wide areas
    go first, whatever their order; narrower ones that had to wait for them find their place.

    Args:
        areas: what `boundaries.read_boundary_file` gave, of one file or several.
        user: who loads them; None for a command.
        dry_run: only tell what would happen: everything is undone at the end.

    Returns:
        What was made, changed and left, and which places lie in another area now.

    Raises:
        BoundaryFileError: an area cannot be kept, for example because its name is too long.
    """
    with transaction.atomic():
        Area.wait_for_turn()
        report = _load_areas(sorted(areas, key=lambda o: WIDE_TO_NARROW.index(o.kind)), user)
        if dry_run:
            transaction.set_rollback(True)
    return report


@transaction.atomic
def find_areas_anew(*, area: Area) -> int:
    """Find the area of every place that lies in an area, or did, after that area was changed.

    Returns:
        How many places lie in another area now.
    """
    Area.wait_for_turn()
    places = Place.objects.exclude(location="")
    inside = places.within(area.west, area.south, area.east, area.north)
    moved = 0
    for place in inside | places.filter(area=area.pk):
        if place.take_area():
            place.save()
            moved += 1
    return moved


def _load_areas(outlines: list[AreaOutline], user: AbstractBaseUser | None) -> LoadReport:
    report = LoadReport()
    before = {place.pk: place for place in _placed()}
    with changed_by(user):
        new = [area for outline in outlines if (area := _load_area(outline, user, report))]
        # Only now: what this run holds says itself what it is part of.
        for area in new:
            _take_in(area, user, report)
    kinds = {outline.kind for outline in outlines}
    codes = [outline.code for outline in outlines]
    report.gone = [str(a) for a in Area.objects.filter(kind__in=kinds).exclude(code__in=codes)]
    for place in _placed():
        was = before.get(place.pk)  # nothing for a place that someone entered meanwhile
        if was is not None and was.area_id != place.area_id:
            report.moved_places.append((place.name, _area_name(was), _area_name(place)))
            log(instance=place, action="wagtail.edit", user=user)
    return report


def _placed() -> Iterable[Place]:
    return Place.objects.exclude(location="").select_related("area").defer("area__outline")


def _area_name(place: Place) -> str:
    return str(place.area) if place.area else "–"


def _load_area(
    outline: AreaOutline, user: AbstractBaseUser | None, report: LoadReport
) -> Area | None:
    """Make or change one area; return it when it is new."""
    parent = Area.objects.filter(code=outline.parent_code).first() if outline.parent_code else None
    area = Area.objects.select_related("parent").filter(code=outline.code).first()
    wanted: dict[str, Any] = {
        "kind": outline.kind.value,
        "name": outline.name,
        "outline": outline.outline,
        # A file without the wider area must not undo where the area lies.
        "parent": parent or (area.parent if area else None),
    }
    if area is not None and all(getattr(area, name) == value for name, value in wanted.items()):
        report.unchanged.append(outline.name)
        return None
    if area is None:
        report.created.append(outline.name)
        return _save_area(Area(code=outline.code), wanted, user, "wagtail.create")
    report.updated.append(outline.name)
    report.changes.append(_change(area, wanted))
    _save_area(area, wanted, user, "wagtail.edit")
    return None


def _save_area(
    area: Area, wanted: dict[str, Any], user: AbstractBaseUser | None, action: str
) -> Area:
    for name, value in wanted.items():
        setattr(area, name, value)
    area.__dict__.pop("polygon", None)
    try:
        area.full_clean()
    except ValidationError as error:
        raise BoundaryFileError(f"{area.code}: {' '.join(error.messages)}") from error
    area.save()
    log(instance=area, action=action, user=user)
    return area


def _take_in(area: Area, user: AbstractBaseUser | None, report: LoadReport) -> None:
    """Make narrower areas within a new one part of it, when nothing nearer holds them yet.

    An area of a file that was loaded before its wider one is part of nothing, or of too much; its
    file need not be loaded again.
    """
    narrower = WIDE_TO_NARROW[area.rank + 1 :]
    for inner in Area.objects.filter(kind__in=narrower).select_related("parent").around_box(area):
        if inner.parent is not None and inner.parent.rank >= area.rank:
            continue
        middle = inner.polygon.representative_point()
        if not rules.outline_holds(area.polygon, middle.y, middle.x):
            continue
        change = _change(inner, {"name": inner.name, "parent": area, "outline": inner.outline})
        _save_area(inner, {"parent": area}, user, "wagtail.edit")
        if inner.name not in report.created:
            report.updated.append(inner.name)
            report.changes.append(change)
        if inner.name in report.unchanged:
            report.unchanged.remove(inner.name)


def _change(area: Area, wanted: dict[str, Any]) -> AreaChange:
    renamed = area.name != wanted["name"]
    elsewhere = area.parent != wanted["parent"]
    redrawn = area.outline != wanted["outline"]
    return AreaChange(
        name=wanted["name"],
        name_before=area.name if renamed else None,
        part_of_before=_name(area.parent) if elsewhere else None,
        part_of=_name(wanted["parent"]) if elsewhere else None,
        moved_share=rules.moved_share(area.polygon, rules.read_outline(wanted["outline"]))
        if redrawn
        else None,
    )


def _name(area: Area | None) -> str:
    return str(area) if area else "–"
