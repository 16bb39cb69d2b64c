"""Rich text that no editor sends is refused; what is stored unbalanced opens, with all its text."""

import contextlib
import json

import pytest
from django.core.exceptions import BadRequest
from django.utils.html import strip_tags
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from socialekaart_plugin.foundation.rich_text import CarefulRichTextArea

FEATURES = ["bold", "italic", "link", "ul", "ol", "h3"]


def block(text="Kom", **kwargs):
    return {
        "key": "a",
        "text": text,
        "type": "unstyled",
        "depth": 0,
        "inlineStyleRanges": [],
        "entityRanges": [],
        **kwargs,
    }


def content(*blocks, entities=None):
    return json.dumps({"blocks": list(blocks), "entityMap": entities or {}})


def read(sent):
    return CarefulRichTextArea(features=FEATURES).value_from_datadict({"text": sent}, {}, "text")


LINKED = block(entityRanges=[{"offset": 0, "length": 3, "key": 0}])


@pytest.mark.parametrize(
    "sent",
    [
        "",
        "Kom langs",
        "<p>Kom</p>",
        "{",
        "1",
        "[]",
        "[1]",
        '"Kom"',
        "{" * 5_000,
        "[" * 50_000,
        '{"blocks": ' + "[" * 5_000,
        content("Kom"),
        content(block(text=None)),
        content(block(depth=5_000, type="unordered-list-item")),
        content(block(depth=10**9, type="unordered-list-item")),
        content(block(depth="x")),
        content(LINKED),
        content(LINKED, entities={"0": None}),
        content(LINKED, entities={"0": {"type": "LINK"}}),
        content(LINKED, entities={"0": {"type": "LINK", "data": {"id": "x"}}}),
        content(LINKED, entities={"0": {"type": "LINK", "data": {"id": 10**30}}}),
        content(block(inlineStyleRanges=[{"style": "BOLD"}])),
        json.dumps({"blocks": {}, "entityMap": []}),
    ],
    ids=range(23),
)
def test_what_no_editor_sends_is_refused(sent):
    with pytest.raises(BadRequest):
        read(sent)


def test_a_block_with_nothing_in_it_is_refused_or_empty():
    # The converter of Wagtail 7.4 fails on it; that of 8.0 reads it as an empty line.
    with contextlib.suppress(BadRequest):
        assert not strip_tags(read(content({})))


def test_what_an_editor_sends_is_read():
    link = {"0": {"type": "LINK", "mutability": "MUTABLE", "data": {"url": "https://example.com"}}}
    assert read("null") is not None
    assert read(None) is None
    assert 'href="https://example.com"' in read(content(LINKED, entities=link))
    page = {"0": {"type": "LINK", "mutability": "MUTABLE", "data": {"id": 3, "url": "/"}}}
    assert 'id="3"' in read(content(LINKED, entities=page))


json_values = st.recursive(
    st.none() | st.booleans() | st.integers(-3, 10**20) | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                [
                    "blocks",
                    "entityMap",
                    "text",
                    "type",
                    "depth",
                    "data",
                    "id",
                    "key",
                    "entityRanges",
                    "inlineStyleRanges",
                    "offset",
                    "length",
                    "style",
                    "0",
                ]
            ),
            inner,
            max_size=5,
        )
    ),
    max_leaves=20,
)


@settings(max_examples=150, deadline=None, derandomize=True)
@given(
    st.fixed_dictionaries(
        {
            "blocks": st.lists(
                st.fixed_dictionaries(
                    {"text": st.just("Kom"), "type": st.sampled_from(["unstyled", "x", "atomic"])},
                    optional={
                        "entityRanges": json_values,
                        "inlineStyleRanges": json_values,
                        "depth": json_values,
                        "key": json_values,
                    },
                ),
                max_size=3,
            ),
            "entityMap": json_values,
        }
    )
    | json_values
)
def test_whatever_is_sent_is_read_or_refused(value):
    try:
        result = read(json.dumps(value))
    except BadRequest:
        return
    assert isinstance(result, str)


UNBALANCED = [
    "<p>Kom langs",
    "Kom langs</p></p>",
    "<p><b>Kom</p> langs</b>",
    "<b><p>Kom</b> langs</p>",
    "<li>Kom langs</li>",
    "</li>Kom langs",
    "<ul><li>Kom<li>langs</ul>",
    "<ul>Kom</li> langs</ul>",
    "<p>Kom <a>langs</a></p>",
    '<p>Kom <a linktype="page" id="x">langs</a></p>',
    '<p>Kom <a linktype="page">langs</a></p>',
    '<p>Kom <a href="x">langs</p>',
    "<p>Kom <i>langs <b>dan</i></b></p>",
    "<p>Kom &lt;langs&gt; & <",
    "<div>" * 3_000 + "Kom langs" + "</p>" * 10,
    "<b>" * 3_000 + "Kom langs",
    "<p>Kom</p>" + "</ul>" * 5 + "<h3>langs",
]


@pytest.mark.django_db
@pytest.mark.parametrize("stored", UNBALANCED, ids=range(len(UNBALANCED)))
def test_what_is_stored_unbalanced_opens_with_all_its_text(stored):
    shown = json.loads(CarefulRichTextArea(features=FEATURES).format_value(stored))
    said = " ".join(each["text"] for each in shown["blocks"])
    assert "Kom" in said
    if "langs" in stored:
        assert "langs" in said


def test_what_fits_is_shown_as_wagtail_does():
    stored = '<p data-block-key="a">Kom <b>langs</b></p>'
    widget = CarefulRichTextArea(features=FEATURES)
    shown = json.loads(widget.format_value(stored))
    assert shown["blocks"][0]["inlineStyleRanges"] == [{"offset": 4, "length": 5, "style": "BOLD"}]
    assert json.loads(widget.format_value(None))["blocks"] is not None


@pytest.mark.django_db
@settings(
    max_examples=100,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    st.lists(
        st.sampled_from(
            [
                "<p>",
                "</p>",
                "<b>",
                "</b>",
                "<i>",
                "</i>",
                "<ul>",
                "</ul>",
                "<li>",
                "</li>",
                "<a>",
                "</a>",
                '<a href="x">',
                "<h3>",
                "</h3>",
                "<br/>",
                "<br>",
                "Kom",
                " langs ",
                "&amp;",
                "<",
            ]
        ),
        max_size=14,
    ).map("".join)
)
def test_whatever_is_stored_opens(stored):
    shown = json.loads(CarefulRichTextArea(features=FEATURES).format_value(stored))
    said = "".join(each["text"] for each in shown["blocks"])
    assert said.count("Kom") == stored.count("Kom")
