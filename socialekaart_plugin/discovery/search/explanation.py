"""Explains the rank of a record in plain words, for editors."""

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from socialekaart_plugin.discovery.engines.base import Hit

_FIELDS = {
    "name": gettext_lazy("in the name"),
    "other_names": gettext_lazy("in another name"),
    "name_parts": gettext_lazy("as a part of a word in the name"),
    "parts": gettext_lazy("as a part of a word"),
    "questions": gettext_lazy("in a help question"),
    "summary": gettext_lazy("in the summary"),
    "subjects": gettext_lazy("in themes, target groups, keywords, organisers or places"),
    "description": gettext_lazy("in the description"),
    "literal": gettext_lazy("somewhere in the text, in just this form"),
}
_REASONS = {
    "typed": gettext_lazy("as typed"),
    "compound": gettext_lazy("as a compound"),
    "synonym": gettext_lazy("as a synonym"),
    "typo": gettext_lazy("taken for a typing error"),
    "prefix": gettext_lazy("as the first part of a word"),
    "question": gettext_lazy("as a help question"),
}


def explanation_of(hit: Hit) -> tuple[str, ...]:
    """Return the reasons for the rank of a hit, one sentence each; the score last."""
    return (*_reasons(hit), _("score %(score).2f") % {"score": hit.score})


def _reasons(hit: Hit) -> Iterator[str]:
    if hit.is_pinned:
        yield _("put first by an editor")
    for reading in hit.readings:
        if reading.what == "match":
            yield _("“%(words)s” %(reason)s, %(field)s: %(points).1f points") % {
                "words": reading.words,
                "reason": _REASONS[reading.reason],
                "field": _FIELDS[reading.field],
                "points": reading.value,
            }
        elif reading.what == "fresh" and reading.value != 1:
            yield _("how recently it was verified: × %(factor).2f") % {"factor": reading.value}
        elif reading.what == "distance":
            yield _("the distance: × %(factor).2f") % {"factor": reading.value}
