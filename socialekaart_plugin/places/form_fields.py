"""Form field and widget for accessibility facts, grouped by the visitors who depend on them."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.datastructures import MultiValueDict
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from .choices import ESSENTIAL_FOR, AccessibilityFact, VisitorProfile

_CSS = "socialekaart_plugin/places/accessibility.css"
_YES, _NO, _UNKNOWN = "yes", "no", ""
_ANSWERS = ((_UNKNOWN, _("not known")), (_YES, _("yes")), (_NO, _("no")))
_SAID = {_YES: True, _NO: False}


class AccessibilityInput(forms.Widget):
    """Three radio buttons per fact: not known, yes, no.

    Each fact has its own input name (`accessibility-induction_loop`), so that browsers, error
    messages and screen readers can tell them apart.
    """

    template_name = "socialekaart_plugin/places/accessibility_input.html"

    class Media:
        css = {"all": [_CSS]}

    def use_required_attribute(self, initial: Any) -> bool:
        """Never required."""
        return False

    def id_for_label(self, id_: str) -> str:
        """Return an empty id: the label belongs to the group, not to one button."""
        return ""

    def value_from_datadict(
        self, data: Any, files: MultiValueDict[str, Any], name: str
    ) -> dict[str, str]:
        """Return the raw submitted values."""
        return {
            fact: data[f"{name}-{fact}"]
            for fact in AccessibilityFact.values
            if data.get(f"{name}-{fact}")
        }

    def value_omitted_from_data(
        self, data: Any, files: MultiValueDict[str, Any], name: str
    ) -> bool:
        """Return True when the form did not contain the facts."""
        return not any(f"{name}-{fact}" in data for fact in AccessibilityFact.values)

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """Add the groups with their facts to the context."""
        context: dict[str, Any] = super().get_context(name, value, attrs)
        # Repeat Wagtail's aria-describedby (help text and error) on each group.
        context["groups"] = [
            {"label": label, "facts": [self._fact(fact, name, value or {}) for fact in facts]}
            for label, facts in _grouped()
        ]
        return context

    @staticmethod
    def _fact(fact: AccessibilityFact, name: str, value: dict[str, Any]) -> dict[str, Any]:
        chosen = value.get(fact.value, _UNKNOWN)
        if isinstance(chosen, bool):
            chosen = _YES if chosen else _NO
        return {
            "id": f"id_{name}-{fact.value}",
            "name": f"{name}-{fact.value}",
            "label": fact.label,
            "answers": [
                {"value": key, "label": label, "checked": chosen == key} for key, label in _ANSWERS
            ],
        }


class AccessibilityFormField(forms.Field):
    """Cleans to the JSON of the model field: `{"induction_loop": true}`."""

    widget = AccessibilityInput
    default_error_messages = {"invalid": _("“%(value)s” is no answer: choose yes or no.")}

    def to_python(self, value: Any) -> dict[str, bool]:
        """Return only the known facts.

        Raises:
            ValidationError: an answer is neither yes nor no.
        """
        facts: dict[str, bool] = {}
        for fact, answer in (value or {}).items():
            if answer not in _SAID:
                raise ValidationError(
                    self.error_messages["invalid"], code="invalid", params={"value": answer}
                )
            facts[fact] = _SAID[answer]
        return facts

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Compare the known facts, not the raw input."""
        try:
            return (initial or {}) != self.to_python(data)
        except ValidationError:
            return True


def _grouped() -> list[tuple[str | Promise, list[AccessibilityFact]]]:
    """Group the facts by the first profile that requires each; the others come last."""
    left = list(AccessibilityFact)
    groups: list[tuple[str | Promise, list[AccessibilityFact]]] = []
    for profile in VisitorProfile:
        facts = [fact for fact in ESSENTIAL_FOR[profile] if fact in left]
        left = [fact for fact in left if fact not in facts]
        groups.append((profile.label, facts))
    groups.append((_("and also"), left))
    return [(label, facts) for label, facts in groups if facts]
