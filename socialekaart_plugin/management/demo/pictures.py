"""Pictures of the demonstration: a few plain shapes, drawn when it is loaded."""

from io import BytesIO

from django.core.files.images import ImageFile
from PIL import Image, ImageDraw
from wagtail.images import get_image_model
from wagtail.images.models import AbstractImage

from socialekaart_plugin.management.demo_content import Values

from .demo_rows import PICTURE_TITLE

SIZE = (900, 600)


def draw_picture(values: Values) -> AbstractImage:
    """Return a new unsaved picture of the shapes in the content.

    Args:
        values: `key`, `background` (a colour) and `shapes`: lists of a kind that Pillow can draw,
            points in the pixels of `SIZE`, and a colour.
    """
    canvas = Image.new("RGB", SIZE, values["background"])
    pen = ImageDraw.Draw(canvas)
    for kind, points, colour in values["shapes"]:
        if kind == "ellipse":
            pen.ellipse(points, fill=colour)
        elif kind == "rectangle":
            pen.rectangle(points, fill=colour)
        else:
            pen.polygon([tuple(point) for point in points], fill=colour)
    content = BytesIO()
    canvas.save(content, "PNG", optimize=True)
    picture: AbstractImage = get_image_model()(
        title=f"{PICTURE_TITLE}{values['key']}",
        file=ImageFile(content, name=f"demonstratie-{values['key']}.png"),
    )
    return picture
