"""Records for tests: `OrganisationFactory(public=True)` is live and has passed the gate."""

from typing import Any

import factory
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from factory.django import DjangoModelFactory

from socialekaart_plugin.foundation.audiences import Audience
from socialekaart_plugin.models import (
    Activity,
    ActivityContactFact,
    Area,
    CoOrganiser,
    HelpQuestion,
    Organisation,
    OrganisationContactFact,
    Place,
    Session,
    TargetGroup,
    Theme,
)
from socialekaart_plugin.moderation.permissions import Role
from socialekaart_plugin.places.rules import format_point
from socialekaart_plugin.timetable.as_json import (
    opening_hours_from_json,
    opening_hours_to_json,
    schedule_from_json,
    schedule_to_json,
)


def square(west: float, south: float, size: float = 0.02) -> dict[str, Any]:
    """A square outline in degrees."""
    east, north = west + size, south + size
    ring = [[west, south], [east, south], [east, north], [west, north], [west, south]]
    return {"type": "Polygon", "coordinates": [ring]}


class UserFactory(DjangoModelFactory):
    """A colleague; `role=Role.EDITORS` puts them in a group that `setup_socialekaart` made."""

    class Meta:
        model = get_user_model()
        skip_postgeneration_save = True

    username = factory.Sequence(lambda n: f"colleague{n}")
    email = factory.LazyAttribute(lambda o: f"{o.username}@example.com")

    @factory.post_generation
    def role(self, create: bool, role: Role | None, **kwargs: Any) -> None:
        if role is not None:
            self.groups.add(Group.objects.get(name=role.value))


class AreaFactory(DjangoModelFactory):
    """A district (wijk) of the town."""

    class Meta:
        model = Area

    name = factory.Sequence(lambda n: f"Wijk {n}")
    code = factory.Sequence(lambda n: f"WK{n:06}")
    kind = "district"
    outline = factory.LazyFunction(lambda: square(4.48, 52.05))


class PlaceFactory(DjangoModelFactory):
    """A building everyone may see, in the middle of the square of AreaFactory."""

    class Meta:
        model = Place

    name = factory.Sequence(lambda n: f"Buurthuis {n}")
    street_address = factory.Sequence(lambda n: f"Dorpsstraat {n}")
    postcode = "2712 AB"
    city = "Zoetermeer"
    audience = Audience.PUBLIC
    location = format_point(52.06, 4.49)


class ThemeFactory(DjangoModelFactory):
    """A theme."""

    class Meta:
        model = Theme

    name = factory.Sequence(lambda n: f"Thema {n}")


class TargetGroupFactory(DjangoModelFactory):
    """A target group."""

    class Meta:
        model = TargetGroup

    name = factory.Sequence(lambda n: f"Doelgroep {n}")


class HelpQuestionFactory(DjangoModelFactory):
    """A help question; everyone sees it."""

    class Meta:
        model = HelpQuestion

    name = factory.Sequence(lambda n: f"Ik zoek iets {n}")

    @classmethod
    def _create(cls, model_class: type, *args: Any, **kwargs: Any) -> Any:
        names = ("themes", "target_groups", "organisations", "activities")
        gathered = {name: kwargs.pop(name) for name in names if name in kwargs}
        question = model_class(*args, **kwargs)
        for name, value in gathered.items():
            setattr(question, name, value)
        question.full_clean()
        question.save()
        return question


def default_theme() -> Theme:
    """The theme of all records of a test that names none: publishing one for each costs more."""
    name = "Allerlei"
    return Theme.objects.filter(name=name).first() or ThemeFactory(name=name)


def default_organisation() -> Organisation:
    """The public organisation of all activities of a test that names none."""
    name = "Stichting Allerlei"
    found = Organisation.objects.filter(name=name, live=True).first()
    return found or OrganisationFactory(name=name, public=True)


#: What a record has many of.
_PARTS = (
    *("themes", "target_groups", "areas_served", "contact_facts", "notices", "translations"),
    *("co_organisers", "sessions"),
)


class _RecordFactory(DjangoModelFactory):
    """A draft that misses nothing; with `public=True` published as well."""

    class Meta:
        abstract = True
        skip_postgeneration_save = True

    summary = "Hulp bij het invullen van formulieren."
    description = "<p>Kom gerust langs.</p>"

    @classmethod
    def _create(cls, model_class: type, *args: Any, **kwargs: Any) -> Any:
        parts = {name: kwargs.pop(name) for name in _PARTS if name in kwargs}
        tags = kwargs.pop("tags", [])
        record = model_class(*args, **kwargs)
        for name, value in parts.items():
            for number, child in enumerate(value):
                # As the forms of the admin number them: without, PostgreSQL gives any order.
                if getattr(child, "sort_order", 0) is None:
                    child.sort_order = number
            setattr(record, name, value)
        record.tags.set(tags)
        record.full_clean()
        record.save()
        record.save_revision(clean=False)
        return record

    @factory.post_generation
    def public(self, create: bool, public: bool | None, **kwargs: Any) -> None:
        if public:
            publish(self)


def publish(record: Any, user: Any = None) -> Any:
    """Publish the latest draft of a record, and read it anew."""
    record.get_latest_revision().publish(user=user)
    record.refresh_from_db()
    return record


def change(record: Any, **values: Any) -> Any:
    """Save a draft with other values; returns its revision."""
    draft = record.get_latest_revision_as_object()
    for name, value in values.items():
        setattr(draft, name, value)
    return draft.save_revision()


class OrganisationFactory(_RecordFactory):
    """An organisation."""

    class Meta:
        model = Organisation

    name = factory.Sequence(lambda n: f"Stichting Samen {n}")
    themes = factory.LazyFunction(lambda: [default_theme()])
    contact_facts = factory.LazyFunction(
        lambda: [
            OrganisationContactFact(
                kind="phone", value="079 123 45 67", audience=Audience.PUBLIC, sort_order=0
            )
        ]
    )


class ActivityFactory(_RecordFactory):
    """An activity of a public organisation."""

    class Meta:
        model = Activity

    name = factory.Sequence(lambda n: f"Koffieochtend {n}")
    themes = factory.LazyFunction(lambda: [default_theme()])
    organisation = factory.LazyFunction(default_organisation)


def contact(audience: Audience, value: str, kind: str = "mail", **kwargs: Any) -> Any:
    """A contact fact of an organisation."""
    return OrganisationContactFact(kind=kind, value=value, audience=audience, **kwargs)


def activity_contact(audience: Audience, value: str, kind: str = "mail", **kwargs: Any) -> Any:
    """A contact fact of an activity."""
    return ActivityContactFact(kind=kind, value=value, audience=audience, **kwargs)


def at(place: Place, **kwargs: Any) -> Session:
    """A location of an activity."""
    return Session(place=place, **kwargs)


def weekly(**kwargs: Any) -> dict[str, Any]:
    """Every Tuesday from ten to twelve, as a session keeps it; keywords change the rule."""
    repeats = {"repeats": "weekly", "weekdays": ["TU"], "interval": 1, "anchor": None}
    rule = {**repeats, "starts_at": "10:00", "ends_at": "12:00", **kwargs}
    return schedule_to_json(schedule_from_json({"rules": [rule]}))


def opening_hours(note: str = "") -> dict[str, Any]:
    """Open on Mondays from nine to five, but for a week in May of 2030 (`note` says why)."""
    given = {
        "week": {"MO": [{"starts_at": "09:00", "ends_at": "17:00"}]},
        "periods_left_out": [{"from": "2030-05-01", "to": "2030-05-08", "name": note}],
    }
    return opening_hours_to_json(opening_hours_from_json(given))


def together_with(organisation: Organisation) -> CoOrganiser:
    """A co-organiser of an activity."""
    return CoOrganiser(organisation=organisation)
