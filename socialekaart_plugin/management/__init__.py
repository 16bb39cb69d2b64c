"""Management commands: options in, one action called, one result printed."""
