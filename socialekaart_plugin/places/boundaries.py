"""Reads boundary files: GeoJSON with one feature per area, as published by CBS and PDOK."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from .choices import WIDE_TO_NARROW, AreaKind
from .models import outline_error
from .rules import as_geojson, read_outline

#: Per kind, the properties with the code, the name and the parent's code (CBS, PDOK).
PROPERTIES = {
    AreaKind.MUNICIPALITY: ("gemeentecode", "gemeentenaam", None),
    AreaKind.DISTRICT: ("wijkcode", "wijknaam", "gemeentecode"),
    AreaKind.NEIGHBOURHOOD: ("buurtcode", "buurtnaam", "wijkcode"),
}


class BoundaryFileError(ValueError):
    """A boundary file is invalid; the message tells the user what is wrong."""


@dataclass(frozen=True)
class AreaOutline:
    """One area from a file, not yet saved in the database."""

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
    """Read all areas of a GeoJSON file; any error rejects the whole file.

    Args:
        path: the file.
        kind: the kind of its features; by default detected from CBS property names.
        code_property: the property with the code; by default the CBS name.
        name_property: the property with the name; by default the CBS name.
        parent_property: the property with the parent's code; by default the CBS name.

    Raises:
        BoundaryFileError: the file is not GeoJSON, lacks a property, repeats a code, has an
            unknown kind, or has an outline that is invalid or not in degrees.
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
    """Detect the kind from the properties of the first feature; the narrowest match wins."""
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
