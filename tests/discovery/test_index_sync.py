"""Who saves never waits for the index elsewhere; a worker brings it after."""

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction
from django.utils import timezone
from django_tasks import TaskResult, TaskResultStatus
from django_tasks.backends.base import BaseTaskBackend

from socialekaart_plugin.discovery import tasks
from socialekaart_plugin.models import SynonymGroup
from tests.factories import OrganisationFactory, ThemeFactory

pytestmark = pytest.mark.django_db

ENQUEUED: list[str] = []
NOWHERE = {"hosts": ["http://127.0.0.1:1"], "index_prefix": "nowhere"}


class Keeping(BaseTaskBackend):
    """Workers that are busy with something else."""

    def enqueue(self, task, args, kwargs):
        ENQUEUED.append(task.name)
        now = timezone.now()
        return TaskResult(
            task=task,
            id=str(len(ENQUEUED)),
            status=TaskResultStatus.NEW if hasattr(TaskResultStatus, "NEW") else "READY",
            enqueued_at=now,
            started_at=None,
            finished_at=None,
            last_attempted_at=None,
            args=args,
            kwargs=kwargs,
            backend=self.alias,
            errors=[],
            worker_ids=[],
        )


class Broken(Keeping):
    """Workers that cannot be told anything."""

    def enqueue(self, task, args, kwargs):
        if task.name == "let_search_index_follow":
            raise ConnectionError("no broker")
        return super().enqueue(task, args, kwargs)


def backend(kind):
    return {"default": {"BACKEND": f"{kind.__module__}.{kind.__qualname__}"}}


def followed():
    return ENQUEUED.count("let_search_index_follow")


@pytest.fixture
def workers(settings):
    settings.SOCIALEKAART_ELASTICSEARCH = NOWHERE
    settings.TASKS = backend(Keeping)
    ENQUEUED.clear()


@pytest.mark.usefixtures("workers")
def test_one_task_follows_a_whole_transaction(django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        OrganisationFactory(public=True)
        OrganisationFactory(public=True)
        SynonymGroup.objects.create(terms="geld\npoen")
        assert followed() == 0
    assert followed() == 1


@pytest.mark.usefixtures("workers")
def test_what_is_rolled_back_is_followed_by_none(django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True), transaction.atomic():
        OrganisationFactory(public=True)
        transaction.set_rollback(True)
    assert followed() == 0


@pytest.mark.usefixtures("workers")
def test_a_draft_is_followed_by_none(django_capture_on_commit_callbacks):
    theme = ThemeFactory()
    with django_capture_on_commit_callbacks(execute=True):
        OrganisationFactory(themes=[theme])
    assert followed() == 0


def test_without_workers_nobody_who_saves_waits_for_the_server(
    settings, monkeypatch, django_capture_on_commit_callbacks
):
    settings.SOCIALEKAART_ELASTICSEARCH = NOWHERE
    monkeypatch.setattr(tasks, "sync_search_index", lambda **_options: pytest.fail("it waited"))
    with django_capture_on_commit_callbacks(execute=True):
        OrganisationFactory(public=True)


@pytest.mark.usefixtures("workers")
def test_a_site_without_elasticsearch_enqueues_nothing(
    settings, django_capture_on_commit_callbacks
):
    settings.SOCIALEKAART_ELASTICSEARCH = {}
    with django_capture_on_commit_callbacks(execute=True):
        OrganisationFactory(public=True)
    assert followed() == 0


def test_workers_that_cannot_be_told_fail_no_save(
    settings, caplog, django_capture_on_commit_callbacks
):
    settings.SOCIALEKAART_ELASTICSEARCH = NOWHERE
    settings.TASKS = backend(Broken)
    with django_capture_on_commit_callbacks(execute=True):
        record = OrganisationFactory(public=True)
    assert record.live
    assert "no broker" in caplog.text


def test_a_task_that_finds_the_server_away_ends_with_a_line_in_the_log(settings, caplog):
    settings.SOCIALEKAART_ELASTICSEARCH = NOWHERE
    tasks.let_search_index_follow.func()
    assert "does not follow now" in caplog.text
    assert "Traceback" not in caplog.text


@pytest.mark.parametrize("options", [[], ["--check"], ["--rebuild"], ["--watch"]])
def test_without_elasticsearch_the_command_says_so(settings, options):
    settings.SOCIALEKAART_ELASTICSEARCH = {}
    with pytest.raises(CommandError, match="SOCIALEKAART_ELASTICSEARCH"):
        call_command("sync_search_index", *options)


def test_settings_that_are_wrong_are_told_in_words(settings):
    settings.SOCIALEKAART_ELASTICSEARCH = {"hosts": []}
    with pytest.raises(CommandError, match="hosts"):
        call_command("sync_search_index")
