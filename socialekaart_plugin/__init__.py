"""A sociale kaart for Wagtail: who does what, for whom, where, when and how, kept true."""

__version__ = "0.1.0"
