"""Reading all records anew after the compounds changed."""

from io import StringIO

import pytest
from django.core.management import call_command

from socialekaart_plugin.discovery import reanalysis
from socialekaart_plugin.discovery.reanalysis import (
    continue_reanalysis,
    reanalyse_batch,
    start_reanalysis,
)
from socialekaart_plugin.discovery.search import SearchRequest, search
from socialekaart_plugin.discovery.selectors import current_analyzer
from socialekaart_plugin.models import CompoundWord, Reanalysis, SearchDocument, SynonymGroup
from tests.factories import OrganisationFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def three(db):
    names = ("Wielewaalkwijl", "Bureau Budget", "De Brug")
    return [OrganisationFactory(public=True, name=name) for name in names]


def found(text):
    return [payload["name"] for payload in search(SearchRequest(text=text, correct=False)).payloads]


def test_a_new_compound_reads_all_records_anew_after_the_commit(
    three, django_capture_on_commit_callbacks
):
    assert found("kwijl") == []
    with django_capture_on_commit_callbacks(execute=True):
        CompoundWord.objects.create(word="wielewaal")
        CompoundWord.objects.create(word="kwijl")
    run = Reanalysis.objects.get()
    assert run.finished_at is not None
    assert (run.done, run.total) == (3, 3)
    assert found("kwijl") == ["Wielewaalkwijl"]


def test_a_word_that_goes_splits_no_more(three, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        CompoundWord.objects.create(word="wielewaal")
        CompoundWord.objects.create(word="kwijl")
    with django_capture_on_commit_callbacks(execute=True):
        CompoundWord.objects.get(word="kwijl").delete()
    assert Reanalysis.objects.count() == 2
    assert found("kwijl") == []


def test_other_rules_read_nothing_anew(three, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        SynonymGroup.objects.create(terms="a\nb")
    assert not Reanalysis.objects.exists()


def test_a_compound_that_says_nothing_new_reads_nothing_anew(three):
    assert start_reanalysis() is not None
    CompoundWord.objects.create(word="schuld")
    assert start_reanalysis() is None


def test_an_interrupted_run_goes_on_where_it_was(three, monkeypatch):
    monkeypatch.setattr(reanalysis, "BATCH_SIZE", 1)
    CompoundWord.objects.create(word="wielewaal")
    CompoundWord.objects.create(word="kwijl")
    run = start_reanalysis()
    assert continue_reanalysis(seconds=0).done == 0
    reanalyse_batch(run.pk)
    reanalyse_batch(run.pk)
    run.refresh_from_db()
    assert (run.done, run.total, run.finished_at) == (2, 3, None)
    SearchDocument.objects.filter(name="wielewaalkwijl").update(fingerprint="")
    finished = continue_reanalysis()
    assert (finished.done, finished.pk) == (3, run.pk)
    # The two that were read before are not read again.
    assert SearchDocument.objects.get(name="wielewaalkwijl").fingerprint == ""


def test_a_newer_change_takes_the_place_of_an_older_run(three, monkeypatch):
    monkeypatch.setattr(reanalysis, "BATCH_SIZE", 1)
    CompoundWord.objects.create(word="wielewaal")
    older = start_reanalysis()
    reanalyse_batch(older.pk)
    CompoundWord.objects.create(word="kwijl")
    newer = start_reanalysis()
    assert newer.mark == current_analyzer().mark != older.mark
    assert continue_reanalysis().pk == newer.pk
    older.refresh_from_db()
    assert older.finished_at is None
    assert found("kwijl") == ["Wielewaalkwijl"]


def test_a_finished_run_is_left_alone(three):
    run = start_reanalysis()
    continue_reanalysis()
    reanalyse_batch(run.pk)
    run.refresh_from_db()
    assert run.done == 3


def test_the_command_begins_what_is_needed_and_ends_what_was_begun(three):
    CompoundWord.objects.create(word="wielewaal")
    CompoundWord.objects.create(word="kwijl")
    out = StringIO()
    call_command("reanalyse_records", stdout=out)
    assert "3" in out.getvalue()
    assert found("kwijl") == ["Wielewaalkwijl"]
    call_command("reanalyse_records", stdout=out)
    assert Reanalysis.objects.count() == 1
