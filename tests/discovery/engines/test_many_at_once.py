"""Many search while records change: every answer is right."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from socialekaart_plugin.discovery.models import SynonymGroup
from socialekaart_plugin.discovery.search import SearchRequest, search
from socialekaart_plugin.models import Organisation
from tests.factories import OrganisationFactory, ThemeFactory


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_many_search_while_records_change_and_every_answer_is_right() -> None:
    themes = [ThemeFactory(name="Muziek")]
    for number in range(3):
        OrganisationFactory(public=True, name=f"Koor {number}", themes=themes)

    def look(number: int) -> bool:
        try:
            results = search(SearchRequest(text="koor", counted=("theme",)))
            [option] = results.options["theme"]
            return (
                len(results.payloads) == results.total == option.count
                and 3 <= results.total <= 23
                and all(payload["name"].startswith("Koor") for payload in results.payloads)
            )
        finally:
            connection.close()

    def write(number: int) -> bool:
        try:
            OrganisationFactory(public=True, name=f"Koor {10 + number}", themes=themes)
            if number % 4 == 0:
                SynonymGroup.objects.create(terms=f"a{number}\nb{number}")
            return True
        finally:
            connection.close()

    with ThreadPoolExecutor(6) as pool:
        jobs = [pool.submit(write if n % 10 == 0 else look, n) for n in range(120)]
        assert all(job.result() for job in jobs)
    assert Organisation.objects.count() == 15
    assert search(SearchRequest(text="koor")).total == 15
