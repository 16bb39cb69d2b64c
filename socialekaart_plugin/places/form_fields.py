"""How accessibility is asked in a form: every fact once, under the visitors it matters to."""

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
    """Three radio buttons a fact: not known, yes, no.

    A name of its own for each fact (`accessibility-induction_loop`), so that a browser, an error
    and a screen reader all keep them apart.
    """

    template_name = "socialekaart_plugin/places/accessibility_input.html"

    class Media:
        css = {"all": [_CSS]}

    def use_required_attribute(self, initial: Any) -> bool:
        """Nothing need be known."""
        return False

    def id_for_label(self, id_: str) -> str:
        """A label for the whole is for no single button."""
        return ""

    def value_from_datadict(
        self, data: Any, files: MultiValueDict[str, Any], name: str
    ) -> dict[str, str]:
        """Return what was chosen, as it was sent."""
        return {
            fact: data[f"{name}-{fact}"]
            for fact in AccessibilityFact.values
            if data.get(f"{name}-{fact}")
        }

    def value_omitted_from_data(
        self, data: Any, files: MultiValueDict[str, Any], name: str
    ) -> bool:
        """Tell whether the facts were not asked at all."""
        return not any(f"{name}-{fact}" in data for fact in AccessibilityFact.values)

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """Hand the groups to the template, each with its facts."""
        context: dict[str, Any] = super().get_context(name, value, attrs)
        # aria-describedby of Wagtail leads to help and error; each group of buttons repeats it.
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
    """What is known of the accessibility, as the column holds it: `{"induction_loop": true}`."""

    widget = AccessibilityInput
    default_error_messages = {"invalid": _("“%(value)s” is no answer: choose yes or no.")}

    def to_python(self, value: Any) -> dict[str, bool]:
        """Return the facts that are known.

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
        """Compare what is known, not how it was sent."""
        try:
            return (initial or {}) != self.to_python(data)
        except ValidationError:
            return True


def _grouped() -> list[tuple[str | Promise, list[AccessibilityFact]]]:
    """Return the facts under the first visitors who cannot do without them; the rest at the end."""
    left = list(AccessibilityFact)
    groups: list[tuple[str | Promise, list[AccessibilityFact]]] = []
    for profile in VisitorProfile:
        facts = [fact for fact in ESSENTIAL_FOR[profile] if fact in left]
        left = [fact for fact in left if fact not in facts]
        groups.append((profile.label, facts))
    groups.append((_("and also"), left))
    return [(label, facts) for label, facts in groups if facts]
