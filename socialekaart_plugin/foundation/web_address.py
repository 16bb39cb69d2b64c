"""A URL field that adds a missing https://."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.db import models

if TYPE_CHECKING:
    # URLField is generic only in the type stubs.
    _URLField = models.URLField[str, str]
else:
    _URLField = models.URLField


class WebAddressField(_URLField):
    """A URL of at most 500 characters; without a scheme, https is assumed."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Allow long and empty URLs."""
        kwargs.setdefault("max_length", 500)
        kwargs.setdefault("blank", True)
        super().__init__(*args, **kwargs)

    def formfield(self, **kwargs: Any) -> forms.Field | None:  # type: ignore[override]
        """Return a form field that assumes https."""
        kwargs.setdefault("assume_scheme", "https")
        return super().formfield(**kwargs)
