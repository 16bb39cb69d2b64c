"""URLs of search: the health check."""

from django.urls import path

from .views.health import health

urlpatterns = [
    path("socialekaart/health/", health, name="discovery_health"),
]
