"""Admin forms: rules for queries, and the test bench."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from socialekaart_plugin.foundation.audiences import Audience
from socialekaart_plugin.foundation.forms import CarefulModelForm
from socialekaart_plugin.publication.choices import FINDABLE
from socialekaart_plugin.publication.models import PublishedRecord
from socialekaart_plugin.publication.selectors import audience_for

from .models import CompoundWord, QueryRule, StopRule, SynonymGroup
from .panels import PublicRecordChooser
from .query import QUERY_MAX_LENGTH
from .selectors import normalised_query

_NOT_PUBLIC = _("This is not public now. Choose an organisation or activity that is.")


def check_is_public(record_uuid: Any) -> None:
    """Refuse records that search does not find.

    Raises:
        ValidationError: not a public organisation or activity.
    """
    public = PublishedRecord.objects.public().filter(kind__in=FINDABLE)
    if not public.filter(uuid=record_uuid).exists():
        raise ValidationError(_NOT_PUBLIC)


class QueryRuleForm(CarefulModelForm):
    """A rule for a query."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Show record names that the editor may see."""
        super().__init__(*args, **kwargs)
        field = self.fields["record_uuid"]
        field.widget.audience = audience_for(self.for_user)
        field.error_messages |= {"invalid": _NOT_PUBLIC, "required": _("Choose one.")}

    def clean_record_uuid(self) -> Any:
        """Refuse a record that is not public, unless it was chosen before it was withdrawn."""
        record_uuid = self.cleaned_data["record_uuid"]
        if "record_uuid" in self.changed_data or not self.instance.pk:
            check_is_public(record_uuid)
        return record_uuid

    def clean(self) -> dict[str, Any]:
        """Refuse a duplicate rule; queries are compared in normalised form."""
        cleaned: dict[str, Any] = super().clean()
        query, record_uuid = cleaned.get("query"), cleaned.get("record_uuid")
        if query and record_uuid:
            others = QueryRule.objects.filter(record_uuid=record_uuid).exclude(pk=self.instance.pk)
            if normalised_query(query) in {normalised_query(other.query) for other in others}:
                self.add_error(
                    "record_uuid",
                    gettext("There is a rule for this query and this record already."),
                )
        return cleaned


class BenchForm(forms.Form):
    """A query to try, and a change to try it with; nothing is saved."""

    q = forms.CharField(
        label=_("Query"),
        required=False,
        max_length=QUERY_MAX_LENGTH,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    audience = forms.ChoiceField(
        label=_("Who searches"),
        required=False,
        choices=[
            (Audience.PUBLIC.value, _("a resident")),
            (Audience.REFERRER.value, _("a referrer")),
        ],
    )
    terms = forms.CharField(
        label=_("Words"),
        required=False,
        max_length=2_000,
        help_text=_("One or more words on a line, at least two lines."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    is_one_way = forms.BooleanField(label=_("Only from the first line"), required=False)
    word = forms.CharField(label=_("Whoever types"), required=False, max_length=60)
    does_not_find = forms.CharField(
        label=_("Does not find"), required=False, max_length=60, help_text=_("One word in each.")
    )
    compound = forms.CharField(
        label=_("Word"),
        required=False,
        max_length=60,
        help_text=_("Works on the query only; records are read with it once it is saved."),
    )
    record_uuid = forms.UUIDField(
        label=_("Organisation or activity"),
        required=False,
        widget=PublicRecordChooser,
        error_messages={"invalid": _NOT_PUBLIC},
    )
    effect = forms.ChoiceField(
        label=_("What happens"), required=False, choices=QueryRule.Effect.choices
    )

    def __init__(self, *args: Any, for_user: Any, **kwargs: Any) -> None:
        """Offer the audiences that the editor may use."""
        super().__init__(*args, **kwargs)
        self.may_be = audience_for(for_user)
        self.fields["record_uuid"].widget.audience = self.may_be
        if self.may_be == Audience.PUBLIC:
            del self.fields["audience"]

    def clean_audience(self) -> Audience:
        """Return the audience to search as."""
        return Audience(self.cleaned_data["audience"] or Audience.PUBLIC)

    def clean_record_uuid(self) -> Any:
        """Refuse a record that is not public."""
        record_uuid = self.cleaned_data["record_uuid"]
        if record_uuid is not None:
            check_is_public(record_uuid)
        return record_uuid

    def clean(self) -> dict[str, Any]:
        """Validate the change exactly as when it is saved."""
        cleaned: dict[str, Any] = super().clean() or {}
        if cleaned.get("terms"):
            self._check(SynonymGroup(terms=cleaned["terms"]), {"terms": "terms"})
        if cleaned.get("word") or cleaned.get("does_not_find"):
            stop_rule = StopRule(word=cleaned["word"], does_not_find=cleaned["does_not_find"])
            self._check(stop_rule, {"word": "word", "does_not_find": "does_not_find"})
        if cleaned.get("compound"):
            self._check(CompoundWord(word=cleaned["compound"]), {"word": "compound"})
        return cleaned

    def _check(self, row: Any, field_names: dict[str, str]) -> None:
        try:
            row.clean_fields()
            row.clean()
        except ValidationError as error:
            for name, messages in error.message_dict.items():
                if name in field_names and field_names[name] not in self.errors:
                    self.add_error(field_names[name], messages)
