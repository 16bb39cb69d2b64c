"""In which order, on which page, and what editors put first or leave out."""

from tests.discovery.contract.asking import Case, near, phrase, stems, words
from tests.discovery.contract.asking import either as clause

_BY_NAME = [
    *("Belcirkel", "Budgetcursus", "Buurthuis Molen", "Huiswerkhulp", "Kaarten en koffie"),
    *("Nachtdans", "Schuldhulp", "Spreekuur", "Taalles", "Wandelclub De Kaart"),
]
_HULP = {"clauses": words("hulp"), "sort": "relevance"}

CASES = [
    Case("by name", {"sort": "name"}, _BY_NAME),
    Case("by name backwards", {"sort": "-name"}, _BY_NAME[::-1]),
    Case(
        "by when they were verified, latest first, what never was by name",
        {"sort": "-verified", "limit": 4},
        ["Schuldhulp", "Kaarten en koffie", "Belcirkel", "Budgetcursus"],
        total=10,
    ),
    Case("without words relevance is the order of names", {"sort": "relevance"}, _BY_NAME),
    Case("by distance without a point is by name", {"sort": "distance"}, _BY_NAME),
    Case(
        "by distance without a point is by name, also with words",
        {**_HULP, "sort": "distance"},
        ["Budgetcursus", "Huiswerkhulp", "Schuldhulp", "Spreekuur"],
    ),
    Case(
        "a word in the summary and in the name comes before one in a name, then what is beside it",
        _HULP,
        ["Schuldhulp", "Huiswerkhulp", "Budgetcursus", "Spreekuur"],
    ),
    Case(
        "what was verified comes before what never was",
        {"clauses": words("kaart"), "sort": "relevance"},
        ["Kaarten en koffie", "Wandelclub De Kaart"],
    ),
    Case(
        "what is marked as old comes after what is alike",
        {"clauses": words("ouderen"), "sort": "relevance"},
        ["Kaarten en koffie", "Belcirkel"],
    ),
    Case(
        "another name counts less than the name",
        {"clauses": words("budget"), "sort": "relevance", "facets": {"area": ("zuid", "noord")}},
        ["Schuldhulp", "Budgetcursus"],
    ),
    Case(
        "a heavier alternative comes first",
        {
            "clauses": (clause(stems("rondkomen"), stems("muziek", weight=0.5)),),
            "sort": "relevance",
        },
        ["Budgetcursus", "Nachtdans"],
    ),
    Case(
        "and so it does the other way round",
        {
            "clauses": (clause(stems("rondkomen", weight=0.5), stems("muziek")),),
            "sort": "relevance",
        },
        ["Nachtdans", "Budgetcursus"],
    ),
    Case(
        "who has more of the words comes first",
        {"clauses": words("geld maatje"), "minimum": 1, "sort": "relevance", "limit": 1},
        ["Spreekuur"],
        total=3,
    ),
    Case(
        "a phrase is worth its words",
        {
            "clauses": (clause(phrase("hulp schulden"), stems("muziek")),),
            "sort": "relevance",
        },
        ["Schuldhulp", "Nachtdans"],
    ),
    Case(
        "with a point what is nearer is more relevant",
        {"clauses": words("ontmoeten"), "sort": "relevance", "near": near(52.05, 4.43)},
        ["Kaarten en koffie", "Buurthuis Molen", "Belcirkel"],
    ),
    Case("a page", {"limit": 3}, _BY_NAME[:3], total=10),
    Case("the next page", {"offset": 3, "limit": 3}, _BY_NAME[3:6], total=10),
    Case("the last page", {"offset": 9, "limit": 3}, _BY_NAME[9:], total=10),
    Case("beyond the last page", {"offset": 10, "limit": 3}, [], total=10),
    Case("far beyond it", {"offset": 10**9, "limit": 3}, [], total=10),
    Case("a page of nothing", {"limit": 0}, [], total=10),
    Case(
        "a page by relevance",
        {**_HULP, "offset": 1, "limit": 2},
        ["Huiswerkhulp", "Budgetcursus"],
        total=4,
    ),
    Case(
        "what editors put first comes first, in their order",
        {**_HULP, "pinned": ("Spreekuur", "Huiswerkhulp")},
        ["Spreekuur", "Huiswerkhulp", "Schuldhulp", "Budgetcursus"],
    ),
    Case(
        "whatever the order of the others",
        {**_HULP, "sort": "-name", "pinned": ("Budgetcursus",)},
        ["Budgetcursus", "Spreekuur", "Schuldhulp", "Huiswerkhulp"],
    ),
    Case(
        "but not what does not fit the words",
        {**_HULP, "pinned": ("Nachtdans",)},
        ["Schuldhulp", "Huiswerkhulp", "Budgetcursus", "Spreekuur"],
    ),
    Case(
        "nor what does not fit the filters",
        {**_HULP, "pinned": ("Spreekuur",), "facets": {"area": ("noord",)}},
        ["Huiswerkhulp", "Budgetcursus"],
    ),
    Case(
        "pages pass over what was put first like over all others",
        {**_HULP, "pinned": ("Spreekuur", "Huiswerkhulp"), "offset": 1, "limit": 2},
        ["Huiswerkhulp", "Schuldhulp"],
        total=4,
    ),
    Case(
        "pages beyond them do not repeat them",
        {**_HULP, "pinned": ("Spreekuur",), "offset": 2, "limit": 2},
        ["Huiswerkhulp", "Budgetcursus"],
        total=4,
    ),
    Case(
        "what editors leave out is not found",
        {**_HULP, "excluded": ("Schuldhulp", "Spreekuur")},
        ["Huiswerkhulp", "Budgetcursus"],
    ),
    Case(
        "even when others put it first",
        {**_HULP, "excluded": ("Schuldhulp",), "pinned": ("Schuldhulp",)},
        ["Huiswerkhulp", "Budgetcursus", "Spreekuur"],
    ),
]
