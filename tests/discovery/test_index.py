import datetime

import pytest
from django.core.management import call_command
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from socialekaart_plugin.directory.actions import withdraw_record
from socialekaart_plugin.discovery.actions import renew_coming_times
from socialekaart_plugin.discovery.index import index_records
from socialekaart_plugin.discovery.models import IndexChange, SearchDocument, SearchWord
from socialekaart_plugin.discovery.search import SearchRequest, search
from socialekaart_plugin.discovery.selectors import current_analyzer
from socialekaart_plugin.foundation.audiences import Audience
from socialekaart_plugin.models import OrganisationTranslation, PublishedRecord
from socialekaart_plugin.places.models import SchoolHoliday
from tests.factories import (
    ActivityFactory,
    OrganisationFactory,
    PlaceFactory,
    ThemeFactory,
    at,
    change,
    contact,
    publish,
    weekly,
)

pytestmark = pytest.mark.django_db


def documents(record):
    """Return for whom there are documents; nobody is left out."""
    found = SearchDocument.objects.filter(record__uuid=record.uuid, audiences__gt=0)
    return sorted(found.values_list("audiences", flat=True))


def document(record):
    return SearchDocument.objects.get(record__uuid=record.uuid)


def facets(record):
    return set(document(record).facets.split())


def names(text="", **request):
    return [payload["name"] for payload in search(SearchRequest(text=text, **request)).payloads]


def state():
    return list(
        SearchDocument.objects.order_by("pk").values_list("pk", "version", "fingerprint")
    ), IndexChange.objects.count()


def index(records):
    return index_records(records, analyzer=current_analyzer())


def test_what_both_audiences_see_alike_is_one_document(town):
    assert documents(town.bureau) == [3]


def test_how_to_get_in_touch_is_in_no_document():
    facts = [contact(Audience.PUBLIC, "a@b.nl"), contact(Audience.REFERRER, "c@d.nl")]
    assert documents(OrganisationFactory(public=True, contact_facts=facts)) == [3]


def test_what_they_see_differently_is_two(town):
    assert documents(town.course) == [1, 2]


def test_and_one_again_once_they_see_the_same(town):
    town.for_referrers.audience = Audience.PUBLIC
    town.for_referrers.save()
    assert documents(town.course) == [3]
    assert names("spreekkamer") == ["Cursus rondkomen"]


def test_a_record_is_found_by_its_translated_name_and_summary_too():
    OrganisationFactory(
        public=True,
        name="Geldbureau",
        translations=[
            OrganisationTranslation(language="en", name="Debt desk", summary="Help with money")
        ],
    )
    assert names("desk") == names("money") == ["Geldbureau"]


def test_an_activity_that_ended_is_not_found_from_the_night_after_on(time_machine):
    time_machine.move_to("2026-06-30 12:00Z")
    activity = ActivityFactory(
        public=True, name="Zomerfeest", valid_until=datetime.date(2026, 6, 30)
    )
    assert names("zomerfeest") == ["Zomerfeest"]
    time_machine.move_to("2026-07-01 03:00Z")
    call_command("bump_sequence")
    assert names("zomerfeest") == []
    assert PublishedRecord.objects.public().filter(uuid=activity.uuid).exists()


def test_a_draft_is_not_found_and_changes_nothing(town):
    OrganisationFactory(name="Concept")
    change(town.bureau, name="Iets geheims")
    assert names("concept") == names("geheims") == []


def test_the_facets_of_a_document_hold_the_wider_ones_and_each_value_once(town):
    found = sorted(pair for pair in facets(town.bureau) if pair.startswith(("area", "theme")))
    assert found == ["area=centrum", "area=stad", "theme=geld", "theme=schulden"]


def test_a_new_version_is_found_by_its_new_words_only(town):
    assert names("formulieren") == ["Bureau Budget"]
    change(town.bureau, name="Geldloket", alternative_names="", summary="Kom langs.")
    publish(town.bureau)
    assert names("formulieren", correct=False) == []
    assert names("geldloket")[0] == "Geldloket"


def test_a_renamed_theme_keeps_finding_its_records(town):
    town.money.slug = "inkomen"
    town.money.name = "Inkomen"
    town.money.save()
    assert len(names(facets={"theme": ("inkomen",)})) == len(names("inkomen")) == 2
    assert names(facets={"theme": ("geld",)}) == []


def test_a_place_that_moves_to_another_district_takes_its_records_along(town):
    town.in_centre.location = town.in_east.location
    town.in_centre.save()
    assert "Bureau Budget" in names(facets={"area": ("oost",)})
    assert names(facets={"area": ("centrum",)}) == []


def test_a_withdrawn_record_is_gone_and_says_so(town):
    withdraw_record(record=town.course, reason="Gestopt")
    assert names("rondkomen") == names("rondkomen", audience=Audience.REFERRER) == []
    assert documents(town.course) == []
    assert SearchDocument.objects.filter(record__uuid=town.course.uuid, audiences=0).exists()


def test_and_is_found_again_once_it_is_back(town):
    withdraw_record(record=town.course, reason="Gestopt")
    assert names("rondkomen") == []
    publish(town.course)
    assert names("rondkomen") == ["Cursus rondkomen"]


def test_a_deleted_record_is_not_found(town):
    town.course.delete()
    assert names("rondkomen") == []


def test_a_withdrawn_organisation_is_no_facet_of_its_activities(town):
    withdraw_record(record=town.bureau, reason="Gestopt")
    assert names(facets={"organisation": ("bureau-budget",)}) == []


def test_public_and_findable_are_one_transaction():
    draft = OrganisationFactory(name="Zonnebloem")
    with transaction.atomic():
        publish(draft)
        assert names("zonnebloem") == ["Zonnebloem"]
        transaction.set_rollback(True)
    assert names("zonnebloem") == []
    assert not PublishedRecord.objects.filter(uuid=draft.uuid).exists()


def test_a_record_that_cannot_be_indexed_does_not_go_public(monkeypatch):
    draft = OrganisationFactory()

    def fail(*args, **kwargs):
        raise RuntimeError

    monkeypatch.setattr("socialekaart_plugin.discovery.signal_handlers.index_records", fail)
    with pytest.raises(RuntimeError):
        publish(draft)
    assert not PublishedRecord.objects.filter(uuid=draft.uuid).exists()


def test_indexing_what_did_not_change_writes_nothing(town):
    before = state()
    found = PublishedRecord.objects.filter(kind__in=["organisation", "activity", "place"])
    assert index(found) == 0
    assert state() == before


def test_only_what_changed_gets_a_new_version(town):
    before = dict(SearchDocument.objects.values_list("record__uuid", "version"))
    change(town.club, summary="Iets anders.")
    publish(town.club)
    after = dict(SearchDocument.objects.values_list("record__uuid", "version"))
    assert {uuid for uuid, version in after.items() if version != before[uuid]} == {town.club.uuid}


def test_indexing_many_records_costs_the_same_number_of_queries():
    theme = ThemeFactory()
    for _number in range(20):
        OrganisationFactory(public=True, themes=[theme])

    def queries(records):
        SearchDocument.objects.all().delete()
        with CaptureQueriesContext(
            connection,
        ) as captured:
            assert index(records) == len(records)
        return len(captured)

    records = list(PublishedRecord.objects.filter(kind="organisation"))
    assert queries(records[:2]) == queries(records)


def test_the_gate_is_locked_before_anything_is_written(town):
    record = PublishedRecord.objects.get(uuid=town.club.uuid)
    SearchDocument.objects.filter(record=record).delete()
    with CaptureQueriesContext(connection) as captured:
        index([record])
    queries = [query["sql"] for query in captured]
    written = next(n for n, sql in enumerate(queries) if sql.startswith("INSERT"))
    assert any("publicationcounter" in sql for sql in queries[:written])


def test_words_are_kept_once_and_short_ones_are_not(town):
    kept = list(SearchWord.objects.values_list("word", flat=True))
    assert len(kept) == len(set(kept))
    assert {"budget", "formulieren", "sporthal", "spreekkamer"} <= set(kept)
    assert min(map(len, kept)) >= 3


def test_a_session_added_alone_is_found_by_its_district(town):
    session = at(town.in_centre)
    session.activity = town.course
    session.save()
    assert "Cursus rondkomen" in names(facets={"area": ("centrum",)})


@pytest.fixture
def weekly_class(time_machine):
    """Held on Tuesdays, not in the school holidays; it is a Monday in November."""
    time_machine.move_to("2026-11-23 08:00Z", tick=False)
    schedule = {**weekly(), "in_school_holidays": False}
    return ActivityFactory(
        public=True, name="Les", sessions=[at(PlaceFactory(), schedule=schedule)]
    )


def renew(day):
    return renew_coming_times(today=datetime.date.fromisoformat(day), progress=lambda *_: None)


def test_coming_times_are_kept_ahead_as_days_go_by(weekly_class, time_machine):
    far = {"dates": (datetime.date(2027, 1, 12),)}
    assert names(**far) == []
    assert renew("2026-11-24") == 0
    time_machine.move_to("2026-12-14 03:00Z", tick=False)
    assert renew("2026-12-14") == 1
    assert names(**far) == ["Les"]
    assert renew("2026-12-14") == 0


def test_other_school_holidays_give_other_times(weekly_class):
    tuesday = {"dates": (datetime.date(2026, 12, 1),)}
    assert names(**tuesday) == ["Les"]
    holiday = SchoolHoliday.objects.create(
        region="midden",
        name="Extra",
        starts_on=datetime.date(2026, 11, 28),
        ends_on=datetime.date(2026, 12, 6),
    )
    assert renew("2026-11-23") == 1
    assert names(**tuesday) == []
    holiday.delete()
    assert renew("2026-11-23") == 1
    assert names(**tuesday) == ["Les"]


def test_progress_is_told_of_all_that_is_due(weekly_class, time_machine):
    told = []
    time_machine.move_to("2026-12-28 03:00Z", tick=False)
    renew_coming_times(
        today=datetime.date(2026, 12, 28), progress=lambda done, total: told.append((done, total))
    )
    assert told == [(1, 1)]


def test_a_text_without_any_word_is_withdrawn_as_any_other(db):
    record = OrganisationFactory(public=True)
    row = PublishedRecord.objects.get(uuid=record.uuid)
    wordless = {"name": "…", "summary": "!", "description": "", "themes": []}
    row.public_payload |= wordless
    row.referrer_payload |= wordless
    findable = SearchDocument.objects.filter(record=row, audiences__gt=0)
    index_records([row], analyzer=current_analyzer())
    assert findable.count() == 1
    index_records([row], analyzer=current_analyzer())
    withdraw_record(record=record, reason="Gestopt")
    assert findable.count() == 0
