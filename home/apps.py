"""Make the front page known to Django."""

from django.apps import AppConfig


class HomeConfig(AppConfig):
    """The front page of the host site."""

    name = "home"
