"""The texts of the demonstration directory are good plain Dutch, and nothing in them is real."""

import re
from collections import Counter
from itertools import combinations

import pytest
from django.utils.html import strip_tags
from shapely.geometry import Point, shape

from socialekaart_plugin.directory.models import Organisation
from socialekaart_plugin.management.demo_content import (
    demo_identity,
    demo_uuid,
    read_content,
    read_outline,
    read_themes,
)


def sentences_of(text: str) -> list[str]:
    plain = strip_tags(re.sub(r"</(p|li|h3)>", ". ", text))
    plain = re.sub(r"(\d)\.(\d)", r"\1:\2", plain)
    return [s for s in re.split(r"(?<=[.?!])\s+", plain) if re.search(r"\w", s)]


class TestOutlines:
    def test_places_are_in_every_wijk(self) -> None:
        wijken = {area["code"] for area in read_content("areas") if area["kind"] == "district"}
        assert {place["district"] for place in read_content("places")} == wijken

    def test_outlines_do_not_overlap_and_lie_in_the_municipality(self) -> None:
        town, *wijken = [shape(read_outline(values)) for values in read_content("areas")]
        assert all(outline.is_valid and town.covers(outline) for outline in wijken)
        for one, other in combinations(wijken, 2):
            assert one.intersection(other).area == pytest.approx(0, abs=1e-9)

    def test_places_stay_clear_of_the_borders_that_others_draw_a_little_differently(self) -> None:
        outlines = [shape(read_outline(values)) for values in read_content("areas")]
        for place in read_content("places"):
            point = Point(place["longitude"], place["latitude"])
            assert min(outline.boundary.distance(point) for outline in outlines) > 0.001


class TestTexts:
    def test_no_two_are_alike(self) -> None:
        records = [*read_content("organisations"), *read_content("activities")]
        for part in ("name", "summary", "description"):
            texts = [values[part].casefold() for values in records if values[part]]
            assert [text for text, times in Counter(texts).items() if times > 1] == []
        sentences = Counter(s for values in records for s in sentences_of(values["summary"]))
        assert [sentence for sentence, times in sentences.items() if times > 1] == []

    def test_sentences_are_short(self) -> None:
        lengths = []
        for values in (*read_content("organisations"), *read_content("activities")):
            text = sentences_of(values["summary"]) + sentences_of(values["description"])
            lengths += [len(sentence.split()) for sentence in text]
            assert sum(len(s.split()) for s in text) / len(text) <= 16, values["key"]
        assert max(lengths) <= 20
        assert sum(lengths) / len(lengths) <= 12

    def test_summaries_are_plain_and_short(self) -> None:
        for values in (*read_content("organisations"), *read_content("activities")):
            for text in (values["summary"], values.get("pending", values)["summary"]):
                assert len(text) <= 300
                assert strip_tags(text) == text

    def test_some_descriptions_use_every_kind_of_text(self) -> None:
        text = "".join(values["description"] for values in read_content("organisations"))
        assert set(re.findall(r"<(\w+)", text)) == {"p", "b", "h3", "ul", "li"}

    def test_themes_and_groups_are_all_of_use(self) -> None:
        used = {
            key
            for values in (*read_content("organisations"), *read_content("activities"))
            for key in values["themes"]
        }
        assert {theme["key"] for theme in read_themes() if theme["parent"]} <= used

    def test_no_number_or_address_can_be_real(self) -> None:
        records = [*read_content("organisations"), *read_content("activities")]
        facts = [fact for values in records for fact in values.get("contact", [])]
        phones = [fact["value"] for fact in facts if fact["kind"] == "phone"]
        assert len(set(phones)) == len(phones)
        assert all(re.fullmatch(r"079 300 00\d\d", phone) for phone in phones)
        for fact in facts:
            if fact["kind"] in ("mail", "website", "social"):
                assert re.search(r"[.@/]\w+\.example(/|$)|//\w+\.example", fact["value"])

    def test_ids_are_as_they_were(self) -> None:
        assert demo_identity(Organisation, "waterkers") == {
            "uuid": demo_uuid(Organisation, "waterkers"),
            "short_id": "7gqk64m",
        }
