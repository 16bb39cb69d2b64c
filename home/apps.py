"""App configuration of the front page; it also puts an SQLite file in WAL mode."""

from typing import Any

from django.apps import AppConfig
from django.db import connections
from django.db.models.signals import pre_migrate


def read_while_written(using: str, **kwargs: Any) -> None:
    """Put an SQLite file in WAL mode, so that reads do not wait for writes; the file stays so.

    Done here and not at every connection: a connection that only reads must not write.
    """
    connection = connections[using]
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA journal_mode=WAL")


class HomeConfig(AppConfig):
    """The front page of the host site."""

    name = "home"

    def ready(self) -> None:
        """Run it before each migration."""
        pre_migrate.connect(read_while_written, sender=self, dispatch_uid="home_read_while_written")
