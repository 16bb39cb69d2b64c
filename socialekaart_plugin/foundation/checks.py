"""System checks: report wrong settings and missing apps at start, with an id and a hint."""

from collections.abc import Sequence
from typing import Any

from django.apps import AppConfig, apps
from django.conf import settings as django_settings
from django.core.checks import CheckMessage, Error, Warning
from django.template import TemplateDoesNotExist
from django.template.loader import get_template

from .conf import PREFIX, SETTINGS, conf

REQUIRED_APPS = (
    "wagtail.snippets",
    "wagtail.contrib.settings",
    "wagtail.api.v2",
    "rest_framework",
    "wagtail_modeladmin",
    "wagtailgeowidget",
    "taggit",
    "modelcluster",
)
#: Apps that throttle login attempts.
_LOGIN_THROTTLES = ("axes", "defender", "lockout")


def check_setting_names(
    app_configs: Sequence[AppConfig] | None, **kwargs: Any
) -> list[CheckMessage]:
    """Report an unknown `SOCIALEKAART_*` setting (socialekaart.W001)."""
    known = {setting.full_name for setting in SETTINGS}
    return [
        Warning(
            f"{name} is no setting of socialekaart_plugin.",
            hint="Known settings: " + ", ".join(sorted(known)) + ".",
            id="socialekaart.W001",
        )
        for name in dir(django_settings)
        if name.startswith(PREFIX) and name not in known
    ]


def check_setting_values(
    app_configs: Sequence[AppConfig] | None, **kwargs: Any
) -> list[CheckMessage]:
    """Report a wrong type (E001), a number below 1 (E002), a bad URL (E003) or path (E004)."""
    return _wrong_types() or [*_wrong_public_url(), *_wrong_record_path()]


def _wrong_types() -> list[CheckMessage]:
    messages: list[CheckMessage] = []
    for setting in SETTINGS:
        value = getattr(conf, setting.name)
        wanted = type(setting.default)
        if not isinstance(value, wanted) or isinstance(value, bool) != isinstance(
            setting.default, bool
        ):
            messages.append(
                Error(
                    f"{setting.full_name} must be of type {wanted.__name__}, not "
                    f"{type(value).__name__}.",
                    id="socialekaart.E001",
                )
            )
        elif isinstance(value, int) and value < 1:
            messages.append(
                Error(f"{setting.full_name} must be 1 or more.", id="socialekaart.E002")
            )
    return messages


def _wrong_public_url() -> list[CheckMessage]:
    url = conf.PUBLIC_URL
    if not url or (url.startswith(("https://", "http://")) and not url.endswith("/")):
        return []
    return [
        Error(
            f"{PREFIX}PUBLIC_URL must begin with https:// or http:// and not end with a slash.",
            id="socialekaart.E003",
        )
    ]


def _wrong_record_path() -> list[CheckMessage]:
    try:
        path = conf.PUBLIC_RECORD_PATH.format(kind="k", slug="s", short_id="i", uuid="u")
    except (AttributeError, LookupError, TypeError, ValueError):
        path = ""
    if not path.startswith("/"):
        return [
            Error(
                f"{PREFIX}PUBLIC_RECORD_PATH must begin with a slash, and may hold only {{kind}}, "
                "{slug}, {short_id} and {uuid}.",
                id="socialekaart.E004",
            )
        ]
    return []


def check_careful_settings(
    app_configs: Sequence[AppConfig] | None, **kwargs: Any
) -> list[CheckMessage]:
    """Report Wagtail's own search, rich text or image form, which can crash (W030 to W032)."""
    backends = getattr(django_settings, "WAGTAILSEARCH_BACKENDS", {})
    editors = getattr(django_settings, "WAGTAILADMIN_RICH_TEXT_EDITORS", {})
    form = getattr(django_settings, "WAGTAILIMAGES_IMAGE_FORM_BASE", "")
    backend = backends.get("default", {}).get("BACKEND")
    found = [
        _careless("Words", "WAGTAILSEARCH_BACKENDS", backend, id="socialekaart.W030"),
        _careless(
            "Rich text", "WAGTAILADMIN_RICH_TEXT_EDITORS", _widget(editors), id="socialekaart.W031"
        ),
        _careless("A picture", "WAGTAILIMAGES_IMAGE_FORM_BASE", form, id="socialekaart.W032"),
    ]
    return [message for message in found if message is not None]


def _careless(what: str, setting: str, value: str | None, *, id: str) -> Warning | None:
    # Accept custom classes of the site.
    if value and not value.startswith(("wagtail.", "modelsearch.")):
        return None
    return Warning(
        f"{what} that Wagtail cannot read gives an error (500) in its admin and its API.",
        hint=f"Name the careful one in {setting}: see docs/reference/checks.md.",
        id=id,
    )


def _widget(editors: dict[str, Any]) -> str:
    return str(editors.get("default", {}).get("WIDGET", ""))


def check_required_apps(
    app_configs: Sequence[AppConfig] | None, **kwargs: Any
) -> list[CheckMessage]:
    """Report an app missing from INSTALLED_APPS (socialekaart.E005)."""
    return [
        Error(f"Add {name!r} to INSTALLED_APPS.", id="socialekaart.E005")
        for name in REQUIRED_APPS
        if not apps.is_installed(name)
    ]


def check_sqlite_transactions(
    app_configs: Sequence[AppConfig] | None, **kwargs: Any
) -> list[CheckMessage]:
    """Report an SQLite database without immediate transactions (socialekaart.W023).

    Our transactions write first; those of Wagtail and Django do not. When two of them run at once,
    one fails with "database is locked".
    """
    return [
        Warning(
            f"SQLite refuses some of those who save at the same time: DATABASES[{alias!r}] has no "
            '"transaction_mode": "IMMEDIATE" in its OPTIONS.',
            hint="See docs/how-to/install-in-a-site.md, “On SQLite”.",
            id="socialekaart.W023",
        )
        for alias, database in django_settings.DATABASES.items()
        if database["ENGINE"].endswith("sqlite3")
        and str(database.get("OPTIONS", {}).get("transaction_mode", "")).upper()
        not in ("IMMEDIATE", "EXCLUSIVE")
    ]


def check_base_template(
    app_configs: Sequence[AppConfig] | None, **kwargs: Any
) -> list[CheckMessage]:
    """Report a base template that cannot be found (socialekaart.E006)."""
    if not isinstance(conf.BASE_TEMPLATE, str):
        return []  # check_setting_values reports this
    try:
        get_template(conf.BASE_TEMPLATE)
    except TemplateDoesNotExist:
        return [
            Error(
                f"{PREFIX}BASE_TEMPLATE names {conf.BASE_TEMPLATE!r}, which no template "
                "directory holds.",
                id="socialekaart.E006",
            )
        ]
    return []


def check_login(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    """Report a site without login throttling (socialekaart.W021)."""
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


def check_allowed_hosts(
    app_configs: Sequence[AppConfig] | None, **kwargs: Any
) -> list[CheckMessage]:
    """Report a site that accepts any host name (socialekaart.W022)."""
    if "*" not in django_settings.ALLOWED_HOSTS:
        return []
    return [
        Warning(
            "ALLOWED_HOSTS holds '*': whoever asks chooses the name of the site, which then "
            "stands in the link of a mail about a forgotten password.",
            hint="Name the hosts of the site.",
            id="socialekaart.W022",
        )
    ]
