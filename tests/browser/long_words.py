"""One long word and one long web address in every text that a person can type."""

from typing import Any

from django.apps import apps
from django.core.management import call_command
from django.db import models
from wagtail.fields import RichTextField

from socialekaart_plugin.foundation.choice_list import ChoiceListField
from socialekaart_plugin.foundation.saving import AnnouncedChild, AnnouncedModel
from socialekaart_plugin.models import HelpDesk, InternalNote, Keyword

WORD = "Wwmaatschappelijkeondersteuningsvoorziening" * 3
URL = "https://www.een-heel-lange-naam-van-een-stichting.example.nl/" + "pad-zonder-einde/" * 6
TEXT = f"{WORD[:120]} {URL}"

#: Names of fields that hold no text of a person: parts of addresses, and codes.
_NO_TEXT = {"slug", "short_id", "code", "location", "source_fingerprint"}
#: Typed by people, beside the tables whose rows are announced to the gate.
_ALSO = (HelpDesk, InternalNote, Keyword)


def stretch_every_text() -> int:
    """Put the long texts in every field of every row, drawn from the models; pass the gate anew.

    A field that comes later is in it by itself. Returns how many fields were filled.
    """
    count = 0
    for model in apps.get_app_config("socialekaart_plugin").get_models():
        if not issubclass(
            model, AnnouncedModel | AnnouncedChild | HelpDesk | InternalNote | Keyword
        ):
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
