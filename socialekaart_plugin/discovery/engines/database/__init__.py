"""The embedded engines: SQLite (FTS5) and PostgreSQL (tsvector), with bitmaps held in the process.

The database gives for a token the records that have it; facets, distances, times and counts are
sets and arrays in memory, brought up to date by the log of changes. Both engines share all of that,
so they find, count and rank alike.
"""
