"""The stock directory: what a site builds without the plugin, with stock Wagtail."""
