"""Register the list "my records" in the admin menu."""

from django.http import HttpRequest
from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _
from wagtail.admin.menu import MenuItem
from wagtail.admin.viewsets.base import ViewSet

from socialekaart_plugin.directory import views


class RecordsMenuItem(MenuItem):
    """A menu item for users who may see records."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Return whether the user may see any type of record."""
        return bool(views.types_for(request.user, "add", "change", "view"))


class MyRecordsViewSet(ViewSet):
    """The viewset of my records."""

    name = views.MY_RECORDS
    url_prefix = "sociale-kaart/mine"
    icon = "user"
    menu_label = _("My records")
    menu_name = "socialekaart-mine"
    menu_item_class = RecordsMenuItem

    def get_urlpatterns(self) -> list[URLPattern]:
        """Return the URLs of the list and of its results only."""
        names = {
            "index_url_name": self.get_url_name("index"),
            "index_results_url_name": self.get_url_name("results"),
        }
        return [
            path("", views.MyRecordsView.as_view(**names), name="index"),
            path(
                "results/",
                views.MyRecordsView.as_view(**names, results_only=True),
                name="results",
            ),
        ]
