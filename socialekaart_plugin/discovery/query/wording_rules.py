"""The rules of editors as plain values, input of the planner."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Synonyms:
    """Synonyms, or (one way) a first term that also finds the others.

    Attributes:
        terms: words or groups of words, as typed by the editor.
        is_one_way: only the first term finds the others.
    """

    terms: tuple[str, ...]
    is_one_way: bool = False


@dataclass(frozen=True)
class PlanRules:
    """All current rules of editors.

    Attributes:
        synonyms: groups of words.
        stop_rules: by folded word, the folded words that it does not find: "kaart": {"kaarten"}.
        compounds: parts of compounds, folded.
        pinned: by normalised query (folded words joined by spaces), keys of public records.
        excluded: likewise, keys of public records that such a query does not find.
        questions: slug and wording of every help question: its name on the first line, then its
            explanation.
        mark: changes when any of this changes.
    """

    synonyms: tuple[Synonyms, ...] = ()
    stop_rules: Mapping[str, frozenset[str]] = field(default_factory=dict)
    compounds: frozenset[str] = frozenset()
    pinned: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    excluded: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    questions: tuple[tuple[str, str], ...] = ()
    mark: str = ""
