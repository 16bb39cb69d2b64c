"""Two colleagues in one record: the second save does not silently undo the first."""

import pytest
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Revision, TaskState

from socialekaart_plugin.directory.amendments import amend_record
from socialekaart_plugin.models import Activity, Organisation
from socialekaart_plugin.moderation.permissions import Role
from tests.factories import ActivityFactory, OrganisationFactory, UserFactory, change
from tests.forms import filled_in, values_of

pytestmark = pytest.mark.django_db

REFUSED = "Er is niets opgeslagen"


@pytest.fixture
def colleagues(team, client, django_user_model):
    from django.test import Client

    clients = []
    for name in ("anna", "bart"):
        user = UserFactory(username=name, first_name=name.title(), role=Role.MODERATORS)
        user.groups.add(*UserFactory(role=Role.EDITORS).groups.all())
        other = Client()
        other.force_login(user)
        clients.append(other)
    return clients


def edit_url(record):
    return reverse(
        f"wagtailsnippets_socialekaart_plugin_{record._meta.model_name}:edit", args=[record.pk]
    )


def stored(record):
    return type(record).objects.get(pk=record.pk).get_latest_revision_as_object()


@pytest.fixture
def both(colleagues):
    """Both opened the form of one record; the first has saved."""
    record = OrganisationFactory(public=True, summary="Zoals het was.")
    anna, bart = colleagues
    forms = [client.get(edit_url(record)) for client in colleagues]
    saved = anna.post(edit_url(record), filled_in(forms[0], summary="Van Anna."))
    assert saved.status_code == 302
    return record, bart, forms[1]


def test_the_second_save_is_refused_and_nothing_is_lost(both):
    record, bart, form = both
    response = bart.post(edit_url(record), filled_in(form, summary="Van Bart."))
    assert response.status_code == 200
    assert REFUSED in response.content.decode()
    assert "Anna" in response.content.decode()
    assert values_of(response)["summary"] == ["Van Bart."]
    assert stored(record).summary == "Van Anna."


def test_the_form_leads_to_what_was_changed(both):
    record, bart, form = both
    response = bart.post(edit_url(record), filled_in(form, summary="Van Bart."))
    url = response.context["conflict"]["compare_url"]
    compared = bart.get(url)
    assert compared.status_code == 200
    assert "Van Anna" in compared.content.decode().replace("</span>", "").replace(
        '<span class="addition">', ""
    )


def test_saving_again_without_saying_so_is_refused_again(both):
    record, bart, form = both
    again = bart.post(edit_url(record), filled_in(form, summary="Van Bart."))
    response = bart.post(edit_url(record), filled_in(again))
    assert REFUSED in response.content.decode()
    assert stored(record).summary == "Van Anna."


def test_who_asks_for_it_saves_all_the_same(both):
    record, bart, form = both
    again = bart.post(edit_url(record), filled_in(form, summary="Van Bart."))
    stamp = again.context["conflict"]["stamp"]
    response = bart.post(edit_url(record), filled_in(again, overwrite_newer=stamp))
    assert response.status_code == 302
    assert stored(record).summary == "Van Bart."


def test_asking_for_it_counts_for_the_version_that_was_shown_only(both, colleagues):
    record, bart, form = both
    again = bart.post(edit_url(record), filled_in(form, summary="Van Bart."))
    stamp = again.context["conflict"]["stamp"]
    anna = colleagues[0]
    anna.post(edit_url(record), filled_in(anna.get(edit_url(record)), summary="Weer Anna."))
    response = bart.post(edit_url(record), filled_in(again, overwrite_newer=stamp))
    assert REFUSED in response.content.decode()
    assert stored(record).summary == "Weer Anna."


@pytest.mark.parametrize("action", ["action-publish", "action-submit"])
def test_publishing_and_submitting_are_refused_alike(both, action):
    record, bart, form = both
    bart.post(edit_url(record), filled_in(form, summary="Van Bart.", **{action: "1"}))
    assert stored(record).summary == "Van Anna."
    assert Organisation.objects.get(pk=record.pk).summary == "Zoals het was."


def autosave(client, record, data):
    return client.post(edit_url(record), data, headers={"accept": "application/json"})


def test_an_automatic_save_from_the_form_that_came_back_is_refused(both):
    record, bart, form = both
    again = bart.post(edit_url(record), filled_in(form, summary="Van Bart."))
    response = autosave(bart, record, filled_in(again))
    assert response.status_code == 400
    assert response.json()["error_code"] == "invalid_revision"
    assert stored(record).summary == "Van Anna."


def test_automatic_saves_go_on_once_one_asked_for_it(both):
    record, bart, form = both
    again = bart.post(edit_url(record), filled_in(form, summary="Van Bart."))
    stamp = again.context["conflict"]["stamp"]
    accepted = filled_in(again, overwrite_newer=stamp)
    first = autosave(bart, record, accepted)
    assert first.status_code == 200, first.json()
    more = {
        **accepted,
        "summary": "Van Bart, meer.",
        "overwrite_revision_id": first.json()["revision_id"],
    }
    assert autosave(bart, record, more).status_code == 200
    assert bart.post(edit_url(record), more).status_code == 302
    assert stored(record).summary == "Van Bart, meer."


def test_an_automatic_save_puts_what_it_saved_into_the_form(colleagues):
    record = OrganisationFactory(public=True)
    anna = colleagues[0]
    form = anna.get(edit_url(record))
    answer = autosave(anna, record, filled_in(form, summary="Van Anna.")).json()
    data = filled_in(form, summary="Van Anna, meer.") | answer["field_updates"]
    assert anna.post(edit_url(record), data).status_code == 302
    assert stored(record).summary == "Van Anna, meer."


def test_a_second_automatic_save_does_so_too(colleagues):
    record = OrganisationFactory(public=True)
    anna = colleagues[0]
    form = anna.get(edit_url(record))
    first = autosave(anna, record, filled_in(form, summary="Een.")).json()
    data = filled_in(form, summary="Twee.", overwrite_revision_id=first["revision_id"])
    second = autosave(anna, record, data | first["field_updates"]).json()
    data = filled_in(form, summary="Drie.") | second["field_updates"]
    assert anna.post(edit_url(record), data).status_code == 302


def test_a_settled_conflict_is_no_conflict_for_the_button(both):
    record, bart, form = both
    again = bart.post(edit_url(record), filled_in(form, summary="Van Bart."))
    stamp = again.context["conflict"]["stamp"]
    accepted = filled_in(again, overwrite_newer=stamp)
    answer = autosave(bart, record, accepted).json()
    response = bart.post(edit_url(record), accepted | answer["field_updates"])
    assert response.status_code == 302


def test_what_the_system_changed_counts_as_a_change(colleagues):
    record = OrganisationFactory(public=True)
    form = colleagues[0].get(edit_url(record))

    def rename(version):
        version.alternative_names = "Nieuw"

    amend_record(record=record, amend=rename)
    response = colleagues[0].post(edit_url(record), filled_in(form, summary="Van Anna."))
    assert REFUSED in response.content.decode()
    assert "Het systeem" in response.content.decode()


def test_one_colleague_saves_twice_without_a_word(colleagues):
    record = OrganisationFactory(public=True)
    anna = colleagues[0]
    for summary in ("Een.", "Twee."):
        data = filled_in(anna.get(edit_url(record)), summary=summary)
        assert anna.post(edit_url(record), data).status_code == 302
    assert stored(record).summary == "Twee."


def test_a_save_at_the_same_moment_is_refused_as_well(colleagues, monkeypatch):
    """The other save falls between the check and the writing."""
    from socialekaart_plugin.directory.views import RecordEditView

    record = ActivityFactory(public=True)
    anna = colleagues[0]
    data = filled_in(anna.get(edit_url(record)), summary="Van Anna.")
    checked = RecordEditView.is_valid

    def check_and_be_overtaken(view, form):
        result = checked(view, form)
        other = Activity.objects.get(pk=record.pk)
        other.summary = "Net ervoor."
        other.save_revision()
        return result

    monkeypatch.setattr(RecordEditView, "is_valid", check_and_be_overtaken)
    response = anna.post(edit_url(record), data)
    assert REFUSED in response.content.decode()
    assert values_of(response)["summary"] == ["Van Anna."]
    assert stored(record).summary == "Net ervoor."


@pytest.fixture
def in_moderation(colleagues):
    """Anna wrote on in what waits for approval, and her browser saved it by itself."""
    record = OrganisationFactory(public=True, summary="Zoals het was.")
    change(record, summary="Ingediend.")
    record = Organisation.objects.get(pk=record.pk)
    record.get_workflow().start(record, UserFactory(role=Role.EDITORS))
    anna = colleagues[0]
    form = anna.get(edit_url(record))
    answer = autosave(anna, record, filled_in(form, summary="Goed.")).json()
    typed = filled_in(form, summary="Niet af.", overwrite_revision_id=answer["revision_id"])
    return record, answer["revision_id"], typed | answer["field_updates"]


def approve(client, record):
    record = Organisation.objects.get(pk=record.pk)
    address = reverse(
        "wagtailsnippets_socialekaart_plugin_organisation:workflow_action",
        args=[record.pk, "approve", record.current_workflow_task_state.pk],
    )
    client.post(address, {"comment": ""})
    assert Organisation.objects.get(pk=record.pk).summary == "Goed."


def assert_published_as_approved(record, revision):
    record = Organisation.objects.get(pk=record.pk)
    assert record.live_revision_id == revision
    assert record.live_revision.content["summary"] == "Goed."
    assert record.summary == "Goed."


def test_an_automatic_save_does_not_write_over_what_a_colleague_published(
    in_moderation, colleagues
):
    record, revision, typed = in_moderation
    approve(colleagues[1], record)
    response = autosave(colleagues[0], record, typed)
    assert response.status_code == 400
    assert response.json()["error_code"] == "invalid_revision"
    assert_published_as_approved(record, revision)


@pytest.mark.parametrize("action", ["action-edit", "action-publish", "action-submit"])
@pytest.mark.parametrize("sends_key", [True, False])
def test_a_save_by_hand_makes_a_new_version_beside_the_published_one(
    in_moderation, colleagues, action, sends_key
):
    record, revision, typed = in_moderation
    approve(colleagues[1], record)
    if not sends_key:
        del typed["overwrite_revision_id"]  # a browser sends it with an automatic save only
    assert colleagues[0].post(edit_url(record), {**typed, action: "1"}).status_code == 302
    assert Revision.objects.get(pk=revision).content["summary"] == "Goed."
    assert stored(record).summary == "Niet af."
    if action != "action-publish":
        assert_published_as_approved(record, revision)


@pytest.mark.parametrize("is_automatic", [True, False])
def test_who_published_it_themselves_goes_on_in_a_new_version(
    in_moderation, colleagues, is_automatic
):
    record, revision, typed = in_moderation
    approve(colleagues[0], record)
    if is_automatic:
        assert autosave(colleagues[0], record, typed).json()["revision_id"] != revision
    else:
        assert colleagues[0].post(edit_url(record), typed).status_code == 302
    assert_published_as_approved(record, revision)
    assert stored(record).summary == "Niet af."


def test_a_publication_at_the_same_moment_is_noticed_as_well(
    in_moderation, colleagues, monkeypatch
):
    """It falls between the check and the writing."""
    from socialekaart_plugin.directory.views import RecordEditView

    record, revision, typed = in_moderation
    checked = RecordEditView.is_valid

    def check_and_be_overtaken(view, form):
        result = checked(view, form)
        approve(colleagues[1], record)
        return result

    monkeypatch.setattr(RecordEditView, "is_valid", check_and_be_overtaken)
    response = autosave(colleagues[0], record, typed)
    assert response.status_code == 400
    assert response.json()["error_code"] == "invalid_revision"
    assert_published_as_approved(record, revision)


@pytest.mark.parametrize("decided", ["public", "planned", "judged"])
def test_a_version_that_was_decided_about_is_never_written_over(in_moderation, decided):
    record = Organisation.objects.get(pk=in_moderation[0].pk)
    version = record.get_latest_revision()
    if decided == "public":
        Organisation.objects.filter(pk=record.pk).update(live_revision=version)
    elif decided == "planned":
        version.approved_go_live_at = timezone.now()
        version.save(update_fields=["approved_go_live_at"])
    else:
        TaskState.objects.update(revision=version, status=TaskState.STATUS_REJECTED)
    record.summary = "Nieuw."
    made = record.save_revision(user=version.user, overwrite_revision=version)
    assert made.pk != version.pk
    assert Revision.objects.get(pk=version.pk).content["summary"] == "Goed."


def test_a_version_that_waits_is_written_over(in_moderation):
    record = Organisation.objects.get(pk=in_moderation[0].pk)
    version = record.get_latest_revision()
    assert record.save_revision(user=version.user, overwrite_revision=version).pk == version.pk
