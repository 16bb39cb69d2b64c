import pytest

from socialekaart_plugin.foundation.tree_queries import with_descendants
from socialekaart_plugin.models import Area, Theme
from tests.factories import AreaFactory, ThemeFactory

pytestmark = pytest.mark.django_db


def test_a_row_brings_all_that_is_part_of_it_at_any_depth():
    wonen, geld = ThemeFactory(), ThemeFactory()
    huren = ThemeFactory(parent=wonen)
    kamer = ThemeFactory(parent=huren)
    assert with_descendants(Theme, [wonen.pk]) == {wonen.pk, huren.pk, kamer.pk}
    assert with_descendants(Theme, [huren.pk, geld.pk]) == {huren.pk, kamer.pk, geld.pk}
    assert with_descendants(Theme, [kamer.pk]) == {kamer.pk}


def test_areas_are_a_tree_too():
    town = AreaFactory()
    district = AreaFactory(parent=town)
    AreaFactory()
    assert with_descendants(Area, [town.pk]) == {town.pk, district.pk}


def test_a_circle_does_no_harm():
    first = ThemeFactory()
    second = ThemeFactory(parent=first)
    Theme.objects.filter(pk=first.pk).update(parent=second)
    assert with_descendants(Theme, [first.pk]) == {first.pk, second.pk}


def test_a_deep_tree_takes_one_query_and_nothing_takes_none(django_assert_num_queries):
    theme = top = ThemeFactory()
    for _ in range(4):
        theme = ThemeFactory(parent=theme)
    with django_assert_num_queries(1):
        assert len(with_descendants(Theme, [top.pk])) == 5
    with django_assert_num_queries(0):
        assert with_descendants(Theme, (pk for pk in ())) == set()
