"""Scores a list of found records against what was judged to be relevant."""

import json
import math
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NotRequired, TypedDict

#: From this grade on a record must be found: 2 helps, 3 is exactly what is meant.
HELPS = 2

#: The names of the two halves; nobody tunes on the sealed one.
HALVES = ("open", "sealed")


#: One query as a resident types it; relevant: the grade of each record, not: those forbidden.
JudgedQuery = TypedDict(
    "JudgedQuery",
    {
        "query": str,
        "class": str,
        "relevant": dict[str, int],
        "not": list[str],
        "note": NotRequired[str],
    },
)


def read_queries(half: str) -> list[JudgedQuery]:
    """Return the queries of a half: "open", "sealed", or "shared" for those in English."""
    path = Path(__file__).with_name(f"queries_{half}.json")
    queries: list[JudgedQuery] = json.loads(path.read_text(encoding="utf-8"))
    return queries


def ndcg_at(ranked_ids: Sequence[str], relevant: Mapping[str, int], k: int = 10) -> float:
    """Return the normalised discounted cumulative gain of the first k records.

    The gain of a record is its grade, as in trec_eval. Where nothing is relevant the result is 1.
    A record that is found twice counts once, where it stood first.
    """
    ideal = _discounted(sorted(relevant.values(), reverse=True)[:k])
    if ideal == 0:
        return 1.0
    first_k = list(dict.fromkeys(ranked_ids))[:k]
    return _discounted([relevant.get(found, 0) for found in first_k]) / ideal


def recall_at(ranked_ids: Sequence[str], relevant: Mapping[str, int], k: int = 20) -> float:
    """Return which part of the records of grade 2 and 3 is among the first k.

    Where there are more than k of them, k is all that could be found; where there are none the
    result is 1.
    """
    wanted = {found for found, grade in relevant.items() if grade >= HELPS}
    if not wanted:
        return 1.0
    first_k = set(list(dict.fromkeys(ranked_ids))[:k])
    return len(wanted & first_k) / min(len(wanted), k)


def must_not_match_score(
    ranked_ids: Sequence[str],
    relevant: Mapping[str, int],
    forbidden: Sequence[str],
    k: int = 10,
) -> float:
    """Return 0 when a forbidden record is found at any place, else what ndcg_at gives.

    Where no record has grade 2 or 3 it is enough that none of the forbidden ones is found: 1.

    Args:
        ranked_ids: all records that were found, not just those of the first page.
        relevant: the grades of the records that may be found.
        forbidden: the records that look alike but are not meant.
        k: how many records ndcg_at looks at.
    """
    if set(forbidden) & set(ranked_ids):
        return 0.0
    if max(relevant.values(), default=0) < HELPS:
        return 1.0
    return ndcg_at(ranked_ids, relevant, k)


def nothing_score(ranked_ids: Sequence[str], relevant: Mapping[str, int], k: int = 10) -> float:
    """Return 1 when nothing is found among the first k but what was judged bearable, else 0.

    Args:
        ranked_ids: the records that were found.
        relevant: records of grade 1, which may be found though they are no answer; often none.
        k: how many records are looked at.
    """
    return float(set(ranked_ids[:k]) <= set(relevant))


def score(
    query_class: str,
    ranked_ids: Sequence[str],
    relevant: Mapping[str, int],
    forbidden: Sequence[str] = (),
) -> float:
    """Return the score between 0 and 1 of one query, by the measure of its class."""
    if query_class == "must_not_match":
        return must_not_match_score(ranked_ids, relevant, forbidden)
    if query_class == "nothing":
        return nothing_score(ranked_ids, relevant)
    return ndcg_at(ranked_ids, relevant)


def _discounted(gains: Sequence[int]) -> float:
    return sum(gain / math.log2(place + 1) for place, gain in enumerate(gains, start=1))
