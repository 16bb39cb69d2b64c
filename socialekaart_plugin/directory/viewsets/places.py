"""Register places in the admin, with a check for possible duplicates."""

from wagtail.admin.panels import ObjectList

from socialekaart_plugin.directory import views
from socialekaart_plugin.directory.forms.place import PlaceForm
from socialekaart_plugin.directory.record_panels import DuplicatesPanel
from socialekaart_plugin.places.panels import PLACE_PANELS
from socialekaart_plugin.places.viewsets import PlaceViewSet


class CarefulPlaceViewSet(PlaceViewSet):
    """Viewset of places: warns about duplicates, and limits who may widen the audience."""

    add_view_class = views.PlaceCreateView
    edit_handler = ObjectList([DuplicatesPanel(), *PLACE_PANELS], base_form_class=PlaceForm)
