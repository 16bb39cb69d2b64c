"""Admin form of a place, which refuses to make internal data public without a second reviewer."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.permission_policies import ModelPermissionPolicy

from socialekaart_plugin.directory.selectors.references import approved_uses
from socialekaart_plugin.foundation.audiences import Audience, is_wider
from socialekaart_plugin.places.models import Place


class PlaceForm(WagtailAdminModelForm):
    """Form of a place; users without publish permission cannot widen who sees a place in use.

    A place has no draft and no approval. Moderators approved its records with the place as it was
    shown then.
    """

    def clean_audience(self) -> str:
        """Refuse a wider audience unless the user may publish every record that shows the place."""
        wanted: str = self.cleaned_data["audience"]
        if self.instance.pk is None or not self._shows_more(wanted):
            return wanted
        types = {use.model for use in approved_uses(Place, self.instance.pk)}
        may_publish = all(
            ModelPermissionPolicy(each).user_has_permission(self.for_user, "publish")
            for each in types
        )
        if not may_publish:
            raise ValidationError(
                _(
                    "Visitors find this place with something that is public or waits for approval. "
                    "Only who may publish can show it to more people: ask a moderator. Choose "
                    "“%(audience)s” again to save the rest."
                )
                % {"audience": Audience(self._kept()).label}
            )
        return wanted

    def _shows_more(self, wanted: str) -> bool:
        return is_wider(wanted, than=self._kept())

    def _kept(self) -> str:
        """Return the stored audience of the place."""
        kept = Place.objects.filter(pk=self.instance.pk).values_list("audience", flat=True).first()
        return kept or Audience.INTERNAL
