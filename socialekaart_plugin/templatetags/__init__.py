"""Template tag libraries for templates of the plugin and of the host site."""
