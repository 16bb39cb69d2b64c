"""The host site on the machine of whoever works on it."""

from .base import *  # noqa: F403
from .base import env

DEBUG = True
# Known to everybody, which is why it is only here.
SECRET_KEY = "insecure-key-for-development-only"  # noqa: S105
ALLOWED_HOSTS = ["localhost", "127.0.0.1", "[::1]", *env.list("ALLOWED_HOSTS", default=[])]
INTERNAL_IPS = ["127.0.0.1"]
EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"

# Addresses of the places that are stored already: the demo works without a network.
SOCIALEKAART_GEOCODER = "socialekaart_plugin.places.geocoding.StoredPlacesGeocoder"
