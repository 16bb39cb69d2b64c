"""The themes as a tree; which words nothing uses, and what was merged into what."""

import pytest

from socialekaart_plugin.vocabulary.actions import merge_words
from socialekaart_plugin.vocabulary.models import Keyword, Theme
from socialekaart_plugin.vocabulary.selectors import successors_of, theme_tree, unused_pks
from tests.factories import OrganisationFactory, ThemeFactory


@pytest.mark.django_db
def test_the_tree_puts_each_theme_below_what_it_is_part_of():
    wonen = ThemeFactory(name="Wonen", sort_order=2)
    ThemeFactory(name="Geld", sort_order=1)
    huren = ThemeFactory(name="Huren", parent=wonen)
    kamer = ThemeFactory(name="Kamer", parent=huren)
    tree = theme_tree()
    assert [(b.theme.name, b.depth) for b in tree] == [
        ("Geld", 0),
        ("Wonen", 0),
        ("Huren", 1),
        ("Kamer", 2),
    ]
    assert [(b.is_first, b.is_last) for b in tree] == [
        (True, False),
        (False, True),
        (True, True),
        (True, True),
    ]
    assert tree[1].below == {huren.pk, kamer.pk}


@pytest.mark.django_db
def test_what_was_merged_twice_leads_to_what_stays():
    first, second, third = (Keyword.objects.create(name=name) for name in "abc")
    pk = first.pk
    merge_words(words=[first], into=second)
    merge_words(words=[second], into=third)
    assert successors_of(Keyword, ["a", pk, "never"]) == {"a": third.pk, pk: third.pk}
    third.delete()
    assert successors_of(Keyword, ["a"]) == {}


@pytest.mark.django_db
def test_an_unused_word_is_one_that_no_version_that_may_go_public_has():
    unused, used = ThemeFactory(), ThemeFactory()
    OrganisationFactory(themes=[used])
    assert unused_pks(Theme) == {unused.pk}
