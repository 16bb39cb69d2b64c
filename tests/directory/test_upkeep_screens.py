"""The screens of the upkeep of a record: upkeep, mark, notes; what new records and copies have."""

import datetime
from html import unescape

import pytest
from django.urls import reverse

from socialekaart_plugin.directory.actions import (
    add_note,
    confirm_record,
    mark_record,
    set_origin,
    set_upkeep,
)
from socialekaart_plugin.directory.choices import VerificationChannel
from socialekaart_plugin.models import InternalNote, Organisation
from socialekaart_plugin.moderation.permissions import Role
from tests.factories import ActivityFactory, OrganisationFactory, UserFactory
from tests.forms import filled_in

pytestmark = pytest.mark.django_db

DAY = datetime.date(2026, 5, 1)


@pytest.fixture
def editor(team, client):
    user = UserFactory(username="anna", first_name="Anna", role=Role.EDITORS)
    client.force_login(user)
    return user


def url(record, name, *args):
    viewset = f"wagtailsnippets_socialekaart_plugin_{record._meta.model_name}"
    return reverse(f"{viewset}:{name}", args=[record.pk, *args])


def text(response):
    return unescape(response.content.decode())


def test_an_editor_sets_who_looks_after_a_record_and_whom_to_ask(editor, client):
    record = OrganisationFactory()
    colleague = UserFactory(role=Role.EDITORS)
    data = filled_in(
        client.get(url(record, "upkeep")),
        steward=colleague.pk,
        verify_interval_days="180",
        verification_contact_name="Fatma",
        verification_contact_phone="0791234567",
    )
    response = client.post(url(record, "upkeep"), data, follow=True)
    record.refresh_from_db()
    assert (record.steward, record.verify_interval_days) == (colleague, 180)
    assert record.verification_contact_phone == "079 123 4567"
    assert "is opgeslagen" in text(response)


def test_only_who_may_edit_is_offered_as_steward(editor, client):
    record = OrganisationFactory()
    visitor, former = UserFactory(), UserFactory(role=Role.EDITORS, is_active=False)
    response = client.post(url(record, "upkeep"), {"steward": visitor.pk})
    assert response.status_code == 200
    record.refresh_from_db()
    assert record.steward is None
    offered = response.context["form"].fields["steward"].queryset
    assert editor in offered
    assert former not in offered


def test_a_steward_who_may_no_longer_edit_stays_until_someone_chooses_another(editor, client):
    record = OrganisationFactory()
    former = UserFactory()
    set_upkeep(record=record, steward=former)
    client.post(url(record, "upkeep"), filled_in(client.get(url(record, "upkeep"))))
    record.refresh_from_db()
    assert record.steward == former


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("verify_interval_days", "0"),
        ("verify_interval_days", "elke dag"),
        ("verify_interval_days", "99999"),
        ("verification_contact_phone", "morgen"),
        ("verification_contact_mail", "fatma"),
        ("steward", "999999"),
    ],
)
def test_a_wrong_value_is_refused_in_words_and_what_was_typed_stays(editor, client, field, value):
    record = OrganisationFactory()
    data = {"verification_contact_name": "Fatma", field: value}
    response = client.post(url(record, "upkeep"), data)
    assert response.status_code == 200
    assert response.context["form"].errors[field]
    assert 'value="Fatma"' in text(response)
    record.refresh_from_db()
    assert record.verification_contact_name == ""


@pytest.mark.parametrize("name", ["upkeep", "mark", "notes", "changes"])
def test_who_may_not_edit_sees_none_of_it(team, client, name):
    client.force_login(UserFactory())
    record = OrganisationFactory(public=True)
    for response in (client.get(url(record, name)), client.post(url(record, name), {})):
        assert response.status_code == 302
    record.refresh_from_db()
    assert record.marked_on is None


def test_a_button_marks_a_public_record_and_another_ends_it(editor, client):
    record = OrganisationFactory(public=True)
    client.post(url(record, "mark"), {"marked": "yes"})
    record.refresh_from_db()
    assert record.marked_on is not None
    assert "Markering" in text(client.get(url(record, "upkeep")))
    client.post(url(record, "mark"), {"marked": "no"})
    record.refresh_from_db()
    assert record.marked_on is None


def test_looking_at_the_address_of_a_button_changes_nothing(editor, client):
    record = OrganisationFactory(public=True)
    note = add_note(record=record, text="Eigen", user=editor)
    assert client.get(url(record, "mark")).status_code == 302
    assert client.get(url(record, "remove_note", note.pk)).status_code == 302
    record.refresh_from_db()
    assert (record.marked_on, record.notes.count()) == (None, 1)


def test_a_record_that_is_not_public_cannot_be_marked(editor, client):
    record = OrganisationFactory()
    client.post(url(record, "mark"), {"marked": "yes"})
    record.refresh_from_db()
    assert record.marked_on is None


def test_a_note_is_added_and_shown_with_who_wrote_it_also_of_a_draft(editor, client):
    record = OrganisationFactory()
    response = client.post(url(record, "notes"), {"text": "Belt <b>nooit</b> terug."}, follow=True)
    assert "&lt;b&gt;nooit" in response.content.decode()
    assert "Anna" in text(response)


def test_an_empty_note_is_refused_in_words(editor, client):
    record = OrganisationFactory()
    response = client.post(url(record, "notes"), {"text": "  "})
    assert response.context["form"].errors["text"]
    assert not InternalNote.objects.exists()


def test_one_removes_ones_own_note_and_no_other(editor, client):
    record, other = OrganisationFactory(), OrganisationFactory()
    own = add_note(record=record, text="Eigen", user=editor)
    of_another = add_note(record=record, text="Van een ander", user=UserFactory())
    shown = client.get(url(record, "notes")).content.decode()
    assert url(record, "remove_note", own.pk) in shown
    assert url(record, "remove_note", of_another.pk) not in shown
    assert client.post(url(record, "remove_note", of_another.pk)).status_code == 302
    assert client.post(url(other, "remove_note", own.pk)).status_code == 404
    client.post(url(record, "remove_note", own.pk))
    assert list(record.notes.all()) == [of_another]


def test_the_form_shows_the_upkeep_and_the_last_three_notes(editor, client):
    record = OrganisationFactory(public=True)
    confirm_record(record=record, on=DAY, channel=VerificationChannel.VISIT, by_name="Joke")
    set_upkeep(record=record, steward=editor, verification_contact_name="Fatma")
    set_origin(record=record, source="Wegwijzer")
    mark_record(record=record, on=DAY)
    for number in range(4):
        add_note(record=record, text=f"Notitie nummer {number}", user=editor)
    shown = text(client.get(url(record, "edit")))
    for words in ("1 mei 2026", "bezoek", "Joke", "1 mei 2027", "Anna", "Fatma", "Wegwijzer"):
        assert words in shown
    assert "4 interne notities" in shown
    assert "Notitie nummer 3" in shown
    assert "Notitie nummer 0" not in shown


def test_the_form_of_a_new_record_has_no_upkeep_yet(editor, client):
    name = "wagtailsnippets_socialekaart_plugin_organisation:add"
    assert "sk-upkeep" not in client.get(reverse(name)).content.decode()


def test_whoever_makes_a_record_looks_after_it(editor, client):
    add = reverse("wagtailsnippets_socialekaart_plugin_organisation:add")
    client.post(add, filled_in(client.get(add), name="Stichting Nieuw"))
    assert Organisation.objects.get(name="Stichting Nieuw").steward == editor


def test_the_copy_of_wagtail_leaves_identity_upkeep_and_notes_behind(editor, client):
    record = OrganisationFactory(public=True, name="Oud")
    set_upkeep(record=record, steward=UserFactory(), verification_contact_name="Fatma")
    confirm_record(record=record, on=DAY, channel=VerificationChannel.VISIT, by_name="Fatma")
    mark_record(record=record, on=DAY)
    add_note(record=record, text="Alleen hier")
    form = client.get(url(record, "copy"))
    add = reverse("wagtailsnippets_socialekaart_plugin_organisation:add")
    response = client.post(add, filled_in(form, name="Nieuw", slug=""))
    assert response.status_code == 302, response.content.decode()[:2000]
    copy = Organisation.objects.get(name="Nieuw")
    assert copy.steward == editor
    assert (copy.live, copy.verified_on, copy.marked_on) == (False, None, None)
    assert (copy.verification_contact_name, copy.notes.count()) == ("", 0)
    for name in ("uuid", "short_id", "slug"):
        assert getattr(copy, name) != getattr(record, name)
    assert [fact.value for fact in copy.contact_facts.all()] == ["079 123 4567"]
    original = Organisation.objects.get(pk=record.pk)
    assert (original.contact_facts.count(), original.notes.count(), original.live) == (1, 1, True)


def test_the_buttons_are_there_for_what_one_may_do(editor, client):
    activity = ActivityFactory(public=True)
    shown = client.get(url(activity, "edit")).content.decode()
    for name in ("confirm", "upkeep", "notes", "changes", "season"):
        assert url(activity, name) in shown
    # To end what is public takes the right to publish.
    for name in ("close", "withdraw"):
        assert url(activity, name) not in shown
    assert "/season/" not in client.get(url(activity.organisation, "edit")).content.decode()
