"""Who gets in at which address of the admin: every address × every group.

The addresses come from the URL conf by themselves. An address of ours that is not in the table
fails, with what to add; so nobody opens a screen to everyone by forgetting to ask.
"""

import functools

import pytest
from django.contrib.messages import SUCCESS, get_messages
from django.urls import reverse
from wagtail.models import Site

from socialekaart_plugin.moderation.permissions import Role
from tests.admin.addresses import admin_addresses, filled_in
from tests.admin.conftest import NOBODY, REFERRER, SECRET

pytestmark = pytest.mark.django_db

EDITOR, MODERATOR, MANAGER = (role.value for role in Role)
EVERYONE = [NOBODY, REFERRER, EDITOR, MODERATOR, MANAGER]

#: Who gets in, for the words at the left of the table.
WHO = {
    "everyone": EVERYONE,
    "editors": [EDITOR, MODERATOR, MANAGER],
    "moderators": [MODERATOR, MANAGER],
    "approvers": [MODERATOR],
    "managers": [MANAGER],
    "no one": [],
}

#: What stands between braces in the table.
KINDS = {
    "record": ["organisation", "activity"],
    "ordered": ["theme", "targetgroup", "helpquestion"],
    "merged": ["theme", "targetgroup", "keyword"],
    "word": ["theme", "targetgroup", "keyword", "helpquestion", "area"],
    "wording": ["synonymgroup", "stoprule", "compoundword", "queryrule"],
    "chosen": [
        *("organisation", "activity", "place", "area", "theme", "targetgroup", "keyword"),
        *("synonymgroup", "stoprule", "compoundword", "queryrule"),
    ],
}

#: The least that one must be to get in. Names and addresses of drafts, of what was withdrawn and of
#: internal places are told to no one below "editors".
TABLE = {
    "everyone": """
        sociale-kaart/choose-public-record/
        sociale-kaart/choose-public-record/results/
        sociale-kaart/choose-public-record/chosen/<pk>/
        socialekaart/when/
        snippets/socialekaart_plugin/{record}/workflow/confirm_cancellation/<pk>/
    """,
    "editors": """
        sociale-kaart/mine/
        sociale-kaart/mine/results/
        sociale-kaart/try-a-query/
        bulk/socialekaart_plugin/{record}/add_keywords/
        bulk/socialekaart_plugin/{record}/remove_keyword/
        bulk/socialekaart_plugin/{record}/set_steward/
        bulk/socialekaart_plugin/{record}/withdraw/
        bulk/socialekaart_plugin/{record}/delete/
        bulk/socialekaart_plugin/place/delete/
        bulk/socialekaart_plugin/{wording}/delete/
        snippets/choose/socialekaart_plugin/{chosen}/
        snippets/choose/socialekaart_plugin/{chosen}/results/
        snippets/choose/socialekaart_plugin/{chosen}/chosen/<pk>/
        snippets/choose/socialekaart_plugin/{chosen}/chosen-multiple/
        snippets/choose/socialekaart_plugin/place/create/
        snippets/socialekaart_plugin/{record}/
        snippets/socialekaart_plugin/{record}/results/
        snippets/socialekaart_plugin/{record}/add/
        snippets/socialekaart_plugin/{record}/edit/<pk>/
        snippets/socialekaart_plugin/{record}/copy/<pk>/
        snippets/socialekaart_plugin/{record}/usage/<pk>/
        snippets/socialekaart_plugin/{record}/history/<pk>/
        snippets/socialekaart_plugin/{record}/history-results/<pk>/
        snippets/socialekaart_plugin/{record}/history/<pk>/revisions/<revision_id>/view/
        snippets/socialekaart_plugin/{record}/history/<pk>/revisions/<revision_id>/revert/
        snippets/socialekaart_plugin/{record}/history/<pk>/revisions/compare/<revision_id_a>...<revision_id_b>/
        snippets/socialekaart_plugin/{record}/workflow_history/<pk>/
        snippets/socialekaart_plugin/{record}/workflow_history/<pk>/detail/<workflow_state_id>/
        snippets/socialekaart_plugin/{record}/preview/
        snippets/socialekaart_plugin/{record}/preview/<pk>/
        snippets/socialekaart_plugin/{record}/check/
        snippets/socialekaart_plugin/{record}/check/<pk>/
        snippets/socialekaart_plugin/{record}/confirm/<pk>/
        snippets/socialekaart_plugin/{record}/upkeep/<pk>/
        snippets/socialekaart_plugin/{record}/mark/<pk>/
        snippets/socialekaart_plugin/{record}/changes/<pk>/
        snippets/socialekaart_plugin/{record}/notes/<pk>/
        snippets/socialekaart_plugin/{record}/notes/<pk>/remove/<note_pk>/
        snippets/socialekaart_plugin/activity/season/<pk>/
        snippets/socialekaart_plugin/activity/close/<pk>/
        snippets/socialekaart_plugin/place/
        snippets/socialekaart_plugin/place/results/
        snippets/socialekaart_plugin/place/add/
        snippets/socialekaart_plugin/place/edit/<pk>/
        snippets/socialekaart_plugin/place/usage/<pk>/
        snippets/socialekaart_plugin/place/history/<pk>/
        snippets/socialekaart_plugin/place/history-results/<pk>/
        snippets/socialekaart_plugin/place/geocode/
        snippets/socialekaart_plugin/{wording}/
        snippets/socialekaart_plugin/{wording}/results/
        snippets/socialekaart_plugin/{wording}/add/
        snippets/socialekaart_plugin/{wording}/edit/<pk>/
        snippets/socialekaart_plugin/{wording}/usage/<pk>/
        snippets/socialekaart_plugin/{wording}/history/<pk>/
        snippets/socialekaart_plugin/{wording}/history-results/<pk>/
    """,
    "moderators": """
        socialekaart/publication-events/
        socialekaart/publication-events/inspect/<instance_pk>/
        snippets/socialekaart_plugin/{record}/delete/<pk>/
        snippets/socialekaart_plugin/{record}/withdraw/<pk>/
        snippets/socialekaart_plugin/{record}/unpublish/<pk>/
        snippets/socialekaart_plugin/{record}/history/<pk>/revisions/<revision_id>/unschedule/
        snippets/socialekaart_plugin/place/delete/<pk>/
        snippets/socialekaart_plugin/{wording}/delete/<pk>/
    """,
    # What waits for approval is locked by who approves: the task of the workflow names moderators.
    "approvers": """
        snippets/socialekaart_plugin/{record}/lock/<pk>/
        snippets/socialekaart_plugin/{record}/unlock/<pk>/
        snippets/socialekaart_plugin/{record}/workflow/action/<pk>/<action_name>/<task_state_id>/
        snippets/socialekaart_plugin/{record}/workflow/collect_action_data/<pk>/<action_name>/<task_state_id>/
        snippets/socialekaart_plugin/{record}/workflow/preview/<pk>/<task_id>/
    """,
    "managers": """
        bulk/socialekaart_plugin/{word}/delete/
        bulk/socialekaart_plugin/{merged}/merge/
        socialekaart/unsent-mail/clear/
        snippets/choose/socialekaart_plugin/helpquestion/
        snippets/choose/socialekaart_plugin/helpquestion/results/
        snippets/choose/socialekaart_plugin/helpquestion/chosen/<pk>/
        snippets/choose/socialekaart_plugin/helpquestion/chosen-multiple/
        snippets/socialekaart_plugin/{word}/
        snippets/socialekaart_plugin/{word}/results/
        snippets/socialekaart_plugin/{word}/add/
        snippets/socialekaart_plugin/{word}/edit/<pk>/
        snippets/socialekaart_plugin/{word}/delete/<pk>/
        snippets/socialekaart_plugin/{word}/usage/<pk>/
        snippets/socialekaart_plugin/{word}/history/<pk>/
        snippets/socialekaart_plugin/{word}/history-results/<pk>/
        snippets/socialekaart_plugin/{ordered}/shift/<pk>/
        snippets/socialekaart_plugin/{merged}/merge/
        snippets/socialekaart_plugin/theme/move/<pk>/
        snippets/socialekaart_plugin/keyword/unused/
    """,
    "no one": """
        socialekaart/publication-events/create/
        socialekaart/publication-events/edit/<instance_pk>/
        socialekaart/publication-events/delete/<instance_pk>/
    """,
}  # fmt: skip

#: What is Wagtail's own and is for who manages the site: beyond all of our groups. An address
#: counts under the longest of these and of `WAGTAILS` that it begins with.
BEYOND = """
    users/ groups/ bulk/auth/ sites/ redirects/ collections/ workflows/ documents/ forms/ pages/
    snippets/ reports/
""".split()  # noqa: SIM905 - a table to read
#: What is Wagtail's own and asks by itself what one may; it tells no names of ours.
WAGTAILS = """
    account/ api/ api-tokens/ block-preview/ bulk/wagtail choose- dismissibles/ documents/chooser/
    editing-sessions/ embeds/ failwhale/ images/ jsi18n/ login/ logout/ modeladmin/jsi18n/
    pages/<page_to_move_id>/ pages/workflow/confirm_cancellation/ password_reset/
    reports/site-history/ settings/ sprite/ tag-autocomplete/ test404/ workflows/task_chooser/
""".split()  # noqa: SIM905 - a table to read


def is_ours(address):
    return "socialekaart" in address or "sociale-kaart" in address


@functools.cache
def expected():
    """Who gets in at each address of ours, as the table says."""
    found = {}
    for who, lines in TABLE.items():
        for line in lines.split():
            kind = next((kind for kind in KINDS if f"{{{kind}}}" in line), None)
            for table in KINDS[kind] if kind else [""]:
                found[line.replace(f"{{{kind}}}", table)] = who
    return found


def prefix_of(address):
    known = [each for each in (*BEYOND, *WAGTAILS) if address.startswith(each)]
    return max(known, key=len, default="" if address else "home")


def answer(client, address, known):
    """How an address answers: "in", "out" or "nothing there"; and the answer itself."""
    path = filled_in(address, known)
    response = client.get(path)
    if response.status_code == 405:
        response = client.post(path)
    return _outcome(response), response


def _outcome(response):
    if response.status_code == 403:
        return "out"
    if response.status_code == 302 and response["Location"] in ("/admin/", "/admin/login/"):
        # Back at the dashboard with good news is no refusal.
        said = get_messages(response.wsgi_request)
        return "in" if any(message.level == SUCCESS for message in said) else "out"
    return "nothing there" if response.status_code == 404 else "in"


def tells(response, text):
    body = b"".join(response.streaming_content) if response.streaming else response.content
    return text.encode() in body


#: So that no test takes long: where an address belongs.
PARTS = ["organisation", "activity", *KINDS["word"][:2], "the rest"]


def part_of(address):
    if address.startswith("bulk/"):
        return "the rest"
    return next((part for part in PARTS if f"/{part}/" in address), "the rest")


def test_every_address_of_ours_is_in_the_table_and_the_table_has_no_other():
    ours = {address for address in admin_addresses() if is_ours(address)}
    assert len(ours) > 200
    missing = sorted(ours - set(expected()))
    assert not missing, (
        "Who may come in at these addresses? Say it in TABLE of tests/admin/test_access.py, at the "
        f"least that one must be, and fill them in by `known` of conftest.py: {missing}"
    )
    gone = sorted(set(expected()) - ours)
    assert not gone, f"These addresses are in TABLE and not on the site: take them out. {gone}"


def test_every_address_of_wagtail_is_known():
    others = [address for address in admin_addresses() if not is_ours(address)]
    unknown = [address for address in others if not prefix_of(address)]
    assert not unknown, (
        "Wagtail or the site has new addresses. Look at what they tell to whom, and add them to "
        f"BEYOND or WAGTAILS of tests/admin/test_access.py: {unknown}"
    )


@pytest.mark.parametrize("part", PARTS)
@pytest.mark.parametrize("who", EVERYONE)
def test_each_group_gets_in_where_the_table_says_and_nowhere_else(known, people, client, who, part):
    client.force_login(people[who])
    client.raise_request_exception = False
    wrong = []
    for address in filter(is_ours, admin_addresses()):
        if part_of(address) != part:
            continue
        wanted = "in" if who in WHO[expected()[address]] else "out"
        outcome, response = answer(client, address, known)
        if outcome != wanted or response.status_code >= 500:
            wrong.append(f"{address}: {outcome} ({response.status_code}), should be {wanted}")
        elif who in (NOBODY, REFERRER) and tells(response, SECRET):
            wrong.append(f"{address}: tells what is for colleagues")
    assert wrong == []


@pytest.mark.parametrize("who", [NOBODY, REFERRER])
def test_who_may_not_come_in_cannot_send_anything_either(known, people, client, who):
    client.force_login(people[who])
    client.raise_request_exception = False
    closed = [address for address, least in expected().items() if least != "everyone"]
    answers = {address: client.post(filled_in(address, known)) for address in closed}
    # 405: there is nothing to send to.
    heard = [each for each, a in answers.items() if _outcome(a) != "out" and a.status_code != 405]
    assert heard == []


@pytest.mark.parametrize("who", EVERYONE)
def test_wagtails_own_screens_tell_nothing_and_stay_closed(known, people, client, who):
    client.force_login(people[who])
    client.raise_request_exception = False
    wrong = []
    for address in admin_addresses():
        if is_ours(address) or address == "logout/":
            continue
        outcome, response = answer(client, address, known)
        if prefix_of(address) in BEYOND and outcome == "in" and response.status_code == 200:
            wrong.append(f"{address}: should be closed to this group")
        if who in (NOBODY, REFERRER) and tells(response, SECRET):
            wrong.append(f"{address}: tells what is for colleagues")
    assert wrong == []


@pytest.mark.parametrize("who", EVERYONE)
def test_the_settings_of_the_desk_are_for_the_managers(people, client, who):
    client.force_login(people[who])
    site = Site.objects.get()
    for key in ([], [site.pk]):
        address = reverse("wagtailsettings:edit", args=["socialekaart_plugin", "helpdesk", *key])
        outcome = _outcome(client.get(address))
        assert outcome == ("in" if who == MANAGER else "out")


def test_wagtails_own_address_of_bulk_actions_tells_nothing_of_keys_that_are_none(
    known, people, client
):
    client.force_login(people[MANAGER])
    for address in admin_addresses():
        if address.startswith("bulk/socialekaart_plugin/"):
            for key in ("x", "9" * 30, "-1", "²"):
                assert client.get(f"/admin/{address}", {"id": key}).status_code in (302, 404), (
                    address
                )
