"""What a site would do without the plugin: a snippet, Wagtail's search and Wagtail's API."""
