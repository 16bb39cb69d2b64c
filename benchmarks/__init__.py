"""Benchmarks of the sociale kaart; the figures are in docs/reference/benchmarks.md."""
