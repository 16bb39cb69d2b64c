from socialekaart_plugin.places.choices import ESSENTIAL_FOR, VisitorProfile
from socialekaart_plugin.presentation.accessibility import accessibility

WHEELS = {fact.value: True for fact in ESSENTIAL_FOR[VisitorProfile.WHEELS]}


def known(note="", **facts):
    return {"facts": facts, "note": note}


def place(name, accessibility):
    return {"name": name, "accessibility": accessibility}


def test_of_what_nobody_knows_nothing_is_said():
    assert accessibility({"accessibility": known(), "places": [place("Hal", known())]}) == []
    assert accessibility({"accessibility": known(), "places": [{"name": "ouder"}]}) == []


def test_a_visitor_can_come_cannot_or_nobody_knows():
    places = [place("Hal", known(**WHEELS, induction_loop=False))]
    (part,) = accessibility({"accessibility": known(), "places": places})
    assert part.suited == [VisitorProfile.WHEELS.label]
    assert part.unsuited == [VisitorProfile.HEARING.label]
    assert part.unknown == [VisitorProfile.SIGHT.label, VisitorProfile.STIMULI.label]
    assert (len(part.present), len(part.absent)) == (4, 1)
    assert part.place_name == ""


def test_what_is_arranged_at_the_activity_itself_counts_most():
    places = [place("Hal", known(induction_loop=False))]
    own = known(induction_loop=True)
    (part,) = accessibility({"accessibility": own, "places": places})
    assert part.suited == [VisitorProfile.HEARING.label]


def test_each_of_several_places_is_named():
    places = [place("Hal", known(**WHEELS)), place("Zaal", known("Drie treden."))]
    parts = accessibility({"accessibility": known(), "places": places})
    assert [(part.place_name, part.note) for part in parts] == [
        ("Hal", ""),
        ("Zaal", "Drie treden."),
    ]


def test_without_a_place_its_own_facts_are_told():
    (part,) = accessibility({"accessibility": known(sign_interpreter=True), "places": []})
    assert len(part.present) == 1
