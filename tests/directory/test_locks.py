"""A record that a colleague has locked is left alone by every action; its owner goes on."""

import datetime
from html import unescape

import pytest
from django.contrib.messages import get_messages
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from socialekaart_plugin.directory import actions
from socialekaart_plugin.directory.choices import VerificationChannel
from socialekaart_plugin.directory.requirements import RecordLocked
from socialekaart_plugin.models import Activity, Keyword, Organisation, Theme
from socialekaart_plugin.moderation.choices import Role
from tests.factories import ActivityFactory, ThemeFactory, UserFactory, change
from tests.forms import filled_in

pytestmark = pytest.mark.django_db

DAY = datetime.date(2027, 6, 1)


def merge_keyword(record, user):
    words = {tag.name: tag for tag in Keyword.objects.all()}
    actions.merge_keywords(keywords=[words["taal"]], into=words["lezen"], user=user)


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
