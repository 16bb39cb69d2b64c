"""The read API for records, on Wagtail's API v2: its router, response envelope and conventions.

In: `PublishedRecord` by way of discovery.search. Out: JSON. May import no other channel.
"""
