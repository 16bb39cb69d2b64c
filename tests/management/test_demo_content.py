"""The texts of the demonstration directory are good plain Dutch, and nothing in them is real."""

import csv
import datetime
import json
import re
from collections import Counter
from collections.abc import Iterator
from itertools import combinations
from pathlib import Path

import pytest
from django.utils.html import strip_tags
from shapely.geometry import Point, shape

from socialekaart_plugin.directory import rules
from socialekaart_plugin.directory.choices import ContactKind
from socialekaart_plugin.directory.models import Activity, HelpQuestion, Organisation
from socialekaart_plugin.management.demo.days import opening_hours_as_stored, schedule_as_stored
from socialekaart_plugin.management.demo_content import (
    Values,
    demo_identity,
    demo_uuid,
    read_content,
    read_help_questions,
    read_outline,
    read_records,
    read_target_groups,
    read_themes,
)
from socialekaart_plugin.places.models import Area, Place
from socialekaart_plugin.vocabulary.models import TargetGroup, Theme

ORGANISATIONS = read_records("organisations")
ACTIVITIES = read_records("activities")
RECORDS = [*ORGANISATIONS, *ACTIVITIES]
WEST, SOUTH, EAST, NORTH = 4.41, 52.02, 4.57, 52.10


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
        for part in ("name", "summary", "description"):
            texts = [values[part].casefold() for values in RECORDS if values[part]]
            assert [text for text, times in Counter(texts).items() if times > 1] == []
        sentences = Counter(s for values in RECORDS for s in sentences_of(values["summary"]))
        assert [sentence for sentence, times in sentences.items() if times > 1] == []

    def test_sentences_are_short(self) -> None:
        lengths = []
        for values in RECORDS:
            text = sentences_of(values["summary"]) + sentences_of(values["description"])
            lengths += [len(sentence.split()) for sentence in text]
            assert sum(len(s.split()) for s in text) / len(text) <= 16, values["key"]
        assert max(lengths) <= 20
        assert sum(lengths) / len(lengths) <= 12

    def test_summaries_are_plain_and_short(self) -> None:
        for values in RECORDS:
            for text in (values["summary"], values.get("pending", values)["summary"]):
                assert len(text) <= 300
                assert strip_tags(text) == text

    def test_some_descriptions_use_every_kind_of_text(self) -> None:
        text = "".join(values["description"] for values in ORGANISATIONS)
        assert set(re.findall(r"<(\w+)", text)) == {"p", "b", "h3", "ul", "li"}

    def test_translations_are_short_and_of_another_language_than_their_source(self) -> None:
        texts = [text for values in RECORDS for text in values.get("translations", ())]
        assert {text["language"] for text in texts} == {"en", "ar", "tr", "uk", "pl"}
        assert {text["state"] for text in texts} == {"machine", "checked"}
        assert any(text.get("outdated") for text in texts)
        for text in texts:
            assert 30 < len(text["summary"]) <= rules.SUMMARY_MAX_LENGTH
            letters = {"ar": r"[\u0600-\u06ff]", "uk": r"[\u0400-\u04ff]"}
            script = letters.get(text["language"], r"[a-z]")
            assert len(re.findall(script, text["summary"])) > 20, text
        for values in RECORDS:
            languages = [text["language"] for text in values.get("translations", ())]
            assert len(set(languages)) == len(languages), values["key"]

    def test_help_questions_and_notices_are_in_short_sentences(self) -> None:
        questions = read_help_questions()
        assert len({question["name"] for question in questions}) == len(questions) >= 20
        notices = [notice for values in RECORDS for notice in values.get("notices", ())]
        texts = [*(q["explanation"] for q in questions), *(notice["text"] for notice in notices)]
        for sentence in (sentence for text in texts for sentence in sentences_of(text)):
            assert len(sentence.split()) <= 20


class TestWholeness:
    def test_what_is_named_is_there_and_all_of_it_is_named(self) -> None:
        for name, known, unused in (
            ("themes", read_themes(), {"gezondheid", "zorgen"}),
            ("target_groups", read_target_groups(), set()),
        ):
            used = {key for values in RECORDS for key in values[name]}
            assert {each["key"] for each in known} - used == unused
            assert used <= {each["key"] for each in known}
        organisations = {values["key"] for values in ORGANISATIONS}
        places = {values["key"] for values in read_content("places")}
        for values in ACTIVITIES:
            assert {values["organisation"], *values.get("co_organisers", ())} <= organisations
            assert {s["place"] for s in values["sessions"] if "place" in s} <= places
        used_places = {s.get("place") for a in ACTIVITIES for s in a["sessions"]}
        used_places |= {values["place"] for values in ORGANISATIONS}
        assert used_places - {None} == places
        pictures = {values["picture"]["name"] for values in RECORDS if "picture" in values}
        assert pictures == {picture["key"] for picture in read_content("pictures")}

    def test_help_questions_name_what_is_there_and_public(self) -> None:
        public = {values["key"] for values in RECORDS if values["state"] == "live"}
        themes = {theme["key"] for theme in read_themes()}
        groups = {group["key"] for group in read_target_groups()}
        for question in read_help_questions():
            assert set(question["themes"]) <= themes
            assert set(question["target_groups"]) <= groups
            assert {*question["organisations"], *question["activities"]} <= public
            answers = [
                values["key"]
                for values in RECORDS
                if set(question["themes"]) & set(values["themes"])
                and (
                    not question["target_groups"]
                    or set(question["target_groups"]) & set(values["target_groups"])
                )
            ]
            assert len(answers) >= 2, question["name"]

    def test_who_registers_by_phone_or_mail_finds_a_number_or_an_address(self) -> None:
        public = {
            values["key"]: {fact["kind"] for fact in _public_facts(values)} for values in RECORDS
        }
        for values in RECORDS:
            ways = set(values.get("practical", {}).get("registration", ())) & {"phone", "mail"}
            found = public[values["key"]] | public.get(values.get("organisation", ""), set())
            assert ways <= found, values["key"]

    def test_every_sort_of_schedule_is_there(self) -> None:
        found: Counter[str] = Counter()
        for schedule in _schedules():
            for rule in schedule["rules"]:
                found[rule["repeats"]] += 1
                found["interval"] += rule.get("interval", 1) > 1
                found["overnight"] += rule.get("overnight", False)
                found["last week"] += rule.get("weeks") == [-1]
                found["first week"] += rule.get("weeks") == [1]
            days = Counter(day for r in schedule["rules"] for day in r.get("weekdays", ()))
            found["several a day"] += max(days.values(), default=0) > 1
            for name in ("seasons_left_out", "public_holidays_left_out", "in_school_holidays"):
                found[name] += name in schedule
        assert set(found) == {
            *("weekly", "monthly_by_weekday", "yearly", "once", "interval", "overnight"),
            *("last week", "first week", "several a day"),
            *("seasons_left_out", "public_holidays_left_out", "in_school_holidays"),
        }
        assert min(found.values()) >= 1

    def test_what_is_by_appointment_says_so_in_its_state_and_of_the_rest_nothing_is_claimed(
        self,
    ) -> None:
        notes = [shown.get("note", "") for a in ACTIVITIES for shown in a["sessions"]]
        assert not [note for note in notes if "op afspraak" in note.lower()]
        lacking = [
            values
            for values in ACTIVITIES
            if not all("schedule" in shown for shown in values["sessions"])
            or not values["sessions"]
        ]
        states = Counter(values.get("without_times", "") for values in lacking)
        assert states["by_appointment"] >= 5
        assert states[""] >= 10
        assert sum("without_times" in values for values in ACTIVITIES) == (
            sum("without_times" in values for values in lacking)
        )

    @pytest.mark.parametrize("today", [datetime.date(2026, 3, 2), datetime.date(2028, 2, 29)])
    def test_times_can_be_kept_on_any_day_of_loading(self, today: datetime.date) -> None:
        for schedule in _schedules():
            assert schedule_as_stored(schedule, today)
        hours = [
            values.get("opening_hours") for values in (*read_content("places"), *ORGANISATIONS)
        ]
        kept = [opening_hours_as_stored(each, today) for each in hours]
        assert sum(each is not None for each in kept) >= 30
        assert any(each and each["other_days"] for each in kept)

    def test_who_opens_with_the_building_is_in_one_of_which_the_hours_are_known(self) -> None:
        known = {v["key"] for v in read_content("places") if v.get("opening_hours")}
        places = [o["place"] for o in ORGANISATIONS if o.get("opens_with_building")]
        assert len(places) > 10
        assert set(places) <= known

    def test_a_chosen_day_is_on_its_weekday_in_the_week_that_was_meant(self) -> None:
        slot = {"starts_at": "10:00", "ends_at": "11:00"}
        chosen = {"repeats": "once", "in_weeks": 2, "weekday": "SA", **slot}
        for day in (2, 8):  # Monday and Sunday of one week
            stored = schedule_as_stored({"rules": [chosen]}, datetime.date(2026, 3, day))
            assert stored is not None
            assert stored["rules"][0]["on"] == "2026-03-21"


class TestInvented:
    def test_no_number_or_address_can_be_real(self) -> None:
        facts = [fact for values in RECORDS for fact in values.get("contact", [])]
        phones = [fact["value"] for fact in facts if fact["kind"] == ContactKind.PHONE]
        assert len(set(phones)) == len(phones)
        asked = [values.get("upkeep", {}).get("contact", {}) for values in RECORDS]
        phones += [contact["phone"] for contact in asked if "phone" in contact]
        assert all(re.fullmatch(r"079 300 00\d\d", phone) for phone in phones)
        everything = json.dumps(RECORDS, ensure_ascii=False)
        addresses = re.findall(r"[\w.]+@[\w.]+|https?://[^\"\s]+", everything)
        assert len(addresses) > 150
        for address in addresses:
            assert re.search(r"[@./]\w+\.example(/|$)", address), address

    def test_numbers_of_the_trade_register_are_of_the_right_form_and_not_given_out(self) -> None:
        kvk = [values["kvk_number"] for values in ORGANISATIONS if "kvk_number" in values]
        rsin = [values["rsin"] for values in ORGANISATIONS if "rsin" in values]
        assert len(set(kvk)) == len(kvk) > 40
        assert all(re.fullmatch(r"99990\d{3}", number) for number in kvk)
        assert len(set(rsin)) == len(rsin) == len(kvk)
        assert all(number.startswith("99990") and rules.is_rsin(number) for number in rsin)

    def test_places_lie_within_the_box_around_the_town(self) -> None:
        places = read_content("places")
        for place in places:
            assert SOUTH < place["latitude"] < NORTH, place["name"]
            assert WEST < place["longitude"] < EAST, place["name"]
            assert re.fullmatch(r"27[12]\d X[A-Z]", place["postcode"])
        addresses = Counter(place["street_address"] for place in places)
        assert max(addresses.values()) == 1

    def test_places_lie_in_the_municipality_and_wijk_as_cbs_draws_them(
        self, shared_data: Path
    ) -> None:
        folder = shared_data / "zoetermeer-geo"
        town = _shapes(folder / "gemeente_2024.geojson", "gemeentecode")["GM0637"]
        wijken = _shapes(folder / "wijken_2024.geojson", "wijkcode")
        for place in read_content("places"):
            point = Point(place["longitude"], place["latitude"])
            assert town.covers(point), place["name"]
            assert wijken[place["district"]].covers(point), place["name"]

    def test_streets_are_those_of_the_town(self, shared_data: Path) -> None:
        folder = shared_data / "zoetermeer-geo"
        with (folder / "pc4_zoetermeer.csv").open(encoding="utf-8") as lines:
            streets = {
                street for row in csv.DictReader(lines) for street in row["straten"].split("|")
            }
        with (folder / "adressen_zoetermeer.csv").open(encoding="utf-8") as lines:
            streets |= {re.sub(r" \d.*$", "", row["adres"]) for row in csv.DictReader(lines)}
        for place in read_content("places"):
            assert re.sub(r" \d+$", "", place["street_address"]) in streets, place["name"]

    def test_ids_are_as_they_were(self) -> None:
        assert demo_identity(Organisation, "waterkers") == {
            "uuid": demo_uuid(Organisation, "waterkers"),
            "short_id": "7gqk64m",
        }

    def test_no_two_short_ids_are_the_same(self) -> None:
        identified = [
            *((Organisation, values) for values in ORGANISATIONS),
            *((Activity, values) for values in ACTIVITIES),
            *((Place, values) for values in read_content("places")),
            *((Theme, values) for values in read_themes()),
            *((TargetGroup, values) for values in read_target_groups()),
            *((HelpQuestion, values) for values in read_help_questions()),
            *((Area, values) for values in read_content("areas")),
        ]
        ids = [demo_identity(model, values["key"])["short_id"] for model, values in identified]
        assert len(set(ids)) == len(ids)


def _public_facts(values: Values) -> Iterator[Values]:
    return (fact for fact in values.get("contact", ()) if fact["audience"] == "public")


def _schedules() -> Iterator[Values]:
    for values in ACTIVITIES:
        yield from (shown["schedule"] for shown in values["sessions"] if "schedule" in shown)


def _shapes(file: Path, code: str) -> Values:
    features = json.loads(file.read_text(encoding="utf-8"))["features"]
    return {each["properties"][code]: shape(each["geometry"]) for each in features}
