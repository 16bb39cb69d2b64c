"""Translations of a record, each with a fingerprint of its Dutch source text."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.fields import RichTextField
from wagtail.models import Orderable

from socialekaart_plugin.directory import rules
from socialekaart_plugin.directory.choices import Language, TranslationState
from socialekaart_plugin.foundation.announced_model import AnnouncedChild

#: The translatable fields; the name only where it is descriptive.
TRANSLATED = ("name", "summary", "description")


class Translation(AnnouncedChild, Orderable):
    """The translation of a record into one language."""

    parent_field = "record"

    language = models.CharField(
        _("language"),
        max_length=3,
        choices=[choice for choice in Language.choices if choice[0] != Language.DUTCH],
    )
    state = models.CharField(
        _("state"), max_length=10, choices=TranslationState, default=TranslationState.CHECKED
    )
    name = models.CharField(
        _("name"),
        max_length=160,
        blank=True,
        help_text=_("Leave empty when the name stays as it is."),
    )
    summary = models.TextField(_("summary"), max_length=rules.SUMMARY_MAX_LENGTH)
    description = RichTextField(
        _("description"), blank=True, features=["bold", "italic", "h3", "ul", "ol", "link"]
    )
    source_fingerprint = models.CharField(
        _("fingerprint of the Dutch text"), max_length=64, blank=True, editable=False
    )

    class Meta(Orderable.Meta):
        abstract = True
        verbose_name = _("translation")
        verbose_name_plural = _("translations")

    def __str__(self) -> str:
        return str(self.get_language_display())

    def is_outdated(self, record: Any) -> bool:
        """Return whether the Dutch text of `record` changed since this translation."""
        return self.source_fingerprint != text_fingerprint(record)


def text_fingerprint(record: Any) -> str:
    """Return the fingerprint of the translatable Dutch text of a record."""
    return rules.fingerprint(*(getattr(record, name) for name in TRANSLATED))
