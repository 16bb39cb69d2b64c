"""Trial rules: the current rules plus an unsaved addition, for the test bench."""

import hashlib
from dataclasses import dataclass, replace
from typing import Any

from django.urls import reverse
from django.utils.http import urlencode

from socialekaart_plugin.discovery.models import (
    CompoundWord,
    QueryRule,
    StopRule,
    SynonymGroup,
)
from socialekaart_plugin.discovery.query.wording_rules import PlanRules, Synonyms
from socialekaart_plugin.discovery.selectors import normalised_query
from socialekaart_plugin.language import folded_words
from socialekaart_plugin.publication.models import PublishedRecord


@dataclass(frozen=True)
class Addition:
    """An unsaved addition: model and field values."""

    model: Any
    values: dict[str, str]

    @property
    def name(self) -> str:
        """The name of its kind."""
        return str(self.model._meta.verbose_name)

    @property
    def url(self) -> str:
        """The URL of its create form, prefilled."""
        address = reverse(self.model.snippet_viewset.get_url_name("add"))
        return f"{address}?{urlencode(self.values)}"


def additions_of(typed: dict[str, Any]) -> list[Addition]:
    """Return the additions of a valid form."""
    additions = []
    if typed["terms"]:
        one_way = "1" if typed["is_one_way"] else "0"
        additions.append(Addition(SynonymGroup, {"terms": typed["terms"], "is_one_way": one_way}))
    if typed["word"]:
        values = {name: typed[name] for name in ("word", "does_not_find")}
        additions.append(Addition(StopRule, values))
    if typed["compound"]:
        additions.append(Addition(CompoundWord, {"word": typed["compound"]}))
    if typed["record_uuid"]:
        values = {
            "query": typed["q"],
            "effect": typed["effect"] or QueryRule.Effect.PIN.value,
            "record_uuid": str(typed["record_uuid"]),
        }
        additions.append(Addition(QueryRule, values))
    return additions


def rules_with(rules: PlanRules, additions: list[Addition]) -> PlanRules:
    """Return rules with the additions applied; saves nothing."""
    for addition in additions:
        rules = _ADDERS[addition.model](rules, addition.values)
    digest = hashlib.blake2s(repr(additions).encode(), digest_size=8).hexdigest()
    return replace(rules, mark=f"{rules.mark}+{digest}")


def _with_synonyms(rules: PlanRules, values: dict[str, str]) -> PlanRules:
    group = SynonymGroup(terms=values["terms"])
    added = Synonyms(terms=tuple(group.lines), is_one_way=values["is_one_way"] == "1")
    return replace(rules, synonyms=(*rules.synonyms, added))


def _with_stop_rule(rules: PlanRules, values: dict[str, str]) -> PlanRules:
    (word,), others = folded_words(values["word"]), folded_words(values["does_not_find"])
    known = rules.stop_rules.get(word, frozenset())
    return replace(rules, stop_rules={**rules.stop_rules, word: known.union(others)})


def _with_compound(rules: PlanRules, values: dict[str, str]) -> PlanRules:
    return replace(rules, compounds=rules.compounds.union(folded_words(values["word"])))


def _with_query_rule(rules: PlanRules, values: dict[str, str]) -> PlanRules:
    query = normalised_query(values["query"])
    keys = tuple(
        PublishedRecord.objects.public()
        .filter(uuid=values["record_uuid"])
        .values_list("pk", flat=True)
    )
    if values["effect"] == QueryRule.Effect.EXCLUDE:
        known = rules.excluded.get(query, ())
        return replace(rules, excluded={**rules.excluded, query: (*known, *keys)})
    others = tuple(key for key in rules.pinned.get(query, ()) if key not in keys)
    return replace(rules, pinned={**rules.pinned, query: (*keys, *others)})


_ADDERS = {
    SynonymGroup: _with_synonyms,
    StopRule: _with_stop_rule,
    CompoundWord: _with_compound,
    QueryRule: _with_query_rule,
}
