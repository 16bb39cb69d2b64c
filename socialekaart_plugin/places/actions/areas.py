"""Import areas from boundary files, and reassign places to the area that contains them."""

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
    """The changes to one existing area; an attribute is None when it did not change.

    Attributes:
        name: its current name.
        name_before: its previous name.
        part_of_before: its previous parent; `–` for none.
        part_of: its new parent, if that changed.
        moved_share: surface gained plus surface lost, as a fraction of the old: 0.1 is a tenth.
    """

    name: str
    name_before: str | None = None
    part_of_before: str | None = None
    part_of: str | None = None
    moved_share: float | None = None


@dataclass
class LoadReport:
    """The result of an import, as names of areas and places."""

    created: list[str] = field(default_factory=list)
    updated: list[str] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)
    #: The changes to each area in `updated`.
    changes: list[AreaChange] = field(default_factory=list)
    #: Existing areas of the imported kinds that no file contains; they are kept.
    gone: list[str] = field(default_factory=list)
    #: (place, previous area, new area)
    moved_places: list[tuple[str, str, str]] = field(default_factory=list)


def load_areas(
    *, areas: Iterable[AreaOutline], user: AbstractBaseUser | None = None, dry_run: bool = False
) -> LoadReport:
    """Create or update areas by their code, then reassign every place.

    Idempotent. Areas missing from the files are kept. Wide areas are loaded first, whatever their
    order in the files; narrower areas loaded earlier are attached to them.

    Args:
        areas: result of `boundaries.read_boundary_file`, from one or several files.
        user: the user who imports; None for a management command.
        dry_run: report the changes, then roll everything back.

    Returns:
        Which areas were created, updated or unchanged, and which places changed area.

    Raises:
        BoundaryFileError: an area is invalid, for example because its name is too long.
    """
    with transaction.atomic():
        Area.wait_for_turn()
        report = _load_areas(sorted(areas, key=lambda o: WIDE_TO_NARROW.index(o.kind)), user)
        if dry_run:
            transaction.set_rollback(True)
    return report


@transaction.atomic
def find_areas_anew(*, area: Area) -> int:
    """Reassign every place that is, or was, in a changed area.

    Returns:
        The number of places that changed area.
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
        # After all areas are saved: the parent given in the files takes precedence.
        for area in new:
            _take_in(area, user, report)
    kinds = {outline.kind for outline in outlines}
    codes = [outline.code for outline in outlines]
    report.gone = [str(a) for a in Area.objects.filter(kind__in=kinds).exclude(code__in=codes)]
    for place in _placed():
        was = before.get(place.pk)  # None for a place created in the meantime
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
    """Create or update one area; return it only if it is new."""
    parent = Area.objects.filter(code=outline.parent_code).first() if outline.parent_code else None
    area = Area.objects.select_related("parent").filter(code=outline.code).first()
    wanted: dict[str, Any] = {
        "kind": outline.kind.value,
        "name": outline.name,
        "outline": outline.outline,
        # Keep the current parent when the file does not contain the wider area.
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
    """Attach narrower areas inside a new area to it, unless they have a closer parent.

    So a file of narrower areas need not be reloaded after the file of wider ones.
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
