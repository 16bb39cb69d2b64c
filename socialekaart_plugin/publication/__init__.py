"""THE GATE: decides which records are public, for which audience, and from when.

In: `record_saved` and `record_deleted` of directory, and the same signals of vocabulary and
places. Out: `PublishedRecord` rows (the only thing channels read), `published_records_changed`,
permanent addresses, the log of publication events. May import directory and the rooms below it;
never moderation.
"""
