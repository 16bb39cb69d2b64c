import pytest

from socialekaart_plugin.language.inflection import forms


@pytest.mark.parametrize(
    ("word", "form"),
    [
        ("kaart", "kaarten"),
        ("kaart", "kaartje"),
        ("kaart", "kaartjes"),
        ("school", "scholen"),
        ("man", "mannen"),
        ("huis", "huizen"),
        ("brief", "brieven"),
        ("glas", "glazen"),
        ("hof", "hoven"),
        ("bal", "balletje"),
        ("boom", "boompje"),
        ("tafel", "tafels"),
        ("kaarten", "kaart"),
        ("mannen", "man"),
        ("scholen", "school"),
        ("huizen", "huis"),
        ("kaartjes", "kaart"),
        ("tafels", "tafel"),
    ],
)
def test_a_word_has_its_plural_and_diminutive_among_its_forms(word, form):
    assert form in forms(word)


@pytest.mark.parametrize("word", ["a", "en", "je", "jes", "s", "aa", "1", "éé", "ωωω"])
def test_the_word_itself_is_first_whatever_it_is(word):
    assert forms(word)[0] == word
    assert all(forms(word))
