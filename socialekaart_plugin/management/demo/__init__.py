"""The demonstration directory: an invented sociale kaart of Zoetermeer, to look at and to try.

Organisations, people, numbers and house numbers are made up; only the names of streets and wijken
are real. Everything goes through the ordinary doors, with the log lines that the admin would write.
"""

from .loading import Progress, load_demo_directory
from .removal import remove_demo_directory

__all__ = ["Progress", "load_demo_directory", "remove_demo_directory"]
