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
from wagtail.images import get_image_model
from wagtail.models import (
    ModelLogEntry,
    ReferenceIndex,
    Revision,
    WorkflowContentType,
    WorkflowState,
)

from socialekaart_plugin.directory.choices import Capacity, Cost, Referral, Registration
from socialekaart_plugin.directory.models import (
    Activity,
    ActivityContactFact,
    HelpQuestion,
    InternalNote,
    Organisation,
    OrganisationContactFact,
)
from socialekaart_plugin.directory.requirements import missing_for_publication
from socialekaart_plugin.directory.selectors.duplicates import possible_duplicates
from socialekaart_plugin.directory.selectors.help_questions import records_of
from socialekaart_plugin.foundation.audiences import Audience
from socialekaart_plugin.foundation.mail.models import UnsentMail
from socialekaart_plugin.management.demo import load_demo_directory
from socialekaart_plugin.management.demo_content import (
    demo_identity,
    demo_uuid,
    read_content,
    read_help_questions,
    read_keywords,
    read_records,
)
from socialekaart_plugin.moderation.team_setup import set_up_team
from socialekaart_plugin.places.models import Area, Place
from socialekaart_plugin.publication.choices import EventKind, RecordKind
from socialekaart_plugin.publication.models import PublicationEvent, PublishedRecord
from socialekaart_plugin.vocabulary.models import Keyword, TargetGroup, Theme
from tests.discovery.judged.metrics import HALVES, read_queries

TODAY = datetime.date(2026, 3, 2)
TABLES = (Area, Theme, TargetGroup, Keyword, Place, Organisation, Activity, HelpQuestion)
CONTENT = {
    Organisation: read_records("organisations"),
    Activity: read_records("activities"),
    Place: read_content("places"),
    HelpQuestion: read_help_questions(),
}

pytestmark = pytest.mark.once


def say_nothing(label: str, done: int, total: int) -> None:
    pass


def load(today: datetime.date = TODAY) -> Counter[str]:
    return load_demo_directory(today=today, progress=say_nothing)


def all_rows() -> dict[str, list[dict[str, Any]]]:
    tables = (
        *(*TABLES, InternalNote, get_image_model(), ReferenceIndex),
        *(PublishedRecord, PublicationEvent, ModelLogEntry, Revision, WorkflowState),
    )
    return {
        table.__name__: list(table._default_manager.order_by("pk").values()) for table in tables
    }


def record_of(model: Any, key: str) -> Any:
    return model.objects.get(uuid=demo_uuid(model, key))


def own_records() -> list[Any]:
    found = [*Organisation.objects.all(), *Activity.objects.all()]
    return [record for record in found if record.name != "Van ons"]


@contextmanager
def undone_afterwards(blocker: Any) -> Iterator[None]:
    with blocker.unblock(), transaction.atomic():
        yield
        transaction.set_rollback(True)


class TestLoaded:
    """On a site that has an area, a keyword and a record of its own."""

    SQUARE: ClassVar = {
        "type": "Polygon",
        "coordinates": [[[4.4, 52.0], [4.6, 52.0], [4.6, 52.2], [4.4, 52.2], [4.4, 52.0]]],
    }

    @pytest.fixture(scope="class")
    @classmethod
    def printed(cls, django_db_setup: None, django_db_blocker: Any) -> Iterator[str]:
        """A load takes a minute of a processor, 291 records being published: this serves all."""
        output = StringIO()
        with undone_afterwards(django_db_blocker):
            set_up_team()
            Area(kind="municipality", code="GM0637", name="Van ons", outline=cls.SQUARE).save()
            Keyword(name="Koffie", slug="koffie").save()
            call_command("load_demo_directory", "--with-users", today=TODAY, stdout=output)
            own = Organisation(name="Van ons", summary="Wij horen bij de site zelf.")
            own.visiting_place = record_of(Place, "papaver")
            own.themes = [record_of(Theme, "inloop")]
            own.tags.add(Keyword.objects.get(name="muziek"))
            own.full_clean()
            own.save()
            yield output.getvalue()

    @pytest.fixture
    def directory(self, printed: str, db: None) -> None:
        pass

    def test_mails_nobody(self, directory: None) -> None:
        assert WorkflowState.objects.exists()
        # A mail that was handed over would be here: within this transaction it cannot leave.
        assert not UnsentMail.objects.exists()

    def test_makes_the_whole_directory(self, directory: None) -> None:
        for model, contents in CONTENT.items():
            made = model._default_manager.filter(
                uuid__in=[demo_uuid(model, values["key"]) for values in contents]
            )
            assert made.count() == len(contents)
        assert len(CONTENT[Organisation]) >= 78
        assert len(CONTENT[Activity]) >= 195
        assert len(CONTENT[Place]) >= 44
        assert Theme.objects.filter(parent=None).count() == 9
        assert Theme.objects.exclude(parent=None).count() == 40
        assert Keyword.objects.count() == len(read_keywords())
        assert get_image_model().objects.count() == 6

    def test_loading_again_changes_nothing_not_even_on_another_day(self, directory: None) -> None:
        before = all_rows()

        made = load(TODAY + datetime.timedelta(days=40))

        assert not made
        assert all_rows() == before

    def test_ids_and_order_follow_from_the_content(self, directory: None) -> None:
        for model, contents in CONTENT.items():
            for values in contents:
                row = record_of(model, values["key"])
                assert row.short_id == demo_identity(model, values["key"])["short_id"]
                assert row.slug.startswith(re.split(r"\W", values["name"].lower())[0][:3])
        made = list(Activity.objects.order_by("pk").values_list("uuid", flat=True))
        assert made == [demo_uuid(Activity, values["key"]) for values in CONTENT[Activity]]

    def test_loading_mends_only_what_is_missing_and_just_as_it_was(self, directory: None) -> None:
        edited = record_of(Organisation, "raak")
        edited.name = "Sportclub Nog Raker"
        edited.save()
        keys = ("bingo", "koffietafel", "taalcafe", "ot-doelgroep")
        uuids = [demo_uuid(Activity, key) for key in keys]
        payloads = dict(
            PublishedRecord.objects.filter(uuid__in=uuids).values_list("uuid", "public_payload")
        )
        for key in keys:
            record_of(Activity, key).delete()

        made = load()

        assert sum(made.values()) == len(keys)
        assert record_of(Organisation, "raak").name == "Sportclub Nog Raker"
        for row in PublishedRecord.objects.filter(uuid__in=uuids):
            assert without_moments(row.public_payload) == without_moments(payloads[row.uuid])

    def test_without_a_workflow_what_would_be_submitted_stays_a_draft(
        self, directory: None
    ) -> None:
        record_of(Activity, "studio").delete()
        WorkflowContentType.objects.all().delete()

        load()

        studio = record_of(Activity, "studio")
        assert not studio.live
        assert not studio.workflow_in_progress

    def test_loading_writes_the_log_lines_of_the_admin(self, directory: None) -> None:
        assert actions_on(Organisation, "klusteam-rokkeveen") == [
            "wagtail.create",
            "wagtail.publish",
            "socialekaart.confirm",
            "socialekaart.withdraw",
        ]
        assert actions_on(Organisation, "losse-schroef-2") == [
            "wagtail.create",
            "socialekaart.set_origin",
            "socialekaart.add_note",
        ]
        assert actions_on(Organisation, "zonnewijzer") == [
            "wagtail.create",
            "wagtail.publish",
            "socialekaart.set_upkeep",
            "socialekaart.confirm",
        ]
        assert actions_on(HelpQuestion, "alleen") == ["wagtail.create"]

    def test_every_public_record_is_ready_for_publication(self, directory: None) -> None:
        live = [record for record in own_records() if record.live]
        assert len(live) > 270
        assert {str(record): missing_for_publication(record) for record in live} == {
            str(record): [] for record in live
        }

    def test_every_kind_of_state_is_there(self, directory: None) -> None:
        drafts = [record for record in own_records() if not record.live and not withdrawn(record)]
        pending = [r for r in own_records() if r.live and r.has_unpublished_changes]
        assert len(drafts) == 9
        assert {draft.name for draft in drafts if draft.workflow_in_progress} == {
            "Buurthelpers Hartslag",
            "Maak je eigen track",
            "Vrijwilligersmarkt",
        }
        assert {record.name for record in pending if record.workflow_in_progress} == {
            "Lessen op zaterdag"
        }
        assert len(pending) == 3
        for record in pending:
            assert record.get_latest_revision_as_object().summary != record.summary

    def test_dates_are_counted_from_the_day_given(self, directory: None) -> None:
        koor = record_of(Activity, "koorrepetitie")
        assert koor.verified_on == TODAY - datetime.timedelta(days=402)
        assert koor.marked_on == TODAY - datetime.timedelta(days=6)
        live = [record for record in own_records() if record.live]
        ages = [(TODAY - r.verified_on).days for r in live if r.verified_on]
        assert min(ages) < 14
        assert max(ages) > 365
        assert sum(record.verified_on is None for record in live) >= 4
        assert sum(record.marked_on is not None for record in live) >= 8

    def test_notices_run_come_and_are_over(self, directory: None) -> None:
        notices = [notice for record in own_records() for notice in record.notices.all()]
        assert any(n.starts_on <= TODAY <= n.ends_on for n in notices)
        assert any(n.starts_on > TODAY for n in notices)
        assert any(n.ends_on < TODAY for n in notices)
        assert {notice.kind for notice in notices} == {"closed", "changed"}
        ends = [activity.valid_until for activity in Activity.objects.live()]
        assert any(day and day < TODAY for day in ends)
        begins = [activity.valid_from for activity in Activity.objects.live()]
        assert any(day and day > TODAY for day in begins)

    def test_practical_facts_are_of_every_sort(self, directory: None) -> None:
        records = own_records()
        assert {r.cost for r in records} >= {*Cost}
        assert {r.capacity for r in records} >= {*Capacity}
        assert {r.referral for r in records} >= {*Referral}
        assert {way for r in records for way in r.registration} == {*Registration}
        assert len({language for r in records for language in r.languages}) > 12
        assert any(r.areas_served.exists() for r in records)
        assert {False, True} == {a for r in records for a in r.accessibility.values()}
        assert any(r.what_to_bring for r in records)
        forms = {form for activity in Activity.objects.all() for form in activity.forms}
        assert forms == {"place", "home", "phone", "online"}
        sessions = [s for a in Activity.objects.all() for s in a.sessions.all()]
        assert any(s.place is None and s.schedule for s in sessions)
        assert any(s.place and s.schedule is None for s in sessions)

    def test_some_translations_are_out_of_date(self, directory: None) -> None:
        outdated = [
            (record.name, text.language)
            for record in own_records()
            for text in record.translations.all()
            if text.is_outdated(record)
        ]
        assert sorted(outdated) == [
            ("Spreekuur sociaal werk in vier wijken", "ar"),
            ("Taalgroep De Eerste Zin", "en"),
        ]

    def test_colleagues_look_after_records_and_write_notes(self, directory: None) -> None:
        stewards = Counter(str(r.steward.username) for r in own_records() if r.steward)
        assert set(stewards) == {"redactie", "moderator", "beheer"}
        assert min(stewards.values()) > 5
        assert {note.author.username for note in InternalNote.objects.all()} == set(stewards)
        imported = [record for record in own_records() if record.source]
        assert len(imported) >= 6
        assert all(r.source_licence and r.source_id and r.imported_at for r in imported)

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
        assert {place.audience for place in Place.objects.all()} == {*Audience}

    def test_the_extremes_are_there(self, directory: None) -> None:
        assert record_of(Organisation, "buurtlijn").activities.count() == 40
        assert max(len(record.name) for record in own_records()) == 120

    def test_one_pair_is_likely_the_same(self, directory: None) -> None:
        [duplicate] = possible_duplicates(record_of(Organisation, "losse-schroef-2"))
        assert duplicate.record == record_of(Organisation, "losse-schroef")

    def test_places_lie_in_the_wijk_that_they_name(self, directory: None) -> None:
        for values in read_content("places"):
            assert record_of(Place, values["key"]).area.code == values["district"], values["name"]

    def test_help_questions_are_public_and_answered(self, directory: None) -> None:
        assert PublishedRecord.objects.public().filter(
            kind=RecordKind.HELP_QUESTION
        ).count() == len(read_help_questions())
        for question in HelpQuestion.objects.all():
            assert records_of(question).count() >= 2, question.name

    def test_what_pictures_refer_to_is_known(self, directory: None) -> None:
        for picture in get_image_model().objects.all():
            assert ReferenceIndex.get_references_to(picture).exists()

    def test_the_site_s_own_keyword_is_used_not_doubled(self, directory: None) -> None:
        assert "Koffie" in [tag.name for tag in record_of(Activity, "koffietafel").tags.all()]

    def test_the_command_shows_progress_and_the_passwords_of_users(
        self, directory: None, printed: str
    ) -> None:
        passwords = dict(re.findall(r"(redactie|moderator|beheer)\S* \S+ (\S{16})", printed))
        for name in ("redactie", "moderator", "beheer"):
            user = get_user_model().objects.get(username=name)
            assert user.check_password(passwords[name])
            assert name[:5] in user.groups.get().name
        assert f"{len(CONTENT[Activity])}/{len(CONTENT[Activity])}" in printed

    def test_every_record_that_the_judged_queries_name_is_public(self, directory: None) -> None:
        records = PublishedRecord.objects.for_audience(Audience.PUBLIC)
        records = records.filter(kind__in=["organisation", "activity"])
        slugs = Counter(record.payload(Audience.PUBLIC)["slug"] for record in records)
        entries = [entry for half in HALVES for entry in read_queries(half)]
        named = {slug for entry in entries for slug in (*entry["relevant"], *entry["not"])}
        assert named - set(slugs) == set()
        assert [slug for slug in named if slugs[slug] > 1] == []

    def test_removal_leaves_tombstones_and_what_the_site_had_or_uses(self, directory: None) -> None:
        changed = Area.objects.get(code="WK063706")
        changed.outline["coordinates"][0][1][0] += 0.0001
        changed.save()
        output = StringIO()

        # Half a minute of a processor: each of 291 records is withdrawn.
        call_command("load_demo_directory", "--remove", stdout=output)

        stays = set(re.findall(r"^(.*) blijft", output.getvalue(), re.MULTILINE))
        assert stays == {
            *("Wijkpunt De Papaver", "Inloop en koffie", "Ontmoeten en meedoen", "muziek"),
            *("Rokkeveen (wijk)", "Oosterheem (wijk)"),
        }
        assert [row.name for row in Organisation.objects.all()] == ["Van ons"]
        assert set(Keyword.objects.values_list("name", flat=True)) == {"Koffie", "muziek"}
        assert Area.objects.get(code="GM0637").outline == self.SQUARE
        for table in (Activity, HelpQuestion, TargetGroup, get_image_model(), InternalNote):
            assert not table._default_manager.exists()
        assert not get_user_model().objects.exists()
        assert not WorkflowState.objects.exists()
        assert {revision.content_object.name for revision in Revision.objects.all()} <= {"Van ons"}
        rows = PublishedRecord.objects.filter(kind__in=["organisation", "activity"])
        assert len(rows) > 270
        assert all(row.withdrawn_at and row.public_payload is None for row in rows)


def test_says_that_the_groups_are_missing(db: None) -> None:
    Group.objects.all().delete()
    with pytest.raises(CommandError, match="setup_socialekaart"):
        call_command("load_demo_directory", "--with-users", stdout=StringIO())
    assert not Organisation.objects.exists()


def actions_on(model: Any, key: str) -> list[str]:
    lines = ModelLogEntry.objects.for_instance(record_of(model, key))
    return [line.action for line in lines.order_by("pk")]


def withdrawn(record: Any) -> bool:
    lines = ModelLogEntry.objects.for_instance(record)
    return lines.filter(action="socialekaart.withdraw").exists()


def without_moments(payload: Any) -> Any:
    if isinstance(payload, dict):
        return {k: without_moments(v) for k, v in payload.items() if not k.endswith("_at")}
    if isinstance(payload, list):
        return [without_moments(value) for value in payload]
    return payload
