"""Reads the content of the demonstration directory, and gives its rows their public ids."""

import json
import uuid
from pathlib import Path
from typing import Any

from django.db import models

from socialekaart_plugin.foundation.identity import SHORT_ID_ALPHABET, SHORT_ID_LENGTH

#: Namespace: every public id of the demonstration is made from it and a key, so rows can be
#: recognised.
NAMESPACE = uuid.UUID("5b1f6a0e-7a0c-4c55-9f57-0c1a1e0d3f24")

Values = dict[str, Any]


def read_content(name: str) -> Any:
    """Read one content file of the demonstration."""
    path = Path(__file__).with_name(f"{name}.json")
    return json.loads(path.read_text(encoding="utf-8"))


def read_themes() -> list[Values]:
    """Return the themes, wider themes first."""
    themes = []
    for number, wide in enumerate(read_content("vocabulary")["themes"]):
        themes.append({**wide, "parent": None, "sort_order": number})
        themes += [
            {**narrow, "parent": wide["key"], "sort_order": order}
            for order, narrow in enumerate(wide["children"])
        ]
    return themes


def read_target_groups() -> list[Values]:
    """Return the target groups in order."""
    groups: list[Values] = read_content("vocabulary")["target_groups"]
    return [{**group, "sort_order": number} for number, group in enumerate(groups)]


def read_records(kind: str) -> list[Values]:
    """Return all records of a kind, file by file.

    Args:
        kind: "organisations" or "activities".
    """
    themes = [theme["key"] for theme in read_content("vocabulary")["themes"]]
    return [values for theme in themes for values in read_content(f"records_{theme}")[kind]]


def read_keywords() -> list[str]:
    """Return all keywords that the records use."""
    records = (*read_records("organisations"), *read_records("activities"))
    return sorted({tag for values in records for tag in values["tags"]})


def read_help_questions() -> list[Values]:
    """Return the help questions in order."""
    questions: list[Values] = read_content("help_questions")
    return [{**question, "sort_order": number} for number, question in enumerate(questions)]


def read_outline(values: Values) -> Values:
    """Return the outline of an area as GeoJSON."""
    ring = values["ring"]
    return {"type": "Polygon", "coordinates": [[*ring, ring[0]]]}


def demo_uuid(model: type[models.Model], key: str) -> uuid.UUID:
    """Return the public id of a row of the demonstration."""
    return uuid.uuid5(NAMESPACE, f"{model._meta.model_name}:{key}")


def demo_identity(model: type[models.Model], key: str) -> Values:
    """Return the public id and short id of a row; the same at every load."""
    identity = demo_uuid(model, key)
    number, letters = identity.int, ""
    for _position in range(SHORT_ID_LENGTH):
        number, letter = divmod(number, len(SHORT_ID_ALPHABET))
        letters += SHORT_ID_ALPHABET[letter]
    return {"uuid": identity, "short_id": letters}
