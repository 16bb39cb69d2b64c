import datetime

import pytest
from wagtail.models import ModelLogEntry

from socialekaart_plugin.directory.actions import (
    WithdrawalError,
    confirm_record,
    mark_record,
    withdraw_record,
)
from socialekaart_plugin.directory.choices import VerificationChannel
from socialekaart_plugin.models import PublishedRecord
from socialekaart_plugin.publication.signals import published_records_changed
from tests.factories import ActivityFactory, OrganisationFactory, UserFactory, publish

pytestmark = pytest.mark.django_db

DAY = datetime.date(2026, 5, 1)


def new_log_lines(record, action):
    before = ModelLogEntry.objects.filter(object_id=str(record.pk)).count()
    action()
    lines = ModelLogEntry.objects.filter(object_id=str(record.pk)).order_by("pk")[before:]
    return [(line.action, line.user) for line in lines]


def test_each_action_writes_one_line_in_the_audit_log():
    user = UserFactory()
    record = OrganisationFactory(public=True)
    assert new_log_lines(
        record,
        lambda: confirm_record(record=record, on=DAY, channel=VerificationChannel.VISIT, user=user),
    ) == [("socialekaart.confirm", user)]
    assert new_log_lines(record, lambda: mark_record(record=record, on=DAY, user=user)) == [
        ("socialekaart.mark", user)
    ]
    assert new_log_lines(
        record, lambda: withdraw_record(record=record, reason="Gestopt", user=user)
    ) == [("socialekaart.withdraw", user)]


def test_withdrawing_keeps_the_record_and_its_drafts_in_the_admin():
    record = OrganisationFactory(public=True)
    withdraw_record(record=record, reason="Gestopt")
    record.refresh_from_db()
    assert record.live is False
    assert record.latest_revision is not None


def test_an_organisation_can_be_withdrawn_with_the_activities_it_answers_for():
    activity = ActivityFactory(public=True)
    elsewhere = ActivityFactory(public=True, organisation=OrganisationFactory(public=True))
    withdraw_record(record=activity.organisation, reason="Gestopt", with_activities=True)
    activity.refresh_from_db()
    elsewhere.refresh_from_db()
    assert (activity.live, elsewhere.live) == (False, True)


def test_without_asking_for_it_the_activities_stay():
    activity = ActivityFactory(public=True)
    withdraw_record(record=activity.organisation, reason="Gestopt")
    activity.refresh_from_db()
    assert activity.live is True


def test_a_record_cannot_be_replaced_by_itself_nor_in_a_circle():
    first, second = OrganisationFactory(public=True), OrganisationFactory(public=True)
    with pytest.raises(WithdrawalError):
        withdraw_record(record=first, reason="?", replaced_by=first)
    withdraw_record(record=first, reason="Samengegaan", replaced_by=second)
    with pytest.raises(WithdrawalError):
        withdraw_record(record=second, reason="?", replaced_by=first)
    second.refresh_from_db()
    assert (second.live, second.replaced_by) == (True, None)


def test_a_record_cannot_be_replaced_by_one_that_is_not_public():
    with pytest.raises(WithdrawalError, match="Nog concept"):
        withdraw_record(
            record=OrganisationFactory(public=True),
            reason="?",
            replaced_by=OrganisationFactory(name="Nog concept"),
        )


def test_a_record_cannot_be_replaced_by_one_of_another_type():
    activity = ActivityFactory(public=True)
    with pytest.raises(WithdrawalError):
        withdraw_record(record=activity, reason="?", replaced_by=activity.organisation)


def test_a_replacement_that_was_published_again_may_be_replaced_the_other_way_round():
    first, second = OrganisationFactory(public=True), OrganisationFactory(public=True)
    withdraw_record(record=first, reason="Samengegaan", replaced_by=second)
    publish(first)
    second.refresh_from_db()
    withdraw_record(record=second, reason="Toch andersom", replaced_by=first)
    assert PublishedRecord.objects.get(uuid=second.uuid).replaced_by == first.uuid


def test_a_failing_withdrawal_of_activities_leaves_all_as_it_was():
    activity = ActivityFactory(public=True)
    organisation = activity.organisation

    def fail_at_the_organisation(records, **kwargs):
        if any(record.uuid == organisation.uuid for record in records):
            raise RuntimeError

    published_records_changed.connect(fail_at_the_organisation)
    try:
        with pytest.raises(RuntimeError):
            withdraw_record(record=organisation, reason="Gestopt", with_activities=True)
    finally:
        published_records_changed.disconnect(fail_at_the_organisation)
    activity.refresh_from_db()
    assert activity.live is True
    assert PublishedRecord.objects.get(uuid=activity.uuid).withdrawn_at is None
