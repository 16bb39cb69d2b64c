"""The search of the host site, over its pages and the records of the sociale kaart."""
