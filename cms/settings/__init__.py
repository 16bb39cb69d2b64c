"""Settings of the host site: `base` is shared; `dev`, `production` and `test` extend it."""
