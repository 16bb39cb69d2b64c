"""Forms as no browser sends them: refused in words, or a bad request; nothing is saved or lost."""

import html
import json
import struct
import zlib

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from wagtail.images import get_image_model
from wagtail.models import Page, Site

from socialekaart_plugin.directory.models import OrganisationTranslation
from socialekaart_plugin.foundation.forms import MOST_CHILDREN
from socialekaart_plugin.models import Area, Organisation
from socialekaart_plugin.moderation.permissions import Role
from socialekaart_plugin.places.timetable_form.formset import MOST_ROWS
from tests.factories import (
    ActivityFactory,
    AreaFactory,
    OrganisationFactory,
    PlaceFactory,
    ThemeFactory,
    UserFactory,
    at,
    weekly,
)
from tests.forms import filled_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def manager(client, team):
    client.force_login(UserFactory(role=Role.MANAGERS))
    return client


@pytest.fixture
def boss(client, db):
    client.force_login(UserFactory(is_superuser=True))
    return client


def address(record, screen="edit"):
    return reverse(type(record).snippet_viewset.get_url_name(screen), args=[record.pk])


def form_of(client, record, **changed):
    return filled_in(client.get(address(record)), **changed)


def refused(client, record, message, **typed):
    before = type(record).objects.filter(pk=record.pk).values().get()
    answer = client.post(address(record), form_of(client, record, **typed))
    assert answer.status_code == 200
    assert message in html.unescape(answer.content.decode())
    assert type(record).objects.filter(pk=record.pk).values().get() == before


@pytest.mark.parametrize("sent", ["geen JSON", "{" * 5_000, "[" * 50_000, '{"blocks": ["Kom"]}'])
@pytest.mark.parametrize("screen", ["edit", "check_existing", "preview_on_edit"])
def test_rich_text_that_no_editor_sends_is_a_bad_request(manager, screen, sent):
    organisation = OrganisationFactory()
    form = form_of(manager, organisation, description=sent)
    answer = manager.post(address(organisation, screen), form)
    assert answer.status_code == 400
    assert organisation.revisions.count() == 1


@pytest.mark.parametrize(
    "stored",
    ["<p>Kom <b>langs</p>", "</li>Kom langs", '<p>Kom <a linktype="page" id="x">langs</a>'],
)
def test_a_record_with_unbalanced_rich_text_opens_and_keeps_its_text(manager, stored):
    organisation = OrganisationFactory()
    organisation.description = stored
    organisation.translations = [
        OrganisationTranslation(language="en", name="x", summary="x", description=stored)
    ]
    organisation.save()
    organisation.save_revision()
    form = form_of(manager, organisation)
    assert "langs" in json.loads(form["description"][0])["blocks"][-1]["text"]
    assert manager.post(address(organisation), form).status_code == 302
    organisation.refresh_from_db()
    draft = organisation.get_latest_revision_as_object()
    assert "Kom" in draft.description
    assert "langs" in draft.description


@pytest.mark.parametrize("moment", ["0001-01-01 00:00", "9999-12-31 23:59"])
def test_a_moment_that_no_time_zone_tells_is_refused(manager, moment):
    refused(manager, OrganisationFactory(), "Kies een jaar", go_live_at=moment)


@pytest.mark.parametrize("moment", ["0001-01-01 00:00", "9999-12-31 23:59"])
def test_a_page_refuses_a_moment_that_no_time_zone_tells(boss, directory_page, moment):
    screen = reverse("wagtailadmin_pages:edit", args=[directory_page.pk])
    answer = boss.post(screen, filled_in(boss.get(screen), "page-edit-form", expire_at=moment))
    assert answer.status_code == 200
    assert "Kies een jaar" in answer.content.decode()


@pytest.mark.parametrize("name", ["themes", "target_groups", "areas_served"])
@pytest.mark.parametrize("key", ["9" * 30, "x", "-1", "²"])
def test_a_choice_of_what_cannot_be_is_refused(manager, name, key):
    organisation = OrganisationFactory()
    answer = manager.post(address(organisation), form_of(manager, organisation, **{name: [key]}))
    assert answer.status_code == 200
    assert organisation.revisions.count() == 1


@pytest.mark.parametrize("outline", ["[" * 50_000, '{"a":' * 50_000, "9" * 5_000, "x"])
def test_an_outline_that_is_nested_too_deep_is_refused(manager, outline):
    area = AreaFactory()
    answer = manager.post(address(area), form_of(manager, area, outline=outline))
    assert answer.status_code == 200
    assert outline[:100] in html.unescape(answer.content.decode())
    assert Area.objects.get(pk=area.pk).outline == area.outline


def test_too_many_children_are_refused_before_their_forms_are_made(manager):
    organisation = OrganisationFactory()
    names = [name for name in form_of(manager, organisation) if name.endswith("-TOTAL_FORMS")]
    assert len(names) >= 3
    for name in names:
        answer = manager.post(
            address(organisation), form_of(manager, organisation, **{name: "99999"})
        )
        assert answer.status_code == 200
        assert f"maximaal {MOST_CHILDREN} formulieren" in html.unescape(answer.content.decode())
        formset = answer.context["form"].formsets[name.removesuffix("-TOTAL_FORMS")]
        assert len(formset.forms) == MOST_CHILDREN + 1


def test_a_form_without_the_number_of_its_children_is_refused(manager):
    organisation = OrganisationFactory()
    form = {
        name: value
        for name, value in form_of(manager, organisation).items()
        if not name.endswith("_FORMS")
    }
    assert manager.post(address(organisation), form).status_code == 200
    assert organisation.revisions.count() == 1


def test_too_many_rows_of_times_are_refused(manager):
    activity = ActivityFactory(sessions=[at(PlaceFactory(), schedule=weekly())])
    form = form_of(manager, activity)
    (rows,) = [name for name in form if name.endswith("-when-row")]
    prefix = rows.removesuffix("-row")
    form[rows] = [str(number) for number in range(5_000)]
    form |= {f"{prefix}-{number}-repeats": "weekly" for number in range(1, MOST_ROWS + 1)}
    answer = manager.post(address(activity), form)
    assert answer.status_code == 200
    assert f"Er passen hoogstens {MOST_ROWS} rijen" in html.unescape(answer.content.decode())


CHOSEN = ["x", "9" * 30, "-1", "²", "1'", "1.5", "1e3"]


@pytest.mark.parametrize(
    "where",
    [
        "/admin/bulk/socialekaart_plugin/theme/merge/",
        "/admin/bulk/socialekaart_plugin/theme/delete/",
        "/admin/bulk/socialekaart_plugin/organisation/delete/",
        "/admin/bulk/socialekaart_plugin/organisation/withdraw/",
        "/admin/bulk/socialekaart_plugin/place/delete/",
        "/admin/bulk/wagtailcore/page/delete/",
        "/admin/bulk/wagtailimages/image/delete/",
        "/admin/bulk/wagtaildocs/document/delete/",
        "/admin/bulk/auth/user/delete/",
    ],
)
def test_doing_something_to_what_cannot_be_finds_nothing(boss, where):
    for key in CHOSEN:
        for method in (boss.get, boss.post):
            assert method(f"{where}?id={key}").status_code == 404, key


def test_what_can_be_is_still_done_to_many(boss):
    ours = [ThemeFactory(), ThemeFactory()]
    asked = "&".join(f"id={theme.pk}" for theme in ours)
    assert boss.get(f"/admin/bulk/socialekaart_plugin/theme/delete/?{asked}").status_code == 200
    answer = boss.get(f"/admin/bulk/socialekaart_plugin/theme/merge/?{asked}&id=x")
    assert answer.status_code in (302, 404)


def test_crafted_parents_of_pages_find_nothing(boss):
    root = Site.objects.get(is_default_site=True).root_page
    page = root.add_child(instance=Page(title="Huis", slug="huis"))
    for key in CHOSEN:
        where = f"/admin/bulk/wagtailcore/page/delete/?id=all&childOf={key}"
        assert boss.get(where).status_code == 404
        copy = reverse("wagtailadmin_pages:copy", args=[page.pk])
        assert boss.post(copy, {"new_parent_page": key}).status_code == 404


def bomb(side):
    """A PNG of side by side white pixels, in some kilobytes."""

    def chunk(kind, data):
        check = struct.pack(">I", zlib.crc32(kind + data))
        return struct.pack(">I", len(data)) + kind + data + check

    packer = zlib.compressobj(9)
    row = b"\0" + b"\xff" * ((side + 7) // 8)
    data = b"".join(packer.compress(row) for _row in range(side)) + packer.flush()
    header = struct.pack(">IIBBBBB", side, side, 1, 0, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", data) + chunk(b"IEND", b"")
    )


@pytest.mark.parametrize("side", [8_000, 20_000])
@pytest.mark.parametrize("where", ["wagtailimages:add", "wagtailimages:add_multiple",
                                   "wagtailimages_chooser:create"])  # fmt: skip
def test_a_picture_of_too_many_pixels_is_refused_in_words(boss, where, side):
    file = SimpleUploadedFile("bom.png", bomb(side), content_type="image/png")
    names = {"wagtailimages:add": ("file", {}), "wagtailimages:add_multiple": ("files[]", {}),
             "wagtailimages_chooser:create": ("image-chooser-upload-file", {})}  # fmt: skip
    name, _more = names[where]
    prefix = name.removesuffix("file") if name.endswith("-file") else ""
    answer = boss.post(reverse(where), {name: file, f"{prefix}title": "Bom"})
    assert answer.status_code == 200
    assert "pixels" in answer.content.decode() or "afbeelding" in answer.content.decode()
    assert not get_image_model().objects.exists()


def test_a_key_that_is_none_is_not_found(manager):
    organisation = OrganisationFactory()
    for screen in ("notes", "confirm", "withdraw", "check"):
        for key in ("_5F", "x", "9" * 30, "9" * 5_000, "²"):
            where = f"/admin/snippets/socialekaart_plugin/organisation/{screen}/{key}/"
            assert manager.get(where).status_code in (404, 405)
            assert manager.post(where).status_code == 404
    assert Organisation.objects.get(pk=organisation.pk)
