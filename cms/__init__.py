"""The host site: an example of a Wagtail site that uses the plugin; not a part of the plugin."""
