"""What is not public leaves through no channel: a canary in every private field, the draft text of
a live record, and everything of a withdrawn one."""

import datetime
import json

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import models
from django.urls import reverse

from socialekaart_plugin.directory.actions import confirm_record, withdraw_record
from socialekaart_plugin.directory.choices import VerificationChannel
from socialekaart_plugin.discovery.engines.database.fulltext import fulltext_for_read
from socialekaart_plugin.foundation.audiences import Audience
from socialekaart_plugin.models import (
    Activity,
    ActivityNotice,
    ActivityTranslation,
    DuplicateKey,
    InternalNote,
    Organisation,
    OrganisationNotice,
    OrganisationTranslation,
    PublishedRecord,
)
from tests.factories import (
    ActivityFactory,
    HelpQuestionFactory,
    OrganisationFactory,
    PlaceFactory,
    TargetGroupFactory,
    ThemeFactory,
    UserFactory,
    activity_contact,
    at,
    change,
    contact,
    opening_hours,
    together_with,
    weekly,
)

pytestmark = pytest.mark.django_db

PRIVATE = "geheimvogel"
REFERRER = "verwijsmees"
DRAFT = "conceptvink"
PUBLIC = "openbaar"

#: Every text field of the tables below the gate, and who may see what is in it. A new field that
#: is not named here makes `test_every_field_below_the_gate_has_a_canary_or_is_named_public` fail.
_NAMES = {"name", "slug", "short_id"}
_OF_A_RECORD = _NAMES | {
    *("alternative_names", "summary", "description", "image_alt", "cost_note", "registration_url"),
    *("registration_note", "referral_by", "capacity_note", "what_to_bring", "accessibility_note"),
    *("source", "source_licence"),
}
SEEN_BY_ALL = {
    "Organisation": _OF_A_RECORD
    | {"kvk_number", "rsin", "platform_profile_url", "platform_vacancies_url"},
    "Activity": _OF_A_RECORD | {"vacancy_url"},
    "Session": {"room", "note"},
    "Place": _NAMES | {"street_address", "postcode", "city", "accessibility_note"},
    "Area": _NAMES | {"code"},
    "Theme": _NAMES | {"description"},
    "TargetGroup": _NAMES,
    "HelpQuestion": _NAMES | {"explanation"},
    "Keyword": {"name", "slug"},
    "SchoolHoliday": {"name"},
    "OrganisationNotice": {"text"},
    "ActivityNotice": {"text"},
    "OrganisationTranslation": {"name", "summary", "description"},
    "ActivityTranslation": {"name", "summary", "description"},
    "OrganisationContactFact": set(),
    "ActivityContactFact": set(),
    "InternalNote": set(),
    "DuplicateKey": set(),
}
_INSIDE_A_RECORD = {
    *("verified_by_name", "verified_by_role", "source_id"),
    *("verification_contact_name", "verification_contact_phone"),
    *("verification_contact_mail", "verification_contact_note"),
}
#: Kept from everyone outside; each holds a canary in the tests below.
PRIVATE_FIELDS = {
    # The postal address by its audience, like the contact facts: a canary for each audience.
    "Organisation": _INSIDE_A_RECORD | {"postal_address"},
    "Activity": _INSIDE_A_RECORD,
    "OrganisationContactFact": {"value", "label", "digits"},
    "ActivityContactFact": {"value", "label", "digits"},
    "OrganisationTranslation": {"source_fingerprint"},
    "ActivityTranslation": {"source_fingerprint"},
    "InternalNote": {"text"},
    "DuplicateKey": {"key"},
}
#: A choice or a format holds no free text.
NOT_FREE_TEXT = {"location"}


def channels(client, *records):
    """Everything that leaves: each channel's answers, by address."""
    addresses = [
        "/sociale-kaart/",
        f"/sociale-kaart/?search={PRIVATE}",
        f"/sociale-kaart/?search={DRAFT}",
        "/api/v2/organisations/?fields=*",
        "/api/v2/activities/?fields=*",
        f"/api/v2/organisations/?search={PRIVATE}&fields=*",
        "/api/v2/pages/?fields=*",
        "/zoeken/?q=openbaar",
        "/",
    ]
    for record in records:
        endpoint = "organisations" if isinstance(record, Organisation) else "activities"
        addresses += [
            f"/k/{record.short_id}",
            f"/sociale-kaart/{record.short_id}/{record.slug}/",
            f"/api/v2/{endpoint}/{record.uuid}/",
            f"/api/v2/{endpoint}/find/?short_id={record.short_id}",
        ]
    return {address: client.get(address, follow=True).content.decode() for address in addresses}


def read_models():
    """Every row above the gate, as text."""
    tables = ["PublishedRecord", "SearchDocument", "SearchWord"]
    rows = [" ".join(sorted(fulltext_for_read().document_tokens(range(10_000))))]
    for name in tables:
        model = apps.get_model("socialekaart_plugin", name)
        rows += [json.dumps(row, default=str) for row in model.objects.values()]
    return rows


def elsewhere(index):
    """Every document of the index in Elasticsearch, as text, once it follows."""
    from tests.discovery.elasticsearch.looking import kept

    index.sync(progress=lambda _done, _total: None)
    return [json.dumps(document) for document in kept(index).values()]


@pytest.fixture
def index_elsewhere(records):
    from tests.discovery.elastic import filled_index, scratch_configuration

    with scratch_configuration() as configured:
        yield filled_index(configured)


def without_echo(text):
    """Leave out what a screen repeats of the question itself."""
    for echo in (PRIVATE, DRAFT):
        for around in ('value="{}"', "“{}”", "search={}", "“{}“"):
            text = text.replace(around.format(echo), "")
    return text


def keep_inside(record):
    """Fill in everything about a record that only colleagues may know."""
    confirm_record(
        record=record,
        on=datetime.date(2026, 1, 1),
        channel=VerificationChannel.PHONE,
        by_name=f"{PRIVATE} Jansen",
        by_role=f"{PRIVATE} voorzitter",
    )
    steward = UserFactory(username=f"{PRIVATE}{record.pk}{record.slug}", last_name=PRIVATE)
    for name, value in {
        "steward": steward,
        "verification_contact_name": f"{PRIVATE} Pietersen",
        "verification_contact_phone": f"{PRIVATE} 06",
        "verification_contact_mail": f"{PRIVATE}-vraag@example.nl",
        "verification_contact_note": f"{PRIVATE} alleen dinsdag",
        "source_id": f"{PRIVATE}-4711",
        "source": f"Bron {PUBLIC}",
        "source_licence": f"Licentie {PUBLIC}",
    }.items():
        setattr(record, name, value)
        record.save(update_fields=[name])
    InternalNote.objects.create(record=record, text=f"{PRIVATE} notitie", author=steward)
    DuplicateKey.objects.create(source=record, kind="phone", key=f"{PRIVATE}0791234567")


def begin_a_draft(record, notice, translation):
    """Begin a draft of a live record in which every text is another one."""
    today = datetime.date(2020, 1, 1)
    change(
        record,
        name=f"{DRAFT} naam",
        alternative_names=f"{DRAFT} anders",
        summary=f"{DRAFT} samenvatting",
        description=f"<p>{DRAFT} beschrijving</p>",
        image_alt=f"{DRAFT} plaatje",
        cost_note=f"{DRAFT} kosten",
        registration=["link"],
        registration_url=f"https://{DRAFT}.example.nl/",
        registration_note=f"{DRAFT} aanmelden",
        referral_by=f"{DRAFT} huisarts",
        capacity_note=f"{DRAFT} wachtlijst",
        what_to_bring=f"{DRAFT} meenemen",
        accessibility_note=f"{DRAFT} drempel",
        notices=[notice(kind="closed", starts_on=today, text=f"{DRAFT} dicht")],
        translations=[translation(language="en", summary=f"{DRAFT} translated")],
    )


@pytest.fixture
def records(directory_page):
    theme = ThemeFactory(name=f"Thema {PUBLIC}", description="Uitleg")
    hidden = PlaceFactory(
        name=f"{PRIVATE}-plek",
        street_address=f"{PRIVATE}straat 1",
        accessibility_note=f"{PRIVATE} achterom",
        opening_hours=opening_hours(note=f"{PRIVATE} verlof"),
        audience="internal",
    )
    referred = PlaceFactory(
        name=f"{REFERRER}-plek", street_address=f"{REFERRER}straat 1", audience="referrer"
    )
    draft_organisation = OrganisationFactory(
        name=f"{DRAFT}-organisatie", summary=f"{DRAFT} samenvatting"
    )
    organisation = OrganisationFactory(
        public=True,
        name=f"Stichting {PUBLIC}",
        themes=[theme],
        target_groups=[TargetGroupFactory()],
        visiting_place=hidden,
        translations=[
            OrganisationTranslation(
                language="tr", summary="Herkes için", source_fingerprint=f"{PRIVATE}af09"
            )
        ],
        postal_address=f"Postbus {REFERRER}",
        postal_address_audience=Audience.REFERRER,
        contact_facts=[
            contact(Audience.PUBLIC, f"{PUBLIC}@example.nl"),
            contact(Audience.REFERRER, f"{REFERRER}@example.nl", label=f"{REFERRER} label"),
            contact(Audience.INTERNAL, f"{PRIVATE}@example.nl", label=f"{PRIVATE} label"),
        ],
    )
    OrganisationFactory(
        public=True,
        postal_address=f"{PRIVATE}laan 2",
        postal_address_audience=Audience.INTERNAL,
    )
    activity = ActivityFactory(
        public=True,
        name=f"Inloop {PUBLIC}",
        themes=[theme],
        organisation=organisation,
        co_organisers=[together_with(draft_organisation)],
        sessions=[
            at(hidden, room=f"{PRIVATE}-zaal", note=f"{PRIVATE}-bel", schedule=weekly()),
            at(referred, room=f"{REFERRER}-zaal", note=f"{REFERRER}-bel"),
        ],
        contact_facts=[
            activity_contact(Audience.REFERRER, f"{REFERRER}2@example.nl"),
            activity_contact(Audience.INTERNAL, f"{PRIVATE}2@example.nl", label=f"{PRIVATE}"),
        ],
    )
    HelpQuestionFactory(organisations=[organisation, draft_organisation], activities=[activity])
    keep_inside(organisation)
    keep_inside(activity)
    begin_a_draft(organisation, OrganisationNotice, OrganisationTranslation)
    begin_a_draft(activity, ActivityNotice, ActivityTranslation)
    record_of_nobody = ActivityFactory(name=f"{DRAFT}-activiteit", organisation=organisation)
    assert not record_of_nobody.live
    return organisation, activity


def test_nothing_private_and_no_draft_text_leaves_for_everyone(records, client):
    answers = channels(client, *records)
    assert any(PUBLIC in text for text in answers.values())
    for address, text in answers.items():
        for canary in (PRIVATE, DRAFT, REFERRER):
            assert canary not in without_echo(text), (canary, address)


def test_a_referrer_sees_what_is_meant_for_referrers_and_no_more(records, client):
    client.force_login(UserFactory(is_superuser=True))
    answers = channels(client, *records)
    assert any(REFERRER in text for text in answers.values())
    for address, text in answers.items():
        for canary in (PRIVATE, DRAFT):
            assert canary not in without_echo(text), (canary, address)


def test_what_stands_in_for_an_activity_s_own_contact_leaves_for_its_audience_only(records, client):
    organisation, _activity = records
    activity = ActivityFactory(
        public=True,
        organisation=organisation,
        registration=["mail", "phone"],
        contact_facts=[activity_contact(Audience.INTERNAL, f"{PRIVATE}3@example.nl")],
    )
    seen = {}
    for audience, user in (("all", None), ("referrer", UserFactory(is_superuser=True))):
        if user is not None:
            client.force_login(user)
        seen[audience] = "".join(channels(client, activity).values())
        assert f"{PUBLIC}@example.nl" in seen[audience]
        assert PRIVATE not in without_echo(seen[audience])
    assert REFERRER not in without_echo(seen["all"])
    assert f"{REFERRER}@example.nl" in seen["referrer"]
    withdraw_record(record=organisation, reason="Gestopt", with_activities=False)
    for address, text in channels(client, activity).items():
        assert f"{PUBLIC}@example.nl" not in text, address
        assert f"{REFERRER}@example.nl" not in text, address


def test_the_read_models_hold_nothing_private_at_all(records):
    for row in read_models():
        assert PRIVATE not in row
        assert DRAFT not in row


@pytest.mark.elasticsearch
def test_nor_does_the_index_elsewhere(index_elsewhere):
    documents = elsewhere(index_elsewhere)
    assert any(PUBLIC in document for document in documents)
    for document in documents:
        assert PRIVATE not in document
        assert DRAFT not in document
        if REFERRER in document:
            assert REFERRER not in json.dumps(json.loads(document).get("public_payload"))


@pytest.mark.elasticsearch
def test_a_withdrawn_record_is_gone_from_the_index_elsewhere(records, index_elsewhere):
    organisation, _activity = records
    withdraw_record(record=organisation, reason=f"{PRIVATE} reden", with_activities=True)
    for document in elsewhere(index_elsewhere):
        for canary in (PRIVATE, DRAFT, f"Stichting {PUBLIC}", f"Inloop {PUBLIC}"):
            assert canary not in document


def test_a_withdrawn_record_is_gone_from_every_channel_at_once(records, client):
    organisation, activity = records
    withdraw_record(record=organisation, reason=f"{PRIVATE} reden", with_activities=True)
    for user in (None, UserFactory(is_superuser=True)):
        if user is not None:
            client.force_login(user)
        for address, text in channels(client, *records).items():
            for canary in (PRIVATE, DRAFT, REFERRER, f"Stichting {PUBLIC}", f"Inloop {PUBLIC}"):
                assert canary not in without_echo(text), (canary, address)
    for row in PublishedRecord.objects.filter(uuid__in=[organisation.uuid, activity.uuid]):
        assert row.public_payload is None
        assert row.referrer_payload is None
    for row in read_models():
        assert f"Stichting {PUBLIC}" not in row
        assert f"Inloop {PUBLIC}" not in row


@pytest.mark.parametrize(
    "leave",
    [
        lambda record: record.unpublish(),
        lambda record: record.delete(),
        lambda record: type(record).objects.filter(pk=record.pk).delete(),
        lambda record: withdraw_record(record=record, reason="Gestopt"),
    ],
    ids=["unpublish", "delete", "bulk delete", "withdraw"],
)
def test_through_every_door_out_it_is_gone(leave, records, client):
    _organisation, activity = records
    leave(activity)
    for address, text in channels(client).items():
        assert f"Inloop {PUBLIC}" not in text, address
    assert client.get(f"/k/{activity.short_id}").status_code == 410
    assert client.get(f"/api/v2/activities/{activity.uuid}/").status_code == 410


def test_a_record_that_expires_by_schedule_is_gone(records, client, time_machine):
    organisation, _activity = records
    draft = organisation.get_latest_revision_as_object()
    draft.name, draft.summary = f"Stichting {PUBLIC}", "Kort."
    draft.expire_at = datetime.datetime(2030, 1, 1, tzinfo=datetime.UTC)
    draft.save_revision().publish()
    assert client.get(f"/api/v2/organisations/{organisation.uuid}/").status_code == 200
    time_machine.move_to("2030-01-02 00:00Z")
    call_command("publish_scheduled")
    assert client.get(f"/api/v2/organisations/{organisation.uuid}/").status_code == 410


def test_a_preview_shows_the_draft_to_colleagues_and_passes_nothing_through_the_gate(
    records, client, team
):
    organisation, _activity = records
    before = list(PublishedRecord.objects.order_by("pk").values())
    client.force_login(UserFactory(is_superuser=True))
    url = reverse(
        "wagtailsnippets_socialekaart_plugin_organisation:revisions_view",
        args=[organisation.pk, organisation.latest_revision_id or organisation.revisions.last().pk],
    )
    text = client.get(url).content.decode()
    assert DRAFT in text
    assert PRIVATE not in text
    assert list(PublishedRecord.objects.order_by("pk").values()) == before


def test_every_field_below_the_gate_has_a_canary_or_is_named_public():
    for name, public in SEEN_BY_ALL.items():
        model = apps.get_model("socialekaart_plugin", name)
        texts = {
            field.name
            for field in model._meta.concrete_fields
            if isinstance(field, models.CharField | models.TextField | models.JSONField)
            and not field.choices
            and field.name not in NOT_FREE_TEXT
            and not isinstance(field, models.JSONField)
        }
        assert texts == public | PRIVATE_FIELDS.get(name, set()), name


def test_every_table_below_the_gate_is_looked_at():
    above = {
        "DirectoryPage",
        # A setting of the site, public as a whole.
        "HelpDesk",
        # To whom mail did not leave, for managers; about no record.
        "UnsentMail",
        "PublicationCounter",
        "PublicationEvent",
        "PublishedRecord",
        "RebuildProgress",
        "Reanalysis",
        "IndexChange",
        "SearchDocument",
        "SearchWord",
        # What editors decide about words: shown to nobody, and about no record.
        "CompoundWord",
        "QueryRule",
        "StopRule",
        "SynonymGroup",
    }
    without_text = {"CoOrganiser", "TaggedActivity", "TaggedOrganisation"}
    tables = {m.__name__ for m in apps.get_app_config("socialekaart_plugin").get_models()}
    assert tables == above | without_text | set(SEEN_BY_ALL)


def test_republishing_brings_back_the_approved_text_only(records, client):
    _organisation, activity = records
    withdraw_record(record=activity, reason="Vergissing")
    Activity.objects.get(pk=activity.pk).revisions.order_by("pk").first().publish()
    text = client.get(f"/api/v2/activities/{activity.uuid}/").content.decode()
    assert f"Inloop {PUBLIC}" in text
    assert DRAFT not in text
