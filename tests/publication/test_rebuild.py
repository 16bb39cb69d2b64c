from uuid import uuid4

import pytest
from django.core.management import CommandError, call_command

from socialekaart_plugin.models import Organisation, PublishedRecord, SearchDocument
from socialekaart_plugin.publication import rebuild
from socialekaart_plugin.publication.models import RebuildProgress
from socialekaart_plugin.publication.rules import FORMAT_VERSION
from tests.factories import ActivityFactory, OrganisationFactory, PlaceFactory, at

pytestmark = pytest.mark.django_db


def sequences():
    return dict(PublishedRecord.objects.values_list("uuid", "sequence"))


def no_progress(step):
    pass


def test_unchanged_rows_keep_their_sequence():
    ActivityFactory(public=True, sessions=[at(PlaceFactory())])
    before = sequences()
    call_command("rebuild_public_records")
    assert sequences() == before


def test_rows_that_were_lost_changed_or_left_behind_are_put_right():
    lost = OrganisationFactory(public=True)
    changed = OrganisationFactory(public=True, name="Goed")
    gone = OrganisationFactory(public=True)
    PublishedRecord.objects.filter(uuid=lost.uuid).delete()
    Organisation.objects.filter(pk=changed.pk).update(name="Anders")
    PublishedRecord.objects.filter(uuid=gone.uuid).update(uuid=(stray := uuid4()), short_id="x")
    with pytest.raises(CommandError, match="4"):
        call_command("check_public_records")
    written = rebuild.rebuild_public_records(progress=no_progress)
    assert written["organisation"] == 3
    assert written["withdrawn"] == 1
    assert PublishedRecord.objects.get(uuid=changed.uuid).public_payload["name"] == "Anders"
    assert PublishedRecord.objects.get(uuid=stray).withdrawn_at is not None
    assert SearchDocument.objects.filter(record__uuid=lost.uuid, audiences=3).exists()
    call_command("check_public_records")


def test_an_interrupted_run_goes_on_where_it_was(monkeypatch):
    monkeypatch.setattr(rebuild, "BATCH_SIZE", 1)
    organisations = [OrganisationFactory(public=True) for _number in range(3)]
    PublishedRecord.objects.filter(kind="organisation").delete()
    steps = []

    def stop_after_the_first_organisation(step):
        steps.append(step)
        if step.kind == "organisation":
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        rebuild.rebuild_public_records(progress=stop_after_the_first_organisation)
    assert PublishedRecord.objects.filter(uuid=organisations[0].uuid).exists()
    assert not PublishedRecord.objects.filter(uuid=organisations[1].uuid).exists()

    steps.clear()
    rebuild.rebuild_public_records(progress=steps.append)
    assert [(step.kind, step.done, step.total) for step in steps] == [
        ("organisation", 2, 3),
        ("organisation", 3, 3),
    ]
    assert PublishedRecord.objects.filter(kind="organisation").count() == 3
    assert not RebuildProgress.objects.exists()


def test_progress_is_shown_for_every_batch(capsys):
    OrganisationFactory(public=True)
    call_command("rebuild_public_records", "--restart")
    assert "1 van 1" in capsys.readouterr().out


def test_the_check_names_what_differs_and_mends_it_when_asked(capsys):
    organisation = OrganisationFactory(public=True, name="Goed")
    Organisation.objects.filter(pk=organisation.pk).update(name="Anders")
    with pytest.raises(CommandError):
        call_command("check_public_records")
    assert str(organisation.uuid) in capsys.readouterr().out
    assert PublishedRecord.objects.get(uuid=organisation.uuid).public_payload["name"] == "Goed"
    call_command("check_public_records", "--mend")
    assert PublishedRecord.objects.get(uuid=organisation.uuid).public_payload["name"] == "Anders"


def test_an_older_format_is_written_anew():
    organisation = OrganisationFactory(public=True)
    PublishedRecord.objects.filter(uuid=organisation.uuid).update(format_version=0)
    before = PublishedRecord.objects.get(uuid=organisation.uuid).sequence
    call_command("rebuild_public_records")
    row = PublishedRecord.objects.get(uuid=organisation.uuid)
    assert row.format_version == FORMAT_VERSION
    assert row.sequence > before
