"""Screens of snippets in the admin: their addresses, and what they show."""

import re
from typing import Any

from django.urls import reverse


def url(model: Any, name: str, *args: Any) -> str:
    """The address of a screen (`list`, `edit`, `delete` …) of a model."""
    return reverse(
        f"wagtailsnippets_socialekaart_plugin_{model._meta.model_name}:{name}", args=args
    )


def text_of(response: Any) -> str:
    """What a screen holds, as HTML."""
    return str(response.content.decode())


def rows(response: Any) -> list[list[str]]:
    """The cells of a list, tags taken out."""
    body = re.search(r"<tbody>(.*?)</tbody>", text_of(response), re.DOTALL)
    assert body is not None, "no list"
    return [
        [
            " ".join(re.sub(r"<[^>]+>", " ", cell).split())
            for cell in re.findall(r"<td.*?</td>", row, re.DOTALL)
        ]
        for row in re.findall(r"<tr.*?</tr>", body.group(1), re.DOTALL)
    ]
