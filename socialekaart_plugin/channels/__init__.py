"""Every way out; no channel knows another, and none reads a private table."""
