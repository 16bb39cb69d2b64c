"""The index follows the database: everything, once, in order, and nothing that was withdrawn."""

from dataclasses import replace

import pytest
from django.db import DataError, connection, transaction

from socialekaart_plugin.directory.actions import withdraw_record
from socialekaart_plugin.discovery.engines.base import EngineQuery
from socialekaart_plugin.discovery.engines.elasticsearch import help_question_facet, replication
from socialekaart_plugin.discovery.engines.elasticsearch.bulk_writer import RefusedError, writing
from socialekaart_plugin.discovery.engines.elasticsearch.engine import ElasticsearchEngine
from socialekaart_plugin.discovery.engines.elasticsearch.errors import IndexTroubleError
from socialekaart_plugin.discovery.engines.elasticsearch.help_question_facet import (
    gathered_otherwise,
)
from socialekaart_plugin.discovery.engines.elasticsearch.indices import (
    IndexGoneError,
    NotBuiltError,
)
from socialekaart_plugin.discovery.engines.elasticsearch.replication import Index
from socialekaart_plugin.discovery.engines.elasticsearch.source_rows import rows_of
from socialekaart_plugin.discovery.engines.reference_data import Vocabulary
from socialekaart_plugin.discovery.reanalysis import continue_reanalysis, start_reanalysis
from socialekaart_plugin.discovery.selectors import current_analyzer
from socialekaart_plugin.foundation.audiences import Audience
from socialekaart_plugin.models import CompoundWord, IndexChange, PublishedRecord
from tests.discovery.elastic import scratch_configuration
from tests.discovery.elasticsearch.looking import document, its_indices, kept, names, silent
from tests.factories import (
    HelpQuestionFactory,
    OrganisationFactory,
    ThemeFactory,
    change,
    contact,
    publish,
)

pytestmark = [pytest.mark.django_db, pytest.mark.elasticsearch]


@pytest.fixture
def built(index, town):
    index.rebuild(progress=silent)
    return index


def as_if_new(index):
    """What a new index of the same database holds."""
    with scratch_configuration() as other:
        new = Index(other, current_analyzer)
        new.rebuild(progress=silent)
        return kept(new)


def test_what_is_published_comes_along_and_what_was_there_is_not_sent_again(built):
    assert built.sync(progress=silent).documents == 0
    OrganisationFactory(public=True, name="Nieuw koor")
    assert built.sync(progress=silent).documents == 1
    assert "nieuw koor" in names(built)
    assert built.sync(progress=silent).documents == 0


def test_an_index_that_followed_holds_what_a_new_one_would(built, town):
    OrganisationFactory(public=True, name="Nieuw koor")
    change(town.bureau, name="Geldloket")
    publish(town.bureau)
    withdraw_record(record=town.club, reason="Gestopt")
    built.sync(progress=silent)
    assert kept(built) == as_if_new(built)


def test_sending_all_of_it_once_more_changes_nothing(built):
    before = kept(built)
    name = built.indices.live_index()
    built.indices.write_checkpoint(name, replace(built.state(), synced_to=0))
    assert built.sync(progress=silent).documents >= len(before)
    assert kept(built) == before


def test_a_change_that_no_word_shows_reaches_the_payload(built):
    record = OrganisationFactory(public=True, name="Telefooncentrale")
    built.sync(progress=silent)
    assert "079-1234567" not in str(kept(built))
    change(record, contact_facts=[contact(Audience.PUBLIC, "079-1234567", kind="phone")])
    publish(record)
    built.sync(progress=silent)
    assert "079-1234567" in str(kept(built))


def test_a_telephone_number_that_is_taken_back_leaves_the_index(built):
    stays = contact(Audience.PUBLIC, "blijft@example.nl")
    facts = [stays, contact(Audience.PUBLIC, "079-1234567", kind="phone")]
    record = OrganisationFactory(public=True, contact_facts=facts)
    built.sync(progress=silent)
    assert "079-1234567" in str(kept(built))
    change(record, contact_facts=[contact(Audience.PUBLIC, "blijft@example.nl")])
    publish(record)
    built.sync(progress=silent)
    assert "079-1234567" not in str(kept(built))


def test_what_is_withdrawn_leaves(built, town):
    assert "cursus rondkomen" in names(built)
    withdraw_record(record=town.course, reason="Gestopt")
    built.sync(progress=silent)
    assert "cursus rondkomen" not in names(built)


def test_what_only_referrers_see_is_a_document_of_its_own_and_goes_when_all_see_the_same(
    built, town
):
    def keys():
        record = PublishedRecord.objects.get(uuid=town.course.uuid).pk
        audiences = {key: each["audiences"] for key, each in kept(built).items()}
        return [audiences.get(2 * record), audiences.get(2 * record + 1)]

    assert keys() == [["public"], ["referrer"]]
    town.for_referrers.audience = Audience.PUBLIC
    town.for_referrers.save()
    built.sync(progress=silent)
    assert keys() == [["public", "referrer"], None]
    town.for_referrers.audience = Audience.REFERRER
    town.for_referrers.save()
    built.sync(progress=silent)
    assert keys() == [["public"], ["referrer"]]


def test_an_area_that_lies_elsewhere_is_said_anew_of_every_document(built, town):
    record = OrganisationFactory(public=True, name="Wijkteam", areas_served=[town.centre])
    built.sync(progress=silent)
    assert set(document(built, record)["facets"]["area"]) >= {"centrum", "stad"}
    town.centre.parent = None
    town.centre.save()
    built.sync(progress=silent)
    assert "stad" not in document(built, record)["facets"]["area"]
    assert kept(built) == as_if_new(built)


def said_by(index, record):
    """The help questions that a document says it is gathered by."""
    pairs = (each.partition("=") for each in document(index, record)["counted"])
    return {value for facet, _equals, value in pairs if facet == "help_question"}


def test_only_documents_that_a_help_question_gathers_otherwise_are_sent_anew(built, town):
    choir, shop = (OrganisationFactory(public=True, name=name) for name in ("Koor", "Winkel"))
    question = HelpQuestionFactory(name="Wie zingt er mee?", organisations=[choir])
    slug = question.slug
    built.sync(progress=silent)
    assert (said_by(built, choir), said_by(built, shop)) == ({slug}, set())
    question.organisations.set([shop])
    question.save()
    assert built.sync(progress=silent).documents == 2
    assert (said_by(built, choir), said_by(built, shop)) == (set(), {slug})
    assert kept(built) == as_if_new(built)
    question.delete()
    assert built.sync(progress=silent).documents == 1
    assert said_by(built, shop) == set()
    assert kept(built) == as_if_new(built)


def test_a_help_question_of_a_theme_gathers_what_lies_under_it(built, town):
    record = OrganisationFactory(public=True, name="Koor")
    built.sync(progress=silent)
    theme = ThemeFactory(name="Muziek")
    question = HelpQuestionFactory(name="Wie maakt muziek?", themes=[theme])
    change(record, themes=[ThemeFactory(name="Zang", parent=theme)])
    publish(record)
    built.sync(progress=silent)
    assert question.slug in said_by(built, record)
    assert kept(built) == as_if_new(built)


def test_batches_of_what_is_gathered_otherwise_miss_nothing(built, town, in_twos):
    records = [OrganisationFactory(public=True, name=f"Koor {number}") for number in range(5)]
    built.sync(progress=silent)
    question = HelpQuestionFactory(name="Wie zingt er mee?", organisations=records)
    built.sync(progress=silent)
    assert all(question.slug in said_by(built, record) for record in records)
    assert kept(built) == as_if_new(built)


def test_many_help_questions_are_looked_at_in_parts(built, town, monkeypatch):
    monkeypatch.setattr(help_question_facet, "_MOST_WAYS", 1)
    choir, shop = (OrganisationFactory(public=True, name=name) for name in ("Koor", "Winkel"))
    built.sync(progress=silent)
    for name, record in (("Wie zingt er?", choir), ("Wie koopt er?", shop)):
        HelpQuestionFactory(name=name, organisations=[record])
    built.sync(progress=silent)
    assert kept(built) == as_if_new(built)


def test_an_index_that_goes_while_it_is_looked_into_is_known_to_be_gone(built):
    with pytest.raises(IndexGoneError):
        list(gathered_otherwise(built.client, built.indices.new_name(), Vocabulary()))


def test_counts_of_help_questions_hold_before_documents_say_so(built, town, configured):
    def counted():
        query = EngineQuery(counted=("help_question", "kind"), limit=0)
        answer = ElasticsearchEngine(configured, current_analyzer).search(query)
        return answer.counts["help_question"]

    choir, shop = (OrganisationFactory(public=True, name=name) for name in ("Koor", "Winkel"))
    question = HelpQuestionFactory(name="Wie zingt er mee?", organisations=[choir])
    built.sync(progress=silent)
    assert counted()[question.slug] == 1
    assert counted()[question.slug] == 1
    question.organisations.set([choir, shop])
    question.save()
    assert counted()[question.slug] == 2
    built.sync(progress=silent)
    built.client.indices.refresh(index=built.indices.live_index())
    assert counted()[question.slug] == 2
    assert counted()[question.slug] == 2


def test_changed_compounds_reach_the_index(built):
    record = OrganisationFactory(public=True, name="Wielewaalkwijl")
    built.sync(progress=silent)
    assert "kwijl" not in document(built, record)["name_parts"].split()
    CompoundWord.objects.create(word="wielewaal")
    CompoundWord.objects.create(word="kwijl")
    start_reanalysis()
    continue_reanalysis()
    built.sync(progress=silent)
    assert "kwijl" in document(built, record)["name_parts"].split()
    assert kept(built) == as_if_new(built)


def test_nothing_older_comes_over_something_newer(built, town):
    key = 2 * PublishedRecord.objects.get(uuid=town.bureau.uuid).pk
    reader, old = built.reader(built.lexicon()), rows_of([key])
    change(town.bureau, name="Geldloket")
    publish(town.bureau)
    built.sync(progress=silent)
    with writing(built.client, built.indices.live_index()) as writer:
        writer.send(old, reader)
    assert document(built, town.bureau)["sort_name"] == "geldloket"


def test_a_slow_writer_does_not_bring_back_what_was_withdrawn(built, town):
    key = 2 * PublishedRecord.objects.get(uuid=town.bureau.uuid).pk
    reader, old = built.reader(built.lexicon()), rows_of([key])
    withdraw_record(record=town.bureau, reason="Gestopt")
    built.sync(progress=silent)
    with writing(built.client, built.indices.live_index()) as writer:
        writer.send(old, reader)
    assert document(built, town.bureau) is None


def test_a_slow_writer_does_not_bring_back_areas_as_they_lay(built, town):
    record = OrganisationFactory(public=True, name="Wijkteam", areas_served=[town.centre])
    built.sync(progress=silent)
    key = 2 * PublishedRecord.objects.get(uuid=record.uuid).pk
    reader = built.reader(built.lexicon())
    town.centre.parent = None
    town.centre.save()
    built.sync(progress=silent)
    with writing(built.client, built.indices.live_index()) as writer:
        writer.send(rows_of([key]), reader)
    assert "stad" not in document(built, record)["facets"]["area"]


@pytest.mark.usefixtures("in_twos")
def test_two_that_sync_at_the_same_time_do_no_harm(built, configured):
    for number in range(9):
        OrganisationFactory(public=True, name=f"Koor {number}")
    other = Index(configured, current_analyzer)
    seen = []

    def meanwhile(done, total):
        if not seen:
            seen.append(other.sync(progress=silent).documents)
            OrganisationFactory(public=True, name="Koor van daarna")

    assert built.sync(progress=meanwhile).documents == 9
    assert seen == [9]
    assert built.sync(progress=silent).documents == 1
    assert kept(built) == as_if_new(built)


@pytest.mark.usefixtures("in_twos")
def test_the_one_that_ends_last_may_say_less_and_nothing_is_lost(built, configured):
    OrganisationFactory(public=True, name="Koor Een")
    other = Index(configured, current_analyzer)

    def meanwhile(done, total):
        OrganisationFactory(public=True, name="Koor Twee")
        other.sync(progress=silent)

    built.sync(progress=meanwhile)
    assert {"koor een", "koor twee"} <= set(names(built))
    assert built.sync(progress=silent).documents == 1


@pytest.mark.usefixtures("in_twos")
def test_an_interrupted_run_goes_on_where_it_was(built, monkeypatch):
    monkeypatch.setattr(replication, "BATCHES_A_CHECKPOINT", 1)
    for number in range(8):
        OrganisationFactory(public=True, name=f"Koor {number}")

    def ends(done, total):
        if done >= 4:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        built.sync(progress=ends)
    # Of the last change that it says there may be more: that one is sent again.
    assert built.sync(progress=silent).documents == 5
    assert kept(built) == as_if_new(built)


def test_what_changes_while_it_runs_is_for_the_next_run(built):
    OrganisationFactory(public=True, name="Koor Een")
    built.sync(progress=lambda _done, _total: OrganisationFactory(public=True, name="Koor Twee"))
    assert "koor twee" not in names(built)
    built.sync(progress=silent)
    assert "koor twee" in names(built)


def test_without_an_index_it_says_so_and_makes_none(index, town):
    with pytest.raises(NotBuiltError):
        index.sync(progress=silent)
    assert its_indices(index) == []


def test_an_index_that_goes_while_it_is_written_to_is_not_made_by_the_writing(built):
    OrganisationFactory(public=True, name="Koor Een")
    gone = built.indices.live_index()
    with pytest.raises(NotBuiltError):
        built.sync(progress=lambda _done, _total: built.indices.drop(gone))
    assert its_indices(built) == []


def test_a_database_that_went_back_is_noticed(built):
    with transaction.atomic():
        OrganisationFactory(public=True, name="Na de reservekopie")
        built.sync(progress=silent)
        transaction.set_rollback(True)
    with pytest.raises(NotBuiltError):
        built.sync(progress=silent)


def test_and_whoever_searches_then_is_answered_by_the_database(built, configured, town):
    def engine(*, use_cache=False):
        return ElasticsearchEngine(configured, current_analyzer, use_cache=use_cache)

    assert engine(use_cache=True).search(EngineQuery()).total == 3
    with transaction.atomic():
        OrganisationFactory(public=True, name="Na de reservekopie")
        built.sync(progress=silent)
        transaction.set_rollback(True)
    with pytest.raises(IndexTroubleError, match="another database"):
        engine().search(EngineQuery())
    # Of what was answered before nothing has changed.
    assert engine(use_cache=True).search(EngineQuery()).total == 3
    OrganisationFactory(public=True, name="Iets anders")
    for use_cache in (True, False):
        with pytest.raises(IndexTroubleError, match="another database"):
            engine(use_cache=use_cache).search(EngineQuery())


def test_also_when_as_much_was_done_since(built):
    with transaction.atomic():
        OrganisationFactory(public=True, name="Na de reservekopie")
        number = built.sync(progress=silent).checkpoint.synced_to
        transaction.set_rollback(True)
    while IndexChange.objects.order_by("pk").last().pk <= number:
        OrganisationFactory(public=True)
    with pytest.raises(NotBuiltError):
        built.sync(progress=silent)


@pytest.mark.usefixtures("in_twos")
def test_also_when_it_was_halfway(built, monkeypatch):
    monkeypatch.setattr(replication, "BATCHES_A_CHECKPOINT", 1)

    def ends(done, total):
        if done >= 4:
            raise KeyboardInterrupt

    with transaction.atomic():
        for number in range(8):
            OrganisationFactory(public=True, name=f"Koor {number}")
        with pytest.raises(KeyboardInterrupt):
            built.sync(progress=ends)
        assert 0 < built.state().synced_to < IndexChange.objects.order_by("pk").last().pk
        transaction.set_rollback(True)
    for _number in range(8):
        OrganisationFactory(public=True)
    with pytest.raises(NotBuiltError):
        built.sync(progress=silent)


def test_an_index_that_was_left_until_its_changes_are_forgotten_is_built_anew(built):
    IndexChange.objects.filter(pk=built.state().change[0]).delete()
    OrganisationFactory(public=True)
    with pytest.raises(NotBuiltError):
        built.sync(progress=silent)


def test_an_index_that_lost_what_it_says_is_built_anew(built):
    built.client.delete(index=built.indices.live_index(), id="state", refresh=True)
    with pytest.raises(NotBuiltError):
        built.sync(progress=silent)


@pytest.mark.parametrize("block", ["write", "read_only_allow_delete"])
def test_what_the_server_refuses_is_an_error_that_says_why_and_comes_along_later(built, block):
    OrganisationFactory(public=True, name="Koor Een")
    name, before = built.indices.live_index(), built.state()
    built.client.indices.put_settings(index=name, settings={f"index.blocks.{block}": True})
    with pytest.raises(RefusedError, match="block"):
        built.sync(progress=silent)
    assert built.state() == before
    built.client.indices.put_settings(index=name, settings={f"index.blocks.{block}": None})
    assert built.sync(progress=silent).documents == 1
    assert "koor een" in names(built)


def test_what_it_says_to_hold_can_be_found_in_every_part(db, town):
    with scratch_configuration(shards=3) as configured:
        index = Index(configured, current_analyzer)
        index.rebuild(progress=silent)
        records = [OrganisationFactory(public=True, name=f"Koor {n}") for n in range(12)]
        told = index.sync(progress=silent).checkpoint
        answer = index.client.search(
            index=configured.alias, query={"term": {"name_literal": "koor"}}, track_total_hits=True
        )
        assert index.state() == told
        assert answer["_shards"]["total"] == 3
        assert answer["hits"]["total"]["value"] == len(records)


def test_looking_whether_anything_is_newer_costs_few_queries(built, django_assert_max_num_queries):
    built.sync(progress=silent)
    with django_assert_max_num_queries(2, connection=connection):
        built.sync(progress=silent)


def test_half_a_character_does_not_stop_it(built, town):
    record = PublishedRecord.objects.get(uuid=town.club.uuid)
    record.public_payload["summary"] = record.referrer_payload["summary"] = "Half \ud83d teken"
    record.sequence += 1_000
    if connection.vendor != "sqlite":
        with pytest.raises(DataError), transaction.atomic():
            record.save()
        return
    record.save()
    from socialekaart_plugin.publication.signals import published_records_changed

    published_records_changed.send(sender=PublishedRecord, records=[record])
    built.sync(progress=silent)
    assert document(built, town.club)["public_payload"]["summary"] == "Half ? teken"
