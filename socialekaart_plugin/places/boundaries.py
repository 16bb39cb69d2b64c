"""Boundary files: GeoJSON with one feature an area, as Statistics Netherlands and PDOK give."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from .choices import WIDE_TO_NARROW, AreaKind
from .models import outline_error
from .rules import as_geojson, read_outline

#: Property that holds the code, the name and the code of the wider area, per kind (CBS, PDOK).
PROPERTIES = {
    AreaKind.MUNICIPALITY: ("gemeentecode", "gemeentenaam", None),
    AreaKind.DISTRICT: ("wijkcode", "wijknaam", "gemeentecode"),
    AreaKind.NEIGHBOURHOOD: ("buurtcode", "buurtnaam", "wijkcode"),
}


class BoundaryFileError(ValueError):
    """A boundary file cannot be used; the message says what is wrong, for whoever loads it."""


@dataclass(frozen=True)
class AreaOutline:
    """One area as read from a file: nothing of it is in the database yet."""

    kind: AreaKind
    code: str
    name: str
    parent_code: str
    outline: dict[str, Any]


def read_boundary_file(
    path: Path,
    *,
    kind: AreaKind | None = None,
    code_property: str | None = None,
    name_property: str | None = None,
    parent_property: str | None = None,
) -> list[AreaOutline]:
    """Read every area of a GeoJSON file, or none.

    Args:
        path: the file.
        kind: what its features are; by default as their properties say, when named as CBS does.
        code_property: the property with the code; by default as CBS names it.
        name_property: the property with the name; by default as CBS names it.
        parent_property: the property with the code of the wider area; by default as CBS names it.

    Raises:
        BoundaryFileError: the file is no GeoJSON, misses a property, holds a code twice, does not
            say what it holds, or an outline is broken or not in degrees.
    """
    features = _read_features(path)
    kind = kind or _kind_of(features[0], path)
    code_default, name_default, parent_default = PROPERTIES[kind]
    code_property = code_property or code_default
    name_property = name_property or name_default
    parent_property = parent_property or parent_default
    areas: dict[str, AreaOutline] = {}
    for number, feature in enumerate(features, start=1):
        area = _read_feature(feature, number, kind, (code_property, name_property, parent_property))
        if area.code in areas:
            raise BoundaryFileError(_("Code %(code)s occurs twice.") % {"code": area.code})
        areas[area.code] = area
    return list(areas.values())


def _kind_of(feature: Any, path: Path) -> AreaKind:
    """Return what a file holds by the properties of its first area, the narrowest that fits."""
    values = feature.get("properties") if isinstance(feature, dict) else None
    for kind in reversed(WIDE_TO_NARROW):
        code_property, name_property, _parent = PROPERTIES[kind]
        if isinstance(values, dict) and code_property in values and name_property in values:
            return kind
    raise BoundaryFileError(
        _("%(path)s does not say what it holds. Say so: --kind district, for example.")
        % {"path": path}
    )


def _read_features(path: Path) -> list[Any]:
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise BoundaryFileError(
            _("%(path)s cannot be read: %(error)s") % {"path": path, "error": error.strerror}
        ) from error
    except ValueError as error:
        raise BoundaryFileError(
            _("%(path)s is no GeoJSON: %(error)s") % {"path": path, "error": error}
        ) from error
    features = content.get("features") if isinstance(content, dict) else None
    if not isinstance(features, list) or not features:
        raise BoundaryFileError(_("%(path)s holds no list of areas.") % {"path": path})
    return features


def _read_feature(
    feature: Any, number: int, kind: AreaKind, properties: tuple[str, str, str | None]
) -> AreaOutline:
    values = feature.get("properties") if isinstance(feature, dict) else None
    if not isinstance(values, dict):
        raise BoundaryFileError(_("Area %(number)s has no properties.") % {"number": number})
    code_property, name_property, parent_property = properties
    for name in (code_property, name_property):
        if not values.get(name):
            raise BoundaryFileError(
                _("Area %(number)s has no property “%(name)s”; it has: %(known)s.")
                % {"number": number, "name": name, "known": ", ".join(sorted(values))}
            )
    code = str(values[code_property])
    geometry = feature.get("geometry")
    try:
        outline = read_outline(geometry)
    except ValueError as error:
        raise BoundaryFileError(f"{code}: {outline_error(str(error))}") from error
    return AreaOutline(
        kind=kind,
        code=code,
        name=str(values[name_property]),
        parent_code=str(values.get(parent_property) or "") if parent_property else "",
        outline=as_geojson(outline),
    )
