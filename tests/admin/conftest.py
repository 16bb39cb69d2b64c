"""A site with something of everything that is for colleagues alone, and people to look at it."""

from typing import Any

import pytest
from django.contrib.auth.models import Group, Permission
from wagtail.models import WorkflowState

from socialekaart_plugin.directory.actions import add_note
from socialekaart_plugin.foundation.audiences import Audience
from socialekaart_plugin.models import (
    CompoundWord,
    Keyword,
    PublicationEvent,
    QueryRule,
    StopRule,
    SynonymGroup,
)
from socialekaart_plugin.moderation.permissions import Role
from tests.factories import (
    ActivityFactory,
    AreaFactory,
    HelpQuestionFactory,
    OrganisationFactory,
    PlaceFactory,
    TargetGroupFactory,
    ThemeFactory,
    UserFactory,
    at,
    change,
)

#: In every name, address and note that is for colleagues alone.
SECRET = "Geheim"

#: Who has no more than a way into the admin, and who may read what is for referrers besides.
NOBODY, REFERRER = "only the admin", "referrer"


@pytest.fixture
def people(team) -> dict[str, Any]:
    """Someone of each group, from the least to the most that one may."""
    access = Permission.objects.get(codename="access_admin")
    referrer = Permission.objects.get(codename="view_referrer_facts")
    found = {}
    for name, permissions in ((NOBODY, [access]), (REFERRER, [access, referrer])):
        group = Group.objects.create(name=name)
        group.permissions.add(*permissions)
        found[name] = UserFactory()
        found[name].groups.add(group)
    return found | {role.value: UserFactory(role=role) for role in Role}


@pytest.fixture
def known(team, directory_page) -> dict[str, Any]:
    """What fills in the addresses: by name, or by table and name."""
    return known_of(directory_page)


def known_of(directory_page: Any, **others: Any) -> dict[str, Any]:
    """Make a row for each address; `others` gives rows, by table, that take their place."""
    place = PlaceFactory(
        name=f"{SECRET} huis", street_address=f"{SECRET}straat 1", audience=Audience.INTERNAL
    )
    organisation = OrganisationFactory(public=True, visiting_place=place)
    change(organisation, name=f"{SECRET} Stichting")
    activity = ActivityFactory(
        name=f"{SECRET} Koffie", organisation=organisation, sessions=[at(place)]
    )
    editor = UserFactory(role=Role.EDITORS)
    rows = {
        "organisation": organisation,
        "activity": activity,
        "place": place,
        "area": AreaFactory(),
        "theme": ThemeFactory(),
        "targetgroup": TargetGroupFactory(),
        "helpquestion": HelpQuestionFactory(),
        "keyword": Keyword.objects.create(name="koffie", slug="koffie"),
        "synonymgroup": SynonymGroup.objects.create(terms="koffie\nthee"),
        "stoprule": StopRule.objects.create(word="koffie", does_not_find="thee"),
        "compoundword": CompoundWord.objects.create(word="koffie"),
        "queryrule": QueryRule.objects.create(query="koffie", record_uuid=organisation.uuid),
        "publication-events": PublicationEvent.objects.first(),
        **others,
    }
    known = {f"{table}.pk": row.pk for table, row in rows.items()}
    known["choose-public-record.pk"] = organisation.uuid
    known["tables"] = [*rows, "choose-public-record"]
    for table in ("organisation", "activity"):
        record = rows[table]
        draft = record.get_latest_revision()
        state = record.get_workflow().start(record, editor)
        known |= {
            f"{table}.revision_id": draft.pk,
            f"{table}.revision_id_a": "earliest",
            f"{table}.revision_id_b": "latest",
            f"{table}.workflow_state_id": state.pk,
            f"{table}.task_state_id": state.current_task_state.pk,
            f"{table}.task_id": state.current_task_state.task_id,
            f"{table}.note_pk": add_note(record=record, text=SECRET, user=editor).pk,
        }
    assert WorkflowState.objects.count() == 2
    return known | {
        "action_name": "approve",
        "publication-events.instance_pk": known["publication-events.pk"],
        "app_label": "socialekaart_plugin",
        "model_name": "organisation",
        "object_id": rows["organisation"].pk,
        "app_name": "socialekaart_plugin",
        "number": 1,
        "page_id": directory_page.pk,
    }
