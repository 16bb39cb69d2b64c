"""Settings for development on a local machine."""

from .base import *  # noqa: F403
from .base import env

DEBUG = True
# Not secret, so it may only be used here.
SECRET_KEY = "insecure-key-for-development-only"  # noqa: S105
ALLOWED_HOSTS = ["localhost", "127.0.0.1", "[::1]", *env.list("ALLOWED_HOSTS", default=[])]
INTERNAL_IPS = ["127.0.0.1"]
EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"

# Addresses of the stored places: the demonstration works without a network.
SOCIALEKAART_GEOCODER = "socialekaart_plugin.places.geocoding.StoredPlacesGeocoder"
