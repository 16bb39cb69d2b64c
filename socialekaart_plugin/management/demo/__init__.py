"""The demonstration directory: loads and removes an invented sociale kaart of Zoetermeer.

Organisations, people, telephone numbers and house numbers are made up; only the names of streets
and wijken are real. Rows are made by the ordinary actions, with the same log lines as in the admin.
"""

from .loading import Progress, load_demo_directory
from .removal import remove_demo_directory

__all__ = ["Progress", "load_demo_directory", "remove_demo_directory"]
