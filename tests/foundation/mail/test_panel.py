import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from wagtail.models import ModelLogEntry

from socialekaart_plugin.foundation.mail.actions import clear_unsent_mail
from socialekaart_plugin.foundation.mail.models import UnsentMail
from socialekaart_plugin.moderation.permissions import Role
from tests.factories import UserFactory

PANEL = 'id="socialekaart-unsent-mail-section"'
CLEAR = "/admin/socialekaart/unsent-mail/clear/"


def dashboard(client, user):
    client.force_login(user)
    return client.get(reverse("wagtailadmin_home")).content.decode()


def unsent(subject="Ingediend", error="ConnectionRefusedError", minutes=0):
    return UnsentMail.objects.create(
        recipients="els@example.org",
        subject=subject,
        error=error,
        handed_over_at=timezone.now() - datetime.timedelta(minutes=minutes),
    )


def test_managers_read_to_whom_which_mail_did_not_go_and_why(client, team):
    unsent()
    shown = dashboard(client, UserFactory(role=Role.MANAGERS))
    assert PANEL in shown
    assert "1 mail is niet verstuurd." in shown
    for words in ("els@example.org", "Ingediend", "ConnectionRefusedError"):
        assert words in shown


@pytest.mark.parametrize("role", [Role.EDITORS, Role.MODERATORS])
def test_others_are_not_told(client, team, role):
    unsent()
    assert PANEL not in dashboard(client, UserFactory(role=role))


def test_mail_that_is_under_way_is_no_trouble_and_mail_of_a_process_that_ended_is(client, team):
    manager = UserFactory(role=Role.MANAGERS)
    unsent(error="", minutes=1)
    assert PANEL not in dashboard(client, manager)
    unsent(error="", minutes=11)
    assert "Misschien is hij toch aangekomen." in dashboard(client, manager)


def test_a_manager_clears_what_was_shown_and_nothing_else(client, team):
    shown, later = unsent("Eerst"), unsent("Later")
    under_way = unsent("Onderweg", error="")
    manager = UserFactory(role=Role.MANAGERS)
    client.force_login(manager)
    answer = client.post(CLEAR, {"mail": [shown.pk, under_way.pk, "x", "9" * 30]})
    assert (answer.status_code, answer.url) == (302, "/admin/")
    assert set(UnsentMail.objects.all()) == {later, under_way}
    (line,) = ModelLogEntry.objects.filter(action="socialekaart.clear_unsent_mail")
    assert (line.user, line.label) == (manager, "Eerst")
    assert "1 mail staat niet meer in de lijst." in client.get("/admin/").content.decode()


def test_clearing_begins_by_writing_so_that_it_waits_for_who_writes(team):
    shown, manager = unsent(), UserFactory(role=Role.MANAGERS)
    with CaptureQueriesContext(connection) as queries:
        clear_unsent_mail(pks=[shown.pk], user=manager)
    statements = [query["sql"].split()[0].upper() for query in queries]
    assert next(s for s in statements if s not in ("BEGIN", "SAVEPOINT")) == "UPDATE"
    assert not UnsentMail.objects.exists()


def test_looking_clears_nothing_and_others_may_not(client, team):
    mail = unsent()
    client.force_login(UserFactory(role=Role.MANAGERS))
    assert client.get(CLEAR).status_code == 405
    client.force_login(UserFactory(role=Role.EDITORS))
    assert client.post(CLEAR, {"mail": [mail.pk]}).status_code == 302
    assert UnsentMail.objects.count() == 1
