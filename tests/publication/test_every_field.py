"""A field below the gate leaves, and then changing it changes a payload; or it is named here with
the reason why it stays inside. So nobody forgets the way out of a field, or opens one unawares."""

import datetime
from collections.abc import Callable
from decimal import Decimal
from functools import partial
from typing import Any

import pytest
from django.apps import apps
from django.contrib.auth import get_user_model
from django.contrib.contenttypes.fields import GenericRelation
from django.db import models, transaction
from django.utils import timezone
from modelcluster.models import get_all_child_relations
from wagtail.images import get_image_model
from wagtail.images.tests.utils import get_test_image_file

from socialekaart_plugin.directory.models.translation import text_fingerprint
from socialekaart_plugin.foundation.announced_model import AnnouncedChild, AnnouncedModel
from socialekaart_plugin.foundation.choice_list import ChoiceListField
from socialekaart_plugin.models import (
    ActivityContactFact,
    ActivityNotice,
    ActivityTranslation,
    Area,
    Keyword,
    Organisation,
    OrganisationNotice,
    OrganisationTranslation,
    Place,
    PublishedRecord,
    TargetGroup,
    Theme,
)
from socialekaart_plugin.places.rules import format_point
from socialekaart_plugin.publication import signal_handlers
from tests.factories import (
    ActivityFactory,
    AreaFactory,
    HelpQuestionFactory,
    OrganisationFactory,
    PlaceFactory,
    TargetGroupFactory,
    ThemeFactory,
    UserFactory,
    at,
    opening_hours,
    square,
    together_with,
    weekly,
)
from tests.module_setup import made_once

pytestmark = pytest.mark.django_db

KEY = "the key of a row; the public one is its uuid"
ORDER = "its order is the order of the list"
PARENT = "the record it belongs to"
WAGTAIL = "Wagtail keeps it of drafts, locks and schedules"
ASKED = "personal: whom colleagues ask whether the record is right"
SAID = "personal: who said that it is right, and how"

DIGITS = "follows from `value` in every save"

INSIDE_ANY_RECORD = {
    "id": KEY,
    "latest_revision": WAGTAIL,
    "live_revision": WAGTAIL,
    "has_unpublished_changes": WAGTAIL,
    "go_live_at": WAGTAIL,
    "expire_at": WAGTAIL,
    "expired": WAGTAIL,
    "locked": WAGTAIL,
    "locked_at": WAGTAIL,
    "locked_by": WAGTAIL,
    "verified_by_name": SAID,
    "verified_by_role": SAID,
    "verified_channel": SAID,
    "steward": "personal: the colleague who looks after it",
    "verification_contact_name": ASKED,
    "verification_contact_phone": ASKED,
    "verification_contact_mail": ASKED,
    "verification_contact_note": ASKED,
    "source_id": "a number in the administration of another",
    "imported_at": "of use to who imports only",
    "replaced_by": "stands in the column of a withdrawn row, not in a payload",
    "tagged_items": "leaves as `tags`",
    "notes": "between colleagues",
}
INSIDE_A_CHILD = {"id": KEY, "record": PARENT, "sort_order": ORDER}
INSIDE_A_TAGGED_ITEM = {"id": KEY, "content_object": PARENT}
INSIDE: dict[str, dict[str, str]] = {
    "Organisation": INSIDE_ANY_RECORD,
    "Activity": INSIDE_ANY_RECORD,
    "Session": {"id": KEY, "activity": PARENT, "sort_order": ORDER},
    "CoOrganiser": {"id": KEY, "activity": PARENT, "sort_order": ORDER},
    "OrganisationContactFact": INSIDE_A_CHILD | {"digits": DIGITS},
    "ActivityContactFact": INSIDE_A_CHILD | {"digits": DIGITS},
    "OrganisationNotice": INSIDE_A_CHILD,
    "ActivityNotice": INSIDE_A_CHILD,
    "OrganisationTranslation": INSIDE_A_CHILD,
    "ActivityTranslation": INSIDE_A_CHILD,
    "TaggedOrganisation": INSIDE_A_TAGGED_ITEM,
    "TaggedActivity": INSIDE_A_TAGGED_ITEM,
    "HelpQuestion": {"id": KEY},
    "Place": {
        "id": KEY,
        "latitude": "follows from `location` in every save",
        "longitude": "follows from `location` in every save",
        "area": "follows from `location` in every save",
    },
    "Area": {
        "id": KEY,
        "west": "follows from `outline` in every save",
        "south": "follows from `outline` in every save",
        "east": "follows from `outline` in every save",
        "north": "follows from `outline` in every save",
    },
    "Theme": {"id": KEY},
    "TargetGroup": {"id": KEY},
    "Keyword": {"id": KEY, "slug": "of taggit; a keyword has no address of its own"},
}
#: Leaves, but never changes: a row of the gate is known by it.
GIVEN_ONCE = {"uuid"}
#: Tables of which no row passes the gate, and why.
TABLES_INSIDE = {
    "InternalNote": "between colleagues",
    "DuplicateKey": "telephone numbers and addresses of every audience, to find duplicates by",
    "SchoolHoliday": "of use in reckoning when something is held",
    "DirectoryPage": "a page of the site",
    "HelpDesk": "a setting of the site",
    "UnsentMail": "for managers, and about no record",
    "PublishedRecord": "above the gate",
    "PublicationCounter": "above the gate",
    "PublicationEvent": "the log of the gate",
    "RebuildProgress": "above the gate",
    **dict.fromkeys(
        ["SearchDocument", "SearchWord", "IndexChange", "Reanalysis"], "above the gate"
    ),
    **dict.fromkeys(
        ["CompoundWord", "QueryRule", "StopRule", "SynonymGroup"], "what editors decide about words"
    ),
}
#: Values that fit, where one more or another of the list will not do.
FITTING: dict[str, Any] = {
    "schedule": weekly(weekdays=["FR"]),
    "opening_hours": None,
    "outline": square(4.40, 52.00),
    "accessibility": {"quiet_room": True},
    "location": format_point(52.065, 4.495),
    "audience": "referrer",
    "postal_address_audience": "internal",
}


def tables() -> dict[str, type[models.Model]]:
    config = apps.get_app_config("socialekaart_plugin")
    return {model.__name__: model for model in config.get_models()}


def fields_of(model: type[models.Model]) -> dict[str, Any]:
    """Columns, many-to-many fields and children of a table, by name."""
    children = {}
    if issubclass(model, AnnouncedModel):
        children = {
            relation.get_accessor_name(): relation for relation in get_all_child_relations(model)
        }
    own = [*model._meta.concrete_fields, *model._meta.local_many_to_many]
    own += [f for f in model._meta.private_fields if isinstance(f, GenericRelation)]
    return {
        **{f.name: f for f in own if not _is_inherited_bookkeeping(f)},
        **children,
    }


def _is_inherited_bookkeeping(field: Any) -> bool:
    """Generic relations that Wagtail hangs on every draftable model: revisions and workflows."""
    return isinstance(field, GenericRelation) and field.model._meta.app_label != (
        field.related_model._meta.app_label
    )


def build_town() -> dict[str, Any]:
    """Make a live row of every table, something in every field; by the name of its table."""
    AreaFactory(kind="municipality", outline=square(4.40, 52.00, 0.2))
    area = AreaFactory(parent=Area.objects.get())
    shared = {
        "public": True,
        "themes": [ThemeFactory(parent=ThemeFactory())],
        "target_groups": [TargetGroupFactory()],
        "areas_served": [area],
        "tags": ["samen"],
        "image": get_image_model().objects.create(title="Foto", file=get_test_image_file()),
    }
    day = timezone.localdate()
    place = PlaceFactory(opening_hours=opening_hours())
    organisation = OrganisationFactory(
        visiting_place=place,
        opening_hours=weekdays(),
        postal_address="Postbus 1",
        postal_address_audience="public",
        notices=[OrganisationNotice(kind="closed", starts_on=day, ends_on=day, text="Dicht")],
        translations=[OrganisationTranslation(language="en", summary="Help")],
        **shared,
    )
    activity = ActivityFactory(
        organisation=organisation,
        co_organisers=[together_with(OrganisationFactory(public=True))],
        sessions=[at(place, schedule=weekly(), sort_order=0), at(None, sort_order=1)],
        contact_facts=[ActivityContactFact(kind="phone", value="079 1234567", audience="public")],
        notices=[ActivityNotice(kind="closed", starts_on=day, ends_on=day, text="Dicht")],
        translations=[ActivityTranslation(language="en", summary="Help")],
        **shared,
    )
    question = HelpQuestionFactory(
        themes=[Theme.objects.first()],
        target_groups=[TargetGroup.objects.first()],
        organisations=[organisation],
        activities=[activity],
    )
    rows: dict[str, Any] = {"Organisation": organisation, "Activity": activity}
    rows |= {"Place": place, "Area": area, "HelpQuestion": question}
    rows |= {"Theme": organisation.themes.get(), "TargetGroup": organisation.target_groups.get()}
    rows["Keyword"] = Keyword.objects.get()
    for record in (organisation, activity):
        for translation in record.translations.all():
            translation.source_fingerprint = text_fingerprint(record)
            translation.save()
        for relation in get_all_child_relations(record):
            child = getattr(record, relation.get_accessor_name()).first()
            rows[type(child).__name__] = child
    return rows


kept_town = made_once(build_town)


@pytest.fixture
def town(kept_town: Callable[[], dict[str, Any]], db: None) -> dict[str, Any]:
    return kept_town()


def weekdays() -> dict[str, Any]:
    """Other hours than those of the building."""
    hours = opening_hours()
    return {**hours, "week": {**hours["week"], "FR": hours["week"]["MO"]}}


def all_payloads() -> dict[Any, Any]:
    return {
        row["uuid"]: (row["public_payload"], row["referrer_payload"])
        for row in PublishedRecord.objects.values("uuid", "public_payload", "referrer_payload")
    }


def another_value(field: Any, row: Any) -> Any:
    """A value that fits the field and is not the one it has."""
    value = getattr(row, field.name)
    if field.name in FITTING and FITTING[field.name] != value:
        return FITTING[field.name]
    if isinstance(field, ChoiceListField):
        return [key for key, _label in field.flatchoices][:2]
    if field.choices:
        return next(key for key, _label in field.flatchoices if key not in (value, ""))
    if isinstance(field, models.ForeignKey):
        return another_row(field.related_model, value)
    if isinstance(field, models.BooleanField):
        return not value
    if isinstance(field, models.DateTimeField):
        return (value or datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC)) - datetime.timedelta(1)
    if isinstance(field, models.DateField):
        return (value or datetime.date(2026, 1, 1)) + datetime.timedelta(1)
    if isinstance(field, models.DecimalField):
        return (value or Decimal(0)) + 1
    if isinstance(field, models.IntegerField | models.FloatField):
        return (value or 0) + 1
    if isinstance(field, models.URLField):
        return "https://anders.example.org/"
    if isinstance(field, models.CharField | models.TextField):
        return "anders"
    raise NotImplementedError(f"say in FITTING what else {field} may hold")


def another_row(model: Any, value: Any) -> Any:
    makers = {
        Organisation: lambda: OrganisationFactory(public=True),
        Place: PlaceFactory,
        Area: AreaFactory,
        Theme: ThemeFactory,
        TargetGroup: TargetGroupFactory,
        Keyword: lambda: Keyword.objects.create(name="anders"),
        get_user_model(): UserFactory,
        get_image_model(): lambda: get_image_model().objects.create(
            title="Anders", file=get_test_image_file()
        ),
    }
    if model in makers:
        return makers[model]()
    return None if value is not None else model.objects.order_by("pk").last()


def alteration(row: Any, field: Any) -> Callable[[], Any]:
    """What changes one field of a row and saves it, as whatever writes it does."""
    fresh = type(row)._default_manager.get(pk=row.pk)
    if field.many_to_many:
        getattr(fresh, field.name).set([])
        return fresh.save
    if field.one_to_many and not isinstance(field, GenericRelation):
        return getattr(fresh, field.get_accessor_name()).first().delete
    setattr(fresh, field.name, another_value(field, fresh))
    if isinstance(fresh, AnnouncedChild | Place | Area):
        return fresh.save
    return partial(fresh.save, update_fields=[field.name])


class Undo(Exception):  # noqa: N818 - it ends a block, and is no error
    """Ends a block whose changes are to be taken back."""


def changes_a_payload(row: Any, field: Any) -> bool:
    before = after = None
    try:
        with transaction.atomic():
            alter = alteration(row, field)
            before = all_payloads()
            alter()
            after = all_payloads()
            raise Undo
    except Undo:
        return after != before


def test_every_table_passes_the_gate_or_stays_inside():
    assert set(INSIDE) & set(TABLES_INSIDE) == set()
    assert set(tables()) == set(INSIDE) | set(TABLES_INSIDE)


def test_a_save_of_which_the_gate_takes_no_notice_has_fields_that_stay_inside():
    assert set(INSIDE_ANY_RECORD) >= signal_handlers._INSIDE


@pytest.mark.parametrize("name", INSIDE)
def test_what_is_said_to_stay_inside_exists(name):
    assert set(INSIDE[name]) <= set(fields_of(tables()[name]))


@pytest.mark.parametrize("name", INSIDE)
def test_every_field_that_is_not_said_to_stay_inside_leaves(name, town):
    fields = fields_of(tables()[name])
    leaving = {k: field for k, field in fields.items() if k not in {*INSIDE[name], *GIVEN_ONCE}}
    forgotten = [key for key, field in leaving.items() if not changes_a_payload(town[name], field)]
    assert forgotten == []


#: Of a place or an area only what follows from another field stays inside: no save can change it.
@pytest.mark.parametrize("name", sorted(set(INSIDE) - {"Place", "Area"}))
def test_no_field_that_is_said_to_stay_inside_leaves(name, town):
    fields = fields_of(tables()[name])
    staying = {
        key: field
        for key, field in fields.items()
        if key in INSIDE[name]
        and INSIDE[name][key] not in (KEY, PARENT, ORDER)
        and isinstance(field, models.Field)
        and not isinstance(field, GenericRelation)
    }
    leaking = [key for key, field in staying.items() if changes_a_payload(town[name], field)]
    assert leaking == []
