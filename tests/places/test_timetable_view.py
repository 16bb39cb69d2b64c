import pytest
import time_machine
from django.contrib.auth.models import Group, Permission
from django.test import Client
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from wagtail.users.models import UserProfile

from socialekaart_plugin.moderation.permissions import Role
from socialekaart_plugin.places.models import SchoolHoliday
from tests.factories import UserFactory
from tests.places.test_timetable_form import FORTNIGHT, TUESDAY
from tests.places.timetable_data import NAME, typed
from tests.timetable.strategies import budget

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("team")]


@pytest.fixture
def editor(client, team):
    client.force_login(UserFactory(role=Role.EDITORS))
    return client


def ask(client, kind="schedule", **fields):
    data = typed(**fields)
    data["name"], data["kind"] = NAME, kind
    return client.post(
        reverse("socialekaart_timetable"),
        data.urlencode(),
        content_type="application/x-www-form-urlencoded",
    )


@time_machine.travel("2026-11-30 12:00:00+01:00", tick=False)
def test_the_sentence_and_five_dates_are_read_back(editor):
    exceptions = {"not_in_school_holidays": "on"}
    page = ask(editor, when=[FORTNIGHT], **{"not": exceptions}).content.decode()
    assert "Om de week op dinsdag van 10.00 tot 12.00 uur, niet in de schoolvakanties." in page
    assert "dinsdag 1 december 2026, 10.00–12.00 uur" in page
    assert page.count("<li>") == 5
    assert "29 december" not in page


@time_machine.travel("2026-11-30 12:00:00+01:00", tick=False)
def test_a_holiday_that_was_loaded_is_left_out(editor):
    SchoolHoliday.objects.create(
        region="midden", name="Sint", starts_on="2026-12-01", ends_on="2026-12-06"
    )
    exceptions = {"not": {"not_in_school_holidays": "on"}}
    assert "1 december" in ask(editor, when=[TUESDAY]).content.decode()
    assert "dinsdag 1 december" not in ask(editor, when=[TUESDAY], **exceptions).content.decode()


def test_a_site_without_school_holidays_says_that_none_are_left_out(editor, settings):
    settings.SOCIALEKAART_SCHOOL_REGION = ""
    exceptions = {"not": {"not_in_school_holidays": "on"}}
    page = ask(editor, when=[TUESDAY], **exceptions).content.decode()
    assert "geen schoolvakanties" in page


@time_machine.travel("2026-11-30 12:00:00+01:00", tick=False)
def test_times_past_midnight_say_so(editor):
    times = [{"starts_at": "22", "ends_at": "4", "overnight": "on"}]
    page = ask(editor, when=[{**TUESDAY, "times": times}]).content.decode()
    assert "dinsdag 1 december 2026, 22.00 uur tot woensdag 4.00 uur" in page
    times = [{"starts_at": "22", "ends_at": "24"}]
    page = ask(editor, when=[{**TUESDAY, "times": times}]).content.decode()
    assert "dinsdag 1 december 2026, 22.00–24.00 uur" in page


@time_machine.travel("2026-11-30 12:00:00+01:00", tick=False)
@pytest.mark.parametrize("ends_at", ["24", "0.00", "0:00"])
def test_a_whole_day_is_read_back_as_one(editor, ends_at):
    times = [{"starts_at": "0.00", "ends_at": ends_at}]
    page = ask(editor, when=[{**TUESDAY, "times": times}]).content.decode()
    assert "Elke dinsdag de hele dag." in page
    assert "dinsdag 1 december 2026, de hele dag" in page
    week = dict.fromkeys(("MO", "TU", "WE", "TH", "FR", "SA", "SU"), times)
    page = ask(editor, kind="opening_hours", **week).content.decode()
    assert "Dag en nacht." in page
    assert "0.00" not in page


def test_what_is_over_says_so(editor):
    page = ask(editor, when=[{**TUESDAY, "valid_until": "1-1-2020"}]).content.decode()
    assert "voorbij" in page


def test_of_nothing_typed_it_says_where_to_choose_what_is_known(editor):
    assert "Kies dat bij “Als er geen tijden zijn ingevuld”" in ask(editor).content.decode()


def test_what_is_wrong_is_said_in_words(editor):
    page = ask(editor, when=[{**TUESDAY, "weekdays": []}]).content.decode()
    assert "Kies minstens één dag van de week." in page
    assert "<ol>" not in page


@time_machine.travel("2026-11-30 08:00:00+01:00", tick=False)
def test_opening_hours_are_read_back_in_their_own_sentence(editor):
    nine_to_five = [{"starts_at": "9", "ends_at": "17"}]
    week = dict.fromkeys(("MO", "TU", "WE"), nine_to_five)
    page = ask(editor, kind="opening_hours", **week).content.decode()
    assert "Maandag tot en met woensdag 9.00–17.00 uur." in page
    assert "maandag 30 november 2026, 9.00–17.00 uur" in page


def test_the_sentence_is_in_the_language_of_the_reader(client):
    user = UserFactory(role=Role.EDITORS)
    profile = UserProfile.get_for_user(user)
    profile.preferred_language = "en"
    profile.save()
    client.force_login(user)
    assert "Every Tuesday from 10:00 to 12:00" in ask(client, when=[TUESDAY]).content.decode()


def test_only_who_may_enter_the_admin_is_answered(client):
    assert ask(client).status_code == 302
    client.force_login(UserFactory())
    assert ask(client).status_code in (302, 403)
    assert "op afspraak" not in ask(client).content.decode()
    group = Group.objects.create(name="Alleen kijken")
    group.permissions.add(Permission.objects.get(codename="access_admin"))
    visitor = UserFactory()
    visitor.groups.add(group)
    client.force_login(visitor)
    assert ask(client).status_code == 200


def test_looking_is_refused(editor):
    assert editor.get(reverse("socialekaart_timetable")).status_code == 405


def test_a_post_from_elsewhere_is_refused():
    client = Client(enforce_csrf_checks=True)
    client.force_login(UserFactory(role=Role.EDITORS))
    assert ask(client).status_code == 403


def test_it_costs_the_same_queries_whatever_stands_in_it(editor, django_assert_max_num_queries):
    ask(editor, when=[TUESDAY])
    rows = [FORTNIGHT] * 20
    with django_assert_max_num_queries(8):
        assert (
            ask(editor, when=rows, **{"not": {"not_in_school_holidays": "on"}}).status_code == 200
        )


@pytest.mark.parametrize("kind", ["", "calendar", "schedule\x00"])
def test_another_kind_is_refused(editor, kind):
    assert ask(editor, kind=kind).status_code == 400


names = st.sampled_from(
    [
        "name",
        "kind",
        f"{NAME}-when-row",
        f"{NAME}-when-0-repeats",
        f"{NAME}-when-0-times-0-starts_at",
        f"{NAME}-not-left_out",
        f"{NAME}-MO-row",
        "",
    ]
)
values = st.text(max_size=20) | st.sampled_from(
    [NAME, "schedule", "opening_hours", "0", "once", "1-1-2027"]
)


@settings(budget, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.dictionaries(names, values))
def test_nonsense_is_answered(editor, data):
    response = editor.post(reverse("socialekaart_timetable"), data)
    assert response.status_code in (200, 400)
