"""`name_site`: set the address of the default site from the settings, for links in API and mail."""

from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.management.base import BaseCommand
from wagtail.models import Site

#: The values that the migration sets.
UNNAMED = "localhost"
_PORTS = {"http": 80, "https": 443}


class Command(BaseCommand):
    """Set host and port of the default site from `WAGTAILADMIN_BASE_URL`; only once."""

    help = "Give the default site the address of WAGTAILADMIN_BASE_URL, while it is still localhost"

    def handle(self, *args: Any, **options: Any) -> None:
        """Set the address; a site whose address someone changed is not touched."""
        site = Site.objects.filter(is_default_site=True, hostname=UNNAMED, port=80).first()
        if site is None:
            self.stdout.write("The site has an address already.")
            return
        address = urlsplit(settings.WAGTAILADMIN_BASE_URL)
        site.hostname = address.hostname or UNNAMED
        site.port = address.port or _PORTS.get(address.scheme, 80)
        site.full_clean()
        site.save()
        self.stdout.write(f"The site is at {site.root_url}")
