"""What an address may ask of a register: its own filters, search, order, page and export."""

import inspect

import pytest
from django.contrib.auth.hashers import make_password
from django.urls import get_resolver
from wagtail_modeladmin.options import ModelAdmin

from socialekaart_plugin.foundation.registers import RegisterAdmin
from socialekaart_plugin.models import PublicationEvent
from socialekaart_plugin.moderation.permissions import Role
from socialekaart_plugin.publication.viewsets import PublicationEventAdmin
from tests.factories import OrganisationFactory, UserFactory, publish

pytestmark = pytest.mark.django_db

REGISTER = "/admin/socialekaart/publication-events/"

#: Values that are no day, number, page or text of a database.
HOSTILE = [
    "", "x", "(", "0", "-1", "1.5", "999", "9" * 18, "9" * 40, "9" * 5_000, "a\0b", "\0", "²",
    "'", "NaN",
    "True", "0001-01-01", "9999-12-31", "0001-01-01T00:00+14:00", "9999-12-31T23:59-14:00",
    "2026-02-30", "2026-13-01", "[]", "a,b", "\ud7ff", "%",
]  # fmt: skip


def every_register():
    """Every register of wagtail-modeladmin behind an address of this site."""

    def views(patterns):
        for pattern in patterns:
            if hasattr(pattern, "url_patterns"):
                yield from views(pattern.url_patterns)
            else:
                yield inspect.unwrap(pattern.callback)

    owners = {getattr(view, "__self__", None) for view in views(get_resolver().url_patterns)}
    return [owner for owner in owners if isinstance(owner, ModelAdmin)]


@pytest.fixture
def moderator(team, client):
    client.force_login(UserFactory(role=Role.MODERATORS))
    return client


@pytest.fixture
def forgiving(moderator):
    """Someone to whom an error of ours is answered with 500, as a server does."""
    moderator.raise_request_exception = False
    return moderator


def test_every_register_has_the_one_base_of_ours():
    registers = every_register()
    assert PublicationEventAdmin in map(type, registers)
    assert [each for each in registers if not isinstance(each, RegisterAdmin)] == []
    for each in registers:
        assert issubclass(each.index_view_class, RegisterAdmin.index_view_class)
        assert issubclass(each.url_helper_class, RegisterAdmin.url_helper_class)


@pytest.mark.parametrize(
    "lookup", ["user__password__startswith", "user__password__regex", "user__is_superuser"]
)
def test_the_register_tells_nothing_of_other_tables(moderator, lookup):
    superuser = UserFactory(is_superuser=True, password=make_password("geheim"))
    publish(OrganisationFactory(name="Stichting Samen"), user=superuser)
    answers = {
        value: moderator.get(REGISTER, {lookup: value}, follow=True).content.count(
            b"Stichting Samen"
        )
        for value in ("md5", "zzz", "True", "False")
    }
    assert len(set(answers.values())) == 1
    assert answers["zzz"] > 0


def test_a_parameter_that_the_register_does_not_know_is_not_read(moderator):
    OrganisationFactory(public=True, name="Stichting Samen")
    for unknown in ("name__regex", "name", "id__in", "ordering", "pk__lt", "nonsense", "user__x"):
        for value in ("(", "zzz"):
            answer = moderator.get(REGISTER, {unknown: value})
            assert answer.status_code == 200
            assert "Stichting Samen" in answer.content.decode()


def test_filters_search_order_page_and_export_still_work(moderator):
    OrganisationFactory(public=True, name="Stichting Samen")
    OrganisationFactory(public=True, name="Wandelclub")
    told = moderator.get(REGISTER, {"kind__exact": "withdrawn"}).content.decode()
    assert "Samen" not in told
    told = moderator.get(REGISTER, {"q": "wandel", "o": "0", "p": "1"}).content.decode()
    assert "Wandelclub" in told
    assert "Samen" not in told
    up, down = (
        [each.name for each in moderator.get(REGISTER, {"o": order}).context["object_list"]]
        for order in ("0", "-0")
    )
    assert up == down[::-1]
    leaves = moderator.get(REGISTER, {"export": "csv"})
    assert leaves["Content-Type"] == "text/csv; charset=utf-8"


@pytest.mark.parametrize("name", ["q", "o", "p", "ot", "e", "export", "kind__exact", "record_kind"])
def test_no_value_of_a_parameter_of_the_register_is_an_error(forgiving, name):
    OrganisationFactory(public=True)
    asked = {value[:40]: forgiving.get(REGISTER, {name: value}, follow=True) for value in HOSTILE}
    assert [value for value, answer in asked.items() if answer.status_code >= 500] == []


@pytest.mark.parametrize(
    "name",
    ["at__gte", "at__lt", "at", "sequence", "sequence__isnull"],
)
def test_no_value_of_a_filter_that_a_register_may_get_is_an_error(forgiving, monkeypatch, name):
    monkeypatch.setattr(PublicationEventAdmin, "list_filter", ("at", "sequence"))
    for _number in range(2):
        publish(OrganisationFactory(), user=UserFactory(is_superuser=True))
    asked = {value[:40]: forgiving.get(REGISTER, {name: value}, follow=True) for value in HOSTILE}
    assert [value for value, answer in asked.items() if answer.status_code >= 500] == []


def test_of_a_filter_that_cannot_be_read_the_register_says_so(moderator, monkeypatch):
    monkeypatch.setattr(PublicationEventAdmin, "list_filter", ("at",))
    OrganisationFactory(public=True, name="Stichting Samen")
    told = moderator.get(REGISTER, {"at__gte": "gisteren"}, follow=True).content.decode()
    assert "filters" in told
    assert "Stichting Samen" in told


def test_a_page_that_is_too_far_is_the_last_one(moderator, monkeypatch):
    monkeypatch.setattr(PublicationEventAdmin, "list_per_page", 1)
    OrganisationFactory(public=True)
    OrganisationFactory(public=True)
    last = PublicationEvent.objects.count()
    for asked, given in (("999", last), ("9" * 40, last), ("x", 1), ("-3", 1), ("0", 1)):
        assert moderator.get(REGISTER, {"p": asked}).context["page_obj"].number == given


@pytest.mark.parametrize("key", ["x", "0", "-1", "²", "9" * 18, "9" * 40, "a-b"])
def test_a_line_that_is_not_there_is_not_found(forgiving, key):
    OrganisationFactory(public=True)
    assert forgiving.get(f"{REGISTER}inspect/{key}/").status_code in (302, 404)
