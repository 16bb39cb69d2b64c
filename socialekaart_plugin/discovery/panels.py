"""Edit panels for the rules of editors, and the chooser widget for a public record."""

import uuid
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.admin.widgets.chooser import BaseChooser

from socialekaart_plugin.foundation.audiences import Audience
from socialekaart_plugin.publication.models import PublishedRecord

from .selectors import NamedRecord, named_records

#: URL namespace of the chooser.
RECORD_CHOOSER = "socialekaart_public_record_chooser"


def title_of(record: NamedRecord | None) -> str:
    """Return the title of a chosen record, or why it has none."""
    if record is None or not record.is_public:
        return gettext("withdrawn (%(id)s)") % {"id": record.short_id if record else "?"}
    return record.name or gettext("only for referrers (%(id)s)") % {"id": record.short_id}


class PublicRecordChooser(BaseChooser):
    """Chooses a public record by its public id; reads published data only.

    An invalid id is shown as no choice.
    """

    model = PublishedRecord
    chooser_modal_url_name = f"{RECORD_CHOOSER}:choose"
    icon = "group"
    choose_one_text = _("Choose an organisation or activity")
    choose_another_text = _("Choose another")
    show_edit_link = False
    #: The audience of the editor; set by the form.
    audience = Audience.PUBLIC

    def get_instance(self, value: Any) -> uuid.UUID | None:
        """Return the public id itself."""
        try:
            return None if value is None else uuid.UUID(str(value))
        except ValueError:
            return None

    def get_value_data_from_instance(self, instance: uuid.UUID) -> dict[str, Any]:
        """Name the record."""
        record = named_records(uuids=[instance], audience=self.audience).get(instance)
        return {"id": str(instance), "edit_url": None, self.display_title_key: title_of(record)}


SYNONYM_PANELS = [FieldPanel("terms"), FieldPanel("is_one_way"), FieldPanel("note")]

STOP_RULE_PANELS = [
    FieldRowPanel(
        [
            FieldPanel("word", help_text=_("One word, such as kaart.")),
            FieldPanel(
                "does_not_find",
                help_text=_("One word, in the form that is not meant, such as kaarten."),
            ),
        ]
    )
]

COMPOUND_PANELS = [
    FieldPanel(
        "word",
        help_text=_(
            "One word of at least three letters, such as maatje: then “schuldhulpmaatje” is found "
            "by “maatje”. Shorter ones are part of too many words."
        ),
    ),
    FieldPanel("is_left_out"),
]

QUERY_RULE_PANELS = [
    FieldPanel("query"),
    MultiFieldPanel(
        [
            FieldPanel("record_uuid", widget=PublicRecordChooser),
            FieldRowPanel([FieldPanel("effect"), FieldPanel("sort_order")]),
        ],
        heading=_("What happens"),
    ),
]
