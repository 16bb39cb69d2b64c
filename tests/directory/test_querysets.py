import datetime

import pytest
from wagtail.models import Workflow

from socialekaart_plugin.directory.actions import confirm_record, mark_record, withdraw_record
from socialekaart_plugin.directory.choices import (
    ActivityForm,
    Freshness,
    Gap,
    RecordState,
    VerificationChannel,
)
from socialekaart_plugin.foundation.audiences import Audience
from socialekaart_plugin.models import Activity, Organisation, Session
from socialekaart_plugin.moderation.permissions import WORKFLOW_NAME
from tests.factories import (
    ActivityFactory,
    AreaFactory,
    OrganisationFactory,
    PlaceFactory,
    TargetGroupFactory,
    ThemeFactory,
    UserFactory,
    activity_contact,
    at,
    change,
    contact,
)

pytestmark = pytest.mark.django_db

TODAY = datetime.date(2026, 6, 1)


def names(records):
    return sorted(record.name for record in records)


def verified(record, days_ago):
    day = TODAY - datetime.timedelta(days=days_ago)
    return confirm_record(record=record, on=day, channel=VerificationChannel.PHONE)


@pytest.fixture
def in_every_state(team):
    user = UserFactory()
    workflow = Workflow.objects.get(name=WORKFLOW_NAME)
    OrganisationFactory(name="draft")
    OrganisationFactory(name="live", public=True)
    change(OrganisationFactory(name="pending", public=True), summary="Anders")
    withdraw_record(record=OrganisationFactory(name="withdrawn", public=True), reason="Gestopt")
    workflow.start(OrganisationFactory(name="moderated"), user)
    state = workflow.start(OrganisationFactory(name="refused"), user)
    state.current_task_state.reject(user=user)


@pytest.mark.parametrize(
    ("state", "found"),
    [
        (RecordState.DRAFT, ["draft", "moderated", "refused"]),
        (RecordState.LIVE, ["live", "pending"]),
        (RecordState.PENDING, ["pending"]),
        (RecordState.WITHDRAWN, ["withdrawn"]),
        (RecordState.IN_MODERATION, ["moderated"]),
        (RecordState.SENT_BACK, ["refused"]),
    ],
)
def test_a_state_finds_the_records_that_are_in_it(in_every_state, state, found):
    assert names(Organisation.objects.in_state(state)) == found


def test_an_activity_with_the_key_of_an_organisation_does_not_lend_it_its_workflow(team):
    organisation = OrganisationFactory()
    activity = ActivityFactory(pk=organisation.pk)
    Workflow.objects.get(name=WORKFLOW_NAME).start(activity, UserFactory())
    assert not Organisation.objects.in_state(RecordState.IN_MODERATION).exists()
    assert Activity.objects.in_state(RecordState.IN_MODERATION).get() == activity


def test_freshness_follows_the_interval_of_each_record():
    verified(OrganisationFactory(name="fresh", public=True), 364)
    verified(OrganisationFactory(name="due", public=True), 365)
    often = verified(OrganisationFactory(name="due sooner", public=True), 30)
    Organisation.objects.filter(pk=often.pk).update(verify_interval_days=30)
    marked = verified(OrganisationFactory(name="marked", public=True), 10)
    mark_record(record=marked, on=TODAY)
    later = verified(OrganisationFactory(name="marked tomorrow", public=True), 10)
    mark_record(record=later, on=TODAY + datetime.timedelta(days=1))
    OrganisationFactory(name="never", public=True)
    OrganisationFactory(name="a draft")
    found = {
        freshness: names(Organisation.objects.in_freshness(freshness, TODAY))
        for freshness in Freshness
    }
    assert found == {
        Freshness.FRESH: ["fresh", "marked tomorrow"],
        Freshness.DUE: ["due", "due sooner"],
        Freshness.MARKED: ["marked"],
        Freshness.NEVER: ["a draft", "never"],
    }
    to_verify = names(Organisation.objects.to_verify(TODAY))
    assert to_verify == ["due", "due sooner", "marked", "never"]


def test_what_a_record_misses_is_asked_one_by_one():
    whole = OrganisationFactory(
        name="whole", visiting_place=PlaceFactory(), target_groups=[TargetGroupFactory()]
    )
    verified(whole, 1)
    Organisation.objects.filter(pk=whole.pk).update(steward=UserFactory())
    OrganisationFactory(
        name="bare",
        summary="",
        themes=[],
        contact_facts=[contact(Audience.REFERRER, "a@example.org")],
    )
    records = Organisation.objects
    for question in (
        records.missing(Gap.SUMMARY),
        records.missing(Gap.THEME),
        records.missing(Gap.CONTACT),
        records.missing(Gap.PLACE),
        records.missing(Gap.TARGET_GROUP),
        records.missing(Gap.VERIFICATION),
        records.missing(Gap.STEWARD),
    ):
        assert names(question) == ["bare"], str(question.query)
    assert names(records.missing(Gap.SUMMARY, Gap.THEME)) == ["bare"]
    assert not records.missing(Gap.TIMES).exists()
    assert not records.missing().exists()


def test_every_gap_has_a_question_of_its_own():
    assert {gap.value for gap in Activity.objects.all().possible_gaps} == set(Gap.values)
    questions = {str(Activity.objects.missing(gap).query) for gap in Gap}
    assert len(questions) == len(Gap)


def test_an_activity_is_reached_through_its_organisation_as_well():
    unreachable = OrganisationFactory(public=True)
    unreachable.contact_facts.all().delete()
    ActivityFactory(name="through it")
    ActivityFactory(
        name="by itself",
        organisation=unreachable,
        contact_facts=[activity_contact(Audience.PUBLIC, "a@example.org")],
    )
    ActivityFactory(name="not at all", organisation=unreachable)
    assert names(Activity.objects.missing(Gap.CONTACT)) == ["not at all"]


def test_only_what_is_done_at_a_place_misses_one():
    ActivityFactory(name="somewhere", sessions=[at(PlaceFactory())])
    ActivityFactory(name="online", forms=[ActivityForm.ONLINE])
    ActivityFactory(name="both", forms=[ActivityForm.PLACE, ActivityForm.ONLINE])
    ActivityFactory(name="unsaid")
    assert names(Activity.objects.missing(Gap.PLACE)) == ["both", "unsaid"]
    assert names(Activity.objects.done(ActivityForm.ONLINE)) == ["both", "online"]


def test_times_are_missed_unless_they_are_given_or_it_is_said_why_not():
    times = {"rules": []}
    ActivityFactory(name="nothing")
    ActivityFactory(name="a place only", sessions=[at(PlaceFactory())])
    ActivityFactory(name="in a note", sessions=[Session(note="hoort u bij de aanmelding")])
    ActivityFactory(name="by appointment", without_times="by_appointment")
    ActivityFactory(name="always", without_times="always", sessions=[at(PlaceFactory())])
    on_tuesdays = ActivityFactory(name="on Tuesdays", sessions=[at(PlaceFactory())])
    Session.objects.filter(activity=on_tuesdays).update(schedule=times)
    assert names(Activity.objects.missing(Gap.TIMES)) == ["a place only", "nothing"]


def test_all_gaps_are_read_in_one_query(django_assert_num_queries):
    ActivityFactory(summary="")
    with django_assert_num_queries(1):
        activity = Activity.objects.with_gaps().get()
    assert activity.gap_summary is True
    assert activity.gap_theme is False
    assert activity.gap_times is True


def test_areas_and_themes_find_records_by_key():
    area = AreaFactory()
    place = PlaceFactory()
    theme = ThemeFactory()
    OrganisationFactory(name="there", visiting_place=place, themes=[theme])
    OrganisationFactory(name="elsewhere")
    ActivityFactory(name="there too", sessions=[at(place), at(place)], themes=[theme])
    assert names(Organisation.objects.in_areas([area.pk])) == ["there"]
    assert names(Activity.objects.in_areas([area.pk])) == ["there too"]
    assert names(Organisation.objects.about([theme.pk])) == ["there"]
    assert names(Activity.objects.about([theme.pk])) == ["there too"]


@pytest.mark.parametrize(
    "text",
    [
        "sam",
        "maatjes samen",
        "buddy",
        "formulier",
        "079-1234567",
        "(079) 123 45 67",
        "+31 79 123 45 67",
        "0031791234567",
        "1234567",
        "info@voorbeeld",
        "kern",
        "dorpsstraat",
        "2712AB",
        "2712 ab",
        "nieuwe",
    ],
)
def test_an_organisation_is_found_by_whatever_someone_remembers_of_it(text):
    organisation = OrganisationFactory(
        public=True,
        name="Samen Maatjes",
        alternative_names="De Buddy’s\nBuddyproject",
        visiting_place=PlaceFactory(name="Wijkhuis De Kern", street_address="Dorpsstraat 3"),
        contact_facts=[
            contact(Audience.INTERNAL, "079 123 45 67", kind="phone"),
            contact(Audience.PUBLIC, "info@voorbeeld.nl"),
        ],
    )
    change(organisation, name="Nieuwe naam")
    OrganisationFactory(name="Wandelclub", summary="Lopen.", contact_facts=[])
    assert names(Organisation.objects.matching(text)) == ["Samen Maatjes"]


def test_an_activity_is_found_by_its_organisation_place_and_short_id():
    activity = ActivityFactory(
        name="Koffie",
        organisation=OrganisationFactory(name="Stichting Zon"),
        sessions=[at(PlaceFactory(name="De Kern"))],
    )
    ActivityFactory(name="Thee")
    for text in ("zon", "kern", "koffie zon", activity.short_id.upper()):
        assert names(Activity.objects.matching(text)) == ["Koffie"], text
    assert names(Activity.objects.matching("koffie thee")) == []
    assert len(Activity.objects.matching("")) == 2


def test_what_is_found_in_more_than_one_way_is_found_once():
    ActivityFactory(
        name="Koffie",
        sessions=[at(PlaceFactory(name="Koffiehuis")), at(PlaceFactory(name="Koffiebar"))],
        target_groups=[TargetGroupFactory(), TargetGroupFactory()],
    )
    assert Activity.objects.matching("koffie").count() == 1
    assert Activity.objects.missing(*Gap).count() == 1
