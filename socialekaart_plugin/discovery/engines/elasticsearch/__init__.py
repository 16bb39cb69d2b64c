"""Elasticsearch, for sites that outgrow one machine: a copy that can always be rebuilt.

Nothing of it is ever in the way of a save: the embedded index is written with the record, and this
one follows by the numbers of its changes.
"""
