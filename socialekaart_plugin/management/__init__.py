"""Management commands: each reads options, calls one action and prints one result."""
