"""A column for a web address, in which a missing https:// is added."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.db import models

if TYPE_CHECKING:
    # Only the stubs know URLField as generic.
    _URLField = models.URLField[str, str]
else:
    _URLField = models.URLField


class WebAddressField(_URLField):
    """A web address of at most 500 characters; typed without a scheme it is read as https."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Allow long addresses, and none."""
        kwargs.setdefault("max_length", 500)
        kwargs.setdefault("blank", True)
        super().__init__(*args, **kwargs)

    def formfield(self, **kwargs: Any) -> forms.Field | None:  # type: ignore[override]
        """Return a field that assumes https."""
        kwargs.setdefault("assume_scheme", "https")
        return super().formfield(**kwargs)
