"""Deploy checks of what the plugin leans on in its site: mail, logging in, the names it has."""

from collections.abc import Sequence
from typing import Any

from django.apps import AppConfig, apps
from django.conf import settings
from django.core.checks import CheckMessage, Tags, Warning, register

from .mail.backend import PATH

#: Apps that slow down who guesses passwords.
_LOGIN_THROTTLES = ("axes", "defender", "django_defender", "lockout")


@register(deploy=True)
def check_mail(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    """Report mail that can hold up, or break, who causes it (socialekaart.W020)."""
    if settings.EMAIL_BACKEND == PATH:
        return []
    return [
        Warning(
            "EMAIL_BACKEND sends within the request: a mail server that hangs makes people wait, "
            "and mail of work that is undone leaves all the same.",
            hint=f"EMAIL_BACKEND = {PATH!r}, with SOCIALEKAART_EMAIL_BACKEND = "
            f"{settings.EMAIL_BACKEND!r} and EMAIL_TIMEOUT = 10. The mails of the approval "
            "workflow go that way already.",
            id="socialekaart.W020",
        )
    ]


@register(Tags.security, deploy=True)
def check_login(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    """Report a site on which passwords can be guessed without end (socialekaart.W021)."""
    if any(apps.is_installed(name) for name in _LOGIN_THROTTLES):
        return []
    return [
        Warning(
            "Nothing slows down who guesses passwords of the admin.",
            hint="Install django-axes, as in docs/how-to/throttle-logging-in.md; or, when a proxy "
            "or a single sign-on does it, add this id to SILENCED_SYSTEM_CHECKS.",
            id="socialekaart.W021",
        )
    ]


@register(Tags.security, deploy=True)
def check_allowed_hosts(
    app_configs: Sequence[AppConfig] | None, **kwargs: Any
) -> list[CheckMessage]:
    """Report a site that answers to every name (socialekaart.W022)."""
    if "*" not in settings.ALLOWED_HOSTS:
        return []
    return [
        Warning(
            "ALLOWED_HOSTS holds '*': whoever asks chooses the name of the site, which then "
            "stands in the link of a mail about a forgotten password.",
            hint="Name the hosts of the site.",
            id="socialekaart.W022",
        )
    ]
