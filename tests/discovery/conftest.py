from collections.abc import Iterator
from types import SimpleNamespace

import pytest

from socialekaart_plugin.discovery import completion
from socialekaart_plugin.discovery.engines.base import Engine
from socialekaart_plugin.discovery.engines.lexicon import AnalyzerFor, Lexicon, lexicon_keeper
from socialekaart_plugin.discovery.search import pipeline
from socialekaart_plugin.foundation.audiences import Audience
from socialekaart_plugin.places.rules import format_point
from tests.discovery.elastic import brought_up_to_date, scratch_configuration
from tests.factories import (
    ActivityFactory,
    AreaFactory,
    OrganisationFactory,
    PlaceFactory,
    ThemeFactory,
    at,
    square,
)

ELASTICSEARCH = pytest.param("elasticsearch", marks=pytest.mark.elasticsearch)


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Run what uses `each_engine` on every engine; what is marked `embedded` on that one."""
    if "each_engine" in metafunc.fixturenames:
        is_embedded = metafunc.definition.get_closest_marker("embedded")
        engines = ["database"] if is_embedded else ["database", ELASTICSEARCH]
        metafunc.parametrize("each_engine", engines, indirect=True)


@pytest.fixture
def each_engine(
    request: pytest.FixtureRequest, db: None, monkeypatch: pytest.MonkeyPatch
) -> Iterator[str]:
    """The engine that searches and suggests; its index holds what was saved before."""
    if request.param == "database":
        yield request.param
        return
    from socialekaart_plugin.discovery.engines.elasticsearch.engine import ElasticsearchEngine

    with scratch_configuration() as configured:
        held: Lexicon | None = None

        def current_engine(analyzer_for: AnalyzerFor) -> Engine:
            nonlocal held
            if (now := lexicon_keeper.current(analyzer_for)) is not held:
                brought_up_to_date(configured)
                held = now
            return ElasticsearchEngine(configured, analyzer_for)

        for module in (pipeline, completion):
            monkeypatch.setattr(module, "current_engine", current_engine)
        yield request.param


@pytest.fixture
def town(db):
    """A small town: two districts, a tree of themes, three records."""
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
