"""The public pages: a page type that lists the directory and shows each record.

In: `PublishedRecord` by way of discovery.search. Out: HTML. May import no other channel.
"""
