"""An activity that cannot be reached itself is reached by its organisation, for each audience."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from socialekaart_plugin.directory.actions import withdraw_record
from socialekaart_plugin.foundation.audiences import Audience
from socialekaart_plugin.models import PublishedRecord
from socialekaart_plugin.publication.choices import RecordKind
from socialekaart_plugin.publication.public_record import build_payload, public_view, sources_of
from tests.factories import (
    ActivityFactory,
    OrganisationFactory,
    activity_contact,
    change,
    contact,
    publish,
    together_with,
)

pytestmark = pytest.mark.django_db


def told(record, audience=Audience.PUBLIC):
    """What an audience reads: the value, and whose it is when it is not its own."""
    payload = PublishedRecord.objects.get(uuid=record.uuid).payload(audience)
    return [
        (fact["value"], fact["derived_from"] and fact["derived_from"]["name"])
        for fact in payload["contact"]
    ]


@pytest.fixture
def organisation():
    return OrganisationFactory(
        public=True,
        name="De Brug",
        contact_facts=[
            contact(Audience.PUBLIC, "079 300 0001", kind="phone"),
            contact(Audience.PUBLIC, "info@brug.example", kind="mail"),
            contact(Audience.REFERRER, "verwijs@brug.example", kind="mail"),
            contact(Audience.INTERNAL, "intern@brug.example", kind="mail"),
        ],
    )


def test_an_activity_without_contact_shows_that_of_its_organisation_by_name(organisation):
    activity = ActivityFactory(public=True, organisation=organisation)
    shown = [("079 300 0001", "De Brug"), ("info@brug.example", "De Brug")]
    assert told(activity) == shown
    assert told(activity, Audience.REFERRER) == [*shown, ("verwijs@brug.example", "De Brug")]


def test_an_organisation_has_only_contact_of_its_own(organisation):
    assert told(organisation) == [("079 300 0001", None), ("info@brug.example", None)]


def test_contact_of_its_own_goes_before_that_of_the_organisation(organisation):
    activity = ActivityFactory(
        public=True,
        organisation=organisation,
        contact_facts=[activity_contact(Audience.PUBLIC, "koffie@brug.example")],
    )
    assert told(activity) == [("koffie@brug.example", None)]


@pytest.mark.parametrize(
    ("own", "for_all", "for_referrers"),
    [
        (Audience.INTERNAL, True, True),
        (Audience.REFERRER, True, False),
    ],
)
def test_each_audience_gets_what_stands_in_for_what_it_does_not_see(
    own, for_all, for_referrers, organisation
):
    activity = ActivityFactory(
        public=True,
        organisation=organisation,
        contact_facts=[activity_contact(own, "koffie@brug.example")],
    )
    assert any(whose == "De Brug" for _value, whose in told(activity)) is for_all
    found = told(activity, Audience.REFERRER)
    assert any(whose == "De Brug" for _value, whose in found) is for_referrers


def test_a_name_alone_reaches_nobody(organisation):
    activity = ActivityFactory(
        public=True,
        organisation=organisation,
        contact_facts=[activity_contact(Audience.PUBLIC, "Truus", kind="person")],
    )
    assert told(activity)[:2] == [("Truus", None), ("079 300 0001", "De Brug")]


def test_what_one_registers_by_is_filled_in_beside_other_contact(organisation):
    activity = ActivityFactory(
        public=True,
        organisation=organisation,
        registration=["phone", "mail"],
        contact_facts=[activity_contact(Audience.PUBLIC, "koffie@brug.example")],
    )
    assert told(activity) == [("koffie@brug.example", None), ("079 300 0001", "De Brug")]


def test_only_who_answers_for_it_stands_in():
    first, other = (
        OrganisationFactory(
            public=True, contact_facts=[contact(Audience.PUBLIC, f"{name}@example.nl")]
        )
        for name in ("eerste", "ander")
    )
    activity = ActivityFactory(
        public=True, organisation=first, co_organisers=[together_with(other)]
    )
    assert [value for value, _whose in told(activity)] == ["eerste@example.nl"]


@pytest.mark.parametrize("leave", [lambda o: o.unpublish(), None], ids=["unpublish", "withdraw"])
def test_of_an_organisation_that_left_nothing_stays_behind(leave, organisation):
    activity = ActivityFactory(public=True, organisation=organisation)
    if leave:
        leave(organisation)
    else:
        withdraw_record(record=organisation, reason="Gestopt", with_activities=False)
    for audience in (Audience.PUBLIC, Audience.REFERRER):
        assert told(activity, audience) == []
    publish(organisation)
    assert [value for value, _whose in told(activity)] == ["079 300 0001", "info@brug.example"]


def test_a_draft_of_the_organisation_changes_nothing_until_it_is_published(organisation):
    activity = ActivityFactory(public=True, organisation=organisation)
    change(organisation, contact_facts=[contact(Audience.PUBLIC, "nieuw@brug.example")])
    assert ("nieuw@brug.example", "De Brug") not in told(activity)
    publish(organisation)
    assert told(activity) == [("nieuw@brug.example", "De Brug")]


def test_a_fact_saved_or_deleted_on_its_own_is_followed(organisation):
    activity = ActivityFactory(public=True, organisation=organisation)
    fact = organisation.contact_facts.get(value="info@brug.example")
    fact.value = "anders@brug.example"
    fact.save()
    assert ("anders@brug.example", "De Brug") in told(activity)
    fact.delete()
    assert told(activity) == [("079 300 0001", "De Brug")]


def test_a_fact_that_opens_up_or_closes_is_followed_for_everyone(organisation):
    activity = ActivityFactory(public=True, organisation=organisation)
    fact = organisation.contact_facts.get(value="verwijs@brug.example")
    fact.audience = Audience.PUBLIC
    fact.save()
    assert ("verwijs@brug.example", "De Brug") in told(activity)
    fact.audience = Audience.REFERRER
    fact.save()
    assert ("verwijs@brug.example", "De Brug") not in told(activity)


def test_a_preview_shows_it_too_and_none_of_a_draft_organisation(organisation):
    draft = ActivityFactory(organisation=organisation)
    (first, *_others) = build_payload(draft, Audience.PUBLIC)["contact"]
    assert first["derived_from"]["name"] == "De Brug"
    draft.organisation = OrganisationFactory()
    assert build_payload(draft, Audience.PUBLIC)["contact"] == []


def test_it_costs_one_query_for_many_activities(organisation):
    def queries():
        with CaptureQueriesContext(connection) as counted:
            for source in sources_of(RecordKind.ACTIVITY):
                public_view(source)
        return len(counted)

    ActivityFactory(public=True, organisation=organisation)
    few = queries()
    for _number in range(4):
        ActivityFactory(public=True, organisation=OrganisationFactory(public=True))
    assert queries() == few
