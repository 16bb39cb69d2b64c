"""`bump_sequence`: give a new sequence to records that read differently today; run nightly."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone
from django.utils.translation import ngettext

from socialekaart_plugin.publication.actions import bump_due_sequences


class Command(BaseCommand):
    """Raise the sequence of public records that read differently today; can be repeated."""

    help = "Raise the sequence of public records that read differently by the passing of time."

    def handle(self, *args: Any, **options: Any) -> None:
        """Bump the sequences, and print how many."""
        number = bump_due_sequences(today=timezone.localdate())
        self.stdout.write(
            ngettext(
                "%(number)s public record reads differently today.",
                "%(number)s public records read differently today.",
                number,
            )
            % {"number": number}
        )
