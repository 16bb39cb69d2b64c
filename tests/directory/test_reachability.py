"""What the form and the sheet say of an activity that nobody can reach."""

import pytest

from socialekaart_plugin.directory.form_advice import advised_for
from socialekaart_plugin.directory.record_panels import readiness_context
from socialekaart_plugin.directory.views.export import export_columns
from socialekaart_plugin.foundation.audiences import Audience
from socialekaart_plugin.models import Activity
from tests.factories import ActivityFactory, OrganisationFactory, activity_contact, contact

pytestmark = pytest.mark.django_db


@pytest.fixture
def organisation():
    return OrganisationFactory(
        public=True, contact_facts=[contact(Audience.PUBLIC, "info@brug.example")]
    )


def test_registering_by_telephone_without_any_number_is_a_warning_and_no_refusal(organisation):
    activity = ActivityFactory(
        organisation=organisation,
        registration=["phone", "mail"],
        contact_facts=[activity_contact(Audience.INTERNAL, "079 300 0001", kind="phone")],
    )
    context = readiness_context(activity)
    assert context["needed"] == []
    (advised,) = context["advised"]
    assert "telefoon" in advised.message
    assert advised.anchor == "id_contact_facts-FORMS"


@pytest.mark.parametrize("whose", ["own", "the organisation's"])
def test_a_number_of_either_is_enough(whose, organisation):
    facts = []
    if whose == "own":
        facts = [activity_contact(Audience.PUBLIC, "079 300 0001", kind="phone")]
    else:
        organisation = OrganisationFactory(public=True)
    activity = ActivityFactory(
        organisation=organisation, registration=["phone"], contact_facts=facts
    )
    assert advised_for(activity) == []


def test_an_organisation_is_warned_for_its_own_registration():
    organisation = OrganisationFactory(
        registration=["phone"], contact_facts=[contact(Audience.PUBLIC, "info@brug.example")]
    )
    assert len(advised_for(organisation)) == 1


def test_the_sheet_tells_what_visitors_see_in_place_of_contact_of_its_own(organisation):
    activity = ActivityFactory(public=True, organisation=organisation)
    columns = {str(column.heading): column for column in export_columns(Activity)}
    column = columns["Contact via de organisatie (iedereen)"]
    assert column.value(activity) == "info@brug.example"
