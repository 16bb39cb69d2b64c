"""The addresses of search that are of no page."""

from django.urls import path

from .views.health import health

urlpatterns = [
    path("socialekaart/health/", health, name="discovery_health"),
]
