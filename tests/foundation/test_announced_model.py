from contextlib import ExitStack, contextmanager

import pytest
from django.db import connection, transaction
from django.db.models.signals import post_save
from wagtail.log_actions import LogContext

from socialekaart_plugin.directory import signals
from socialekaart_plugin.foundation.announced_model import changed_by, current_change
from socialekaart_plugin.foundation.audiences import Audience
from socialekaart_plugin.models import Organisation, OrganisationContactFact, Theme
from socialekaart_plugin.vocabulary import signals as word_signals
from tests.factories import OrganisationFactory, ThemeFactory, UserFactory, contact

pytestmark = pytest.mark.django_db


@contextmanager
def listening(*announcements, model=Organisation):
    """Collect (name, instance) of what is announced, in order; `react` may object."""
    heard = []
    with ExitStack() as stack:
        for name in announcements:
            signal = getattr(model, name)

            def receiver(sender, instance, name=name, **kwargs):
                heard.append((name, instance, connection.in_atomic_block))

            signal.connect(receiver, weak=False)
            stack.callback(signal.disconnect, receiver)
        yield heard


ALL = ("save_started", "saved", "delete_started", "deleted")


def names(heard):
    return [name for name, _instance, _atomic in heard]


def test_a_save_is_announced_before_and_after_it_is_written():
    stored = []

    def look(sender, instance, **kwargs):
        stored.append(Theme.objects.filter(name="Geld").exists())

    word_signals.word_save_started.connect(look)
    word_signals.word_saved.connect(look)
    try:
        Theme(name="Geld").save()
    finally:
        word_signals.word_save_started.disconnect(look)
        word_signals.word_saved.disconnect(look)
    assert stored == [False, True]


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_announcements_are_made_within_the_transaction_that_saves_or_deletes():
    theme = Theme(name="Geld")
    with listening(*ALL, model=Theme) as heard:
        theme.save()
        theme.delete()
    assert [(name, atomic) for name, _theme, atomic in heard] == [(name, True) for name in ALL]


def test_the_children_are_written_when_a_save_is_announced():
    organisation = OrganisationFactory(tags=["oud"])
    organisation.contact_facts = [contact(Audience.PUBLIC, "nieuw@example.nl")]
    organisation.themes = [ThemeFactory(name="Nieuw")]
    organisation.tags.set(["nieuw"])
    seen = {}

    def read_afresh(sender, instance, **kwargs):
        if isinstance(instance, Organisation):
            fresh = Organisation.objects.get(pk=instance.pk)
            seen["facts"] = [fact.value for fact in fresh.contact_facts.all()]
            seen["themes"] = [theme.name for theme in fresh.themes.all()]
            seen["tags"] = [tag.name for tag in fresh.tags.all()]

    signals.record_saved.connect(read_afresh)
    try:
        organisation.save()
    finally:
        signals.record_saved.disconnect(read_afresh)
    assert seen == {"facts": ["nieuw@example.nl"], "themes": ["Nieuw"], "tags": ["nieuw"]}


def test_an_objection_to_a_save_undoes_the_row_and_its_children():
    organisation = OrganisationFactory(name="Voor")
    before = list(organisation.contact_facts.values_list("value", flat=True))
    organisation.name = "Na"
    organisation.contact_facts = [contact(Audience.PUBLIC, "na@example.nl")]

    def object_to(sender, instance, **kwargs):
        raise RuntimeError

    signals.record_saved.connect(object_to)
    try:
        with pytest.raises(RuntimeError):
            organisation.save()
    finally:
        signals.record_saved.disconnect(object_to)
    stored = Organisation.objects.get(pk=organisation.pk)
    assert stored.name == "Voor"
    assert list(stored.contact_facts.values_list("value", flat=True)) == before


def test_an_objection_to_a_deletion_undoes_it():
    theme = ThemeFactory()

    def object_to(sender, instance, **kwargs):
        raise RuntimeError

    word_signals.word_deleted.connect(object_to)
    try:
        with pytest.raises(RuntimeError), transaction.atomic():
            theme.delete()
    finally:
        word_signals.word_deleted.disconnect(object_to)
    assert Theme.objects.filter(name=theme.name).exists()


def test_a_record_with_children_added_changed_and_taken_away_is_announced_once():
    organisation = OrganisationFactory(
        contact_facts=[
            contact(Audience.PUBLIC, "blijft@example.nl"),
            contact(Audience.PUBLIC, "weg@example.nl"),
        ],
        tags=["blijft", "weg"],
    )
    stays = organisation.contact_facts.get(value="blijft@example.nl")
    stays.label = "ma tot vr"
    organisation.contact_facts = [stays, contact(Audience.PUBLIC, "nieuw@example.nl")]
    organisation.tags.set(["blijft"])
    with listening(*ALL) as heard:
        organisation.save()
    assert [(n, i) for n, i, _atomic in heard if isinstance(i, Organisation)] == [
        ("save_started", organisation),
        ("saved", organisation),
    ]
    assert OrganisationContactFact.objects.filter(record=organisation).count() == 2


def test_a_child_saved_or_deleted_alone_announces_its_parent_once():
    organisation = OrganisationFactory()
    fact = contact(Audience.PUBLIC, "alleen@example.nl", record=organisation)
    with listening(*ALL) as heard:
        fact.save()
    assert [(name, instance) for name, instance, _ in heard] == [
        ("save_started", organisation),
        ("saved", organisation),
    ]
    with listening(*ALL) as heard:
        fact.delete()
    assert names(heard) == ["save_started", "saved"]


def test_an_objection_to_a_child_saved_alone_undoes_it():
    organisation = OrganisationFactory()

    def object_to(sender, instance, **kwargs):
        raise RuntimeError

    signals.record_saved.connect(object_to)
    try:
        with pytest.raises(RuntimeError):
            contact(Audience.PUBLIC, "alleen@example.nl", record=organisation).save()
    finally:
        signals.record_saved.disconnect(object_to)
    assert not OrganisationContactFact.objects.filter(value="alleen@example.nl").exists()


def test_a_child_announces_its_parent_again_after_the_parent_failed_to_save():
    organisation = OrganisationFactory()

    def object_to(sender, instance, **kwargs):
        raise RuntimeError

    post_save.connect(object_to, sender=Organisation)
    try:
        with pytest.raises(RuntimeError):
            organisation.save()
    finally:
        post_save.disconnect(object_to, sender=Organisation)
    with listening("saved") as heard:
        contact(Audience.PUBLIC, "later@example.nl", record=organisation).save()
    assert names(heard) == ["saved"]


def test_deleting_a_queryset_announces_every_row_of_it():
    themes = [ThemeFactory() for _number in range(3)]
    with listening("delete_started", "deleted", model=Theme) as heard:
        Theme.objects.filter(pk__in=[theme.pk for theme in themes]).delete()
    assert sorted(names(heard)) == ["delete_started"] * 3 + ["deleted"] * 3


def test_nobody_changes_anything_when_nobody_is_named():
    change = current_change()
    assert (change.user, change.reason) == (None, "")


def test_who_changes_something_is_known_within_the_block_only():
    user = UserFactory()
    with changed_by(user, "Opgeruimd"):
        assert (current_change().user, current_change().reason) == (user, "Opgeruimd")
    assert current_change().user is None


def test_an_inner_block_keeps_what_it_does_not_say_itself():
    outer, inner = UserFactory(), UserFactory()
    with changed_by(outer, "Samengegaan"):
        with changed_by(None):
            assert (current_change().user, current_change().reason) == (outer, "Samengegaan")
        with changed_by(inner):
            assert (current_change().user, current_change().reason) == (inner, "Samengegaan")
        with changed_by(None, ""):
            assert (current_change().user, current_change().reason) == (outer, "")
        assert (current_change().user, current_change().reason) == (outer, "Samengegaan")


def test_a_block_that_fails_is_closed_as_well():
    with pytest.raises(RuntimeError), changed_by(UserFactory(), "Mislukt"):
        raise RuntimeError
    assert current_change().reason == ""


def test_the_user_of_the_admin_changes_it_when_nobody_else_is_named():
    user = UserFactory()
    with LogContext(user=user):
        assert current_change().user == user
        with changed_by(None, "Reden"):
            assert current_change().user == user
    assert current_change().user is None
