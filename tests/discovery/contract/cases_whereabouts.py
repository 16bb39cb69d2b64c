"""Where: distances over the globe, and what lies within them."""

from socialekaart_plugin.foundation.audiences import Audience
from tests.discovery.contract.asking import Case, near, words

#: The south house; the mill house is 0.08 degrees to the north of it, 8,895.60 metres.
_HERE = (52.05, 4.43)
#: The room for referrers is 0.02 degrees to the east of it.
_ROOM = 1367.67

_AT_SOUTH = ["Kaarten en koffie", "Nachtdans", "Schuldhulp", "Taalles"]
_AT_MILL = ["Budgetcursus", "Buurthuis Molen", "Huiswerkhulp"]
_NOWHERE = ["Belcirkel", "Spreekuur", "Wandelclub De Kaart"]

CASES = [
    Case(
        "within a radius are the places in it, not what has no place",
        {"near": near(*_HERE, 1_000)},
        _AT_SOUTH,
        distances=dict.fromkeys(_AT_SOUTH, 0),
    ),
    Case(
        "a place just beyond the radius is not within it",
        {"near": near(*_HERE, 8_895)},
        _AT_SOUTH,
    ),
    Case(
        "a place just within it is; of several places the nearest counts",
        {"near": near(*_HERE, 8_896)},
        sorted([*_AT_SOUTH, *_AT_MILL]),
        distances={**dict.fromkeys(_AT_SOUTH, 0), **dict.fromkeys(_AT_MILL, 8_895.6)},
    ),
    Case(
        "from the other side the other place is the nearest",
        {"near": near(52.13, 4.43, 10), "clauses": words("koffie")},
        ["Kaarten en koffie"],
        distances={"Kaarten en koffie": 0},
    ),
    Case(
        "east and west a degree is shorter",
        {"near": near(*_HERE, 1_368), "audience": Audience.REFERRER, "clauses": words("maatje")},
        ["Spreekuur"],
        distances={"Spreekuur": _ROOM},
    ),
    Case(
        "and it is no shorter than that",
        {"near": near(*_HERE, 1_367), "audience": Audience.REFERRER, "clauses": words("maatje")},
        [],
    ),
    Case(
        "a place for referrers is near for nobody else",
        {"near": near(52.05, 4.45, 100)},
        [],
    ),
    Case(
        "at the other end of the earth is no error",
        {"near": near(-52.05, -175.57, 20_015_115), "clauses": words("muziek")},
        ["Nachtdans"],
        distances={"Nachtdans": 20_015_114.35},
    ),
    Case(
        "without a radius everything is found, the nearest first, ties by name, nowhere last",
        {"near": near(*_HERE), "sort": "distance"},
        [*_AT_SOUTH, *_AT_MILL, *_NOWHERE],
        distances={
            **dict.fromkeys(_AT_SOUTH, 0),
            **dict.fromkeys(_AT_MILL, 8_895.6),
            **dict.fromkeys(_NOWHERE),
        },
    ),
    Case(
        "without words the nearest is the most relevant",
        {"near": near(52.13, 4.43), "sort": "relevance", "limit": 5},
        [
            *("Budgetcursus", "Buurthuis Molen", "Huiswerkhulp", "Kaarten en koffie"),
            "Nachtdans",
        ],
        total=10,
    ),
    Case("nobody is nearer than nothing", {"near": near(*_HERE, -1)}, []),
    Case("nor at no distance", {"near": near(*_HERE, 0)}, []),
    Case(
        "even anywhere on earth what has no place is not",
        {"near": near(*_HERE, float("inf"))},
        sorted([*_AT_SOUTH, *_AT_MILL]),
    ),
    Case(
        "a radius narrows every count",
        {"near": near(*_HERE, 10), "counted": ("kind", "area")},
        _AT_SOUTH,
        counts={
            "kind": {"activity": 3, "organisation": 1},
            "area": {"vliethaven": 4, "zuid": 4, "noord": 1, "molenbuurt": 1},
        },
    ),
]
