"""The weights of relevance, the same for every engine."""

#: Weight of a match by field; the most significant field first.
FIELD_WEIGHTS = {
    "name": 10.0,
    "other_names": 8.0,
    "name_parts": 5.0,
    "questions": 5.0,
    "summary": 3.5,
    "subjects": 3.0,
    "parts": 1.5,
    "description": 1.0,
    "literal": 4.0,
}
#: Fields searched by stem, most significant first; `questions` is not in documents.
FIELDS = tuple(name for name in FIELD_WEIGHTS if name != "literal")
#: Fields that support phrases; parts of compounds are in alphabetical order.
FIELDS_WITH_NEIGHBOURS = tuple(name for name in FIELDS if name not in ("name_parts", "parts"))
#: Share of the scores of the other fields that is added to the best one (tie breaker).
LESSER_FIELDS = 0.5
#: Length normalisation of names (`b` of BM25), and the average number of words of a name.
LENGTH_SHARE, USUAL_LENGTH = 0.3, 4.0
#: Boost when the query is the whole name.
WHOLE_NAME = 1.5
#: At this many metres relevance is halved.
HALVING_DISTANCE = 5_000.0
#: Factor by state of upkeep.
UPKEEP_FACTORS = {"fresh": 1.0, "due": 0.95, "unknown": 0.9, "marked": 0.6}

#: Mean radius of the earth in metres, as in Lucene, so that all engines give equal distances.
EARTH_RADIUS = 6_371_008.7714

#: Values for no age limit.
NO_MIN_AGE, NO_MAX_AGE = -1, 32_000


def upkeep_factor(state: str) -> float:
    """Return the factor of a state of upkeep; for other states that of `unknown`."""
    return UPKEEP_FACTORS.get(state, UPKEEP_FACTORS["unknown"])
