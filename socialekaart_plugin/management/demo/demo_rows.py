"""Finds the rows of the demonstration: by their public ids, or by their log lines."""

import uuid
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import models
from wagtail.images import get_image_model
from wagtail.models import ModelLogEntry

from socialekaart_plugin.discovery.models import StopRule, SynonymGroup
from socialekaart_plugin.management.demo_content import NAMESPACE, Values, demo_uuid
from socialekaart_plugin.places.models import Area
from socialekaart_plugin.vocabulary.models import Keyword

#: Marks the log lines of rows without a public id: keywords, pictures, search rules.
LOADING = uuid.uuid5(NAMESPACE, "loading")

#: Prefix of the title of every picture of the demonstration.
PICTURE_TITLE = "Demonstratie: "


def find(model: type[models.Model], key: str) -> Any:
    """Return the row of the demonstration with this key, or None."""
    return model._default_manager.filter(uuid=demo_uuid(model, key)).first()


def find_all(model: type[models.Model], keys: list[str]) -> list[Any]:
    """Return the rows of the demonstration with these keys, in order; deleted rows are skipped."""
    by_uuid = model._default_manager.in_bulk(
        [demo_uuid(model, key) for key in keys], field_name="uuid"
    )
    found = (by_uuid.get(demo_uuid(model, key)) for key in keys)
    return [row for row in found if row is not None]


def find_keyword(name: str) -> Keyword | None:
    """Return the keyword with this name, ignoring case and punctuation; None if there is none."""
    same = models.Q(name__iexact=name) | models.Q(slug=Keyword().slugify(name))
    return Keyword.objects.filter(same).order_by("pk").first()


def find_picture(name: str) -> Any:
    """Return the picture that was drawn under this name, or None."""
    own = [picture for picture in own_rows(get_image_model()) if picture.title.endswith(name)]
    return own[0] if own else None


def own_rows(model: type[models.Model]) -> list[Any]:
    """Return the rows without a public id (logged as `LOADING`) that the demonstration made."""
    lines = ModelLogEntry.objects.filter(
        uuid=LOADING,
        action="wagtail.create",
        content_type=ContentType.objects.get_for_model(model),
    )
    made = list(lines.values_list("object_id", flat=True))
    return list(model._default_manager.filter(pk__in=made).order_by("pk"))


def is_there(model: type[models.Model], values: Values) -> bool:
    """Tell whether the row that the content describes, or an equivalent one, exists."""
    if model is Area:  # by code: a site may have its own outlines
        return Area.objects.filter(code=values["code"]).exists()
    if model is Keyword:
        return find_keyword(values["key"]) is not None
    if model is SynonymGroup:
        return SynonymGroup.objects.filter(terms=values["key"]).exists()
    if model is StopRule:
        written = {name: values[name] for name in ("word", "does_not_find")}
        return StopRule.objects.filter(**written).exists()
    if model is get_image_model():
        return find_picture(values["key"]) is not None
    return find(model, values["key"]) is not None
