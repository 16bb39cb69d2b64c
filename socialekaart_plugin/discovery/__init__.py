"""Search for public records, shared by all channels.

In: `published_records_changed` of publication. Out: `search.search(SearchRequest)`. Reads only
`PublishedRecord`; may not import the models of directory or places, nor moderation.
"""
