"""The index of a directory in which nothing was ever published."""

import pytest

from socialekaart_plugin.discovery.engines.elasticsearch.checkpoint import Checkpoint
from socialekaart_plugin.models import IndexChange
from tests.discovery.elasticsearch.looking import names, silent
from tests.factories import OrganisationFactory

pytestmark = [pytest.mark.django_db, pytest.mark.elasticsearch]


def test_an_empty_database_has_an_index_too(index):
    IndexChange.objects.all().delete()
    index.rebuild(progress=silent)
    state = index.state()
    assert state == Checkpoint(0, "", state.areas_mark, state.questions_mark)
    OrganisationFactory(public=True, name="De eerste")
    index.sync(progress=silent)
    assert names(index) == ["de eerste"]
