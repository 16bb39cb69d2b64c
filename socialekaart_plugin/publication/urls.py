"""The addresses of the gate."""

from django.urls import re_path

from . import views

urlpatterns = [
    # No slash at the end: it is typed over from paper. With one it works as well.
    re_path(
        r"^k/(?P<short_id>[0-9a-z]{1,12})/?$",
        views.permanent_address,
        name="publication_permanent_address",
    ),
]
