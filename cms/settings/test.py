"""Settings for the tests: fast, silent, and without anything left afterwards."""

import os
import tempfile
from pathlib import Path

from .base import *  # noqa: F403
from .base import CACHES, database

# openpyxl writes by lxml when it is there, which only the tests need.
os.environ["OPENPYXL_LXML"] = "False"

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

# Each test starts with empty counters.
CACHES["throttling"] = {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}

# A test that needs Elasticsearch enables it itself; ELASTICSEARCH_URL only gives its address.
SOCIALEKAART_ELASTICSEARCH = {}

# No test uses the network.
SOCIALEKAART_GEOCODER = "socialekaart_plugin.places.geocoding.StoredPlacesGeocoder"
