"""App for the front page of the host site, its main menu and its page type."""
