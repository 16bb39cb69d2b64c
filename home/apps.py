"""Make the front page known to Django; set up an SQLite file for many at once."""

from typing import Any

from django.apps import AppConfig
from django.db import connections
from django.db.models.signals import pre_migrate


def read_while_written(using: str, **kwargs: Any) -> None:
    """Let an SQLite file be read while it is written (WAL); it stays so, in the file itself.

    Here, and not with every connection: a connection that only reads must not write.
    """
    connection = connections[using]
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA journal_mode=WAL")


class HomeConfig(AppConfig):
    """The front page of the host site."""

    name = "home"

    def ready(self) -> None:
        """Have it asked whenever tables are made or changed."""
        pre_migrate.connect(read_while_written, sender=self, dispatch_uid="home_read_while_written")
