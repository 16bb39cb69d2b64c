"""Management commands of the host site."""
