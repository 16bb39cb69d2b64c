"""Template tags of the site search."""
