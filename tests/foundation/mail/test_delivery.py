import sqlite3
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest
from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.smtp import EmailBackend as Smtp
from django.db import transaction
from django.utils.translation import gettext_lazy, override

from socialekaart_plugin.foundation.mail.backend import PATH, EmailBackend
from socialekaart_plugin.foundation.mail.delivery import wait_until_carried
from socialekaart_plugin.foundation.mail.models import UnsentMail
from tests.mail_servers import mail_server

# The thread that carries the mail has a connection of its own, and those of an SQLite database in
# memory refuse each other.
pytestmark = [
    pytest.mark.postgres,
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
]


def message(to, subject="Onderwerp"):
    return EmailMessage(subject, "Tekst", "site@example.org", [to])


def test_one_refused_address_keeps_no_other_mail_back(settings):
    with mail_server(settings, "refuses the recipient") as server:
        get_connection(PATH).send_messages([message("a@example.org"), message("b@example.org")])
        wait_until_carried(10)
        assert UnsentMail.objects.in_trouble().count() == 2
        server.fault = ""
        get_connection(PATH).send_messages([message("c@example.org")])
        wait_until_carried(10)
        assert len(server.taken) == 1


def test_a_message_that_is_used_again_leaves_as_it_was(settings, mailoutbox):
    one = message("a@example.org")
    settings.EMAIL_BACKEND, kept = PATH, settings.EMAIL_BACKEND
    settings.SOCIALEKAART_EMAIL_BACKEND = kept
    with transaction.atomic():
        one.send()
        one.to, one.subject = ["b@example.org"], "Ander onderwerp"
        one.send()
        assert mailoutbox == []
    assert [(m.to, m.subject) for m in mailoutbox] == [
        (["a@example.org"], "Onderwerp"),
        (["b@example.org"], "Ander onderwerp"),
    ]
    assert not UnsentMail.objects.exists()


def test_words_are_in_the_language_of_who_wrote_them(settings):
    with mail_server(settings) as server:
        with override("nl"):
            get_connection(PATH).send_messages([message("a@example.org", gettext_lazy("Monday"))])
        wait_until_carried(10)
        assert "Subject: maandag" in server.taken[0]


def test_nobody_waits_for_ever_where_the_site_set_no_timeout(settings, monkeypatch):
    asked = []
    opened = Smtp.open
    monkeypatch.setattr(Smtp, "open", lambda self: (asked.append(self.timeout), opened(self))[1])
    settings.EMAIL_TIMEOUT = None
    with mail_server(settings, "refuses"):
        get_connection(PATH).send_messages([message("a@example.org")])
        wait_until_carried(10)
    assert asked == [10]


def test_a_server_that_never_answers_is_given_up(settings):
    settings.EMAIL_TIMEOUT = 0.2
    with mail_server(settings, "hangs"):
        get_connection(PATH).send_messages([message("a@example.org"), message("b@example.org")])
        wait_until_carried(10)
    unsent = UnsentMail.objects.in_trouble()
    assert len(unsent) == 2
    assert all(mail.error.endswith("timed out") for mail in unsent)


def reasons():
    return list(UnsentMail.objects.order_by("pk").values_list("error", flat=True))


def test_a_server_that_hangs_during_a_mail_hangs_once(settings):
    settings.EMAIL_TIMEOUT = 0.2
    with mail_server(settings, "hangs at a mail") as server:
        get_connection(PATH).send_messages([message(f"{name}@example.org") for name in "abcd"])
        wait_until_carried(10)
        assert server.visits == 1
    first, *rest = reasons()
    assert first.endswith("timed out")
    assert len(rest) == 3
    assert all(reason.startswith("Niet geprobeerd: de mailserver") for reason in rest)


def test_a_server_that_hangs_up_at_every_mail_is_called_once_more_and_then_given_up(settings):
    with mail_server(settings, "drops after DATA") as server:
        get_connection(PATH).send_messages([message(f"{name}@example.org") for name in "abcd"])
        wait_until_carried(10)
        assert server.visits == 2
    assert [reason.startswith("Niet geprobeerd") for reason in reasons()] == [False] * 2 + [
        True
    ] * 2


def test_a_server_that_hangs_up_because_of_one_mail_takes_the_rest(settings):
    with mail_server(settings, "hangs up at mail b") as server:
        get_connection(PATH).send_messages([message(f"{name}@example.org") for name in "abcd"])
        wait_until_carried(10)
        assert len(server.taken) == 3
    assert [mail.recipients for mail in UnsentMail.objects.all()] == ["b@example.org"]


def test_a_site_that_names_its_server_in_mailers_sends_by_it(settings):
    with mail_server(settings) as server:
        settings.MAILERS = {
            "default": {"BACKEND": PATH, "OPTIONS": {"host": "127.0.0.1", "port": server.port}}
        }
        settings.EMAIL_HOST = "mail.invalid"
        EmailBackend().send_messages([message("a@example.org")])
        wait_until_carried(10)
        assert len(server.taken) == 1


PROGRAM = """
import os, sys, django
django.setup()
from django.conf import settings
from django.core.mail import EmailMessage
from django.core.management import call_command
from django.db import connection
from socialekaart_plugin.foundation.mail.models import UnsentMail
with connection.schema_editor() as editor:
    editor.create_model(UnsentMail)
settings.EMAIL_BACKEND = "socialekaart_plugin.foundation.mail.backend.EmailBackend"
settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", int(sys.argv[1])
EmailMessage("Aan het eind", "Tekst", "site@example.org", ["a@example.org"]).send()
if sys.argv[2] == "killed":
    os._exit(0)
"""


@pytest.mark.parametrize(("end", "left"), [("ended", 0), ("killed", 1)])
def test_a_process_sends_what_waits_before_it_ends_and_leaves_a_trace_when_it_is_killed(
    settings, tmp_path, end, left
):
    file = tmp_path / "site.sqlite3"
    with mail_server(settings, "" if end == "ended" else "hangs") as server:
        subprocess.run(
            [sys.executable, "-c", textwrap.dedent(PROGRAM), str(server.port), end],
            env={
                "DJANGO_SETTINGS_MODULE": "cms.settings.test",
                "DATABASE_URL": f"sqlite:///{file}",
                "PATH": "/usr/bin:/bin",
            },
            check=True,
            timeout=60,
        )
        assert len(server.taken) == 1 - left
    with sqlite3.connect(file) as rows:
        query = "SELECT COUNT(*) FROM socialekaart_plugin_unsentmail"
        assert rows.execute(query).fetchone() == (left,)


#: A site with Django's own options for SQLite; another process writes while a burst leaves.
LOCKED = """
import sqlite3, sys, time
import cms.settings.test as settings
path, fault = sys.argv[1:]
settings.DATABASES["default"] = {
    "ENGINE": "django.db.backends.sqlite3", "NAME": path, "OPTIONS": {"timeout": 0.1}
}
import django
django.setup()
from django.conf import settings
from django.core.mail import EmailMessage
from django.db import connection, transaction
from socialekaart_plugin.foundation.mail import delivery
from socialekaart_plugin.foundation.mail.models import UnsentMail
from tests.mail_servers import mail_server

with connection.schema_editor() as editor:
    editor.create_model(UnsentMail)
other = sqlite3.connect(path, isolation_level=None)
with mail_server(settings, fault) as server:
    with transaction.atomic():
        transaction.on_commit(lambda: other.execute("BEGIN IMMEDIATE"))
        for number in range(5):
            EmailMessage(f"{number}", "Tekst", "a@example.org", ["b@example.org"]).send()
    for _ in range(3000):
        if len(server.taken) == 5 or server.refused == 5:
            break
        time.sleep(0.01)
    print(len(server.taken), server.refused)
    other.execute("ROLLBACK")
    delivery.wait_until_carried(20)
print(UnsentMail.objects.count(), UnsentMail.objects.filter(error__contains="550").count())
"""


@pytest.mark.parametrize(
    ("fault", "tried", "rows"), [("", "5 0", "0 0"), ("refuses the recipient", "0 5", "5 5")]
)
def test_a_database_that_is_locked_keeps_no_mail_back_and_is_right_afterwards(
    tmp_path, fault, tried, rows
):
    done = subprocess.run(
        [sys.executable, "-c", LOCKED, str(tmp_path / "site.sqlite3"), fault],
        env={"DJANGO_SETTINGS_MODULE": "cms.settings.test", "PATH": "/usr/bin:/bin"},
        cwd=Path(__file__).resolve().parents[3],
        stdout=subprocess.PIPE,
        text=True,
        check=True,
        timeout=60,
    )
    assert done.stdout.splitlines() == [tried, rows]
