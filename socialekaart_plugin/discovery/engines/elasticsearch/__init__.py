"""The Elasticsearch engine: a replica of the embedded index, for sites that outgrow one machine.

It never blocks a save: the embedded index is written with the record, and this one replicates the
log of its changes. It can always be rebuilt.
"""
