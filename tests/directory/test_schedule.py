"""After a scheduled end a record is saved and published again, with no date emptied by hand."""

import datetime
from html import unescape

import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from socialekaart_plugin.directory.requirements import PublicationRefused
from socialekaart_plugin.models import Organisation
from socialekaart_plugin.moderation.permissions import Role
from tests.factories import OrganisationFactory, UserFactory, change
from tests.forms import filled_in

pytestmark = pytest.mark.django_db

HOUR = datetime.timedelta(hours=1)


@pytest.fixture
def moderator(team, client):
    user = UserFactory(role=Role.MODERATORS)
    user.groups.add(*UserFactory(role=Role.EDITORS).groups.all())
    client.force_login(user)
    return client


@pytest.fixture
def expired(time_machine):
    """A record that was shown for two hours, and then left by itself."""
    now = timezone.now().replace(second=0, microsecond=0)
    time_machine.move_to(now - 4 * HOUR, tick=False)
    record = OrganisationFactory(summary="Zoals het was.")
    change(record, go_live_at=now - 3 * HOUR, expire_at=now - HOUR).publish()
    time_machine.move_to(now - 2 * HOUR, tick=False)
    call_command("publish_scheduled")
    assert Organisation.objects.get(pk=record.pk).live
    time_machine.move_to(now, tick=False)
    call_command("publish_scheduled")
    record = Organisation.objects.get(pk=record.pk)
    assert record.expired
    assert not record.live
    return record


def edit_url(record):
    return reverse("wagtailsnippets_socialekaart_plugin_organisation:edit", args=[record.pk])


def opened(client, record, **changed):
    """The form as a browser sends it; its dates stand in the panel beside it."""
    response = client.get(edit_url(record))
    data = filled_in(response)
    for name in ("go_live_at", "expire_at"):
        moment = response.context["form"][name].value()
        data[name] = f"{moment:%Y-%m-%d %H:%M}" if moment else ""
    return data | changed


def stays_public(record):
    call_command("publish_scheduled")
    return Organisation.objects.get(pk=record.pk).live


def test_it_is_saved_as_a_draft(expired, moderator):
    data = opened(moderator, expired, summary="Weer terug.")
    assert moderator.post(edit_url(expired), data).status_code == 302
    draft = Organisation.objects.get(pk=expired.pk).get_latest_revision_as_object()
    assert (draft.summary, draft.go_live_at, draft.expire_at) == ("Weer terug.", None, None)


def test_it_is_published_again_and_stays(expired, moderator):
    data = opened(moderator, expired, **{"action-publish": "1"})
    assert moderator.post(edit_url(expired), data).status_code == 302
    assert stays_public(expired)


def test_it_goes_on_after_an_automatic_save(expired, moderator):
    data = opened(moderator, expired, summary="Weer terug.")
    json = {"accept": "application/json"}
    answer = moderator.post(edit_url(expired), data, headers=json).json()
    assert answer["success"], answer
    data |= answer["field_updates"] | {"action-publish": "1"}
    assert moderator.post(edit_url(expired), data).status_code == 302
    assert stays_public(expired)


def test_it_is_submitted_and_approved(expired, moderator):
    data = opened(moderator, expired, **{"action-submit": "1"})
    assert moderator.post(edit_url(expired), data).status_code == 302
    record = Organisation.objects.get(pk=expired.pk)
    record.current_workflow_task_state.approve(user=UserFactory(role=Role.MODERATORS))
    assert stays_public(expired)


def test_a_draft_of_before_its_end_is_approved_after_it(expired):
    draft = change(expired, summary="Van voor het einde.")
    assert draft.as_object().expire_at is not None
    draft.publish()
    assert stays_public(expired)


def test_an_end_that_is_typed_in_the_past_is_still_refused(expired, moderator):
    late = timezone.localtime(timezone.now() - 10 * HOUR)
    data = opened(moderator, expired, expire_at=f"{late:%Y-%m-%d %H:%M}")
    response = moderator.post(edit_url(expired), data)
    assert response.status_code == 200
    assert response.context["form"].errors.keys() == {"expire_at"}


def test_a_new_end_is_taken(expired, moderator):
    later = timezone.localtime(timezone.now() + 10 * HOUR)
    changed = {"expire_at": f"{later:%Y-%m-%d %H:%M}", "action-publish": "1"}
    data = opened(moderator, expired, **changed)
    assert moderator.post(edit_url(expired), data).status_code == 302
    assert stays_public(expired)
    assert Organisation.objects.get(pk=expired.pk).expire_at is not None


@pytest.fixture
def overtaken(time_machine):
    """A draft whose end came before anyone published it."""
    now = timezone.now().replace(second=0, microsecond=0)
    time_machine.move_to(now - 2 * HOUR, tick=False)
    record = OrganisationFactory()
    change(record, expire_at=now - HOUR)
    time_machine.move_to(now, tick=False)
    return Organisation.objects.get(pk=record.pk)


def test_a_draft_whose_end_passed_is_saved_and_keeps_it(overtaken, moderator):
    data = opened(moderator, overtaken, summary="Verder geschreven.")
    assert moderator.post(edit_url(overtaken), data).status_code == 302
    draft = Organisation.objects.get(pk=overtaken.pk).get_latest_revision_as_object()
    assert draft.summary == "Verder geschreven."
    assert draft.expire_at is not None


def test_it_goes_public_only_with_a_later_end_or_none(overtaken, moderator):
    with pytest.raises(PublicationRefused):
        overtaken.get_latest_revision().publish()
    data = opened(moderator, overtaken, **{"action-publish": "1"})
    response = moderator.post(edit_url(overtaken), data, follow=True)
    assert "Het einde ervan is al geweest" in unescape(response.content.decode())
    data = opened(moderator, overtaken, expire_at="", **{"action-publish": "1"})
    moderator.post(edit_url(overtaken), data)
    assert stays_public(overtaken)


def test_a_later_end_that_came_in_between_keeps_it_public(expired, moderator):
    """`publish_scheduled` first reads all that is to leave, and then takes each off."""
    moderator.post(edit_url(expired), opened(moderator, expired, **{"action-publish": "1"}))
    about_to_leave = Organisation.objects.get(pk=expired.pk)
    about_to_leave.expire_at = timezone.now() - HOUR
    about_to_leave.unpublish(set_expired=True)
    assert Organisation.objects.get(pk=expired.pk).live
