"""All settings of the app, each with its default and meaning."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings as django_settings
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

PREFIX = "SOCIALEKAART_"


@dataclass(frozen=True)
class Setting:
    """One setting.

    Attributes:
        name: the name without the prefix `SOCIALEKAART_`.
        default: the value when the site sets none; its type is the accepted type.
        meaning: what it does, in a sentence.
    """

    name: str
    default: Any
    meaning: str | Promise

    @property
    def full_name(self) -> str:
        """The name in the settings module of the site."""
        return PREFIX + self.name


SETTINGS: tuple[Setting, ...] = (
    Setting(
        "PUBLIC_URL",
        "",
        _(
            "Base address of the public site when another front end renders the records, "
            "without a final slash. Empty: this Wagtail site renders them."
        ),
    ),
    Setting(
        "PUBLIC_RECORD_PATH",
        "/{kind}/{slug}/",
        _(
            "Path of a record below PUBLIC_URL; {kind}, {slug}, {short_id} and {uuid} are "
            "filled in."
        ),
    ),
    Setting(
        "BASE_TEMPLATE",
        "socialekaart_plugin/pages/standalone.html",
        _("Template that the public pages extend; a site names its own base template here."),
    ),
    Setting("PAGE_SIZE", 20, _("Number of records on one page of the public list.")),
    Setting(
        "VERIFY_INTERVAL_DAYS",
        365,
        _("Number of days after which a verified record is due to be checked again."),
    ),
    Setting(
        "FANOUT_LIMIT",
        200,
        _("A change that touches more published records than this is fed to the gate by a task."),
    ),
    Setting(
        "PHONE_REGION",
        "NL",
        _("Country (ISO 3166) in which a telephone number without a country code is read."),
    ),
    Setting(
        "GEOCODER",
        "socialekaart_plugin.places.geocoding.PdokGeocoder",
        _("Class that finds the point of an address; a subclass of places.geocoding.Geocoder."),
    ),
    Setting(
        "GEOCODER_TIMEOUT",
        3,
        _("Number of seconds to wait for whoever knows the addresses."),
    ),
    Setting(
        "LAND_OUTLINE",
        "land.geojson",
        _(
            "GeoJSON file with the outline of the land: a place in the sea is refused. A name "
            "without folder is a file that comes with the app. Empty: no check."
        ),
    ),
    Setting(
        "IGNORED_NAME_WORDS",
        ("zoetermeer", "zoetermeerse"),
        _(
            "Words, in small letters, that say nothing in a name here, such as the name of the "
            "town; possible duplicates are found without them. After a change: "
            "`rebuild_duplicate_keys`."
        ),
    ),
    Setting(
        "SCHOOL_REGION",
        "midden",
        _(
            "Region whose school holidays hold: noord, midden or zuid. Empty: there are no school "
            "holidays."
        ),
    ),
    Setting(
        "ELASTICSEARCH",
        {},
        _(
            "Where Elasticsearch is and how to speak to it: hosts, index_prefix, api_key or "
            "basic_auth, ca_certs, timeout. Empty: the database finds."
        ),
    ),
    Setting(
        "EMAIL_BACKEND",
        "django.core.mail.backends.smtp.EmailBackend",
        _(
            "E-mail backend that really sends, where EMAIL_BACKEND names "
            "socialekaart_plugin.foundation.mail.backend.EmailBackend."
        ),
    ),
)

_BY_NAME = {setting.name: setting for setting in SETTINGS}


class _Conf:
    """Returns a setting by its short name: the value of the site, else the default."""

    def __getattr__(self, name: str) -> Any:
        try:
            setting = _BY_NAME[name]
        except KeyError:
            raise AttributeError(f"socialekaart_plugin has no setting {name!r}") from None
        return getattr(django_settings, setting.full_name, setting.default)


conf = _Conf()
