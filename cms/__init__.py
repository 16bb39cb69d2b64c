"""The host site: it shows how a Wagtail site uses the plugin, and is no part of it."""
