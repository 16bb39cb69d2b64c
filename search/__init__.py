"""Site search of the host: over its pages and the records of the sociale kaart."""
