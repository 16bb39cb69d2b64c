"""The demonstration directory is loaded, loaded again, looked through and removed."""

import datetime
import re
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from io import StringIO
from typing import Any, ClassVar

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.core.management import CommandError, call_command
from django.db import transaction
from wagtail.models import ModelLogEntry, Revision, WorkflowState

from socialekaart_plugin.directory.models import (
    Activity,
    ActivityContactFact,
    Keyword,
    Organisation,
    OrganisationContactFact,
    TargetGroup,
    Theme,
)
from socialekaart_plugin.directory.requirements import missing_for_publication
from socialekaart_plugin.foundation.audiences import Audience
from socialekaart_plugin.management.demo import load_demo_directory, remove_demo_directory
from socialekaart_plugin.management.demo_content import (
    demo_uuid,
    read_content,
    read_keywords,
)
from socialekaart_plugin.moderation.actions import set_up_team
from socialekaart_plugin.places.models import Area, Place
from socialekaart_plugin.publication.choices import EventKind
from socialekaart_plugin.publication.models import PublicationEvent, PublishedRecord

TODAY = datetime.date(2026, 3, 2)
TABLES = (Area, Theme, TargetGroup, Keyword, Place, Organisation, Activity)


def say_nothing(label: str, done: int, total: int) -> None:
    pass


def load(today: datetime.date = TODAY) -> Counter[str]:
    return load_demo_directory(today=today, progress=say_nothing)


def all_rows() -> dict[str, list[dict[str, Any]]]:
    tables = (*TABLES, PublishedRecord, PublicationEvent, ModelLogEntry, Revision, WorkflowState)
    return {
        table.__name__: list(table._default_manager.order_by("pk").values()) for table in tables
    }


def record_of(model: Any, key: str) -> Any:
    return model.objects.get(uuid=demo_uuid(model, key))


def all_records() -> list[Any]:
    return [*Organisation.objects.all(), *Activity.objects.all()]


@contextmanager
def undone_afterwards(blocker: Any) -> Iterator[None]:
    """A load takes seconds: what is loaded here serves every test of a class."""
    with blocker.unblock(), transaction.atomic():
        yield
        transaction.set_rollback(True)


class TestLoaded:
    @pytest.fixture(scope="class")
    @classmethod
    def loaded(cls, django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
        with undone_afterwards(django_db_blocker):
            set_up_team()
            load()
            yield

    @pytest.fixture
    def directory(self, loaded: None, db: None) -> None:
        pass

    def test_makes_the_whole_directory(self, directory: None) -> None:
        assert Organisation.objects.count() == len(read_content("organisations")) >= 24
        assert Activity.objects.count() == len(read_content("activities")) >= 40
        assert Place.objects.count() == len(read_content("places")) >= 16
        assert Theme.objects.filter(parent=None).count() == 9
        assert Theme.objects.exclude(parent=None).count() == 25
        assert Keyword.objects.count() == len(read_keywords())

    def test_loading_again_changes_nothing_not_even_on_another_day(self, directory: None) -> None:
        before = all_rows()

        made = load(TODAY + datetime.timedelta(days=40))

        assert not made
        assert all_rows() == before

    def test_loading_gives_the_same_ids_and_order_after_a_removal(self, directory: None) -> None:
        fields = ("uuid", "short_id", "slug", "name")
        ids = {
            table: list(table.objects.order_by("uuid").values(*fields))
            for table in (Area, Theme, TargetGroup, Place, Organisation, Activity)
        }
        payloads = dict(PublishedRecord.objects.public().values_list("uuid", "public_payload"))
        order = list(PublishedRecord.objects.public().values_list("uuid", flat=True))

        remove_demo_directory(progress=say_nothing)
        load()

        for table, expected in ids.items():
            assert list(table.objects.order_by("uuid").values(*fields)) == expected
        assert list(PublishedRecord.objects.public().values_list("uuid", flat=True)) == order
        for row in PublishedRecord.objects.public():
            assert without_moments(row.public_payload) == without_moments(payloads[row.uuid])

    def test_loading_mends_only_what_is_missing(self, directory: None) -> None:
        edited = record_of(Organisation, "raak")
        edited.name = "Sportclub Nog Raker"
        edited.save()
        record_of(Activity, "bingo").delete()

        made = load()

        assert sum(made.values()) == 1
        assert Activity.objects.filter(uuid=demo_uuid(Activity, "bingo"), live=True).exists()
        assert record_of(Organisation, "raak").name == "Sportclub Nog Raker"

    def test_loading_writes_the_log_lines_of_the_admin(self, directory: None) -> None:
        lines = ModelLogEntry.objects.for_instance(record_of(Organisation, "klusteam-rokkeveen"))

        assert [line.action for line in lines.order_by("pk")] == [
            "wagtail.create",
            "wagtail.publish",
            "socialekaart.confirm",
            "socialekaart.withdraw",
        ]

    def test_every_public_record_is_ready_for_publication(self, directory: None) -> None:
        live = [record for record in all_records() if record.live]
        assert len(live) > 50
        assert {str(record): missing_for_publication(record) for record in live} == {
            str(record): [] for record in live
        }

    def test_every_kind_of_state_is_there(self, directory: None) -> None:
        drafts = [record for record in all_records() if not record.live and not withdrawn(record)]
        pending = [r for r in all_records() if r.live and r.has_unpublished_changes]
        assert len(drafts) == 4
        assert [draft.name for draft in drafts if draft.workflow_in_progress] == [
            "Maak je eigen track"
        ]
        assert len(pending) == 2
        for record in pending:
            assert record.get_latest_revision_as_object().summary != record.summary

    def test_dates_are_counted_back_from_the_day_given(self, directory: None) -> None:
        koor = record_of(Activity, "koorrepetitie")
        assert koor.verified_on == TODAY - datetime.timedelta(days=402)
        assert koor.marked_on == TODAY - datetime.timedelta(days=6)
        ages = [(TODAY - r.verified_on).days for r in all_records() if r.live]
        assert min(ages) < 14
        assert max(ages) > 365

    def test_one_stopped_and_one_was_replaced(self, directory: None) -> None:
        stopped = PublicationEvent.objects.get(
            kind=EventKind.WITHDRAWN, record_uuid=demo_uuid(Organisation, "gouden-theepot")
        )
        replaced = PublishedRecord.objects.get(uuid=demo_uuid(Organisation, "klusteam-rokkeveen"))
        assert "gestopt" in stopped.reason
        assert not record_of(Activity, "theemiddag").live
        assert replaced.replaced_by == demo_uuid(Organisation, "helpende-hamer")

    def test_contact_facts_are_for_all_three_audiences(self, directory: None) -> None:
        for table in (OrganisationContactFact, ActivityContactFact):
            assert table.objects.filter(audience=Audience.PUBLIC).exists()
            assert table.objects.filter(audience=Audience.REFERRER).exists()
        assert OrganisationContactFact.objects.filter(audience=Audience.INTERNAL).exists()

    def test_the_extremes_are_there(self, directory: None) -> None:
        assert record_of(Organisation, "waterkers").activities.count() == 12
        assert max(len(record.name) for record in all_records()) == 120

    def test_places_lie_in_the_wijk_that_they_name(self, directory: None) -> None:
        for values in read_content("places"):
            assert record_of(Place, values["key"]).area.code == values["district"], values["name"]

    def test_removal_leaves_an_empty_directory_and_tombstones(self, directory: None) -> None:
        kept = remove_demo_directory(progress=say_nothing)

        assert not kept
        assert not any(table._default_manager.exists() for table in TABLES)
        assert not Revision.objects.exists()
        assert not WorkflowState.objects.exists()
        rows = PublishedRecord.objects.all()
        assert len(rows) > 100
        assert all(row.withdrawn_at and row.public_payload is None for row in rows)

    def test_removal_leaves_outlines_that_were_changed_since(self, directory: None) -> None:
        area = Area.objects.get(code="WK063706")
        area.outline["coordinates"][0][1][0] += 0.0001
        area.save()

        remove_demo_directory(progress=say_nothing)

        assert set(Area.objects.values_list("code", flat=True)) == {"WK063706", "GM0637"}

    def test_the_command_makes_users_and_removes_all(self, directory: None) -> None:
        output = StringIO()

        call_command("load_demo_directory", "--with-users", today=TODAY, stdout=output)

        printed = dict(
            re.findall(r"(redactie|moderator|beheer)\S* \S+ (\S{16})", output.getvalue())
        )
        for name in ("redactie", "moderator", "beheer"):
            user = get_user_model().objects.get(username=name)
            assert user.check_password(printed[name])
            assert name[:5] in user.groups.get().name
        assert "25/25" in output.getvalue()

        call_command("load_demo_directory", "--remove", stdout=output)

        assert not get_user_model().objects.exists()
        assert not Organisation.objects.exists()


class TestSiteOfItsOwn:
    """A site with an area, a keyword and a record of its own, and no workflow."""

    SQUARE: ClassVar = {
        "type": "Polygon",
        "coordinates": [[[4.5, 52.06], [4.52, 52.06], [4.52, 52.07], [4.5, 52.07], [4.5, 52.06]]],
    }

    @pytest.fixture(scope="class")
    @classmethod
    def loaded(cls, django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
        with undone_afterwards(django_db_blocker):
            Group.objects.all().delete()
            Area(kind="district", code="WK063703", name="Van ons", outline=cls.SQUARE).save()
            Keyword(name="Koffie", slug="koffie").save()
            load()
            own = Organisation(name="Van ons", summary="Wij horen bij de site zelf.")
            own.visiting_place = record_of(Place, "papaver")
            own.themes = [record_of(Theme, "inloop")]
            own.tags.add(Keyword.objects.get(name="muziek"))
            own.full_clean()
            own.save()
            yield

    @pytest.fixture
    def site(self, loaded: None, db: None) -> None:
        pass

    def test_what_would_be_submitted_stays_a_draft(self, site: None) -> None:
        assert not record_of(Activity, "studio").live
        assert not WorkflowState.objects.exists()

    def test_its_keyword_is_used_not_doubled(self, site: None) -> None:
        assert [tag.name for tag in record_of(Activity, "koffietafel").tags.all()] == ["Koffie"]

    def test_removal_leaves_what_it_had_or_uses(self, site: None) -> None:
        kept = remove_demo_directory(progress=say_nothing)

        assert [str(record) for record in all_records()] == ["Van ons"]
        assert set(Keyword.objects.values_list("name", flat=True)) == {"Koffie", "muziek"}
        assert Area.objects.get(code="WK063703").outline == self.SQUARE
        assert set(kept) == {
            "Wijkpunt De Papaver",
            "Inloop en koffie",
            "Ontmoeten en meedoen",
            "muziek",
            "Rokkeveen (wijk)",
            "Zoetermeer (gemeente)",
        }

    def test_says_that_the_groups_are_missing(self, db: None) -> None:
        Group.objects.all().delete()
        with pytest.raises(CommandError, match="setup_socialekaart"):
            call_command("load_demo_directory", "--with-users", stdout=StringIO())


def withdrawn(record: Any) -> bool:
    lines = ModelLogEntry.objects.for_instance(record)
    return lines.filter(action="socialekaart.withdraw").exists()


def without_moments(payload: Any) -> Any:
    if isinstance(payload, dict):
        return {k: without_moments(v) for k, v in payload.items() if not k.endswith("_at")}
    if isinstance(payload, list):
        return [without_moments(value) for value in payload]
    return payload
