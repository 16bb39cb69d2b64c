"""The settings of the tests, with the stock directory; Wagtail searches in Dutch on PostgreSQL."""

import os

from cms.settings.test import *  # noqa: F403
from cms.settings.test import DATABASES, INSTALLED_APPS

INSTALLED_APPS = [*INSTALLED_APPS, "benchmarks.stock"]
# Only what is indexed by hand: a record that is published here must not wait for the stock index.
WAGTAILSEARCH_BACKENDS = {
    "default": {"BACKEND": "wagtail.search.backends.database", "AUTO_UPDATE": False}
}
if DATABASES["default"]["ENGINE"].endswith("postgresql"):
    WAGTAILSEARCH_BACKENDS["default"]["SEARCH_CONFIG"] = "dutch"
    # As PostgreSQL advises for disks without moving parts: stock searches are three times faster.
    DATABASES["default"]["OPTIONS"]["options"] = "-c random_page_cost=1.1"
if "ELASTICSEARCH_URL" in os.environ:
    WAGTAILSEARCH_BACKENDS["elasticsearch"] = {
        "BACKEND": "wagtail.search.backends.elasticsearch8",
        "URLS": os.environ["ELASTICSEARCH_URL"].split(","),
        "TIMEOUT": 60,
        "AUTO_UPDATE": False,
    }
ROOT_URLCONF = "benchmarks.stock.urls"
