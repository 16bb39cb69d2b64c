"""The form of a picture that refuses in words a small file with very many pixels.

Wagtail's own (7.4 to 8.0) counts the pixels, but Pillow refuses to open such a picture before it
can. A site names this form in WAGTAILIMAGES_IMAGE_FORM_BASE.
"""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from PIL.Image import DecompressionBombError
from wagtail.images.fields import WagtailImageField
from wagtail.images.forms import BaseImageForm


class PictureField(WagtailImageField):
    """A picture of no more pixels than can be kept in memory."""

    default_error_messages = {
        "far_too_many_pixels": _(
            "This picture has too many pixels. Make it smaller, for example 2,000 wide."
        ),
    }

    def to_python(self, data: Any) -> Any:
        """Return the file.

        Raises:
            ValidationError: it is no picture, or one of too many pixels.
        """
        try:
            return super().to_python(data)
        except DecompressionBombError as error:
            message = self.error_messages["far_too_many_pixels"]
            raise ValidationError(message, code="far_too_many_pixels") from error


class CarefulImageForm(BaseImageForm):
    """Wagtail's form of a picture, with such a field."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Put our field in the place of Wagtail's."""
        super().__init__(*args, **kwargs)
        wagtails = self.fields.get("file")
        if wagtails is not None:
            self.fields["file"] = PictureField(
                label=wagtails.label,
                required=wagtails.required,
                help_text=wagtails.help_text,
                widget=wagtails.widget,
            )
