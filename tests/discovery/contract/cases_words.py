"""Words: what is found, in which fields, together or apart."""

from socialekaart_plugin.foundation.audiences import Audience
from tests.discovery.contract.asking import (
    Case,
    all_of,
    either,
    literal,
    phrase,
    question,
    stems,
    words,
)

CASES = [
    Case(
        "without words everything is found, and only what is public, not over, and no place",
        {},
        [
            *("Belcirkel", "Budgetcursus", "Buurthuis Molen", "Huiswerkhulp", "Kaarten en koffie"),
            *("Nachtdans", "Schuldhulp", "Spreekuur", "Taalles", "Wandelclub De Kaart"),
        ],
    ),
    Case("a word of a name is found", {"clauses": words("koffie")}, ["Kaarten en koffie"]),
    Case("so is one of another name", {"clauses": words("bureau")}, ["Schuldhulp"]),
    Case("so is one of a summary", {"clauses": words("rondkomen")}, ["Budgetcursus"]),
    Case("so is one of a description", {"clauses": words("bank")}, ["Schuldhulp"]),
    Case("so is one of two letters", {"clauses": words("tv")}, ["Buurthuis Molen"]),
    Case("so is a number that was written out", {"clauses": words("5")}, ["Budgetcursus"]),
    Case("so is one in another script", {"clauses": words("اللغة")}, ["Taalles"]),
    Case("accents make no difference", {"clauses": words("CAFE")}, ["Taalles"]),
    Case("a stem finds every form", {"clauses": words("brief")}, ["Schuldhulp"]),
    Case(
        "the name of a theme finds what is about it, and about a narrower one",
        {"clauses": words("geld")},
        ["Budgetcursus", "Schuldhulp", "Spreekuur"],
    ),
    Case(
        "the name of a target group finds what is for it",
        {"clauses": words("ouderen")},
        ["Belcirkel", "Kaarten en koffie"],
    ),
    Case("a keyword finds what has it", {"clauses": words("geldzorgen")}, ["Schuldhulp"]),
    Case(
        "the name of an organisation finds what it organises",
        {"clauses": words("schuldhulp")},
        ["Budgetcursus", "Schuldhulp", "Spreekuur"],
    ),
    Case(
        "the name of a place finds what is held there, not the place itself",
        {"clauses": words("molenhuis")},
        ["Budgetcursus", "Buurthuis Molen", "Huiswerkhulp", "Kaarten en koffie"],
    ),
    Case(
        "the name of an area finds what is held in it",
        {"clauses": words("zuid")},
        ["Kaarten en koffie", "Nachtdans", "Schuldhulp", "Taalles"],
    ),
    Case(
        "for referrers also what is held at a place for them",
        {"clauses": words("zuid"), "audience": Audience.REFERRER},
        ["Kaarten en koffie", "Nachtdans", "Schuldhulp", "Spreekuur", "Taalles"],
    ),
    Case(
        "of a place for referrers the public finds nothing", {"clauses": words("spreekkamer")}, []
    ),
    Case(
        "and a referrer does",
        {"clauses": words("spreekkamer"), "audience": Audience.REFERRER},
        ["Spreekuur"],
    ),
    Case(
        "nothing is there for colleagues",
        {"clauses": words("koffie"), "audience": Audience.INTERNAL},
        [],
    ),
    Case(
        "a part of a compound finds the whole",
        {"clauses": words("hulp")},
        ["Budgetcursus", "Huiswerkhulp", "Schuldhulp", "Spreekuur"],
    ),
    Case(
        "the parts together find the whole, next to each other they are not",
        {"clauses": (either(stems("huiswerk hulp")),)},
        ["Huiswerkhulp"],
    ),
    Case("as a phrase they are not found", {"clauses": (either(phrase("huiswerk hulp")),)}, []),
    Case(
        "a phrase is found where its words stand next to each other",
        {"clauses": (either(phrase("hulp schulden")),)},
        ["Schuldhulp"],
    ),
    Case("not the other way round", {"clauses": (either(phrase("schulden hulp")),)}, []),
    Case(
        "in names stop words count",
        {"clauses": (either(phrase("kaarten en koffie")),)},
        ["Kaarten en koffie"],
    ),
    Case("no phrase runs across paragraphs", {"clauses": (either(phrase("bank thuis")),)}, []),
    Case("nor across themes", {"clauses": (either(phrase("geld schulden")),)}, []),
    Case("nor across fields", {"clauses": (either(phrase("koffie kaarten")),)}, []),
    Case(
        "a stem finds what a stop rule keeps apart",
        {"clauses": words("kaart")},
        ["Kaarten en koffie", "Wandelclub De Kaart"],
    ),
    Case(
        "a literal word finds itself",
        {"clauses": (either(literal("kaart")),)},
        ["Wandelclub De Kaart"],
    ),
    Case("and not another form", {"clauses": (either(literal("kaarten")),)}, ["Kaarten en koffie"]),
    Case(
        "also in another script",
        {"clauses": (either(literal("اللغة")),)},
        ["Taalles"],
    ),
    Case("a word that nobody has finds nothing", {"clauses": words("olifant")}, []),
    Case("every clause must match", {"clauses": words("hulp bank")}, ["Schuldhulp"]),
    Case("wherever the words stand", {"clauses": words("bank hulp")}, ["Schuldhulp"]),
    Case("so one that matches nothing leaves nothing", {"clauses": words("hulp olifant")}, []),
    Case(
        "with a minimum of one any clause will do",
        {"clauses": words("bank koffie olifant"), "minimum": 1},
        ["Kaarten en koffie", "Schuldhulp"],
    ),
    Case(
        "with a minimum of two, two of the three",
        {"clauses": words("hulp geld maatje"), "minimum": 2},
        ["Budgetcursus", "Schuldhulp", "Spreekuur"],
    ),
    Case(
        "with a minimum of three of four, three",
        {"clauses": words("hulp geld maatje olifant"), "minimum": 3},
        ["Spreekuur"],
    ),
    Case(
        "any alternative of a clause will do",
        {"clauses": (either(stems("olifant"), stems("koffie"), stems("bank")),)},
        ["Kaarten en koffie", "Schuldhulp"],
    ),
    Case(
        "an alternative of clauses matches when all of them do",
        {"clauses": (either(all_of(*words("rondkomen geld")), stems("koffie")),)},
        ["Budgetcursus", "Kaarten en koffie"],
    ),
    Case(
        "or as many as it says",
        {"clauses": (either(all_of(*words("rondkomen bank olifant"), minimum=1)),)},
        ["Budgetcursus", "Schuldhulp"],
    ),
    Case(
        "clauses may lie in clauses",
        {
            "clauses": (
                either(all_of(either(all_of(*words("hulp schulden"))), either(stems("thuis")))),
            )
        },
        ["Schuldhulp"],
    ),
    Case(
        "an alternative may be what a help question gathers",
        {"clauses": (either(stems("bank"), question("wie-belt-mij")),)},
        ["Belcirkel", "Kaarten en koffie", "Nachtdans", "Schuldhulp"],
    ),
    Case("of one that is gone, nothing", {"clauses": (either(question("weg")),)}, []),
    Case(
        "a word of a help question finds what the question gathers",
        {"clauses": words("bellen")},
        ["Belcirkel", "Kaarten en koffie", "Nachtdans"],
    ),
    Case(
        "words and filters both hold",
        {"clauses": words("hulp"), "facets": {"area": ("zuid",)}},
        ["Schuldhulp"],
    ),
]
