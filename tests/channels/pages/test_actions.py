import pytest
from wagtail.models import PageLogEntry, Site

from socialekaart_plugin.channels.pages.actions import create_directory_page
from socialekaart_plugin.models import DirectoryPage

pytestmark = pytest.mark.django_db


def test_the_directory_is_put_below_the_home_page_and_is_live():
    page = create_directory_page()
    assert page.live
    assert page.get_parent().pk == Site.objects.get(is_default_site=True).root_page_id
    assert page.has_unpublished_changes is False
    actions = PageLogEntry.objects.filter(page=page.pk).values_list("action", flat=True)
    assert set(actions) == {"wagtail.create", "wagtail.publish"}


def test_a_site_that_has_one_keeps_it():
    first = create_directory_page()
    first.unpublish()
    assert create_directory_page() == first
    assert DirectoryPage.objects.count() == 1


def test_a_site_without_a_site_is_told_so():
    Site.objects.all().delete()
    with pytest.raises(Site.DoesNotExist):
        create_directory_page()
