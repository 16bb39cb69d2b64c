"""Runs the index worker of a benchmark: `sync_search_index --watch`, as on a site.

`python -m benchmarks.search_elasticsearch_watching DATABASE`, with the configuration as JSON on its
standard input.
"""

import json
import sys

from benchmarks.database import set_up


def main() -> None:
    """Send published changes to the index, until this process is stopped."""
    set_up()
    from django.core.management import call_command
    from django.db import connection
    from django.test import override_settings

    connection.settings_dict["NAME"] = sys.argv[1]
    with override_settings(SOCIALEKAART_ELASTICSEARCH=json.load(sys.stdin)):
        call_command("sync_search_index", "--watch", verbosity=0)


if __name__ == "__main__":
    main()
