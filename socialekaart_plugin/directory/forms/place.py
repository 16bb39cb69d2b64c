"""The form of a place: what is internal does not become public on one pair of eyes."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.permission_policies import ModelPermissionPolicy

from socialekaart_plugin.directory.selectors.references import approved_uses
from socialekaart_plugin.foundation.audiences import Audience, is_wider
from socialekaart_plugin.places.models import Place


class PlaceForm(WagtailAdminModelForm):
    """A place; who may not publish cannot show more people a place that public records name.

    A place has no draft and no approval. A moderator who approved a record did so with the place as
    it was shown then.
    """

    def clean_audience(self) -> str:
        """Refuse a wider circle to who may not publish every record that would show the place."""
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
        """For whom the place is kept now."""
        kept = Place.objects.filter(pk=self.instance.pk).values_list("audience", flat=True).first()
        return kept or Audience.INTERNAL
