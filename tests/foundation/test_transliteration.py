import pytest

from socialekaart_plugin.foundation.slugs import slug_of
from socialekaart_plugin.foundation.transliteration import apostrophe_spellings


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("Łódź", "lodz"),
        ("Straße", "strasse"),
        ("Øresund, Ærø, Œuvre", "oresund-aero-oeuvre"),
        ("Đorđe, Þór, Ħal, Ðað", "dorde-thor-hal-dad"),
        ("Işık, İzmir", "isik-izmir"),
        ("Één café", "een-cafe"),
        ("Москва", "moskva"),
        ("القاهرة", "lqhrh"),
        ("'s-Gravenhage", "s-gravenhage"),
        ("‘s-Gravenhage", "s-gravenhage"),
        ("Zoë’s huis", "zoes-huis"),
        ("Buurthuis 'De Brug' (oost)", "buurthuis-de-brug-oost"),
        ("18+", "18-plus"),
        ("18-", "18-min"),
        ("C++", "c-plus-plus"),
        ("C", "c"),
        ("F#", "f-hekje"),
        ("+55", "plus-55"),
        ("A&O", "a-en-o"),
        ("12-18 jaar", "12-18-jaar"),
        ("Oost - West", "oost-west"),
        ("?!", ""),
    ],
)
def test_no_letter_and_no_sign_that_tells_is_lost_in_a_slug(name, slug):
    assert slug_of(name) == slug


def test_a_word_is_looked_for_with_every_apostrophe():
    assert apostrophe_spellings("Zoë’s") == ["Zoë's", "Zoë’s", "Zoë‘s"]
    assert apostrophe_spellings("huis") == ["huis"]
