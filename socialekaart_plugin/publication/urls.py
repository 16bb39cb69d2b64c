"""The URLs of the gate: the permanent address."""

from django.urls import re_path

from . import views

urlpatterns = [
    # No trailing slash: people type it from paper. A trailing slash works too.
    re_path(
        r"^k/(?P<short_id>[0-9a-z]{1,12})/?$",
        views.permanent_address,
        name="publication_permanent_address",
    ),
]
