"""The records in Wagtail's API v2: its router, its envelope, its conventions.

In: `PublishedRecord` by way of discovery.search. Out: JSON. May import no other channel.
"""
