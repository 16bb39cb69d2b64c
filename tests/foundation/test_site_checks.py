import pytest
from django.apps import apps
from django.core.checks import run_checks


def found():
    """The ids of what our checks say of a site in the open."""
    messages = run_checks(include_deployment_checks=True)
    return {m.id for m in messages if str(m.id).startswith("socialekaart.")}


@pytest.fixture(autouse=True)
def in_the_open(settings):
    settings.EMAIL_BACKEND = "socialekaart_plugin.foundation.mail.backend.EmailBackend"


def test_the_host_of_this_repository_is_as_it_should_be():
    assert found() == set()


def test_mail_that_leaves_within_the_request_is_reported(settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    assert found() == {"socialekaart.W020"}


def test_logging_in_without_any_throttle_is_reported(monkeypatch):
    # Not by INSTALLED_APPS: Wagtail 8.0 cannot be made ready twice.
    is_installed = apps.is_installed
    monkeypatch.setattr(apps, "is_installed", lambda name: name != "axes" and is_installed(name))
    assert found() == {"socialekaart.W021"}


def test_a_site_that_answers_to_every_name_is_reported(settings):
    settings.ALLOWED_HOSTS = ["www.example.org", "*"]
    assert found() == {"socialekaart.W022"}
