"""The settings of the host site: `base` is always so; `dev`, `production`, `test` differ."""
