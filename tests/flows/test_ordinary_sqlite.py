"""A site on SQLite with Django's own options: who saves waits for another, and is not refused."""

import contextlib
import json
import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from django.db import connection

from socialekaart_plugin.moderation.permissions import Role
from tests.factories import OrganisationFactory, UserFactory

pytestmark = [
    pytest.mark.skipif(connection.vendor != "sqlite", reason="about SQLite"),
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
]

#: Another process of the site, that one colleague works with: opens a form, saves, says what came.
COLLEAGUE = """
import json, os, resource, sys
import cms.settings.test as settings
path, pk, name, writes, limit = sys.argv[1:]
settings.DATABASES["default"] = {"ENGINE": "django.db.backends.sqlite3", "NAME": path}
import django
django.setup()
from django.contrib.auth import get_user_model
from django.test import Client
from socialekaart_plugin.models import Organisation
from tests.forms import filled_in

client = Client(raise_request_exception=False)
client.force_login(get_user_model().objects.get(username=name))
address = f"/admin/snippets/socialekaart_plugin/organisation/edit/{pk}/"
form = client.get(address)
print("ready", flush=True)
sys.stdin.readline()
if limit == "full":
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, resource.RLIM_INFINITY))
data = filled_in(form)
came = []
for number in range(int(writes)):
    data["summary"] = f"{name} {number}"
    answer = client.post(address, data, headers={"accept": "application/json"})
    came.append(answer.status_code)
    if answer.status_code == 200:
        saved = answer.json()
        data |= saved["field_updates"] | {"overwrite_revision_id": saved["revision_id"]}
data.pop("overwrite_revision_id", None)
answer = client.post(address, data | {"action-publish": "1"})
came.append(answer.status_code)
said = answer.content.decode()
public = Client(raise_request_exception=False).get("/api/v2/organisations/")
print(json.dumps({"came": came, "said": said, "public": public.status_code}), flush=True)
"""


@pytest.fixture
def site(team, tmp_path):
    """Two records and two colleagues, in a file."""
    records = {}
    for name in ("anna", "bart"):
        user = UserFactory(username=name, role=Role.MODERATORS)
        user.groups.add(*UserFactory(role=Role.EDITORS).groups.all())
        records[name] = OrganisationFactory(public=True)
    path = tmp_path / "site.sqlite3"
    with closing(sqlite3.connect(path)) as file:
        connection.connection.backup(file)
    return path, records


def colleague(path, record, name, *, writes, limit=""):
    return subprocess.Popen(
        [sys.executable, "-c", COLLEAGUE, str(path), str(record.pk), name, str(writes), limit],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        cwd=Path(__file__).resolve().parents[2],
        env=os.environ | {"DJANGO_SETTINGS_MODULE": "cms.settings.test"},
    )


def answers(processes):
    with contextlib.ExitStack() as stack:
        for process in processes:
            stack.callback(process.kill)
        for process in processes:
            assert process.stdout.readline() == "ready\n"
        for process in processes:
            print(file=process.stdin, flush=True)
        return [json.loads(process.communicate(timeout=120)[0]) for process in processes]


@pytest.mark.parametrize("mode", ["delete", "wal"])
def test_two_colleagues_save_at_the_same_time_and_nobody_is_refused(site, mode):
    path, records = site
    with closing(sqlite3.connect(path)) as file:
        file.execute(f"PRAGMA journal_mode={mode}")
    # Ten seconds of a processor: each colleague is a whole process of the site, and has to start.
    both = [colleague(path, record, name, writes=4) for name, record in records.items()]
    for answer in answers(both):
        assert answer["came"] == [200] * 4 + [302]


def test_on_a_full_disk_reading_goes_on_and_saving_says_why(site):
    path, records = site
    with closing(sqlite3.connect(path)) as file:
        file.execute("PRAGMA journal_mode=WAL")
        # As another worker of the server does, which keeps a connection.
        file.execute("SELECT 1 FROM sqlite_master").fetchone()
        (answer,) = answers([colleague(path, records["anna"], "anna", writes=1, limit="full")])
    assert answer["came"] == [507, 507]
    assert "De schijf is vol" in answer["said"]
    assert answer["public"] == 200
