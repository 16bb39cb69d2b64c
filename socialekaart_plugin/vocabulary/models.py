"""The words that describe records: themes (a tree), target groups and free keywords."""

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from taggit.models import TagBase
from wagtail.search import index

from socialekaart_plugin.foundation.announced_model import AnnouncedModel
from socialekaart_plugin.foundation.identity import IdentifiedModel
from socialekaart_plugin.foundation.slugs import slug_of
from socialekaart_plugin.vocabulary import signals


class Theme(index.Indexed, AnnouncedModel, IdentifiedModel):
    """A subject, such as "Geld en schulden"; narrower themes are its children."""

    save_started = signals.word_save_started
    saved = signals.word_saved
    delete_started = signals.word_delete_started
    deleted = signals.word_deleted

    parent = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="children",
        verbose_name=_("part of"),
        help_text=_("The wider theme this one belongs to, if any."),
    )
    description = models.CharField(
        _("explanation"),
        max_length=300,
        blank=True,
        help_text=_("What belongs here, in one plain sentence."),
    )
    sort_order = models.PositiveIntegerField(_("order"), default=0, blank=True)

    search_fields = [index.SearchField("name"), index.AutocompleteField("name")]

    class Meta:
        verbose_name = _("theme")
        verbose_name_plural = _("themes")
        ordering = ["sort_order", "name"]

    def ancestors_and_self(self) -> list["Theme"]:
        """Return the ancestors, widest first, and the theme itself (one query per level)."""
        chain: list[Theme] = []
        theme: Theme | None = self
        while theme is not None and theme not in chain:
            chain.insert(0, theme)
            theme = theme.parent
        return chain

    def clean(self) -> None:
        """Refuse a theme as its own ancestor."""
        super().clean()
        if self.pk and self.parent is not None and self in self.parent.ancestors_and_self():
            raise ValidationError({"parent": _("A theme cannot be part of itself.")})


class TargetGroup(index.Indexed, AnnouncedModel, IdentifiedModel):
    """A group of people that records are meant for, such as "mantelzorgers"."""

    save_started = signals.word_save_started
    saved = signals.word_saved
    delete_started = signals.word_delete_started
    deleted = signals.word_deleted

    sort_order = models.PositiveIntegerField(_("order"), default=0, blank=True)

    search_fields = [index.SearchField("name"), index.AutocompleteField("name")]

    class Meta:
        verbose_name = _("target group")
        verbose_name_plural = _("target groups")
        ordering = ["sort_order", "name"]


class Keyword(AnnouncedModel, TagBase):
    """A free keyword (tag), in its own table apart from the page tags of the site."""

    save_started = signals.word_save_started
    saved = signals.word_saved
    delete_started = signals.word_delete_started
    deleted = signals.word_deleted

    class Meta:
        verbose_name = _("keyword")
        verbose_name_plural = _("keywords")
        ordering = ["name"]

    def slugify(self, tag: str, i: int | None = None) -> str:
        """Return the slug of a keyword, with a number if the slug is taken."""
        return slug_of(tag) if i is None else f"{slug_of(tag)}_{i}"
