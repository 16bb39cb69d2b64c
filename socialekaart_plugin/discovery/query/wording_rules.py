"""What editors decide about words, as values that the plan is made with."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Synonyms:
    """Words that mean the same, or (one way) words that lead from the first to the others.

    Attributes:
        terms: words or groups of words, as typed by the editor.
        is_one_way: only who types the first term finds the others too.
    """

    terms: tuple[str, ...]
    is_one_way: bool = False


@dataclass(frozen=True)
class PlanRules:
    """Everything editors decided, as it holds now.

    Attributes:
        synonyms: groups of words.
        stop_rules: by folded word, the folded words that it does not find: "kaart": {"kaarten"}.
        compounds: the words that compounds are made of, folded.
        pinned: by normalised query (folded words joined by spaces), keys of public records.
        excluded: likewise, keys of public records that such a query does not find.
        questions: slug and wording of every help question: its name on the first line, then its
            explanation.
        mark: differs when any of this differs.
    """

    synonyms: tuple[Synonyms, ...] = ()
    stop_rules: Mapping[str, frozenset[str]] = field(default_factory=dict)
    compounds: frozenset[str] = frozenset()
    pinned: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    excluded: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    questions: tuple[tuple[str, str], ...] = ()
    mark: str = ""
