"""The register of places, in which a second one of the same is not made by accident."""

from wagtail.admin.panels import ObjectList

from socialekaart_plugin.directory import views
from socialekaart_plugin.directory.forms.place import PlaceForm
from socialekaart_plugin.directory.record_panels import DuplicatesPanel
from socialekaart_plugin.places.panels import PLACE_PANELS
from socialekaart_plugin.places.viewsets import PlaceViewSet


class CarefulPlaceViewSet(PlaceViewSet):
    """The register of places: asks about duplicates of a new one, and who may show one to more."""

    add_view_class = views.PlaceCreateView
    edit_handler = ObjectList([DuplicatesPanel(), *PLACE_PANELS], base_form_class=PlaceForm)
