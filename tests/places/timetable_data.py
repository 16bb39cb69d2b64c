"""What a browser would send of the rows of a timetable, and what someone types in them."""

import html5lib
from django.http import QueryDict

NAME = "sessions-0-schedule"


def sent_by(html):
    """The names and values that a browser sends of a piece of a form, in order."""
    document = html5lib.parse(html, treebuilder="etree", namespaceHTMLElements=False)
    return QueryDict(_encoded(list(_controls(document))), mutable=True)


def _encoded(pairs):
    data = QueryDict(mutable=True)
    for name, value in pairs:
        data.appendlist(name, value)
    return data.urlencode()


def _controls(element, disabled=False):
    if element.tag == "template":
        return
    disabled = disabled or "disabled" in element.attrib
    name = element.get("name")
    if name and not disabled:
        if element.tag == "select":
            options = list(element.iter("option"))
            chosen = [each for each in options if "selected" in each.attrib] or options[:1]
            yield name, chosen[0].get("value", "")
        elif element.get("type") in ("checkbox", "radio"):
            if "checked" in element.attrib:
                yield name, element.get("value", "on")
        else:
            yield name, element.get("value", "")
    for child in element:
        yield from _controls(child, disabled)


def typed(**fields):
    """The data of a field `NAME`: `when={...}` is one row, a list of them several."""
    data = QueryDict(mutable=True)
    for part, value in fields.items():
        _type(data, f"{NAME}-{part}", value)
    return data


def _type(data, name, value):
    rows = value if isinstance(value, list) and value and isinstance(value[0], dict) else None
    if rows is not None:
        for key, row in enumerate(rows):
            data.appendlist(f"{name}-row", str(key))
            _type(data, f"{name}-{key}", row)
    elif isinstance(value, dict):
        for part, each in value.items():
            _type(data, f"{name}-{part}", each)
    elif isinstance(value, list):
        data.setlist(name, value)
    else:
        data[name] = value
