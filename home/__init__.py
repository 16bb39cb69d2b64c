"""The front page of the host site."""
