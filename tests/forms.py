"""Fill in a form of the admin as a browser does: what the page holds, with some values changed."""

from typing import Any

import lxml.html


def values_of(response: Any, form_id: str = "w-editor-form") -> dict[str, list[str]]:
    """What a browser would send of a form on a page when nothing is changed, buttons aside."""
    page = lxml.html.document_fromstring(response.content.decode())
    form = page.find(f".//form[@id='{form_id}']")
    assert form is not None, f"no form #{form_id}"
    values: dict[str, list[str]] = {}
    for field in form.iter("input", "textarea", "select"):
        name = field.get("name")
        is_inert = "disabled" in field.attrib or any(True for _ in field.iterancestors("template"))
        if not name or is_inert:
            continue
        kind = field.get("type")
        if field.tag == "select":
            chosen = field.xpath(".//option[@selected]")
            if not chosen and not field.multiple:
                chosen = field.xpath("(.//option)[1]")
            values.setdefault(name, []).extend(
                option.get("value", option.text_content()) for option in chosen
            )
        elif field.tag == "textarea":
            values.setdefault(name, []).append(field.text_content().removeprefix("\n"))
        elif kind in ("submit", "button", "file", "image"):
            continue
        elif kind not in ("checkbox", "radio"):
            values.setdefault(name, []).append(field.get("value", ""))
        elif "checked" in field.attrib:
            values.setdefault(name, []).append(field.get("value", "on"))
    return values


def filled_in(response: Any, form_id: str = "w-editor-form", **changed: Any) -> dict[str, Any]:
    """The form on a page, with some values changed; ready to be posted."""
    return {**values_of(response, form_id), **changed}
