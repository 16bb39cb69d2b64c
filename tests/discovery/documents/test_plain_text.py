import time

import pytest

from socialekaart_plugin.discovery.documents.plain_text import paragraphs


@pytest.mark.parametrize(
    ("rich_text", "expected"),
    [
        ("", []),
        ("<p></p>", []),
        ("<p>Kom gerust langs.</p>", ["Kom gerust langs."]),
        ("<h3>Wat</h3><p>Koffie</p>", ["Wat", "Koffie"]),
        ("<ul><li>een</li><li>twee</li></ul>", ["een", "twee"]),
        ("<p>een<br/>twee</p>", ["een", "twee"]),
        ("<p>schuld<b>hulp</b> en <em>meer</em></p>", ["schuldhulp en meer"]),
        ('<p>Zie <a linktype="page" id="3">het loket</a>.</p>', ["Zie het loket."]),
        (
            "<p>Koffie &amp; thee, caf&eacute;&nbsp;&#39;t Hof</p>",
            ["Koffie & thee, café\xa0't Hof"],
        ),
        ("<p>a &lt;b&gt; c</p>", ["a <b> c"]),
        ("geen markup", ["geen markup"]),
        ("<p>3 &lt; 4</p> los <blockquote>citaat</blockquote>", ["3 < 4", "los", "citaat"]),
    ],
)
def test_rich_text_is_read_by_paragraph_without_markup(rich_text, expected):
    assert list(paragraphs(rich_text)) == expected


@pytest.mark.parametrize("text", ["<" * 50_000, "<a " * 20_000, "</" * 30_000, "<b>" * 30_000])
def test_what_is_no_markup_at_all_takes_no_time(text):
    started = time.process_time()
    list(paragraphs(text))
    assert time.process_time() - started < 2
