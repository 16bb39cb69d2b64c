"""What counts for how much in relevance, on every engine."""

#: Points for a word that is in every field alike rare; the most telling field first.
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
#: The fields in which stems are looked for, most telling first; `questions` is in no document.
FIELDS = tuple(name for name in FIELD_WEIGHTS if name != "literal")
#: Those in which words stand next to each other; of parts of compounds only the alphabet says.
FIELDS_WITH_NEIGHBOURS = tuple(name for name in FIELDS if name not in ("name_parts", "parts"))
#: How much of the points of the lesser fields is added to those of the best one.
LESSER_FIELDS = 0.5
#: How much a long name takes off, as `b` of BM25 does; and the usual number of words of a name.
LENGTH_SHARE, USUAL_LENGTH = 0.3, 4.0
#: Whoever types a whole name means that one.
WHOLE_NAME = 1.5
#: At this many metres relevance is halved.
HALVING_DISTANCE = 5_000.0
#: How a state of upkeep weighs.
UPKEEP_FACTORS = {"fresh": 1.0, "due": 0.95, "unknown": 0.9, "marked": 0.6}

#: Mean radius of the earth in metres, as Lucene has it: distances are the same on every engine.
EARTH_RADIUS = 6_371_008.7714

#: Where no limit is known: every age lies between these.
NO_MIN_AGE, NO_MAX_AGE = -1, 32_000


def upkeep_factor(state: str) -> float:
    """Return how a state of upkeep weighs; one that is not known as `unknown`."""
    return UPKEEP_FACTORS.get(state, UPKEEP_FACTORS["unknown"])
