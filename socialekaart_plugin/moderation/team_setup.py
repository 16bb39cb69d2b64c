"""Create the team's groups, permissions and approval workflow; used by `setup_socialekaart`."""

from dataclasses import dataclass, field

from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from wagtail.models import (
    Collection,
    GroupApprovalTask,
    GroupCollectionPermission,
    Workflow,
    WorkflowContentType,
    WorkflowTask,
)

from socialekaart_plugin.directory.models import Activity, Organisation

from .permissions import (
    COLLECTION_NAME,
    GRANTS,
    PICTURE_GRANTS,
    TASK_NAME,
    WORKFLOW_NAME,
    Grant,
    Role,
)


@dataclass
class SetupReport:
    """What the setup created; empty lists when everything existed."""

    groups: list[str] = field(default_factory=list)
    #: New permissions of each group, by group name.
    permissions: dict[str, list[str]] = field(default_factory=dict)
    workflow: list[str] = field(default_factory=list)


@transaction.atomic
def set_up_team() -> SetupReport:
    """Create missing groups, permissions and workflow; removes nothing.

    If the site gave records another workflow, it stays.
    """
    Organisation.wait_for_turn()
    report = SetupReport()
    grantable = _grantable()
    for role, grants in GRANTS.items():
        group, created = Group.objects.get_or_create(name=role.value)
        if created:
            report.groups.append(group.name)
        _grant(group, grants, grantable, report)
        _grant_pictures(group, PICTURE_GRANTS[role], report)
    _set_up_workflow(report)
    return report


def _grantable() -> dict[tuple[str, str], Permission]:
    """Return the permissions that a group may get, by app and codename (one query)."""
    permissions = Permission.objects.filter(
        content_type__app_label__in=("wagtailadmin", "socialekaart_plugin")
    ).select_related("content_type")
    return {(each.content_type.app_label, each.codename): each for each in permissions}


def _grant(
    group: Group,
    grants: tuple[Grant, ...],
    grantable: dict[tuple[str, str], Permission],
    report: SetupReport,
) -> None:
    wanted = [grantable["wagtailadmin", "access_admin"]]
    for grant in grants:
        for action in grant.actions:
            codename = action if "_" in action else f"{action}_{grant.model}"
            wanted.append(grantable["socialekaart_plugin", codename])
    held = set(group.permissions.values_list("pk", flat=True))
    missing = [permission for permission in wanted if permission.pk not in held]
    group.permissions.add(*missing)
    if missing:
        report.permissions[group.name] = [permission.codename for permission in missing]


def _grant_pictures(group: Group, codenames: tuple[str, ...], report: SetupReport) -> None:
    """Give a group permissions on the image collection of the records."""
    collection = Collection.objects.filter(name=COLLECTION_NAME).first()
    if collection is None:
        collection = Collection.get_first_root_node().add_child(name=COLLECTION_NAME)
    given = []
    # Also for a site with a custom image model: Wagtail checks the permissions of this one.
    permissions = Permission.objects.filter(
        content_type__app_label="wagtailimages", codename__in=codenames
    )
    for permission in permissions.order_by("pk"):
        _row, created = GroupCollectionPermission.objects.get_or_create(
            group=group, collection=collection, permission=permission
        )
        if created:
            given.append(permission.codename)
    if given:
        report.permissions.setdefault(group.name, []).extend(given)


def _set_up_workflow(report: SetupReport) -> None:
    content_types = ContentType.objects.get_for_models(Organisation, Activity).values()
    without = [
        content_type
        for content_type in content_types
        if not WorkflowContentType.objects.filter(content_type=content_type).exists()
    ]
    if not without:
        return
    task = GroupApprovalTask.objects.filter(name=TASK_NAME, active=True).first()
    if task is None:
        task = GroupApprovalTask.objects.create(name=TASK_NAME)
        task.groups.set(Group.objects.filter(name=Role.MODERATORS.value))
        report.workflow.append(task.name)
    workflow = Workflow.objects.filter(name=WORKFLOW_NAME, active=True).first()
    if workflow is None:
        workflow = Workflow.objects.create(name=WORKFLOW_NAME)
        report.workflow.append(workflow.name)
    WorkflowTask.objects.get_or_create(workflow=workflow, task=task, defaults={"sort_order": 0})
    for content_type in without:
        WorkflowContentType.objects.create(workflow=workflow, content_type=content_type)
        report.workflow.append(f"{workflow.name}: {content_type.name}")
