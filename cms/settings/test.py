"""The host site as the tests see it: fast, silent, and gone afterwards."""

import tempfile
from pathlib import Path

from .base import *  # noqa: F403
from .base import CACHES, database

DEBUG = False
SECRET_KEY = "insecure-key-for-tests-only"  # noqa: S105
ALLOWED_HOSTS = ["localhost", "127.0.0.1", "[::1]", "testserver"]

DATABASES = {"default": database(default="sqlite://:memory:")}

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
MEDIA_ROOT = Path(tempfile.gettempdir()) / "socialekaart-test-media"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}

# What one test counted, another does not find.
CACHES["throttling"] = {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}

# A test that needs Elasticsearch names it itself; ELASTICSEARCH_URL only says where it is.
SOCIALEKAART_ELASTICSEARCH = {}

# No test asks anyone on the network.
SOCIALEKAART_GEOCODER = "socialekaart_plugin.places.geocoding.StoredPlacesGeocoder"
