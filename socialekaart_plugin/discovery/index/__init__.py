"""Writes the index, in the transaction that changes the public records."""

from .preparation import ReadRecord, calendar_mark, read_records
from .write_behind import write_behind
from .writer import (
    INDEXED,
    index_into,
    index_read,
    index_records,
    put_into_use,
    record_change,
    share_that_differs,
    still_so,
)

__all__ = [
    "INDEXED",
    "ReadRecord",
    "calendar_mark",
    "index_into",
    "index_read",
    "index_records",
    "put_into_use",
    "read_records",
    "record_change",
    "share_that_differs",
    "still_so",
    "write_behind",
]
