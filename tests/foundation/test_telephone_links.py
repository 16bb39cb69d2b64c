import pytest
from django.utils.safestring import SafeString

from socialekaart_plugin.foundation.telephone_links import telephones_in, with_telephone_links

CALLED = '<a href="tel:+31-79-123-4567">079-123 45 67</a>'


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Bel 079-123 45 67 of 06 12345678.", ["079-123 45 67", "06 12345678"]),
        ("Bel (079) 123 45 67 (op werkdagen)", ["(079) 123 45 67"]),
        ("Ook: +32 2 555 12 12", ["+32 2 555 12 12"]),
        ("079 1234567 toestel 12, vraag naar Truus", ["079 1234567 toestel 12"]),
        ("Bij spoed: bel 112.", ["112"]),
        ("Bel gratis naar 113, of 0800-0113.", ["113", "0800-0113"]),
        ("De gemeente: telefoon 14 079", ["14 079"]),
        ("Bel het loket van de gemeente: 14 079.", ["14 079"]),
        ("Bel ons als er 112 stoelen zijn. In 14 079 huizen", []),
        ("Politie: 0900 8844", ["0900 8844"]),
        ("Telefoon 079 123 45 67", ["079 123 45 67"]),
        ("Er zijn 112 stoelen en 14 079 inwoners, in 2026 14.079", []),
        ("Van 10.00 - 12.00 uur op 06-12-2026 12 uur, 01-02-2026", []),
        ("KvK 01234567, NL91 ABNA 0417 1643 00, 2711 AB, 1999-2004", []),
        ("Spaar voor 791234567 of 079-12345", []),
        ("bel 2711 AB", []),
    ],
)
def test_what_is_certainly_a_number_is_found_in_running_text(text, found):
    assert [text[start:stop] for start, stop, _number in telephones_in(text, "NL")] == found


def test_plain_text_is_escaped_around_its_links():
    assert with_telephone_links("<b>Bel</b> 079-123 45 67 & zo") == (
        f"&lt;b&gt;Bel&lt;/b&gt; {CALLED} &amp; zo"
    )


def test_what_is_a_link_in_html_already_stays_as_it_is():
    link = '<a href="tel:0790000000">079 000 00 00</a>'
    html = SafeString(f'<p>Bel {link} of 079-123&nbsp;45 67<br title="079-123 45 67"></p>')
    assert with_telephone_links(html) == (
        f"<p>Bel {link} of "
        '<a href="tel:+31-79-123-4567">079-123\xa045 67</a><br title="079-123 45 67"></p>'
    )
