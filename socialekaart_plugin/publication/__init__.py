"""THE GATE: what is public, for whom, as of when.

In: `record_saved` and `record_deleted` of directory, their like of vocabulary and places. Out:
`PublishedRecord` rows (the only thing channels read), `published_records_changed`, permanent
addresses, the log of publication events. May import directory and what is below it; never
moderation.
"""
