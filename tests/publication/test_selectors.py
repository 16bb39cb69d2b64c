import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from PIL import Image
from wagtail.images import get_image_model
from wagtail.images.tests.utils import get_test_image_file, get_test_image_file_svg

from socialekaart_plugin.models import (
    OrganisationNotice,
    OrganisationTranslation,
    PublishedRecord,
)
from socialekaart_plugin.publication.public_record.rich_text import rich_text
from socialekaart_plugin.publication.selectors import (
    add_pictures,
    dependents_of,
    expand_descriptions,
)
from tests.factories import (
    ActivityFactory,
    AreaFactory,
    HelpQuestionFactory,
    OrganisationFactory,
    PlaceFactory,
    TargetGroupFactory,
    ThemeFactory,
)

pytestmark = pytest.mark.django_db

#: EXIF: the block of GPS positions, and in it the latitude.
GPS, LATITUDE = 0x8825, 2


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def picture(file):
    return get_image_model().objects.create(title="Foto", file=file)


def photograph():
    """A JPEG as a telephone makes it: it tells where it was taken."""
    image = Image.new("RGB", (2000, 1000), "green")
    exif = image.getexif()
    exif.get_ifd(GPS)[LATITUDE] = (52.0, 3.0, 36.0)
    exif[0x010F] = "Telefoonmerk"
    content = io.BytesIO()
    image.save(content, "JPEG", exif=exif, xmp=b"<x:xmpmeta>Telefoonmerk</x:xmpmeta>")
    return SimpleUploadedFile("foto.jpg", content.getvalue(), "image/jpeg")


def payload_of(record):
    return PublishedRecord.objects.get(uuid=record.uuid).public_payload


def test_a_picture_leaves_in_a_size_for_the_web_without_what_the_camera_added():
    stored = picture(photograph())
    with stored.file.open() as original:
        assert b"Telefoonmerk" in original.read()
    payload = payload_of(OrganisationFactory(public=True, image=stored, image_alt="Gras"))
    (read,) = add_pictures([payload])
    assert read["image"]["alt"] == "Gras"
    assert (read["image"]["width"], read["image"]["height"]) == (1200, 600)
    rendition = stored.renditions.get()
    with rendition.file.open() as file:
        content = file.read()
    assert b"Telefoonmerk" not in content
    with Image.open(io.BytesIO(content)) as image:
        assert image.format == "WEBP"
        assert not image.getexif()
        assert "xmp" not in image.info


def test_a_drawing_stays_a_drawing(settings):
    settings.WAGTAILIMAGES_EXTENSIONS = ["svg", "png"]
    payload = payload_of(OrganisationFactory(public=True, image=picture(get_test_image_file_svg())))
    (read,) = add_pictures([payload])
    assert read["image"]["url"].endswith(".svg")


def test_pictures_of_many_records_are_two_queries():
    payloads = [
        payload_of(OrganisationFactory(public=True, image=picture(get_test_image_file())))
        for _number in range(4)
    ]
    add_pictures(payloads)
    for some in (payloads[:1], payloads):
        with CaptureQueriesContext(connection) as queries:
            assert all(payload["image"] for payload in add_pictures(some))
        assert len(queries) == 2
    with CaptureQueriesContext(connection) as queries:
        add_pictures([{**payload, "image": None} for payload in payloads])
    assert len(queries) == 0


def test_a_picture_that_is_deleted_is_gone_from_the_payload_at_once():
    stored = picture(get_test_image_file())
    organisation = OrganisationFactory(public=True, image=stored)
    assert payload_of(organisation)["image"]["id"] == stored.pk
    stored.delete()
    assert payload_of(organisation)["image"] is None


def test_the_rich_text_of_translations_is_expanded_too():
    organisation = OrganisationFactory(
        public=True,
        description="<p>Hallo</p>",
        translations=[
            OrganisationTranslation(language=language, summary="x", description=f"<p>{word}</p>")
            for language, word in (("en", "Hello"), ("tr", "Merhaba"))
        ],
    )
    bare = OrganisationFactory(public=True, description="")
    read = expand_descriptions([payload_of(bare), payload_of(organisation)])
    assert read[0]["description"] == ""
    assert read[1]["description"] == "<p>Hallo</p>"
    assert [t["description"] for t in read[1]["translations"]] == ["<p>Hello</p>", "<p>Merhaba</p>"]


def test_a_help_question_follows_what_it_gathers():
    theme, group = ThemeFactory(name="Geld"), TargetGroupFactory(name="Ouders")
    activity = ActivityFactory(name="Cursus")
    question = HelpQuestionFactory(themes=[theme], target_groups=[group], activities=[activity])
    assert payload_of(question)["records"] == []
    for thing, key in ((theme, "themes"), (group, "target_groups")):
        thing.name = "Anders"
        thing.save()
        assert [reference["name"] for reference in payload_of(question)[key]] == ["Anders"]
    activity.get_latest_revision().publish()
    assert [r["name"] for r in payload_of(question)["records"]] == ["Cursus"]
    activity.refresh_from_db()
    activity.unpublish()
    assert payload_of(question)["records"] == []


def test_a_renamed_area_reaches_who_serves_only_it():
    area = AreaFactory(name="Centrum")
    organisation = OrganisationFactory(public=True, areas_served=[area])
    area.name = "Stadshart"
    area.save()
    assert [a["name"] for a in payload_of(organisation)["areas_served"]] == ["Stadshart"]


def test_who_lies_in_an_area_hears_that_it_lies_in_another_one():
    wide = AreaFactory(kind="municipality", name="Zoetermeer")
    area = AreaFactory(name="Centrum")
    organisation = OrganisationFactory(public=True, visiting_place=PlaceFactory())
    area.parent = wide
    area.save()
    names = [a["name"] for a in payload_of(organisation)["places"][0]["areas"]]
    assert names == ["Zoetermeer", "Centrum"]


def test_what_shows_nothing_has_no_dependents():
    notice = OrganisationNotice(kind="closed", text="Dicht")
    assert dependents_of(notice) == {}


@pytest.mark.parametrize("key", ["x", "9" * 30, "-1", "²", ""])
def test_a_link_to_a_page_that_can_be_none_is_no_error(key):
    # An import can write it; in a list, one such text would be the end of all of them.
    text = rich_text(f'<p>Kom <a linktype="page" id="{key}">langs</a></p>')
    (payload,) = expand_descriptions([{"description": text, "translations": []}])
    assert payload["description"] == "<p>Kom <a>langs</a></p>"


def test_a_picture_of_too_many_pixels_is_left_out(monkeypatch):
    image = get_image_model().objects.create(title="Bom", file=get_test_image_file())
    monkeypatch.setattr("PIL.Image.MAX_IMAGE_PIXELS", 10)
    (payload,) = add_pictures([{"image": {"id": image.pk, "alt": ""}}])
    assert payload["image"] is None
