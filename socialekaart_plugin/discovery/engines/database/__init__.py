"""The embedded engine: full-text search in SQLite (FTS5) or PostgreSQL (tsvector), and bitmaps.

The database returns the posting list of a token; facets, distances, times and counts are bitmaps
and arrays in memory, updated from the log of changes. Both databases find, count and rank alike.
"""
