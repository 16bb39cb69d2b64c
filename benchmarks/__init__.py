"""How fast the sociale kaart is, measured; the figures are in docs/reference/benchmarks.md."""
