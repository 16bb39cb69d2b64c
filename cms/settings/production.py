"""Production settings of the host site: secrets from the environment, HTTPS only."""

from .base import *  # noqa: F403
from .base import BEHIND_PROXY, MIDDLEWARE, database, env

DEBUG = False
SECRET_KEY = env.str("SECRET_KEY")
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS")
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])
DATABASES = {"default": database(default=env.NOTSET)}

WAGTAILADMIN_BASE_URL = env.str("WAGTAILADMIN_BASE_URL")
vars().update(env.email_url("EMAIL_URL", default="smtp://localhost:25"))
# A thread sends mail after the transaction commits: no request waits for a mail server.
SOCIALEKAART_EMAIL_BACKEND = vars()["EMAIL_BACKEND"]
EMAIL_BACKEND = "socialekaart_plugin.foundation.mail.backend.EmailBackend"
# Timeout in seconds for each step of the conversation with the mail server.
EMAIL_TIMEOUT = env.int("EMAIL_TIMEOUT", default=10)
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", default="noreply@localhost")
SERVER_EMAIL = DEFAULT_FROM_EMAIL

SECURE_SSL_REDIRECT = env.bool("SECURE_SSL_REDIRECT", default=True)
SECURE_HSTS_SECONDS = env.int("SECURE_HSTS_SECONDS", default=365 * 24 * 3600)
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True
if BEHIND_PROXY:
    # Only if the proxy sets this header itself: otherwise a visitor could pretend to use HTTPS.
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

# The counters of cms/throttling.py, shared by all processes; `createcachetable` creates the table.
CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"},
    "throttling": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "throttling",
        # Above this number Django deletes counters.
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    },
}

MIDDLEWARE.insert(1, "whitenoise.middleware.WhiteNoiseMiddleware")
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": env.str("LOG_LEVEL", default="INFO")},
    # Its client logs every request.
    "loggers": {"elastic_transport": {"level": "WARNING"}},
}
