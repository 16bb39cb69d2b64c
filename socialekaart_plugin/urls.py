"""What a site includes: permanent addresses, and how search is."""

from django.urls import include, path

from .discovery import urls as discovery_urls
from .publication import urls as publication_urls

app_name = "socialekaart_plugin"

urlpatterns = [
    path("", include(publication_urls)),
    path("", include(discovery_urls)),
]
