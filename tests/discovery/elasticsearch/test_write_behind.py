"""While changes wait for the index, nothing of what they took away is shown."""

import pytest

from socialekaart_plugin.directory.actions import withdraw_record
from socialekaart_plugin.discovery.engines.base import EngineQuery
from socialekaart_plugin.discovery.engines.elasticsearch.engine import ElasticsearchEngine
from socialekaart_plugin.discovery.engines.elasticsearch.errors import IndexTroubleError
from socialekaart_plugin.discovery.selectors import current_analyzer
from socialekaart_plugin.foundation.audiences import Audience
from socialekaart_plugin.models import IndexChange
from tests.discovery.elasticsearch.looking import silent
from tests.factories import change, publish

pytestmark = [pytest.mark.django_db, pytest.mark.elasticsearch]


@pytest.fixture
def built(configured, index, town):
    index.rebuild(progress=silent)
    return configured


def found(configured):
    engine = ElasticsearchEngine(configured, current_analyzer)
    return {hit.payload["name"]: hit.payload for hit in engine.search(EngineQuery()).hits}


def offered(configured, word):
    engine = ElasticsearchEngine(configured, current_analyzer)
    return [each.name for each in engine.names([word], audience=Audience.PUBLIC, limit=5)]


def test_what_is_withdrawn_is_not_shown_before_the_index_knows(built, town):
    assert {"Bureau Budget", "Cursus rondkomen"} <= found(built).keys()
    withdraw_record(record=town.bureau, reason="Gestopt")
    assert "Bureau Budget" not in found(built)
    assert offered(built, "bureau") == []


def test_what_changed_is_shown_as_it_is_now(built, town):
    change(town.club, name="Atletiek", summary="Nu ook wandelen.")
    publish(town.club)
    names = found(built)
    assert names["Atletiek"]["summary"] == "Nu ook wandelen."
    assert "Atletiekvereniging Één" not in names
    assert offered(built, "atletiekvereniging") == ["Atletiek"]


def test_that_takes_two_queries_more_and_none_when_nothing_waits(
    built, town, django_assert_num_queries
):
    found(built)
    with django_assert_num_queries(1):
        found(built)
    change(town.club, name="Atletiek")
    publish(town.club)
    found(built)
    # The mark of the change it holds, how long what came after waits, what changed, payloads.
    with django_assert_num_queries(5):
        found(built)


def test_what_waits_for_too_long_is_not_waited_for(built, town, time_machine):
    withdraw_record(record=town.bureau, reason="Gestopt")
    at = IndexChange.objects.order_by("-pk").values_list("at", flat=True).first()
    assert at is not None
    time_machine.move_to(at.timestamp() + built.max_lag + 1)
    with pytest.raises(IndexTroubleError, match="behind"):
        found(built)
