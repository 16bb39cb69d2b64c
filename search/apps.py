"""Make the site search known to Django."""

from django.apps import AppConfig


class SearchConfig(AppConfig):
    """The search of the host site."""

    name = "search"
