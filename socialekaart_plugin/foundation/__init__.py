"""What every room stands on: settings, checks, identity and announced saving.

In: nothing of this app. Out: plain building blocks. May import no other room, and holds no word
of the domain.
"""
