"""Fill in a form of the admin as a browser does: what the page holds, with some values changed."""

from typing import Any

from bs4 import BeautifulSoup


def values_of(response: Any, form_id: str = "w-editor-form") -> dict[str, list[str]]:
    """What a browser would send of a form on a page when nothing is changed, buttons aside."""
    form = BeautifulSoup(response.content, "html.parser").find("form", id=form_id)
    assert form is not None, f"no form #{form_id}"
    values: dict[str, list[str]] = {}
    for field in form.find_all(["input", "textarea", "select"]):
        name = field.get("name")
        if not name or field.has_attr("disabled") or field.find_parent("template"):
            continue
        if field.name == "select":
            chosen = field.find_all("option", selected=True)
            if not chosen and not field.has_attr("multiple"):
                chosen = field.find_all("option")[:1]
            values.setdefault(name, []).extend(
                option.get("value", option.text) for option in chosen
            )
        elif field.name == "textarea":
            values.setdefault(name, []).append(field.text.removeprefix("\n"))
        elif field.get("type") in ("submit", "button", "file", "image"):
            continue
        elif field.get("type") not in ("checkbox", "radio"):
            values.setdefault(name, []).append(field.get("value", ""))
        elif field.has_attr("checked"):
            values.setdefault(name, []).append(field.get("value", "on"))
    return values


def filled_in(response: Any, form_id: str = "w-editor-form", **changed: Any) -> dict[str, Any]:
    """The form on a page, with some values changed; ready to be posted."""
    return {**values_of(response, form_id), **changed}
