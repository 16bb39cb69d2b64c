"""Who guesses passwords is slowed down; who works on is not."""

import base64
import datetime

import pytest
import time_machine
from django.core.cache import caches
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.models import Page, PageViewRestriction

from cms import throttling
from socialekaart_plugin.foundation.mail.delivery import wait_until_carried
from tests.factories import UserFactory
from tests.mail_servers import mail_server

LOGIN = "/admin/login/"
RESET = "/admin/password_reset/"


@pytest.fixture(autouse=True)
def counted(settings):
    """Count in memory, from nothing."""
    settings.CACHES = {
        **settings.CACHES,
        "throttling": {
            "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
            "LOCATION": "throttling-tests",
        },
    }
    caches["throttling"].clear()


@pytest.fixture
def editor(team):
    editor = UserFactory()
    editor.set_password("geheim-genoeg")
    editor.is_superuser = True
    editor.save()
    return editor


def log_in(client, user, password, **extra):
    return client.post(LOGIN, {"username": user.username, "password": password}, **extra)


def guess(client, user, times, **extra):
    for number in range(times):
        answer = log_in(client, user, f"fout{number}", **extra)
    return answer


def test_after_five_wrong_passwords_the_right_one_is_refused_with_a_page_in_plain_dutch(
    client, editor
):
    assert guess(client, editor, 4).status_code == 200
    answer = guess(client, editor, 1)
    assert answer.status_code == 429
    assert "Probeer het over een kwartier nog eens." in answer.content.decode()
    assert log_in(client, editor, "geheim-genoeg").status_code == 429


def test_after_a_quarter_of_an_hour_one_may_try_again_though_somebody_kept_guessing(client, editor):
    now = datetime.datetime.now(datetime.UTC)
    with time_machine.travel(now, tick=False) as clock:
        guess(client, editor, 5)
        clock.shift(600)
        assert guess(client, editor, 3).status_code == 429
        clock.shift(301)
        assert log_in(client, editor, "geheim-genoeg").status_code == 302


def test_who_guesses_elsewhere_locks_out_neither_the_owner_nor_the_office(client, editor):
    colleague = UserFactory(is_superuser=True)
    colleague.set_password("ook-geheim")
    colleague.save()
    guess(client, editor, 6, REMOTE_ADDR="203.0.113.9")
    guess(client, editor, 6, REMOTE_ADDR="198.51.100.1")
    # In the office one is locked out by own mistakes; the other works on.
    assert log_in(client, colleague, "ook-geheim", REMOTE_ADDR="198.51.100.1").status_code == 302
    client.logout()
    assert log_in(client, editor, "geheim-genoeg", REMOTE_ADDR="192.0.2.7").status_code == 302


@pytest.mark.parametrize("own", ["9.9.9.9", "10.0.0.7"])
@pytest.mark.parametrize("behind_proxy", [False, True])
def test_a_made_up_address_does_not_help(client, editor, settings, behind_proxy, own):
    settings.BEHIND_PROXY = behind_proxy
    for number in range(6):
        made_up = f"8.8.4.{number}"
        passed_on = f"{made_up}, {own}" if behind_proxy else made_up
        answer = log_in(client, editor, f"fout{number}", HTTP_X_FORWARDED_FOR=passed_on)
    assert answer.status_code == 429


@pytest.mark.parametrize(
    ("passed_on", "who"),
    [
        ("9.9.9.9", "9.9.9.9"),
        ("1.1.1.1, 8.8.8.8,10.0.0.7", "10.0.0.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::"),
        ("::ffff:203.0.113.5", "203.0.113.5"),
        ("203.0.113.5:5123", "203.0.113.5"),
        ("[2001:db8:1:2:3:4:5:6]:443", "2001:db8:1:2::"),
        ("[::ffff:203.0.113.5]:443", "203.0.113.5"),
        ("unknown", "127.0.0.1"),
        ("", "127.0.0.1"),
    ],
)
def test_behind_a_proxy_it_is_the_address_that_the_proxy_saw(rf, settings, passed_on, who):
    settings.BEHIND_PROXY = True
    assert throttling.client_address(rf.get("/", HTTP_X_FORWARDED_FOR=passed_on)) == who


def test_who_tries_many_names_from_one_address_is_stopped(client, editor, monkeypatch):
    monkeypatch.setitem(throttling.LIMITS, "wagtailadmin_login", throttling.Limit("few", 8, 3600))
    for number in range(8):
        answer = client.post(LOGIN, {"username": f"naam{number}", "password": "welkom01"})
        assert answer.status_code == 200
    answer = log_in(client, editor, "geheim-genoeg")
    assert answer.status_code == 429
    assert "Probeer het over een uur nog eens." in answer.content.decode()
    elsewhere = log_in(client, editor, "geheim-genoeg", REMOTE_ADDR="192.0.2.7")
    assert elsewhere.status_code == 302


def test_the_password_of_a_page_and_the_other_log_in_screen_are_guessed_no_more_often(
    client, db, monkeypatch
):
    page = Page.objects.get(depth=2)
    secret = PageViewRestriction.objects.create(
        page=page, restriction_type=PageViewRestriction.PASSWORD, password="sesam"
    )
    name = "wagtailcore_authenticate_with_password"
    for other in (name, "wagtailcore_login"):
        monkeypatch.setitem(throttling.LIMITS, other, throttling.Limit(other, 2, 3600))
    for address in (reverse(name, args=[secret.pk, page.pk]), reverse("wagtailcore_login")):
        answers = [
            client.post(address, {"password": "fout", "return_url": "/"}).status_code
            for _time in range(3)
        ]
        assert answers == [200, 200, 429]


def test_the_api_takes_no_passwords(client, editor):
    pair = base64.b64encode(f"{editor.username}:geheim-genoeg".encode()).decode()
    for address in ("/api/v2/pages/", "/api/v2/organisations/"):
        answer = client.get(address, HTTP_AUTHORIZATION=f"Basic {pair}")
        assert answer.status_code == 200
        assert answer.wsgi_request.user.is_anonymous


def test_another_password_is_asked_for_a_few_times_an_hour_only(client, editor):
    answers = [client.post(RESET, {"email": f"n{n}@example.com"}).status_code for n in range(11)]
    assert answers == [302] * 10 + [429]


# The thread that carries the mail has a connection of its own, and those of an SQLite database in
# memory refuse each other.
@pytest.mark.postgres
@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_one_account_gets_three_mails_an_hour_whoever_asks_and_the_answer_is_the_same(
    client, editor, settings
):
    with mail_server(settings) as server:
        for number in range(5):
            answer = client.post(RESET, {"email": editor.email}, REMOTE_ADDR=f"192.0.2.{number}")
            assert (answer.status_code, answer.url) == (302, "/admin/password_reset/done/")
        wait_until_carried(10)
        assert len(server.taken) == 3


def reset(client, email):
    """Ask for another password; the answer, and the queries that it took."""
    caches["throttling"].clear()
    with CaptureQueriesContext(connection) as queries:
        answer = client.post(RESET, {"email": email})
    words = [" ".join(query["sql"].split()[:3]) for query in queries]
    return answer.status_code, answer.url, words


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_the_work_for_an_address_that_nobody_has_is_the_same(client, editor, settings):
    with mail_server(settings) as server:
        reset(client, editor.email)  # templates are read once
        assert reset(client, editor.email) == reset(client, "niemand@example.com")
        wait_until_carried(10)
        assert len(server.taken) == 2
