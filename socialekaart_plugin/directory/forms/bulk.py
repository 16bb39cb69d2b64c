"""Forms that bulk actions on records show before they run."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from taggit.forms import TagField
from wagtail.admin.widgets import AdminTagWidget
from wagtail.permissions import ModelPermissionPolicy

from socialekaart_plugin.directory.models import Activity, Organisation, Record
from socialekaart_plugin.vocabulary.models import Keyword

from .upkeep import StewardField, may_be_steward


class BulkForm(forms.Form):
    """Base of bulk action forms, for many records of one type."""

    def __init__(self, *args: Any, model: type[Record], user: Any, **kwargs: Any) -> None:
        """Keep the record type and the user."""
        super().__init__(*args, **kwargs)
        self.model = model
        self.user = user


class AddKeywordsForm(BulkForm):
    """Form to choose keywords to add."""

    keywords = TagField(
        label=gettext_lazy("Keywords"),
        help_text=gettext_lazy("Words people may search by, separated by commas."),
        widget=AdminTagWidget(tag_model=Keyword),
    )

    class Media:
        js = ("socialekaart_plugin/directory/name_fields.js",)

    def clean_keywords(self) -> list[str]:
        """Return the names; existing keywords in their stored spelling."""
        names: list[str] = self.cleaned_data["keywords"]
        longest = Keyword._meta.get_field("name").max_length or 0
        if any(len(name) > longest for name in names):
            raise forms.ValidationError(_("A keyword has at most %d characters.") % longest)
        known = {
            keyword.name.lower(): keyword.name for keyword in Keyword.objects.order_by("-name")
        }
        return list(dict.fromkeys(known.get(name.lower(), name) for name in names))


class RemoveKeywordForm(BulkForm):
    """Form to choose a keyword to remove."""

    keyword: "forms.ModelChoiceField[Keyword]" = forms.ModelChoiceField(
        label=gettext_lazy("Keyword"), queryset=None
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Offer the keywords in use."""
        super().__init__(*args, **kwargs)
        field = self.fields["keyword"]
        if isinstance(field, forms.ModelChoiceField):
            field.queryset = Keyword.objects.order_by("name")


class StewardForm(BulkForm):
    """Form to choose the new steward of the records."""

    steward = StewardField(
        label=gettext_lazy("Steward"),
        queryset=None,
        required=False,
        empty_label=gettext_lazy("Nobody"),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Offer users with the change permission."""
        super().__init__(*args, **kwargs)
        field = self.fields["steward"]
        if isinstance(field, forms.ModelChoiceField):
            field.queryset = may_be_steward(ModelPermissionPolicy(self.model))


class BulkWithdrawForm(BulkForm):
    """Form for the reason of a withdrawal."""

    reason = forms.CharField(
        label=gettext_lazy("Why?"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("Kept in the log for colleagues; never shown outside."),
    )
    with_activities = forms.BooleanField(
        label=gettext_lazy("Withdraw their activities as well"),
        required=False,
        help_text=gettext_lazy("The activities that these organisations answer for."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Ask about activities only for organisations, if the user may withdraw activities."""
        super().__init__(*args, **kwargs)
        policy = ModelPermissionPolicy(Activity)
        if self.model is not Organisation or not policy.user_has_permission(self.user, "publish"):
            del self.fields["with_activities"]
