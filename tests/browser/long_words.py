"""One long word and one long web address in every text that a person can type."""

import datetime
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.core.management import call_command
from django.db import models
from django.utils import timezone
from wagtail.fields import RichTextField
from wagtail.models import Site

from socialekaart_plugin.directory.actions import withdraw_record
from socialekaart_plugin.foundation.announced_model import AnnouncedChild, AnnouncedModel
from socialekaart_plugin.foundation.audiences import Audience
from socialekaart_plugin.foundation.choice_list import ChoiceListField
from socialekaart_plugin.foundation.mail.models import UnsentMail
from socialekaart_plugin.models import (
    Activity,
    ActivityNotice,
    ActivityTranslation,
    HelpDesk,
    InternalNote,
    Keyword,
    Organisation,
    OrganisationTranslation,
    QueryRule,
    StopRule,
    SynonymGroup,
    Theme,
)
from tests.factories import (
    ActivityFactory,
    AreaFactory,
    HelpQuestionFactory,
    OrganisationFactory,
    PlaceFactory,
    TargetGroupFactory,
    ThemeFactory,
    activity_contact,
    at,
    contact,
    opening_hours,
    together_with,
    weekly,
)

WORD = "Wwmaatschappelijkeondersteuningsvoorziening" * 3
URL = "https://www.een-heel-lange-naam-van-een-stichting.example.nl/" + "pad-zonder-einde/" * 6
TEXT = f"{WORD[:120]} {URL}"

#: Names of fields that hold no text of a person: parts of addresses, and codes.
_NO_TEXT = {"slug", "short_id", "code", "location", "source_fingerprint"}
#: Typed by people, beside the tables whose rows are announced to the gate.
_ALSO = (HelpDesk, InternalNote, Keyword, QueryRule, StopRule, SynonymGroup, UnsentMail)


@dataclass(frozen=True)
class Town:
    """What `something_in_every_field` made."""

    organisation: Organisation
    activities: list[Activity]
    theme: Theme
    gone: Organisation


def something_in_every_field() -> Town:
    """Make records of which every field is filled in, and what is around them."""
    AreaFactory(kind="municipality")
    area = AreaFactory()
    theme = ThemeFactory(parent=ThemeFactory(name="Breed"))
    group = TargetGroupFactory()
    shared = {
        "public": True,
        "themes": [theme],
        "target_groups": [group],
        "areas_served": [area],
        "registration": ["phone", "mail", "link"],
        "accessibility": {"step_free_entrance": True, "quiet_room": False},
    }
    place = PlaceFactory(opening_hours=opening_hours())
    organisation = OrganisationFactory(
        visiting_place=place,
        postal_address="Postbus 1",
        postal_address_audience="public",
        tags=["samen", WORD[:100]],
        contact_facts=[
            contact(Audience.PUBLIC, "079 123 45 67", kind="phone", label="overdag"),
            contact(Audience.PUBLIC, "info@example.nl", label="altijd"),
            contact(Audience.PUBLIC, "https://example.nl", kind="website"),
            contact(Audience.PUBLIC, "Truus", kind="person"),
        ],
        translations=[OrganisationTranslation(language="en", summary="Help")],
        **shared,
    )
    day = timezone.localdate()
    activities = [
        ActivityFactory(
            organisation=organisation,
            co_organisers=[together_with(OrganisationFactory(public=True))],
            sessions=[at(place, schedule=weekly(), room="Zaal", note="Bel"), at(PlaceFactory())],
            notices=[
                ActivityNotice(
                    kind="changed", starts_on=day, ends_on=day + datetime.timedelta(90), text="Kom"
                )
            ],
            translations=[ActivityTranslation(language="en", summary="Help")],
            contact_facts=facts,
            **shared,
        )
        for facts in ([], [activity_contact(Audience.PUBLIC, "eigen@example.nl")])
    ]
    HelpQuestionFactory(themes=[theme], organisations=[organisation])
    gone = OrganisationFactory(public=True)
    withdraw_record(record=gone, reason=TEXT)
    HelpDesk.objects.create(
        site=Site.objects.get(is_default_site=True), phone="079 123 45 67", name="Loket"
    )
    return Town(organisation, activities, theme, gone)


def stretch_every_text() -> int:
    """Put the long texts in every field of every row, drawn from the models; pass the gate anew.

    A field that comes later is in it by itself. Returns how many fields were filled.
    """
    count = 0
    for model in apps.get_app_config("socialekaart_plugin").get_models():
        if not issubclass(model, (AnnouncedModel, AnnouncedChild, *_ALSO)):
            continue
        for field in model._meta.concrete_fields:
            if value := _long_value(field):
                rows = model._default_manager.all()
                if field.name == "value":
                    rows = rows.exclude(kind="phone")  # A number is a number.
                rows.update(**{field.name: value})
                count += 1
    call_command("rebuild_public_records", "--restart", verbosity=0)
    return count


def _long_value(field: Any) -> str:
    if field.choices or field.unique or field.name in _NO_TEXT or field.name == "phone":
        return ""
    if isinstance(field, ChoiceListField) or not isinstance(
        field, models.CharField | models.TextField
    ):
        return ""
    if isinstance(field, models.EmailField):
        return f"{WORD[:60]}@{WORD[:60]}.nl".lower()
    if isinstance(field, models.URLField):
        return URL
    if isinstance(field, RichTextField):
        return f'<p>{TEXT}</p><ul><li><a href="{URL}">{URL}</a></li></ul>'
    text = f"{TEXT}\n{WORD[:120]}" if isinstance(field, models.TextField) else TEXT
    return text[: field.max_length] if field.max_length else text
