import os
import subprocess
import sys

import pytest
from django.db import connection

from socialekaart_plugin.directory.actions import withdraw_record
from socialekaart_plugin.discovery.search import SearchRequest, search
from tests.factories import OrganisationFactory

#: Another process of the site: for each line a search, answered with the names that it finds.
OTHER = """
import sys, django
from django.conf import settings
settings.DATABASES["default"]["NAME"] = sys.argv[1]
django.setup()
from socialekaart_plugin.discovery.search import SearchRequest, search
for line in sys.stdin:
    results = search(SearchRequest(text=line.strip(), counted=("kind",)))
    counted = sum(option.count for option in results.options["kind"])
    print(results.total, counted, *sorted(p["name"] for p in results.payloads), sep="|", flush=True)
"""


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_what_one_process_publishes_another_finds_with_its_next_search() -> None:
    other = subprocess.Popen(
        [sys.executable, "-c", OTHER, connection.settings_dict["NAME"]],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env=os.environ | {"DJANGO_SETTINGS_MODULE": "cms.settings.test"},
    )
    assert other.stdin is not None
    assert other.stdout is not None

    def asked(text: str) -> str:
        print(text, file=other.stdin, flush=True)
        return other.stdout.readline().strip()

    try:
        assert asked("koor") == "0|0"
        first = OrganisationFactory(public=True, name="Koor Een")
        assert asked("koor") == "1|1|Koor Een"
        OrganisationFactory(public=True, name="Koor Twee")
        assert asked("koren") == "2|2|Koor Een|Koor Twee"
        withdraw_record(record=first, reason="Gestopt")
        assert asked("koor") == "1|1|Koor Twee"
        assert search(SearchRequest(text="koor")).total == 1
    finally:
        other.stdin.close()
        other.wait(timeout=30)
