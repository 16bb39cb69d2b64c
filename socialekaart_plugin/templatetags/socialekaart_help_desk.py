"""Template tag for the help desk of the site, for the plugin and the host site."""

from django import template
from django.template.context import Context

from socialekaart_plugin.foundation.help_desk import HelpDesk, desk_of

register = template.Library()


@register.simple_tag(takes_context=True)
def help_desk(context: Context) -> HelpDesk | None:
    """Return the help desk, for `{% help_desk as desk %}`; None if the site has none."""
    return desk_of(context.get("request"))
