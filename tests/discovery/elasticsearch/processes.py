"""Other processes of the site that keep the index, and may be ended at any moment."""

import json
import os
import subprocess
import sys
from typing import Any

from django.db import connection

#: Arguments: name of the database, settings of the index, options of the command; and what to do
#: to itself meanwhile, in Python.
OTHER = """
import json, signal, sys, django
from django.conf import settings
# What a shell starts in the background ignores Ctrl-C, and so does all that comes of it.
signal.signal(signal.SIGINT, signal.default_int_handler)
settings.DATABASES["default"]["NAME"] = sys.argv[1]
settings.SOCIALEKAART_ELASTICSEARCH = json.loads(sys.argv[2])
settings.LOGGING_CONFIG = None
import logging
logging.basicConfig(level=logging.INFO, format="%(name)s: %(message)s")
django.setup()
from django.core.management import call_command
exec(sys.argv[4])
call_command("sync_search_index", *json.loads(sys.argv[3]))
"""


def sync_elsewhere(
    site: dict[str, Any], *options: str, meanwhile: str = ""
) -> "subprocess.Popen[str]":
    """Begin `sync_search_index` in a process of its own."""
    told = [connection.settings_dict["NAME"], json.dumps(site), json.dumps(options), meanwhile]
    return subprocess.Popen(
        [sys.executable, "-c", OTHER, *told],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=os.environ | {"DJANGO_SETTINGS_MODULE": "cms.settings.test"},
    )
