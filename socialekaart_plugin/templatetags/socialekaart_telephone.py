"""Template filter that turns telephone numbers in running text into `tel:` links."""

from django import template

from socialekaart_plugin.foundation.telephone_links import with_telephone_links

register = template.Library()

register.filter("telephone_links", with_telephone_links, is_safe=False)
