"""Channels: everything that shows public records; no channel imports another or a private table."""
