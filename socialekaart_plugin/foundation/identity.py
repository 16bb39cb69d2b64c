"""The base model for records with a permanent URL: uuid, short id and slug."""

import secrets
import uuid
from typing import Any

from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from .slugs import slug_of

#: No vowels (so no words) and no look-alikes: short ids are read aloud and retyped.
SHORT_ID_ALPHABET = "23456789bcdfghjkmnpqrstvwxyz"
SHORT_ID_LENGTH = 7

SLUG_MAX_LENGTH = 100


def new_short_id() -> str:
    """Return a random short id that is unused in all identified models."""
    while True:
        candidate = "".join(secrets.choice(SHORT_ID_ALPHABET) for _ in range(SHORT_ID_LENGTH))
        first, *others = (
            # Without an order: a part of a union has none.
            model._default_manager.filter(short_id=candidate).order_by().values("short_id")
            for model in apps.get_models()
            if issubclass(model, IdentifiedModel)
        )
        if not first.union(*others).exists():
            return candidate


class IdentifiedModel(models.Model):
    """A row with a name, a permanent public id and a URL.

    The uuid and short id never change; the slug can.
    """

    uuid = models.UUIDField(_("public id"), default=uuid.uuid4, unique=True, editable=False)
    short_id = models.CharField(_("short id"), max_length=12, unique=True, editable=False)
    name = models.CharField(_("name"), max_length=160)
    slug = models.SlugField(
        _("slug"),
        max_length=SLUG_MAX_LENGTH,
        unique=True,
        blank=True,
        help_text=_("The last part of the web address. Leave empty to have it made of the name."),
    )

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.name

    def available_slug(self) -> str:
        """Return a unique slug from the name, with a number if needed."""
        base = slug_of(self.name)[: SLUG_MAX_LENGTH - 8].strip("-") or self.short_id or "x"
        others = type(self)._default_manager.exclude(pk=self.pk)
        taken = set(others.filter(slug__startswith=base).values_list("slug", flat=True))
        candidate, number = base, 1
        while candidate in taken:
            number += 1
            candidate = f"{base}-{number}"
        return candidate

    def complete_identity(self) -> None:
        """Set the short id and slug if they are empty."""
        if not self.short_id:
            self.short_id = new_short_id()
        if not self.slug:
            self.slug = self.available_slug()

    def unique_error_message(self, model_class: Any, unique_check: Any) -> ValidationError:
        """Explain how to solve a duplicate slug; leave other messages to Django."""
        if tuple(unique_check) == ("slug",):
            return ValidationError(
                _("This web address is taken. Choose another last part, or leave it empty."),
                code="unique",
            )
        error: ValidationError = super().unique_error_message(model_class, unique_check)
        return error

    def full_clean(self, *args: Any, **kwargs: Any) -> None:
        """Validate; first create an empty slug from the name, as Wagtail does for pages."""
        self.complete_identity()
        super().full_clean(*args, **kwargs)

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save; first set the short id and slug if they are empty."""
        self.complete_identity()
        super().save(*args, **kwargs)
