import datetime

import pytest
from django.contrib.auth.models import Permission
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import Workflow

from socialekaart_plugin.directory.actions import confirm_record, mark_record, set_steward
from socialekaart_plugin.directory.choices import VerificationChannel
from socialekaart_plugin.moderation.permissions import WORKFLOW_NAME, Role
from tests.factories import (
    ActivityFactory,
    OrganisationFactory,
    PlaceFactory,
    TargetGroupFactory,
    UserFactory,
    change,
)

pytestmark = pytest.mark.django_db

LISTS = "/admin/snippets/socialekaart_plugin"


@pytest.fixture
def me(team, client):
    user = UserFactory(role=Role.MODERATORS)
    client.force_login(user)
    return user


@pytest.fixture
def parts(client):
    def parts():
        panels = client.get("/admin/").context["panels"]
        panel = next(panel for panel in panels if panel.name == "socialekaart")
        found = (panel.waiting, panel.drafts, panel.to_verify, panel.gaps, panel.published)
        return [part() for part in found]

    return parts


def names(part):
    return [line.name for line in part.lines]


def whole(**kwargs):
    record = OrganisationFactory(
        public=True, visiting_place=PlaceFactory(), target_groups=[TargetGroupFactory()], **kwargs
    )
    confirm_record(record=record, on=timezone.localdate(), channel=VerificationChannel.PHONE)
    return record


def submit(record, user):
    return Workflow.objects.get(name=WORKFLOW_NAME).start(record, user)


def test_each_part_says_in_words_that_there_is_nothing(me, client, parts):
    assert all(part.lines == [] for part in parts())
    shown = client.get("/admin/").content.decode()
    for part in parts():
        assert str(part.empty) in shown


def test_what_waits_for_me_is_what_i_may_approve_and_what_was_sent_back(me, parts):
    colleague = UserFactory(first_name="Els", last_name="Editor")
    record = ActivityFactory(name="Van Els")
    submit(record, colleague)
    back = OrganisationFactory(name="Terug naar mij")
    submit(back, me).current_task_state.reject(user=colleague)
    submit(OrganisationFactory(name="Terug naar Els"), colleague).current_task_state.reject(user=me)
    waiting, drafts = parts()[:2]
    assert sorted(names(waiting)) == ["Terug naar mij", "Van Els"]
    by_name = {line.name: line for line in waiting.lines}
    assert by_name["Van Els"].url == f"{LISTS}/activity/edit/{record.pk}/"
    assert by_name["Van Els"].note == "ingestuurd door Els Editor"
    assert names(drafts) == []


def test_an_editor_has_nothing_to_approve(team, client, parts):
    client.force_login(UserFactory(role=Role.EDITORS))
    submit(ActivityFactory(name="Van een ander"), UserFactory())
    assert names(parts()[0]) == []


def test_my_drafts_are_what_i_changed_last_and_did_not_send_in(me, parts):
    begun = OrganisationFactory(name="Begonnen")
    begun.save_revision(user=me)
    changed = whole(name="Openbaar")
    draft = changed.get_latest_revision_as_object()
    draft.name = "Openbaar, straks anders"
    draft.save_revision(user=me)
    sent = OrganisationFactory(name="Ingestuurd")
    sent.save_revision(user=me)
    submit(sent, me)
    OrganisationFactory(name="Van een ander").save_revision(user=UserFactory())
    gone = whole(name="Teruggetrokken")
    gone.save_revision(user=me)
    gone.unpublish()
    drafts = parts()[1]
    assert names(drafts) == ["Openbaar, straks anders", "Begonnen"]


def test_what_i_look_after_and_is_marked_comes_before_what_is_due(me, parts):
    due, marked, never = whole(name="Oud"), whole(name="Verouderd"), whole(name="Nooit")
    fresh, others = whole(name="Vers"), whole(name="Van een ander")
    for record in (due, marked, never, fresh):
        set_steward(record=record, steward=me)
    for record in (due, others):
        confirm_record(
            record=record, on=datetime.date(2020, 1, 1), channel=VerificationChannel.PHONE
        )
    mark_record(record=marked, on=timezone.localdate())
    type(never).objects.filter(pk=never.pk).update(verified_on=None)
    part = parts()[2]
    assert names(part) == ["Verouderd", "Nooit", "Oud"]
    assert part.lines[2].url == f"{LISTS}/organisation/confirm/{due.pk}/"
    assert part.lines[2].note == "laatst gecontroleerd op 1 januari 2020"


def test_what_misses_something_begins_with_mine(me, parts):
    for name in ("Een", "Twee"):
        OrganisationFactory(name=name, public=True)
    mine = OrganisationFactory(name="Zelf", public=True)
    set_steward(record=mine, steward=me)
    OrganisationFactory(name="Concept")
    whole(name="Heel")
    part = parts()[3]
    assert names(part) == ["Zelf", "Een", "Twee"]
    assert part.lines[0].note == "mist: plek, doelgroep"


def test_a_part_shows_five_and_leads_to_all(me, client, parts):
    for number in range(7):
        OrganisationFactory(name=f"Club {number}", public=True)
    published = parts()[4]
    assert names(published) == [f"Club {number}" for number in (6, 5, 4, 3, 2)]
    for part in parts():
        for _label, address in part.more:
            response = client.get(address)
            assert response.status_code == 200
            assert not getattr(response.context.get("filters"), "errors", None)


def test_the_panel_asks_as_many_queries_for_many_as_for_few(me, client, django_assert_num_queries):
    def fill(number):
        for _each in range(number):
            mine = ActivityFactory(public=True)
            set_steward(record=mine, steward=me)
            change(mine, name="Anders").save()
            OrganisationFactory().save_revision(user=me)
            submit(ActivityFactory(), UserFactory())

    fill(2)
    client.get("/admin/")
    panels = client.get("/admin/").context["panels"]
    panel = next(panel for panel in panels if panel.name == "socialekaart")
    with CaptureQueriesContext(connection) as few:
        panel.get_context_data({})
    fill(8)
    with django_assert_num_queries(len(few)):
        panel.get_context_data({})
    assert len(few) <= 30


def test_who_may_change_no_records_has_no_panel(team, client):
    user = UserFactory()
    user.user_permissions.add(
        Permission.objects.get(codename="access_admin"),
        Permission.objects.get(codename="view_organisation"),
    )
    client.force_login(user)
    assert "sk-home" not in client.get("/admin/").content.decode()
