"""The URL of the test bench, with a query and a change to test."""

from typing import Any
from urllib.parse import urlencode

from django.urls import reverse

#: URL namespace of the test bench.
BENCH = "socialekaart_bench"


def bench_url(query: str = "", **change: Any) -> str:
    """Return the URL of the test bench.

    Args:
        query: to try.
        change: fields of a change to try it with.
    """
    typed = {name: value for name, value in {"q": query, **change}.items() if value}
    return reverse(f"{BENCH}:index") + (f"?{urlencode(typed)}" if typed else "")
