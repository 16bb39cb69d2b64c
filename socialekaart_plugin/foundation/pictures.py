"""An image upload form that shows an error for images with too many pixels.

Wagtail's form (7.4 to 8.0) counts pixels, but Pillow refuses to open such a file before it can.
To use this form, set WAGTAILIMAGES_IMAGE_FORM_BASE.
"""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from PIL.Image import DecompressionBombError
from wagtail.images.fields import WagtailImageField
from wagtail.images.forms import BaseImageForm


class PictureField(WagtailImageField):
    """An image field with a limit on pixels, because images are decoded in memory."""

    default_error_messages = {
        "far_too_many_pixels": _(
            "This picture has too many pixels. Make it smaller, for example 2,000 wide."
        ),
    }

    def to_python(self, data: Any) -> Any:
        """Return the uploaded file.

        Raises:
            ValidationError: the file is no image, or has too many pixels.
        """
        try:
            return super().to_python(data)
        except DecompressionBombError as error:
            message = self.error_messages["far_too_many_pixels"]
            raise ValidationError(message, code="far_too_many_pixels") from error


class CarefulImageForm(BaseImageForm):
    """Wagtail's image form with `PictureField`."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Replace Wagtail's field."""
        super().__init__(*args, **kwargs)
        wagtails = self.fields.get("file")
        if wagtails is not None:
            self.fields["file"] = PictureField(
                label=wagtails.label,
                required=wagtails.required,
                help_text=wagtails.help_text,
                widget=wagtails.widget,
            )
