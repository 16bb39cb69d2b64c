"""Two write at the same moment: the second builds on what the first wrote."""

import datetime
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, transaction

from socialekaart_plugin.directory import actions
from socialekaart_plugin.directory.requirements import PublicationRefused
from socialekaart_plugin.models import Activity, Organisation
from tests.factories import ActivityFactory, OrganisationFactory, change

pytestmark = [
    pytest.mark.postgres,
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
]

DAY = datetime.date(2027, 6, 1)
WAITING = "SELECT count(*) FROM pg_locks WHERE NOT granted AND locktype = 'transactionid'"


def meanwhile(first, second):
    """Have `second` begin while the transaction of `first` is not over yet."""

    def in_thread():
        try:
            second()
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            first()
            other = pool.submit(in_thread)
            for _try in range(600):
                with connection.cursor() as cursor:
                    cursor.execute(WAITING)
                    if cursor.fetchone()[0]:
                        break
                time.sleep(0.02)
            else:
                pytest.fail("the second never waited for the first")
        other.result(timeout=30)


def keywords(record):
    return sorted(tag.name for tag in Activity.objects.get(pk=record.pk).tags.all())


def test_two_keywords_are_both_kept():
    record = ActivityFactory(public=True, tags=["taal"])
    one, other = (Activity.objects.get(pk=record.pk) for _number in range(2))
    meanwhile(
        lambda: actions.change_keywords(record=one, add=["een"]),
        lambda: actions.change_keywords(record=other, add=["twee"]),
    )
    assert keywords(record) == ["een", "taal", "twee"]


def test_an_end_does_not_undo_a_publication():
    record = ActivityFactory(public=True, summary="Zoals het was.")
    draft = change(record, summary="Zoals het wordt.")
    other = Activity.objects.get(pk=record.pk)
    meanwhile(draft.publish, lambda: actions.close_activity(activity=other, on=DAY))
    stored = Activity.objects.get(pk=record.pk)
    assert (stored.summary, stored.valid_until) == ("Zoals het wordt.", DAY)


def test_a_withdrawal_does_not_undo_a_publication():
    record = OrganisationFactory(public=True, summary="Zoals het was.")
    draft = change(record, summary="Zoals het wordt.")
    other = Organisation.objects.get(pk=record.pk)
    meanwhile(draft.publish, lambda: actions.withdraw_record(record=other, reason="Weg"))
    stored = Organisation.objects.get(pk=record.pk)
    assert (stored.summary, stored.live) == ("Zoals het wordt.", False)


def test_an_activity_does_not_go_public_while_its_organisation_leaves():
    activity = ActivityFactory()
    organisation = activity.organisation
    if not organisation.live:
        organisation.get_latest_revision().publish()
    revision = activity.get_latest_revision()
    refused = []

    def publish():
        try:
            revision.publish()
        except PublicationRefused as refusal:
            refused.append(refusal)

    meanwhile(lambda: actions.withdraw_record(record=organisation, reason="Weg"), publish)
    assert refused
    assert not Activity.objects.get(pk=activity.pk).live
