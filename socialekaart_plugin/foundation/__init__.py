"""Shared building blocks for all rooms: settings, checks, identity, mail, forms, announced saving.

In: nothing of this app. Out: generic code without domain terms. May import no other room.
"""
