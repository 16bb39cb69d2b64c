"""A record that a colleague has locked is left alone by every action; its owner goes on."""

import datetime
from html import unescape

import pytest
from django.contrib.messages import get_messages
from django.core.management import call_command
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Revision, TaskState, WorkflowState

from socialekaart_plugin.directory import actions
from socialekaart_plugin.directory.choices import VerificationChannel
from socialekaart_plugin.directory.requirements import RecordLocked
from socialekaart_plugin.models import Activity, InternalNote, Keyword, Organisation, Theme
from socialekaart_plugin.moderation.permissions import Role
from socialekaart_plugin.vocabulary.actions import merge_words
from tests.factories import ActivityFactory, ThemeFactory, UserFactory, change
from tests.forms import filled_in

pytestmark = pytest.mark.django_db

DAY = datetime.date(2027, 6, 1)


def merge_keyword(record, user):
    words = {tag.name: tag for tag in Keyword.objects.all()}
    merge_words(words=[words["taal"]], into=words["lezen"], user=user)


ACTIONS = {
    "publish": lambda record, user: record.get_latest_revision().publish(user=user),
    "unpublish": lambda record, user: record.unpublish(user=user),
    "withdraw": lambda record, user: actions.withdraw_record(
        record=record, reason="Weg", user=user
    ),
    "confirm": lambda record, user: actions.confirm_record(
        record=record, on=DAY, channel=VerificationChannel.PHONE, user=user
    ),
    "mark": lambda record, user: actions.mark_record(record=record, on=DAY, user=user),
    "unmark": lambda record, user: actions.unmark_record(record=record, user=user),
    "steward": lambda record, user: actions.set_steward(record=record, steward=user, user=user),
    "origin": lambda record, user: actions.set_origin(record=record, source="Lijst", user=user),
    "end": lambda record, user: actions.close_activity(activity=record, on=DAY, user=user),
    "season": lambda record, user: actions.copy_activity(
        activity=record, name="Nieuw", valid_from=None, valid_until=None, user=user
    ),
    "keywords": lambda record, user: actions.change_keywords(record=record, add=["x"], user=user),
    "merge": merge_keyword,
    "delete": lambda record, user: actions.delete_record(record=record, user=user),
}


@pytest.fixture
def anna(team):
    return UserFactory(username="anna", first_name="Anna", last_name="de Wit", role=Role.MODERATORS)


@pytest.fixture
def bart(team):
    bart = UserFactory(username="bart", role=Role.MODERATORS)
    bart.groups.add(*UserFactory(role=Role.EDITORS).groups.all())
    bart.groups.add(*UserFactory(role=Role.MANAGERS).groups.all())
    return bart


@pytest.fixture
def locked(anna):
    Keyword.objects.create(name="lezen", slug="lezen")
    record = ActivityFactory(public=True, name="Taalles", tags=["taal"])
    change(record, summary="Nog niet openbaar")
    record = Activity.objects.get(pk=record.pk)
    record.locked, record.locked_by, record.locked_at = True, anna, timezone.now()
    record.save(update_fields=["locked", "locked_by", "locked_at"])
    return record


def everything():
    return (
        list(Activity.objects.order_by("pk").values()),
        [sorted(tag.name for tag in record.tags.all()) for record in Activity.objects.all()],
    )


@pytest.mark.parametrize("action", ACTIONS)
def test_what_a_colleague_locked_is_not_changed(locked, bart, action):
    before = everything()
    with pytest.raises(RecordLocked, match=r"“Taalles” is vergrendeld door Anna de Wit"):
        ACTIONS[action](locked, bart)
    assert everything() == before


@pytest.mark.parametrize("action", ACTIONS)
def test_who_locked_it_goes_on(locked, anna, action):
    ACTIONS[action](locked, anna)


@pytest.mark.parametrize("action", ACTIONS)
def test_the_system_goes_on_with_what_was_decided_before(locked, action):
    ACTIONS[action](locked, None)


def test_a_lock_that_came_after_the_record_was_read_counts(locked, bart):
    stale = Activity.objects.get(pk=locked.pk)
    stale.locked, stale.locked_by = False, None
    with pytest.raises(RecordLocked):
        actions.withdraw_record(record=stale, reason="Weg", user=bart)


def test_a_schedule_takes_a_locked_record_off(locked):
    Activity.objects.filter(pk=locked.pk).update(
        expire_at=timezone.now() - datetime.timedelta(hours=1)
    )
    call_command("publish_scheduled")
    assert not Activity.objects.get(pk=locked.pk).live


def url(record, name):
    return reverse(f"wagtailsnippets_socialekaart_plugin_activity:{name}", args=[record.pk])


SCREENS = {
    "confirm": {"on": "2026-01-05", "channel": "phone"},
    "upkeep": {"steward": "", "verify_interval_days": "30"},
    "mark": {"marked": "yes"},
    "withdraw": {"reason": "Weg"},
    "close": {"on": "2027-06-01"},
    "season": {"name": "Nieuw"},
    "unpublish": {},
    "delete": {},
}


@pytest.mark.parametrize("screen", SCREENS)
def test_a_screen_says_who_locked_it_and_changes_nothing(locked, bart, client, screen):
    client.force_login(bart)
    before = everything()
    response = client.post(url(locked, screen), SCREENS[screen], follow=True)
    assert "is vergrendeld door Anna de Wit" in unescape(response.content.decode())
    assert everything() == before


@pytest.mark.parametrize(
    ("action", "answers"),
    [
        ("add_keywords", {"keywords": "koffie"}),
        ("set_steward", {"steward": ""}),
        ("withdraw", {"reason": "Weg"}),
        ("delete", {}),
    ],
)
def test_a_bulk_action_leaves_it_out(locked, bart, client, action, answers):
    client.force_login(bart)
    free = ActivityFactory(public=True, name="Koor")
    base = reverse("wagtail_bulk_action", args=["socialekaart_plugin", "activity", action])
    address = f"{base}?id={locked.pk}&id={free.pk}&next=/admin/"
    before = Activity.objects.filter(pk=locked.pk).values().get()
    assert client.post(address, answers).status_code == 302
    assert Activity.objects.filter(pk=locked.pk).values().get() == before


def test_merging_a_word_of_a_locked_record_is_refused_on_the_screen(locked, bart, client):
    client.force_login(bart)
    going = ThemeFactory(name="Administratie")
    into = ThemeFactory(name="Geld")
    record = Activity.objects.get(pk=locked.pk)
    record.themes.add(going)
    record.save()
    address = reverse("wagtailsnippets_socialekaart_plugin_theme:merge")
    response = client.post(address, {"word": [going.pk], "into": into.pk})
    assert "is vergrendeld door Anna de Wit" in unescape(response.content.decode())
    assert Theme.objects.filter(pk=going.pk).exists()


def test_approving_what_a_colleague_locked_is_refused(locked, bart, client):
    editor = UserFactory(role=Role.EDITORS)
    locked.get_workflow().start(locked, editor)
    state = locked.current_workflow_task_state
    client.force_login(bart)
    address = reverse(
        "wagtailsnippets_socialekaart_plugin_activity:workflow_action",
        args=[locked.pk, "approve", state.pk],
    )
    response = client.post(address, {"comment": ""})
    assert any("Anna de Wit" in str(m) for m in get_messages(response.wsgi_request))
    assert Activity.objects.get(pk=locked.pk).summary != "Nog niet openbaar"


def test_a_lock_between_opening_the_form_and_saving_is_told_with_the_text_kept(
    locked, anna, bart, client
):
    client.force_login(bart)
    Activity.objects.update(locked=False, locked_by=None)
    address = url(locked, "edit")
    data = filled_in(client.get(address), summary="Van Bart.")
    Activity.objects.update(locked=True, locked_by=anna)
    response = client.post(address, data)
    assert response.status_code == 200
    assert "Van Bart." in response.content.decode()
    assert not Organisation.objects.filter(summary="Van Bart.").exists()


class Moderated:
    """A record that waits for approval and is locked by its moderator, with its addresses."""

    #: All but "submit", which Wagtail offers only for what does not wait already.
    EDITS = ("", "publish", "cancel-workflow", "restart-workflow", "workflow-action")
    ASIDE = frozenset({"lock", "unlock"})  # they are about the lock itself
    TALK = frozenset({"notes", "remove_note"})  # colleagues talk about a record; it stays as it is

    def __init__(self, record, editor, maker):
        self.viewset = type(record).snippet_viewset
        self.record = record
        record.get_workflow().start(record, editor)
        self.revision = record.get_latest_revision()
        state = record.current_workflow_task_state
        self.known = {
            "pk": record.pk,
            "revision_id": self.revision.pk,
            "revision_id_a": self.revision.pk,
            "revision_id_b": "latest",
            "task_state_id": state.pk,
            "task_id": state.task_id,
            "workflow_state_id": state.workflow_state_id,
            "note_pk": actions.add_note(record=record, text="Bel even", user=maker).pk,
        }

    def plan(self):
        """Plan its publication; Wagtail then lets nobody edit it, who locked it neither."""
        self.revision.approved_go_live_at = timezone.now() + datetime.timedelta(days=5)
        self.revision.save(update_fields=["approved_go_live_at"])

    def as_it_stands(self):
        mine = {"object_id": str(self.record.pk)}
        return (
            type(self.record).objects.filter(pk=self.record.pk).values().first(),
            list(Revision.objects.filter(**mine).order_by("pk").values()),
            list(WorkflowState.objects.filter(**mine).order_by("pk").values()),
            list(TaskState.objects.order_by("pk").values()),
            list(InternalNote.objects.order_by("pk").values()),
        )

    def posts(self, form):
        """Each address of the record, with what is sent to it."""
        for route in self.viewset.get_urlpatterns():
            wanted = set(route.pattern.converters) or set(route.pattern.regex.groupindex)
            if "pk" not in wanted:
                continue
            for action in ("approve", "reject") if "action_name" in wanted else ("",):
                known = {**self.known, "action_name": action}
                address = reverse(
                    self.viewset.get_url_name(route.name),
                    kwargs={name: known[name] for name in wanted},
                )
                for suffix, data in self._data(route.name, form):
                    label = ":".join(part for part in (route.name, action, suffix) if part)
                    yield label, address, data

    def _data(self, name, form):
        if name not in ("edit", "revisions_revert"):
            return [("", {**SCREENS.get(name, {}), "text": "Hoi", "comment": ""})]
        extra = {"summary": "Door een ander", "workflow-action-name": "approve"}
        return [
            (action, {**form, **extra, **({f"action-{action}": "1"} if action else {})})
            for action in self.EDITS
        ]

    def changed_by(self, client, form):
        """Post to each address, undo it, and return the names of those that changed something."""
        changed = set()
        for label, address, data in self.posts(form):
            with transaction.atomic():
                if label == "revisions_unschedule":
                    self.plan()
                before = self.as_it_stands()
                assert client.post(address, data).status_code < 500, label
                if self.as_it_stands() != before:
                    changed.add(label)
                transaction.set_rollback(True)
        return changed


@pytest.fixture
def moderated(locked, anna):
    anna.groups.add(*UserFactory(role=Role.EDITORS).groups.all())
    return Moderated(locked, UserFactory(role=Role.EDITORS), anna)


@pytest.fixture
def its_form(moderated, anna, client):
    client.force_login(anna)
    return filled_in(client.get(url(moderated.record, "edit")))


def test_no_address_of_a_record_lets_a_colleague_change_what_is_locked(
    moderated, its_form, bart, client
):
    client.force_login(bart)
    changed = moderated.changed_by(client, its_form)
    assert changed <= moderated.ASIDE | moderated.TALK


def test_the_same_addresses_do_change_it_for_who_locked_it(moderated, its_form, client):
    changed = moderated.changed_by(client, its_form)
    assert changed >= {
        "edit",
        "edit:publish",
        "edit:cancel-workflow",
        "edit:restart-workflow",
        "edit:workflow-action",
        "revisions_revert",
        "revisions_unschedule",
        "unpublish",
        "workflow_action:approve",
        "workflow_action:reject",
        "confirm",
        "upkeep",
        "mark",
        "withdraw",
        "close",
        "delete",
    }


def test_what_a_colleague_locked_stays_planned_and_the_screen_says_why(moderated, bart, client):
    client.force_login(bart)
    moderated.plan()
    name = moderated.viewset.get_url_name("revisions_unschedule")
    address = reverse(name, args=[moderated.record.pk, moderated.revision.pk])
    response = client.post(address, follow=True)
    assert "is vergrendeld door Anna de Wit" in unescape(response.content.decode())
    assert Activity.objects.get(pk=moderated.record.pk).scheduled_revision == moderated.revision
