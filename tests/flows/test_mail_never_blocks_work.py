"""Whatever the mail server does, people submit, approve, refuse and publish; managers are told."""

import logging

import pytest
from django.core import mail
from django.db import transaction
from django.urls import reverse

from socialekaart_plugin.foundation.mail.delivery import wait_until_carried
from socialekaart_plugin.models import UnsentMail
from socialekaart_plugin.moderation.permissions import Role
from tests.factories import OrganisationFactory, UserFactory
from tests.mail_servers import FAULTS, mail_server

# The thread that carries the mail has a connection of its own, and those of an SQLite database in
# memory refuse each other.
pytestmark = [
    pytest.mark.postgres,
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
]

ADMIN = "wagtailsnippets_socialekaart_plugin_organisation"


def draft(name, owner):
    organisation = OrganisationFactory(name=name)
    organisation.save_revision(user=owner)
    return organisation


def submit(client, user, record):
    client.force_login(user)
    record.get_workflow().start(record, user)


def decide(client, user, record, action):
    record.refresh_from_db()
    client.force_login(user)
    state = record.current_workflow_task_state
    answer = client.post(
        reverse(f"{ADMIN}:workflow_action", args=[record.pk, action, state.pk]),
        {"comment": "Gezien"},
    )
    assert answer.status_code == 302


def published(record):
    record.refresh_from_db()
    return record.live


def work(client, editor, moderator):
    """Submit, refuse, submit again, approve; ask for another password."""
    record = draft("Buurtmaatjes", editor)
    submit(client, editor, record)
    decide(client, moderator, record, "reject")
    record.refresh_from_db()
    record.current_workflow_state.resume(user=editor)
    decide(client, moderator, record, "approve")
    assert published(record)
    client.logout()
    answer = client.post(reverse("wagtailadmin_password_reset"), {"email": editor.email})
    assert answer.status_code == 302


@pytest.fixture
def people(team):
    editor, moderator = UserFactory(role=Role.EDITORS), UserFactory(role=Role.MODERATORS)
    editor.set_password("geheim-genoeg")  # who has none cannot ask for another
    editor.save()
    return editor, moderator


@pytest.mark.parametrize("fault", FAULTS)
def test_work_goes_on_and_managers_read_what_was_not_sent(client, people, settings, fault, caplog):
    editor, moderator = people
    with mail_server(settings, fault) as server:
        work(client, editor, moderator)
        if fault == "hangs":
            assert server.reached.wait(10)
            # All is done, and the mails are still under way: nobody waited for them.
            assert set(UnsentMail.objects.values_list("error", flat=True)) == {""}
            # Meanwhile somebody else publishes.
            other = draft("Eetcafé", moderator)
            client.force_login(moderator)
            other.latest_revision.publish(user=moderator)
            assert published(other)
            server.hang_up()
        wait_until_carried(10)
    unsent = UnsentMail.objects.in_trouble()
    assert sorted(m.recipients for m in unsent) == sorted(
        [moderator.email, moderator.email, editor.email, editor.email, editor.email]
    )
    assert all(FAULTS[fault] in m.error for m in unsent)
    assert sum("Mail not sent" in r.message for r in caplog.records) == 5

    manager = UserFactory(role=Role.MANAGERS)
    client.force_login(manager)
    shown = client.get(reverse("wagtailadmin_home")).content.decode()
    assert "5 mails zijn niet verstuurd." in shown
    assert moderator.email in shown
    assert "Buurtmaatjes" in shown


def test_mail_arrives_after_the_work_is_done(client, people, settings):
    with mail_server(settings) as server:
        work(client, *people)
        wait_until_carried(10)
        assert len(server.taken) == 5
    assert not UnsentMail.objects.exists()


def test_mail_of_work_that_is_undone_never_leaves(client, people, settings):
    editor, _moderator = people
    record = draft("Buurtmaatjes", editor)
    with mail_server(settings) as server:
        with transaction.atomic():
            record.get_workflow().start(record, editor)
            transaction.set_rollback(True)
        wait_until_carried(10)
        assert server.taken == []
    assert not UnsentMail.objects.exists()


@pytest.mark.parametrize("fault", ["does not resolve", "refuses", "drops after DATA"])
def test_the_workflow_holds_in_a_site_that_sends_with_another_backend(
    client, people, settings, fault, monkeypatch
):
    editor, moderator = people
    with mail_server(settings, fault):
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        work(client, editor, moderator)
        wait_until_carried(10)
    # The mail about the password is the site's own; Django itself logs that it failed.
    assert UnsentMail.objects.in_trouble().count() == 4


def test_a_mail_that_cannot_be_written_breaks_nothing(client, people, monkeypatch, caplog):
    from socialekaart_plugin.moderation.notifications import TaskSubmitted

    def broken(*args, **kwargs):
        raise KeyError("a template of the site")

    monkeypatch.setattr(TaskSubmitted, "get_template_set", broken)
    editor, _moderator = people
    record = draft("Buurtmaatjes", editor)
    with caplog.at_level(logging.ERROR):
        record.get_workflow().start(record, editor)
    record.refresh_from_db()
    assert record.workflow_in_progress
    assert mail.outbox == []
    (unsent,) = UnsentMail.objects.in_trouble()
    assert "KeyError" in unsent.error
