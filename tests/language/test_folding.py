"""Folding: what one person types is what another wrote."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from socialekaart_plugin.language import fold, folded_words
from socialekaart_plugin.language.folding import folded_words_and_joined, words_without_signs

ANY_TEXT = st.text() | st.text(alphabet="aé'’.ʼ´ĳIİıß\x00\u00ad\u200b_-Ωس٣ﬁ²ŉ")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Café Één", ["cafe", "een"]),
        ("Oekraïense ideeën", ["oekraiense", "ideeen"]),
        ("ĲSBAAN ĳs", ["ijsbaan", "ijs"]),
        ("İstanbul ışık Łódź Ærø Straße", ["istanbul", "isik", "lodz", "aero", "strasse"]),
        ("foto's foto’s foto´s foto`s", ["foto", "foto", "foto", "foto"]),
        ("zo'n m'n Anna's men’s", ["zo", "mijn", "anna", "men"]),
        ("'s avonds in 's-Hertogenbosch", ["avonds", "in", "hertogenbosch"]),
        ("'t Hof, d'Oude Kerk, O'Neill, A'dam", ["hof", "oude", "kerk", "oneill", "adam"]),
        ("baby'tjes", ["baby"]),
        ("zzp'ers", ["zzpers"]),
        ("'samen' “eten”", ["samen", "eten"]),
        ("W.M.O. of b.v.", ["wmo", "of", "bv"]),
        ("einde. a.s. dinsdag 10.30 uur", ["einde", "as", "dinsdag", "10", "30", "uur"]),
        ("taal_les taal-les taal/les", ["taal", "les"] * 3),
        ("65+ en 2e", ["65plus", "en", "2e"]),
        ("65+, +65, 65+'ers, 65+/75+", ["65plus", "plus65", "65plussers", "65plus", "75plus"]),
        ("C++ C F# lhbti+ 1+1 a + b", ["cplusplus", "c", "fsharp", "lhbti", "1", "1", "a", "b"]),
        ("Q&A q & a R&B Koffie & thee", ["qa", "qa", "rb", "koffie", "thee"]),
        ("schuld\u00adhulp schuld\u200bhulp", ["schuldhulp", "schuld", "hulp"]),
        ("een\x00twee\x1fdrie\x85vier", ["een", "twee", "drie", "vier"]),
        ("العَرَبِيَّة сім'я Українська", ["العربية", "сімя", "украінська"]),
        ("🙂 ''' ... ___", []),
        ("", []),
    ],
)
def test_a_text_is_cut_into_words_as_they_are_compared(text: str, words: list[str]) -> None:
    assert folded_words(text) == words


@given(ANY_TEXT)
def test_folding_what_is_folded_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(ANY_TEXT)
def test_words_of_a_folded_text_are_the_words_of_the_text(text: str) -> None:
    assert folded_words(fold(text)) == folded_words(text)


@given(ANY_TEXT)
def test_words_are_short_and_hold_letters_and_digits_only(text: str) -> None:
    for word in folded_words(text):
        assert 0 < len(word) <= 64
        assert word.isalnum() or not word.isascii()
        assert "_" not in word
        assert word == fold(word)


@pytest.mark.parametrize("piece", ["é", "a'", "a.", "'", "x", "é ", "ß", "\x00"])
def test_ten_thousand_characters_are_cut_within_one_pass(piece: str) -> None:
    words = folded_words(piece * 10_000)

    assert len(words) <= 10_000
    assert all(len(word) <= 64 for word in words)


def test_a_word_longer_than_any_is_cut_at_64_characters() -> None:
    assert folded_words("é" * 100 + " slot") == ["e" * 64, "slot"]


@given(ANY_TEXT)
def test_what_an_apostrophe_joins_stands_beside_each_word(text: str) -> None:
    assert [word for word, _joined in folded_words_and_joined(text)] == folded_words(text)


def test_a_name_with_an_apostrophe_is_read_as_it_is_typed_without() -> None:
    assert folded_words_and_joined("Zoë's huis, foto’s") == [
        ("zoe", "zoes"),
        ("huis", ""),
        ("foto", "fotos"),
    ]


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("Foto's & Koffie", ["foto", "s", "koffie"]),
        ("Co\u00adöperatie Łódź", ["cooperatie", "lodz"]),
        ("hart_voor-wijk 18+", ["hart", "voor", "wijk", "18"]),
        ("…", []),
    ],
)
def test_a_name_is_cut_at_every_sign(name, words):
    assert words_without_signs(name) == words
