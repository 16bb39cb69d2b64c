"""App configuration of the site search."""

from django.apps import AppConfig


class SearchConfig(AppConfig):
    """The search of the host site."""

    name = "search"
