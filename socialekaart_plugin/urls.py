"""What a site includes: permanent addresses."""

from django.urls import include, path

from .publication import urls as publication_urls

app_name = "socialekaart_plugin"

urlpatterns = [
    path("", include(publication_urls)),
]
