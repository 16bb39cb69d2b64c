import pytest
from django.contrib.auth.models import Group
from django.contrib.contenttypes.models import ContentType
from django.contrib.messages import get_messages
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.urls import reverse
from wagtail.images import get_image_model
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import (
    Collection,
    GroupApprovalTask,
    Workflow,
    WorkflowContentType,
    WorkflowTask,
)

from socialekaart_plugin.models import Activity, DirectoryPage, Organisation
from socialekaart_plugin.moderation.permissions import (
    COLLECTION_NAME,
    GRANTS,
    TASK_NAME,
    WORKFLOW_NAME,
    Role,
)
from socialekaart_plugin.moderation.team_setup import set_up_team
from tests.factories import OrganisationFactory, UserFactory, change
from tests.forms import filled_in

pytestmark = pytest.mark.django_db


def codenames(role):
    return set(
        Group.objects.get(name=role.value)
        .permissions.filter(content_type__app_label="socialekaart_plugin")
        .values_list("content_type__model", "codename")
    )


def everything():
    """All that setting up may make, to see that a second time makes nothing."""
    return {
        "groups": sorted(
            (group.name, permission.pk)
            for group in Group.objects.prefetch_related("permissions")
            for permission in group.permissions.all()
        ),
        "workflows": sorted(Workflow.objects.values_list("pk", "name", "active")),
        "tasks": sorted(GroupApprovalTask.objects.values_list("pk", "name", "active")),
        "steps": sorted(WorkflowTask.objects.values_list("workflow", "task", "sort_order")),
        "types": sorted(WorkflowContentType.objects.values_list("workflow", "content_type")),
    }


def test_three_groups_get_what_is_granted_and_may_enter_the_admin():
    report = set_up_team()
    assert sorted(report.groups) == sorted(role.value for role in Role)
    for role, grants in GRANTS.items():
        wanted = {
            (grant.model, action if "_" in action else f"{action}_{grant.model}")
            for grant in grants
            for action in grant.actions
        }
        assert codenames(role) == wanted
        assert UserFactory(role=role).has_perm("wagtailadmin.access_admin")


def test_what_each_role_may_do_in_words():
    set_up_team()
    editor, moderator, manager = (
        UserFactory(role=role) for role in (Role.EDITORS, Role.MODERATORS, Role.MANAGERS)
    )

    def may(user, codename):
        return user.has_perm(f"socialekaart_plugin.{codename}")

    for model in ("organisation", "activity"):
        for user in (editor, moderator, manager):
            assert may(user, f"add_{model}")
            assert may(user, f"change_{model}")
        for action in ("publish", "delete", "lock", "unlock"):
            assert not may(editor, f"{action}_{model}")
            assert may(moderator, f"{action}_{model}")
            assert may(manager, f"{action}_{model}")
    for codename in ("change_theme", "change_area", "delete_targetgroup"):
        assert [may(user, codename) for user in (editor, moderator, manager)] == [
            False,
            False,
            True,
        ]
    for codename in ("view_referrer_facts", "view_publicationevent"):
        assert [may(user, codename) for user in (editor, moderator)] == [False, True]
    for user in (editor, moderator, manager):
        assert not may(user, "change_publicationevent")
        assert not may(user, "delete_publicationevent")
        assert not may(user, "change_publishedrecord")


def test_moderators_approve_both_kinds_of_record():
    set_up_team()
    for model in (Organisation, Activity):
        workflow = model().get_workflow()
        assert workflow.name == WORKFLOW_NAME
        (task,) = workflow.tasks
        assert task.name == TASK_NAME
        groups = task.specific.groups.values_list("name", flat=True)
        assert list(groups) == [Role.MODERATORS.value]


def test_setting_up_again_changes_and_reports_nothing():
    set_up_team()
    before = everything()
    report = set_up_team()
    assert (report.groups, report.permissions, report.workflow) == ([], {}, [])
    assert everything() == before


def test_setting_up_takes_nothing_away():
    set_up_team()
    group = Group.objects.get(name=Role.EDITORS.value)
    extra = Group.objects.get(name=Role.MANAGERS.value).permissions.get(codename="add_theme")
    group.permissions.add(extra)
    set_up_team()
    assert extra in group.permissions.all()


def test_setting_up_gives_back_what_was_lost_and_says_so():
    set_up_team()
    group = Group.objects.get(name=Role.EDITORS.value)
    group.permissions.remove(group.permissions.get(codename="add_activity"))
    assert set_up_team().permissions == {Role.EDITORS.value: ["add_activity"]}


def test_a_site_with_a_workflow_of_its_own_keeps_it():
    own = Workflow.objects.create(name="Van de site")
    for model in (Organisation, Activity):
        content_type = ContentType.objects.get_for_model(model)
        WorkflowContentType.objects.create(workflow=own, content_type=content_type)
    report = set_up_team()
    assert report.workflow == []
    assert Organisation().get_workflow() == own
    assert not GroupApprovalTask.objects.filter(name=TASK_NAME).exists()


def test_a_site_with_a_workflow_for_one_kind_gets_ours_for_the_other():
    own = Workflow.objects.create(name="Van de site")
    WorkflowContentType.objects.create(
        workflow=own, content_type=ContentType.objects.get_for_model(Organisation)
    )
    set_up_team()
    assert Organisation().get_workflow() == own
    assert Activity().get_workflow().name == WORKFLOW_NAME


def test_a_site_that_changed_who_approves_keeps_that():
    set_up_team()
    task = GroupApprovalTask.objects.get(name=TASK_NAME)
    task.groups.set(Group.objects.filter(name=Role.MANAGERS.value))
    set_up_team()
    assert list(task.groups.values_list("name", flat=True)) == [Role.MANAGERS.value]


def test_the_command_tells_what_it_made_and_says_less_the_second_time(capsys):
    call_command("setup_socialekaart", "--with-page")
    first = capsys.readouterr().out
    assert all(role.value in first for role in Role)
    assert WORKFLOW_NAME in first
    assert DirectoryPage.objects.get().full_url in first
    call_command("setup_socialekaart")
    assert "+" not in capsys.readouterr().out
    assert DirectoryPage.objects.count() == 1


def test_the_command_makes_no_page_unasked():
    call_command("setup_socialekaart")
    assert not DirectoryPage.objects.exists()


@pytest.fixture
def press(client, team):
    """Send the form of an organisation in the admin, with one of its buttons."""

    def press(role, organisation, **button):
        client.force_login(UserFactory(role=role))
        url = reverse(Organisation.snippet_viewset.get_url_name("edit"), args=[organisation.pk])
        return client.post(url, filled_in(client.get(url), name="Zoals het wordt", **button))

    return press


def test_an_editor_who_asks_to_publish_saves_a_draft(press):
    organisation = OrganisationFactory()
    press(Role.EDITORS, organisation, **{"action-publish": "1"})
    organisation.refresh_from_db()
    assert not organisation.live
    assert organisation.get_latest_revision_as_object().name == "Zoals het wordt"


def test_an_editor_cannot_change_what_is_live(press):
    organisation = OrganisationFactory(public=True, name="Zoals het is")
    press(Role.EDITORS, organisation, **{"action-publish": "1"})
    organisation.refresh_from_db()
    assert organisation.name == "Zoals het is"


@pytest.mark.parametrize("role", [Role.MODERATORS, Role.MANAGERS])
def test_a_moderator_publishes(press, role):
    organisation = OrganisationFactory()
    press(role, organisation, **{"action-publish": "1"})
    organisation.refresh_from_db()
    assert organisation.live
    assert organisation.name == "Zoals het wordt"


def test_what_an_editor_submits_waits_for_a_moderator(press):
    organisation = OrganisationFactory()
    press(Role.EDITORS, organisation, **{"action-submit": "1"})
    organisation.refresh_from_db()
    assert not organisation.live
    assert organisation.workflow_in_progress
    task = organisation.current_workflow_task
    assert task.get_actions(organisation, UserFactory(role=Role.EDITORS)) == []
    assert task.get_actions(organisation, UserFactory(role=Role.MODERATORS))


def test_what_waits_already_is_not_sent_on_twice(press):
    organisation = OrganisationFactory()
    press(Role.EDITORS, organisation, **{"action-submit": "1"})
    response = press(Role.MODERATORS, organisation, **{"action-submit": "1"})
    assert response.status_code == 302
    said = [str(message) for message in get_messages(response.wsgi_request)]
    assert any("wacht al op goedkeuring" in text for text in said)
    assert organisation.workflow_states.count() == 1
    organisation.refresh_from_db()
    assert organisation.get_latest_revision_as_object().name == "Zoals het wordt"


@pytest.mark.parametrize("screen", ["unpublish", "delete", "withdraw"])
def test_an_editor_cannot_take_a_record_off(client, team, screen):
    organisation = OrganisationFactory(public=True)
    client.force_login(UserFactory(role=Role.EDITORS))
    name = Organisation.snippet_viewset.get_url_name(screen)
    client.post(reverse(name, args=[organisation.pk]), {"reason": "x"})
    assert Organisation.objects.get(pk=organisation.pk).live


def test_an_editor_can_correct_a_live_record_as_a_draft(press):
    organisation = OrganisationFactory(public=True, name="Zoals het is")
    change(organisation, summary="Anders.")
    assert press(Role.EDITORS, organisation).status_code == 302
    organisation.refresh_from_db()
    assert organisation.name == "Zoals het is"
    assert organisation.get_latest_revision_as_object().name == "Zoals het wordt"


def test_an_editor_may_upload_a_picture_to_the_collection_of_the_team(client, team):
    client.force_login(UserFactory(role=Role.EDITORS))
    page = client.get(reverse("wagtailimages_chooser:choose")).json()["html"]
    assert 'type="file"' in page
    collection = Collection.objects.get(name=COLLECTION_NAME)
    picture = get_test_image_file().file.getvalue()
    answer = client.post(
        reverse("wagtailimages_chooser:create"),
        {
            "image-chooser-upload-title": "Zaal",
            "image-chooser-upload-collection": collection.pk,
            "image-chooser-upload-file": SimpleUploadedFile("zaal.png", picture),
        },
    ).json()
    assert answer["step"] == "chosen"
    assert get_image_model().objects.get(title="Zaal").collection == collection


def test_an_upload_that_is_no_picture_is_refused_in_words(client, team):
    client.force_login(UserFactory(role=Role.EDITORS))
    answer = client.post(
        reverse("wagtailimages_chooser:create"),
        {
            "image-chooser-upload-title": "Zaal",
            "image-chooser-upload-collection": Collection.objects.get(name=COLLECTION_NAME).pk,
            "image-chooser-upload-file": SimpleUploadedFile("zaal.jpg", b"geen plaatje"),
        },
    ).json()
    assert answer["step"] == "reshow_creation_form"
    assert "Zaal" in answer["htmlFragment"]
    assert "afbeelding" in answer["htmlFragment"]
    assert not get_image_model().objects.exists()
