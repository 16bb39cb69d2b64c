"""What can be done to places and areas: load the outlines of a town, find areas anew."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.contrib.auth.models import AbstractBaseUser
from django.core.exceptions import ValidationError
from django.db import transaction
from wagtail.log_actions import log

from socialekaart_plugin.foundation.saving import changed_by

from .boundaries import AreaOutline, BoundaryFileError
from .models import Area, Place


@dataclass
class LoadReport:
    """What loading did, in names of areas and places."""

    created: list[str] = field(default_factory=list)
    updated: list[str] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)
    #: (place, area before, area now)
    moved_places: list[tuple[str, str, str]] = field(default_factory=list)


@transaction.atomic
def load_areas(*, areas: Iterable[AreaOutline], user: AbstractBaseUser | None = None) -> LoadReport:
    """Make or change areas by their code, then find the area of every place anew.

    Loading the same file again changes nothing. Areas that the file does not hold stay.

    Args:
        areas: what `boundaries.read_boundary_file` gave.
        user: who loads them; None for a command.

    Returns:
        What was made, changed and left, and which places lie in another area now.

    Raises:
        BoundaryFileError: an area cannot be kept, for example because its name is too long.
    """
    report = LoadReport()
    before = {place.pk: place for place in _placed()}
    with changed_by(user):
        for outline in areas:
            _load_area(outline, user, report)
    for place in _placed():
        was = before.get(place.pk)  # nothing for a place that someone entered meanwhile
        if was is not None and was.area_id != place.area_id:
            report.moved_places.append((place.name, _area_name(was), _area_name(place)))
            log(instance=place, action="wagtail.edit", user=user)
    return report


@transaction.atomic
def find_areas_anew(*, area: Area) -> int:
    """Find the area of every place that lies in an area, or did, after that area was changed.

    Returns:
        How many places lie in another area now.
    """
    places = Place.objects.exclude(location="")
    inside = places.within(area.west, area.south, area.east, area.north)
    moved = 0
    for place in inside | places.filter(area=area.pk):
        if place.take_area():
            place.save()
            moved += 1
    return moved


def _placed() -> Iterable[Place]:
    return Place.objects.exclude(location="").select_related("area")


def _area_name(place: Place) -> str:
    return str(place.area) if place.area else "–"


def _load_area(outline: AreaOutline, user: AbstractBaseUser | None, report: LoadReport) -> None:
    parent = Area.objects.filter(code=outline.parent_code).first() if outline.parent_code else None
    area = Area.objects.filter(code=outline.code).first()
    wanted = {
        "kind": outline.kind.value,
        "name": outline.name,
        "outline": outline.outline,
        # A file without the wider area must not undo where the area lies.
        "parent_id": parent.pk if parent else (area.parent_id if area else None),
    }
    created = area is None
    if area is None:
        area = Area(code=outline.code)
    elif all(getattr(area, name) == value for name, value in wanted.items()):
        report.unchanged.append(outline.name)
        return
    for name, value in wanted.items():
        setattr(area, name, value)
    try:
        area.full_clean()
    except ValidationError as error:
        raise BoundaryFileError(f"{outline.code}: {' '.join(error.messages)}") from error
    area.save()
    log(instance=area, action="wagtail.create" if created else "wagtail.edit", user=user)
    (report.created if created else report.updated).append(outline.name)
