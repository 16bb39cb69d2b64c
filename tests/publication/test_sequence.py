"""The sequence rises in the order of commits: a reader that has seen n misses nothing below it."""

import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, transaction

from socialekaart_plugin.models import Organisation, PublicationCounter, PublishedRecord, Theme
from tests.factories import OrganisationFactory, ThemeFactory

WRITERS = 6
SAVES = 12


def in_thread(function, *args):
    """Run in a thread with a connection of its own that is closed afterwards."""
    try:
        return function(*args)
    finally:
        connection.close()


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_a_reader_misses_nothing_while_many_write():
    organisations = [OrganisationFactory(public=True) for _number in range(WRITERS)]
    begin = PublicationCounter.objects.get().value
    stop = threading.Event()

    def write(pk):
        for number in range(SAVES):
            with transaction.atomic():
                organisation = Organisation.objects.get(pk=pk)
                organisation.summary = f"Versie {number}"
                organisation.save()
                # Hold the transaction open for a moment, so that writers do overlap.
                time.sleep(0.002)

    def read():
        seen: dict[int, int] = {}
        last = begin
        while True:
            finished = stop.is_set()
            for row in PublishedRecord.objects.filter(sequence__gt=last).order_by("sequence"):
                seen[row.pk] = row.sequence
                last = row.sequence
            if finished:
                return seen

    with ThreadPoolExecutor(WRITERS + 1) as pool:
        reader = pool.submit(in_thread, read)
        writers = [pool.submit(in_thread, write, o.pk) for o in organisations]
        try:
            for writer in writers:
                writer.result(timeout=60)
        finally:
            stop.set()
        seen = reader.result(timeout=60)

    final = dict(PublishedRecord.objects.filter(kind="organisation").values_list("pk", "sequence"))
    assert {pk: sequence for pk, sequence in seen.items() if pk in final} == final
    assert PublicationCounter.objects.get().value == begin + WRITERS * SAVES


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_what_a_record_shows_is_never_built_from_what_is_about_to_change():
    theme = ThemeFactory(name="Geld")
    organisations = [OrganisationFactory(public=True, themes=[theme]) for _number in range(4)]

    def rename():
        for number in range(15):
            renamed = Theme.objects.get(pk=theme.pk)
            renamed.name = f"Geld {number}"
            renamed.save()

    def edit(pk):
        for number in range(15):
            organisation = Organisation.objects.get(pk=pk)
            organisation.summary = f"Versie {number}"
            organisation.save()

    with ThreadPoolExecutor(5) as pool:
        tasks = [pool.submit(in_thread, rename)]
        tasks += [pool.submit(in_thread, edit, o.pk) for o in organisations]
        for task in tasks:
            task.result(timeout=60)

    for row in PublishedRecord.objects.filter(kind="organisation"):
        assert row.public_payload["themes"][0]["name"] == "Geld 14"
        assert row.public_payload["summary"] == "Versie 14"


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_two_that_change_the_same_records_in_another_order_do_not_deadlock():
    first, second = OrganisationFactory(public=True), OrganisationFactory(public=True)

    def change_both(pks):
        for number in range(10):
            with transaction.atomic():
                for pk in pks:
                    organisation = Organisation.objects.get(pk=pk)
                    organisation.summary = f"Versie {number}"
                    organisation.save()

    with ThreadPoolExecutor(2) as pool:
        tasks = [
            pool.submit(in_thread, change_both, [first.pk, second.pk]),
            pool.submit(in_thread, change_both, [second.pk, first.pk]),
        ]
        for task in tasks:
            task.result(timeout=60)


@pytest.mark.django_db
def test_a_rolled_back_save_leaves_no_gap():
    organisation = OrganisationFactory(public=True)
    before = PublicationCounter.objects.get().value

    def save_and_fail():
        with transaction.atomic():
            organisation.summary = "Anders."
            organisation.save()
            raise RuntimeError

    with pytest.raises(RuntimeError):
        save_and_fail()
    assert PublicationCounter.objects.get().value == before
