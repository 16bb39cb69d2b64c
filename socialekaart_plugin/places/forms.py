"""The form to create a place in the chooser dialogue, with a check for duplicates."""

from typing import TYPE_CHECKING, Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from .models import Place
from .panels import POINT_HELP, address_search_context, point_widget

if TYPE_CHECKING:
    _PlaceForm = forms.ModelForm[Place]
else:
    # At run time ModelForm is not subscriptable.
    _PlaceForm = forms.ModelForm

#: The answer “no” to “is it one of these?”.
ANOTHER = "new"
#: The maximum number of possible duplicates shown.
MOST_DUPLICATES = 5


class PlaceCreationForm(_PlaceForm):
    """Creates a place, after asking whether it is one of the possible duplicates."""

    prefix = "new-place"

    is_it = forms.ChoiceField(
        label=_("Is it one of these?"),
        required=False,
        widget=forms.RadioSelect,
        error_messages={"invalid_choice": _("Choose one of these.")},
    )

    class Meta:
        model = Place
        fields: ClassVar[list[str]] = [
            "name",
            "street_address",
            "postcode",
            "city",
            "location",
            "audience",
        ]
        widgets: ClassVar[dict[str, Any]] = {
            "location": point_widget(),
            "audience": forms.RadioSelect,
        }
        help_texts: ClassVar[dict[str, Any]] = {"location": POINT_HELP}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Search for possible duplicates once there is input to compare."""
        super().__init__(*args, **kwargs)
        self.duplicates = self._find_duplicates() if self.is_bound else []
        question: Any = self.fields["is_it"]
        if self.duplicates:
            question.choices = [
                *((str(place.pk), self._label(place)) for place in self.duplicates),
                (ANOTHER, _("No, it is another place: make a new one")),
            ]
        else:
            del self.fields["is_it"]

    @property
    def media(self) -> forms.Media:
        """Empty: the page behind the dialogue has loaded it already (`PlaceChooser`)."""
        return forms.Media()

    @property
    def address_search(self) -> dict[str, Any]:
        """The context for the address search template."""
        context: dict[str, Any] = address_search_context(f"id_{self.prefix}-")["address_search"]
        return context

    @property
    def chosen_duplicate(self) -> Place | None:
        """The duplicate that the user chose; None to create a new place."""
        answer = (self.data or {}).get(self.add_prefix("is_it"))
        return next((place for place in self.duplicates if str(place.pk) == answer), None)

    def clean(self) -> dict[str, Any]:
        """Raise an error if the question about duplicates is unanswered."""
        values: dict[str, Any] = super().clean() or self.cleaned_data
        if self.duplicates and not values.get("is_it") and "is_it" not in self.errors:
            self.add_error(
                "is_it", _("This looks like a place that is there already. Choose one of these.")
            )
        return values

    def _find_duplicates(self) -> list[Place]:
        asked = {
            name: str(self.data.get(self.add_prefix(name)) or "")
            for name in ("name", "street_address", "postcode")
        }
        if not (asked["name"].strip() or asked["street_address"].strip()):
            return []
        return list(Place.objects.all().resembling(**asked).order_by("name")[:MOST_DUPLICATES])

    @staticmethod
    def _label(place: Place) -> str:
        return f"{place.name} ({place.address})" if place.address else place.name
