"""What holds for the host site everywhere it runs; what differs comes from the environment."""

from pathlib import Path
from typing import Any

import environ

env = environ.Env()

PROJECT_DIR = Path(__file__).resolve().parent.parent
BASE_DIR = PROJECT_DIR.parent
# Everything that the site writes while it runs; never in git.
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
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "cms.middleware.RefuseNulCharacters",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "wagtail.contrib.redirects.middleware.RedirectMiddleware",
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
    """Answer the database of DATABASE_URL, or `default`, set up to serve many at once."""
    configuration: dict[str, Any] = dict(env.db_url("DATABASE_URL", default=default))
    options = configuration.setdefault("OPTIONS", {})
    if configuration["ENGINE"].endswith("sqlite3"):
        # A transaction that begins by reading and then writes fails at once with "database is
        # locked" when another wrote in between; one that begins as a writer waits its turn,
        # `timeout` seconds at most.
        options.setdefault("transaction_mode", "IMMEDIATE")
        options.setdefault("timeout", 20)
        options.setdefault("init_command", "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;")
    else:
        configuration.setdefault("CONN_MAX_AGE", 60)
        configuration.setdefault("CONN_HEALTH_CHECKS", True)
    return configuration


def elasticsearch() -> dict[str, Any]:
    """Answer how to speak to the Elasticsearch of ELASTICSEARCH_URL, or nothing when none is named.

    The URL may be several, with commas between: the nodes of one cluster.
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
WAGTAILADMIN_PERMITTED_LANGUAGES = LANGUAGES
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "wagtail.search.backends.database"}}
WAGTAILDOCS_EXTENSIONS = ["csv", "docx", "odt", "pdf", "pptx", "rtf", "txt", "xlsx", "zip"]
WAGTAILDOCS_MAX_UPLOAD_SIZE = 10 * 1024 * 1024
# The admin calls nobody: no portraits from elsewhere, no look for a newer Wagtail.
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False

# A new place starts on the map in the middle of Zoetermeer.
GEO_WIDGET_DEFAULT_LOCATION = {"lat": 52.0575, "lng": 4.4931}
GEO_WIDGET_ZOOM = 13

# Without it, the database finds.
SOCIALEKAART_ELASTICSEARCH = elasticsearch()

# The plugin's public pages are laid out inside this template of ours.
SOCIALEKAART_BASE_TEMPLATE = "base.html"
