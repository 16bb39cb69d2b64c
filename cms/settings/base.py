"""Settings that all environments of the host site share; environment variables can change them."""

import datetime
from pathlib import Path
from typing import Any

import environ

from . import policies

env = environ.Env()

PROJECT_DIR = Path(__file__).resolve().parent.parent
BASE_DIR = PROJECT_DIR.parent
# Everything that the site writes at runtime; never in git.
VAR_DIR = Path(env.str("VAR_DIR", default=str(BASE_DIR / "var")))

INSTALLED_APPS = [
    "home",
    "search",
    "socialekaart_plugin",
    "wagtailgeowidget",
    "wagtail_modeladmin",
    "wagtail.api.v2",
    "rest_framework",
    "wagtail.contrib.forms",
    "wagtail.contrib.redirects",
    "wagtail.contrib.settings",
    "wagtail.embeds",
    "wagtail.sites",
    "wagtail.users",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "django_filters",
    "axes",
    "csp",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "cms.middleware.BrowserPolicies",
    "cms.odd_requests.RefuseLongAddresses",
    "cms.middleware.RefuseNulCharacters",
    "cms.middleware.SayThatTheDiskIsFull",
    "cms.middleware.KeepsSessionsPrivate",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "wagtail.contrib.redirects.middleware.RedirectMiddleware",
    "cms.odd_requests.RefuseImpossibleKeys",
    "cms.throttling.ThrottleGuessing",
    # Last, because it replaces the response for users who are locked out.
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "cms.urls"
WSGI_APPLICATION = "cms.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.debug",
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]


def database(default: str) -> dict[str, Any]:
    """Return the database of DATABASE_URL, or `default`, configured for concurrent requests."""
    configuration: dict[str, Any] = dict(env.db_url("DATABASE_URL", default=default))
    options = configuration.setdefault("OPTIONS", {})
    if configuration["ENGINE"].endswith("sqlite3"):
        # A transaction that reads first and then writes fails at once with "database is locked" if
        # another one wrote in between. A transaction that starts as a writer waits, at most
        # `timeout` seconds.
        options.setdefault("transaction_mode", "IMMEDIATE")
        options.setdefault("timeout", 20)
        # No command that writes: with a full disk the site could not even read. WAL mode is stored
        # in the file itself (see `home.apps`).
        options.setdefault("init_command", "PRAGMA synchronous=NORMAL;")
        # The first connection to a file in WAL mode creates a second file; a persistent connection
        # keeps it. So the site can still be read when the disk is full.
        configuration.setdefault("CONN_MAX_AGE", None)
    else:
        configuration.setdefault("CONN_MAX_AGE", 60)
        configuration.setdefault("CONN_HEALTH_CHECKS", True)
    return configuration


def elasticsearch() -> dict[str, Any]:
    """Return the connection settings for ELASTICSEARCH_URL; empty if it is not set.

    The value may be several URLs, separated by commas: the nodes of one cluster.
    """
    hosts = env.list("ELASTICSEARCH_URL", default=[])
    if not hosts:
        return {}
    configuration: dict[str, Any] = {"hosts": hosts}
    if api_key := env.str("ELASTICSEARCH_API_KEY", default=""):
        configuration["api_key"] = api_key
    elif user := env.str("ELASTICSEARCH_USER", default=""):
        configuration["basic_auth"] = (user, env.str("ELASTICSEARCH_PASSWORD"))
    if ca_certs := env.str("ELASTICSEARCH_CA_CERTS", default=""):
        configuration["ca_certs"] = ca_certs
    if index_prefix := env.str("ELASTICSEARCH_INDEX_PREFIX", default=""):
        configuration["index_prefix"] = index_prefix
    return configuration


DATABASES = {"default": database(default=f"sqlite:///{VAR_DIR / 'site.sqlite3'}")}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]

AUTHENTICATION_BACKENDS = [
    # First: it stops users who are locked out.
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
]

# Five wrong passwords for one name from one address lock that name at that address for 15 minutes.
# So nobody can lock out a colleague from elsewhere, and an office keeps working if one person
# forgets a password. cms/throttling.py limits an address that tries many names.
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = datetime.timedelta(minutes=15)
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_RESET_ON_SUCCESS = True
AXES_LOCKOUT_CALLABLE = "cms.throttling.locked_out"
# The site does not need to know who logged in when, and from where.
AXES_DISABLE_ACCESS_LOG = True
AXES_CLIENT_IP_CALLABLE = "cms.throttling.client_address"
# A trusted proxy adds the address of the visitor to X-Forwarded-For.
BEHIND_PROXY = env.bool("BEHIND_PROXY", default=False)

# Only the log-in screen accepts passwords, so they cannot be guessed elsewhere.
REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": ["rest_framework.authentication.SessionAuthentication"]
}

WAGTAILADMIN_USER_PASSWORD_RESET_FORM = "cms.passwords.EvenPasswordResetForm"  # noqa: S105

# The cache for the counters of cms/throttling.py; per process, unless the settings override it.
CACHES = {
    name: {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": name}
    for name in ("default", "throttling")
}

# The admin has another policy: cms.middleware.BrowserPolicies.
CONTENT_SECURITY_POLICY = {"DIRECTIVES": policies.PUBLIC}

LANGUAGE_CODE = "nl"
LANGUAGES = [("nl", "Nederlands"), ("en", "English")]
TIME_ZONE = "Europe/Amsterdam"
USE_I18N = True
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
STATICFILES_DIRS = [PROJECT_DIR / "static"]
MEDIA_URL = "/media/"
MEDIA_ROOT = VAR_DIR / "media"

# A Wagtail form with many inline children sends more fields than Django's default of 1,000.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000

WAGTAIL_SITE_NAME = "ZoetermeerVoorElkaar"
WAGTAILADMIN_BASE_URL = env.str("WAGTAILADMIN_BASE_URL", default="http://localhost:8000")
WAGTAIL_CONTENT_LANGUAGES = [("nl", "Nederlands")]
WAGTAILADMIN_RICH_TEXT_EDITORS = {
    "default": {"WIDGET": "socialekaart_plugin.foundation.rich_text.CarefulRichTextArea"}
}
WAGTAILADMIN_PERMITTED_LANGUAGES = LANGUAGES
# Passes search text from Wagtail's lists, choosers and API to the engine as words.
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "socialekaart_plugin.foundation.search_backend"}}
# A picture of 8,160 by 6,120 pixels (a telephone of 2026) fits; decoded it takes 200 MB of memory.
WAGTAILIMAGES_MAX_IMAGE_PIXELS = 50_000_000
WAGTAILIMAGES_IMAGE_FORM_BASE = "socialekaart_plugin.foundation.pictures.CarefulImageForm"
WAGTAILDOCS_EXTENSIONS = ["csv", "docx", "odt", "pdf", "pptx", "rtf", "txt", "xlsx", "zip"]
WAGTAILDOCS_MAX_UPLOAD_SIZE = 10 * 1024 * 1024
# The admin contacts no other server: no Gravatar portraits, no check for a newer Wagtail.
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False

# The map for a new place starts in the centre of Zoetermeer.
GEO_WIDGET_DEFAULT_LOCATION = {"lat": 52.0575, "lng": 4.4931}
GEO_WIDGET_ZOOM = 13

# Without it, the search engine in the database is used.
SOCIALEKAART_ELASTICSEARCH = elasticsearch()

# The plugin's public pages extend this template of the host.
SOCIALEKAART_BASE_TEMPLATE = "base.html"
