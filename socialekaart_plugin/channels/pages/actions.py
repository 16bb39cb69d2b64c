"""Creates the directory page on a site."""

from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.log_actions import log
from wagtail.models import Page, Site

from socialekaart_plugin.publication.actions import lock_counter

from .models import DirectoryPage


@transaction.atomic
def create_directory_page() -> DirectoryPage:
    """Return the directory page of the site; if none exists, create it below the home page.

    Raises:
        Site.DoesNotExist: there is no default site.
    """
    lock_counter()
    existing = DirectoryPage.objects.order_by("path").first()
    if existing is not None:
        return existing
    home: Page = Site.objects.select_related("root_page").get(is_default_site=True).root_page
    page = DirectoryPage(title=_("Sociale kaart"), slug="sociale-kaart", show_in_menus=True)
    home.add_child(instance=page)
    revision = page.save_revision()
    log(instance=page, action="wagtail.create", revision=revision)
    revision.publish()
    page.refresh_from_db()
    return page
