"""What templates of the plugin and of its host site may load."""
