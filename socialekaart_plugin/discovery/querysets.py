"""What search asks of the gate that only the database answers fast."""

from typing import Any

from django.db.models import BooleanField, Func

#: What no document of the index has of a payload: how to get in touch.
UNREAD = ("contact", "postal_address")


class ReadAlike(Func):
    """Whether the two payloads of a public record differ in `UNREAD` at most; null without one.

    To read a payload only to see that is a third of the work of a rebuild.
    """

    output_field = BooleanField()

    def __init__(self) -> None:
        """Compare the two payloads."""
        super().__init__("public_payload", "referrer_payload")

    def as_sqlite(self, compiler: Any, connection: Any, **context: Any) -> Any:
        """Compare the texts: the same code wrote both."""
        paths = ", ".join(f"'$.{name}'" for name in UNREAD)
        return self._compared(compiler, f"json_remove({{}}, {paths})")

    def as_postgresql(self, compiler: Any, connection: Any, **context: Any) -> Any:
        """Compare the values."""
        names = ", ".join(f"'{name}'" for name in UNREAD)
        return self._compared(compiler, f"({{}} - ARRAY[{names}])")

    def _compared(self, compiler: Any, what: str) -> Any:
        one, other = (compiler.compile(each)[0] for each in self.source_expressions)
        return f"({what.format(one)} = {what.format(other)})", []
