"""A small town for tests of searching."""

from types import SimpleNamespace

from socialekaart_plugin.foundation.audiences import Audience
from socialekaart_plugin.places.rules import format_point
from tests.factories import (
    ActivityFactory,
    AreaFactory,
    OrganisationFactory,
    PlaceFactory,
    ThemeFactory,
    at,
    square,
)


def build_town() -> SimpleNamespace:
    """Make two districts, a tree of themes and three records."""
    municipality = AreaFactory(
        name="Stad", kind="municipality", outline=square(4.4, 52.0, size=0.2)
    )
    centre = AreaFactory(name="Centrum", outline=square(4.48, 52.05), parent=municipality)
    east = AreaFactory(name="Oost", outline=square(4.52, 52.05), parent=municipality)
    money = ThemeFactory(name="Geld", sort_order=1)
    debts = ThemeFactory(name="Schulden", parent=money)
    sport = ThemeFactory(name="Sport", sort_order=0)
    in_centre = PlaceFactory(name="Buurthuis", location=format_point(52.06, 4.49))
    in_east = PlaceFactory(name="Sporthal", location=format_point(52.06, 4.53))
    for_referrers = PlaceFactory(
        name="Spreekkamer", location=format_point(52.06, 4.53), audience=Audience.REFERRER
    )
    bureau = OrganisationFactory(
        public=True,
        name="Bureau Budget",
        alternative_names="Schuldhulp\nDe Knip",
        summary="Hulp bij geldzaken én formulieren.",
        themes=[debts],
        visiting_place=in_centre,
    )
    club = OrganisationFactory(
        public=True,
        name="Atletiekvereniging Één",
        summary="Samen hardlopen.",
        themes=[sport],
        visiting_place=in_east,
    )
    course = ActivityFactory(
        public=True,
        name="Cursus rondkomen",
        summary="In vijf avonden leren budgetteren.",
        themes=[money],
        organisation=bureau,
        sessions=[at(in_east), at(for_referrers)],
    )
    return SimpleNamespace(
        municipality=municipality,
        centre=centre,
        east=east,
        money=money,
        debts=debts,
        sport=sport,
        in_centre=in_centre,
        in_east=in_east,
        for_referrers=for_referrers,
        bureau=bureau,
        club=club,
        course=course,
    )
