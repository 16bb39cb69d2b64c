import datetime

import pytest
from django.core.management import call_command
from django.db import transaction

from socialekaart_plugin.directory.actions import withdraw_record
from socialekaart_plugin.discovery.facets import facet_values
from socialekaart_plugin.discovery.index import index_records
from socialekaart_plugin.discovery.models import FacetValue, SearchEntry
from socialekaart_plugin.foundation.audiences import Audience
from socialekaart_plugin.models import OrganisationTranslation, PublishedRecord
from tests.factories import ActivityFactory, OrganisationFactory, ThemeFactory, at, change, publish

pytestmark = pytest.mark.django_db


def entry(record, audience=Audience.PUBLIC):
    return SearchEntry.objects.filter(record__uuid=record.uuid, audience=audience).first()


def facets(record, audience=Audience.PUBLIC):
    found = FacetValue.objects.filter(entry__record__uuid=record.uuid, entry__audience=audience)
    return sorted(found.values_list("facet", "value"))


def test_a_published_record_has_one_entry_an_audience(town):
    assert SearchEntry.objects.filter(record__uuid=town.bureau.uuid).count() == 2
    assert entry(town.bureau).name == "bureau budget"
    assert entry(town.bureau).text == (
        "bureau budget schuldhulp de knip hulp bij geldzaken en formulieren"
    )


def test_a_record_is_found_by_its_translated_name_and_summary_too():
    organisation = OrganisationFactory(
        public=True,
        translations=[
            OrganisationTranslation(language="en", name="Debt desk", summary="Help with money")
        ],
    )
    assert "debt desk help with money" in entry(organisation).text


def test_an_activity_that_ended_has_no_entry_from_the_night_after_on(time_machine):
    time_machine.move_to("2026-06-30 12:00Z")
    activity = ActivityFactory(public=True, valid_until=datetime.date(2026, 6, 30))
    assert entry(activity) is not None
    time_machine.move_to("2026-07-01 03:00Z")
    call_command("restamp_public_records")
    assert entry(activity) is None
    assert PublishedRecord.objects.public().filter(uuid=activity.uuid).exists()


def test_a_draft_has_no_entry():
    draft = OrganisationFactory()
    assert entry(draft) is None


def test_a_draft_of_a_live_record_changes_nothing(town):
    change(town.bureau, name="Iets geheims")
    assert entry(town.bureau).name == "bureau budget"


def test_the_facets_of_an_entry_hold_the_wider_ones_and_each_value_once(town):
    assert facets(town.bureau) == [
        ("area", "centrum"),
        ("area", "stad"),
        ("theme", "geld"),
        ("theme", "schulden"),
    ]
    assert facets(town.course) == [
        ("area", "oost"),
        ("area", "stad"),
        ("organisation", "bureau-budget"),
        ("theme", "geld"),
    ]


def test_a_new_version_is_found_by_its_new_words_only(town):
    change(town.bureau, name="Geldloket", alternative_names="", summary="Kom langs.")
    publish(town.bureau)
    assert entry(town.bureau).text == "geldloket kom langs"


def test_a_renamed_theme_keeps_finding_its_records(town):
    town.money.slug = "inkomen"
    town.money.save()
    assert ("theme", "inkomen") in facets(town.bureau)
    assert ("theme", "geld") not in facets(town.bureau)


def test_a_place_that_moves_to_another_district_takes_its_records_along(town):
    town.in_centre.location = town.in_east.location
    town.in_centre.save()
    assert ("area", "oost") in facets(town.bureau)
    assert ("area", "centrum") not in facets(town.bureau)


def test_a_withdrawn_record_has_no_entry_and_no_facets(town):
    withdraw_record(record=town.course, reason="Gestopt")
    assert entry(town.course) is None
    assert entry(town.course, Audience.REFERRER) is None
    assert facets(town.course) == []
    assert entry(town.bureau) is not None


def test_a_deleted_record_has_no_entry(town):
    uuid = town.course.uuid
    town.course.delete()
    assert not SearchEntry.objects.filter(record__uuid=uuid).exists()


def test_a_withdrawn_organisation_is_no_facet_of_its_activities(town):
    withdraw_record(record=town.bureau, reason="Gestopt")
    assert ("organisation", "bureau-budget") not in facets(town.course)


def test_public_and_findable_are_one_transaction():
    draft = OrganisationFactory()
    with transaction.atomic():
        publish(draft)
        assert entry(draft) is not None
        transaction.set_rollback(True)
    assert entry(draft) is None
    assert not PublishedRecord.objects.filter(uuid=draft.uuid).exists()


def test_a_record_that_cannot_be_indexed_does_not_go_public(monkeypatch):
    draft = OrganisationFactory()

    def fail(*args, **kwargs):
        raise RuntimeError

    monkeypatch.setattr("socialekaart_plugin.discovery.signal_handlers.index_records", fail)
    with pytest.raises(RuntimeError):
        publish(draft)
    draft.refresh_from_db()
    assert not draft.live
    assert not PublishedRecord.objects.filter(uuid=draft.uuid).exists()


def test_indexing_again_changes_nothing(town):
    before = (facets(town.bureau), entry(town.bureau).text, SearchEntry.objects.count())
    for _time in range(2):
        index_records(PublishedRecord.objects.all(), values_of=facet_values)
    assert (facets(town.bureau), entry(town.bureau).text, SearchEntry.objects.count()) == before


def test_indexing_many_records_costs_the_same_number_of_queries(django_assert_num_queries):
    theme = ThemeFactory()
    for _number in range(40):
        OrganisationFactory(public=True, themes=[theme])
    records = list(PublishedRecord.objects.all())
    with django_assert_num_queries(6):
        index_records(records, values_of=facet_values)


def test_a_place_for_referrers_is_a_facet_for_referrers_only(town):
    town.bureau.visiting_place = town.for_referrers
    town.bureau.save()
    assert ("area", "oost") not in facets(town.bureau)
    assert ("area", "oost") in facets(town.bureau, Audience.REFERRER)


def test_a_session_added_alone_is_found_by_its_district(town):
    session = at(town.in_centre)
    session.activity = town.course
    session.save()
    assert ("area", "centrum") in facets(town.course)
