"""What a site includes: the public addresses of each room."""

from .apps import registered_rooms

app_name = "socialekaart_plugin"

urlpatterns = [pattern for room in registered_rooms() for pattern in room.urls]
