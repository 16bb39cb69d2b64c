"""Removes the rows that the demonstration made, and nothing else."""

from typing import Any

from django.db import models, transaction
from wagtail.images import get_image_model
from wagtail.log_actions import log
from wagtail.models import ReferenceIndex

from socialekaart_plugin.directory.models import Activity, HelpQuestion, Organisation
from socialekaart_plugin.discovery.models import StopRule, SynonymGroup
from socialekaart_plugin.foundation.deletion import protected_by, used_by
from socialekaart_plugin.management.demo_content import (
    read_content,
    read_help_questions,
    read_outline,
    read_records,
    read_target_groups,
    read_themes,
)
from socialekaart_plugin.places.models import Area, Place
from socialekaart_plugin.vocabulary.models import Keyword, TargetGroup, Theme

from .demo_rows import find, own_rows
from .loading import Progress


@transaction.atomic
def remove_demo_directory(*, progress: Progress) -> list[str]:
    """Remove the rows of the demonstration; keep rows that others use.

    An area whose outline is no longer that of the demonstration is kept too.

    Args:
        progress: called after every row.

    Returns:
        The names of the rows that were kept.
    """
    Organisation.wait_for_turn()
    kept: list[str] = []
    for model, contents in (
        (HelpQuestion, read_help_questions()),
        (Activity, read_records("activities")),
        (Organisation, read_records("organisations")),
        (Place, read_content("places")),
        (Theme, read_themes()),
        (TargetGroup, read_target_groups()),
        (Area, read_content("areas")),
    ):
        # In reverse order: rows inside another row are removed before it.
        found = [find(model, values["key"]) for values in reversed(contents)]
        kept += _remove([row for row in found if row is not None], progress)
    without_public_id: list[Any] = [Keyword, get_image_model(), SynonymGroup, StopRule]
    for other in without_public_id:
        kept += _remove(own_rows(other), progress)
    return kept


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
    """Tell whether other rows need this row; those of the demonstration are already removed."""
    if isinstance(row, Area):
        own = [read_outline(values) for values in read_content("areas")]
        if row.outline not in own:
            return True
    if isinstance(row, get_image_model()):
        return bool(ReferenceIndex.get_references_to(row).exists())
    return bool(used_by([row]) or protected_by(row))
