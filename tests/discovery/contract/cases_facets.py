"""Facets: which values there are, chosen and counted; ages, verification, audiences."""

from socialekaart_plugin.foundation.audiences import Audience
from tests.discovery.contract.asking import Case, day, either, literal, when, words

_GELD = ["Budgetcursus", "Schuldhulp", "Spreekuur"]
_NORTH = [
    *("Belcirkel", "Budgetcursus", "Buurthuis Molen", "Huiswerkhulp", "Kaarten en koffie"),
    "Wandelclub De Kaart",
]
_SOUTH = ["Kaarten en koffie", "Nachtdans", "Schuldhulp", "Taalles", "Wandelclub De Kaart"]

#: A facet with what is chosen in it, and what that finds.
_CHOSEN = {
    "a wider theme finds what is about a narrower one": ("theme", ("geld",), _GELD),
    "a narrower theme finds no more than that": (
        *("theme", ("schulden",)),
        ["Schuldhulp", "Spreekuur"],
    ),
    "any theme that was chosen will do": (
        *("theme", ("schulden", "taal")),
        ["Huiswerkhulp", "Schuldhulp", "Spreekuur", "Taalles"],
    ),
    "a theme that is gone finds nothing": ("theme", ("weg",), []),
    "beside one that is there it does no harm": ("theme", ("weg", "geld"), _GELD),
    "a target group": ("target_group", ("ouderen",), ["Belcirkel", "Kaarten en koffie"]),
    "a help question gathers by themes": ("help_question", ("ik-kom-niet-rond",), _GELD),
    "by themes and target groups together, and what was picked": (
        *("help_question", ("wie-belt-mij",)),
        ["Belcirkel", "Kaarten en koffie", "Nachtdans"],
    ),
    "by target groups alone": (
        *("help_question", ("iets-voor-jongeren",)),
        ["Budgetcursus", "Nachtdans"],
    ),
    "or by picks alone": ("help_question", ("ergens-heen",), ["Buurthuis Molen"]),
    "of two help questions either will do": (
        *("help_question", ("ergens-heen", "iets-voor-jongeren")),
        ["Budgetcursus", "Buurthuis Molen", "Nachtdans"],
    ),
    "a keyword": ("tag", ("koffie",), ["Kaarten en koffie"]),
    "a kind of record": (
        *("kind", ("organisation",)),
        ["Buurthuis Molen", "Schuldhulp", "Wandelclub De Kaart"],
    ),
    "places are no kind to be found": ("kind", ("place",), []),
    "a kind of organisation": ("organisation_kind", ("club",), ["Wandelclub De Kaart"]),
    "a way to take part": ("form", ("online", "phone"), ["Belcirkel", "Huiswerkhulp"]),
    "an area finds what is held in it, and what serves it or a wider or narrower one": (
        *("area", ("noord",)),
        _NORTH,
    ),
    "a neighbourhood finds what serves the whole town": ("area", ("molenbuurt",), _NORTH),
    "not what serves its neighbours": ("area", ("zuid",), _SOUTH),
    "an area without places has what serves it": (
        *("area", ("oost",)),
        ["Huiswerkhulp", "Wandelclub De Kaart"],
    ),
    "the whole town has all of that": (
        *("area", ("vliethaven",)),
        [
            *("Belcirkel", "Budgetcursus", "Buurthuis Molen", "Huiswerkhulp", "Kaarten en koffie"),
            *("Nachtdans", "Schuldhulp", "Taalles", "Wandelclub De Kaart"),
        ],
    ),
    "a day of the week": ("weekday", ("friday", "wednesday"), ["Huiswerkhulp", "Nachtdans"]),
    "costs": ("cost", ("free",), ["Kaarten en koffie", "Schuldhulp", "Taalles"]),
    "the city pass": ("city_pass", ("yes",), ["Budgetcursus"]),
    "a way to register": ("registration", ("phone",), ["Schuldhulp", "Taalles"]),
    "referral": ("referral", ("needed",), ["Taalles"]),
    "accessibility of its places": (
        *("accessibility", ("step_free_entrance",)),
        ["Budgetcursus", "Buurthuis Molen", "Huiswerkhulp", "Kaarten en koffie"],
    ),
    "accessibility of the record itself": ("accessibility", ("wide_doors",), ["Schuldhulp"]),
    "a language": ("language", ("en", "ar"), ["Nachtdans", "Schuldhulp", "Taalles"]),
    "an organisation": ("organisation", ("schuldhulp",), ["Budgetcursus", "Spreekuur"]),
}

_EVERY_COUNT = {
    "theme": {"geld": 3, "schulden": 2, "bewegen": 2, "ontmoeten": 3, "taal": 2},
    "target_group": {"jongeren": 2, "ouderen": 2},
    "help_question": {
        **{"ik-kom-niet-rond": 3, "wie-belt-mij": 3},
        **{"iets-voor-jongeren": 2, "ergens-heen": 1},
    },
    "tag": {"geldzorgen": 1, "koffie": 1},
    "kind": {"organisation": 3, "activity": 7},
    "organisation_kind": {"professional": 1, "club": 1, "volunteer": 1},
    "form": {"place": 3, "phone": 1, "online": 1},
    "area": {"vliethaven": 9, "noord": 6, "zuid": 5, "oost": 2, "molenbuurt": 6},
    "weekday": {"monday": 2, "tuesday": 3, "wednesday": 1, "thursday": 1, "friday": 1},
    "cost": {"free": 3, "fixed": 2},
    "city_pass": {"yes": 1},
    "registration": {"phone": 2, "mail": 1, "link": 1, "not_needed": 1},
    "referral": {"needed": 1, "not_needed": 1},
    "accessibility": {"step_free_entrance": 4, "wide_doors": 1},
    "language": {"nl": 9, "en": 2, "ar": 1},
    "organisation": {"schuldhulp": 2, "buurthuis-molen": 5},
}

CASES = [
    *(
        Case(what, {"facets": {name: values}}, hits)
        for what, (name, values, hits) in _CHOSEN.items()
    ),
    Case(
        "between facets all must hold",
        {"facets": {"theme": ("geld", "ontmoeten"), "area": ("zuid",), "cost": ("free",)}},
        ["Kaarten en koffie", "Schuldhulp"],
    ),
    Case(
        "a facet without a choice is none",
        {"facets": {"theme": (), "tag": ("koffie",)}},
        ["Kaarten en koffie"],
    ),
    Case(
        "every facet is counted, wider values with narrower ones, nothing twice, no zeros",
        {"counted": tuple(_EVERY_COUNT), "limit": 0},
        [],
        total=10,
        counts=_EVERY_COUNT,
    ),
    Case(
        "referrers are counted what they may see",
        {"counted": ("area", "weekday"), "limit": 0, "audience": Audience.REFERRER},
        [],
        total=10,
        counts={
            "area": {"vliethaven": 10, "noord": 6, "zuid": 6, "oost": 2, "molenbuurt": 6},
            "weekday": {"monday": 2, "tuesday": 3, "wednesday": 1, "thursday": 1, "friday": 1},
        },
    ),
    Case(
        "what is chosen in a facet narrows the counts of the others, not its own",
        {"facets": {"theme": ("geld",)}, "counted": ("theme", "cost", "kind")},
        _GELD,
        counts={
            "theme": _EVERY_COUNT["theme"],
            "cost": {"free": 1, "fixed": 1},
            "kind": {"organisation": 1, "activity": 2},
        },
    ),
    Case(
        "of two facets each is counted with the choice in the other",
        {
            "facets": {"theme": ("geld",), "kind": ("activity",)},
            "counted": ("theme", "kind", "target_group"),
        },
        ["Budgetcursus", "Spreekuur"],
        counts={
            "theme": {"geld": 2, "schulden": 1, "bewegen": 1, "ontmoeten": 2, "taal": 2},
            "kind": {"organisation": 1, "activity": 2},
            "target_group": {"jongeren": 1},
        },
    ),
    Case(
        "words narrow all counts",
        {"clauses": words("hulp"), "facets": {"area": ("noord",)}, "counted": ("area", "kind")},
        ["Budgetcursus", "Huiswerkhulp"],
        counts={
            "area": {"vliethaven": 3, "noord": 2, "molenbuurt": 2, "zuid": 1, "oost": 1},
            "kind": {"activity": 2},
        },
    ),
    Case(
        "times and ages narrow them too",
        {"when": when(weekdays=(1,)), "age": 60, "counted": ("weekday", "form")},
        ["Budgetcursus", "Kaarten en koffie", "Spreekuur"],
        counts={"weekday": {"tuesday": 3, "thursday": 1}, "form": {"place": 2}},
    ),
    Case(
        "where nothing is found nothing is counted",
        {"clauses": (either(literal("olifant")),), "counted": ("theme",)},
        [],
        counts={"theme": {}},
    ),
    Case(
        "a choice that finds nothing leaves the counts of its own facet",
        {"facets": {"cost": ("by_income",)}, "counted": ("cost", "kind")},
        [],
        counts={"cost": {"free": 3, "fixed": 2}, "kind": {}},
    ),
    Case(
        "what an editor leaves out is not counted",
        {"facets": {"theme": ("geld",)}, "excluded": ("Schuldhulp",), "counted": ("kind",)},
        ["Budgetcursus", "Spreekuur"],
        counts={"kind": {"activity": 2}},
    ),
    Case(
        "for a child",
        {"age": 10, "facets": {"kind": ("activity",)}},
        ["Belcirkel", "Huiswerkhulp", "Spreekuur", "Taalles"],
    ),
    Case(
        "the highest age is included",
        {"age": 12, "facets": {"form": ("online",)}},
        ["Huiswerkhulp"],
    ),
    Case("beyond it is too old", {"age": 13, "facets": {"form": ("online",)}}, []),
    Case(
        "the lowest age is included",
        {"age": 16, "facets": {"target_group": ("jongeren",)}},
        ["Nachtdans"],
    ),
    Case("below it is too young", {"age": 15, "facets": {"target_group": ("jongeren",)}}, []),
    Case(
        "whoever is 31 is past 30",
        {"age": 31, "facets": {"theme": ("bewegen",)}},
        ["Wandelclub De Kaart"],
    ),
    Case(
        "an age beyond all ages is past every highest one",
        {"age": 10**9, "facets": {"theme": ("taal",)}},
        [],
    ),
    Case("verified since the day itself", {"verified_since": day("2026-11-01")}, ["Schuldhulp"]),
    Case("not since the day after", {"verified_since": day("2026-11-02")}, []),
    Case(
        "verified since an earlier day",
        {"verified_since": day("2026-10-01")},
        ["Kaarten en koffie", "Schuldhulp"],
    ),
    Case(
        "what was never verified was not since the first day there is",
        {"verified_since": day("0001-01-01")},
        ["Kaarten en koffie", "Schuldhulp"],
    ),
    Case("nor was anything since the last", {"verified_since": day("9999-12-31")}, []),
    Case(
        "whoever is a colleague finds no theme",
        {"facets": {"theme": ("geld",)}, "audience": Audience.INTERNAL, "counted": ("kind",)},
        [],
        counts={"kind": {}},
    ),
]
