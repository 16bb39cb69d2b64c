"""The app: connects signal handlers, checks and registries when Django starts."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SocialeKaartConfig(AppConfig):
    """The sociale kaart."""

    name = "socialekaart_plugin"
    label = "socialekaart_plugin"
    verbose_name = _("Sociale kaart")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Connect the rooms."""
        from socialekaart_plugin.places import checks as place_checks  # noqa: F401 - registers them
        from socialekaart_plugin.places import signal_handlers as place_handlers

        from .channels.pages import addresses, record_preview
        from .directory import signal_handlers as directory_handlers
        from .directory.actions.word_replacement import register_with_vocabulary
        from .directory.selectors.usage import register_what_is_used
        from .discovery import checks as discovery_checks  # noqa: F401 - registers them
        from .discovery import signal_handlers as discovery_handlers
        from .foundation import checks  # noqa: F401 - registers the system checks
        from .foundation.announced_model import announce_deletions
        from .foundation.mail import checks as mail_checks  # noqa: F401 - registers them
        from .foundation.wagtail_exports import keep_text_in_exports
        from .moderation import signal_handlers as moderation_handlers
        from .publication import signal_handlers as publication_handlers
        from .publication.addresses import register_page_address, register_ways_on

        announce_deletions()
        keep_text_in_exports()
        place_handlers.connect()
        directory_handlers.connect()
        publication_handlers.connect()
        discovery_handlers.connect()
        moderation_handlers.connect()
        register_what_is_used()
        register_with_vocabulary()
        record_preview.register_previews()
        register_page_address(addresses.record_page_address)
        register_ways_on(addresses.ways_to_look_further)
