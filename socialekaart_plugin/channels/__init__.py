"""Channels show public records; none imports another channel or reads a private table."""
