import pytest

from socialekaart_plugin.discovery.engines.elasticsearch import response_cache
from socialekaart_plugin.discovery.engines.elasticsearch.checkpoint import Checkpoint
from socialekaart_plugin.discovery.engines.elasticsearch.response_cache import (
    ResponseCache,
    cache_key,
)

STATE = Checkpoint(7, "7-a", "areas", "questions")


def answer(text: str = "Bureau Budget"):
    return STATE, {"hits": {"hits": [{"_source": {"name": text}}]}}


@pytest.fixture
def kept() -> ResponseCache:
    return ResponseCache(1_000)


def test_an_answer_comes_back_as_it_was_with_the_state_of_the_index(kept):
    kept.put("7-a", b"one", answer())
    assert kept.get("7-a", b"one") == answer()
    assert kept.get("7-a", b"other") is None


def test_who_gets_an_answer_may_change_it(kept):
    kept.put("7-a", b"one", answer())
    _state, given = kept.get("7-a", b"one")
    given["hits"]["hits"].clear()
    assert kept.get("7-a", b"one") == answer()


@pytest.mark.parametrize("change", ["8-b", "7-other", "6-before", ""])
def test_at_another_change_nothing_is_kept(kept, change):
    kept.put("7-a", b"one", answer())
    assert kept.get(change, b"one") is None


def test_with_another_change_all_of_before_goes(kept):
    kept.put("7-a", b"one", answer())
    kept.put("8-b", b"two", answer("Club"))
    assert kept.get("7-a", b"one") is None
    assert kept.get("8-b", b"one") is None
    assert kept.get("8-b", b"two") == answer("Club")


def test_what_was_used_last_stays(kept):
    texts = {name: str(name) * 300 for name in (b"one", b"two")}
    for name, text in texts.items():
        kept.put("7-a", name, answer(text[:300]))
    assert kept.get("7-a", b"one")
    kept.put("7-a", b"three", answer("3" * 300))
    assert kept.get("7-a", b"one")
    assert kept.get("7-a", b"two") is None
    assert kept.get("7-a", b"three")


def test_what_is_larger_than_all_there_is_room_for_is_not_kept(kept):
    kept.put("7-a", b"one", answer())
    kept.put("7-a", b"two", answer("x" * 1_000))
    assert kept.get("7-a", b"two") is None
    assert kept.get("7-a", b"one") == answer()


def test_what_no_change_tells_is_asked_anew_after_a_minute(monkeypatch):
    monkeypatch.setattr(response_cache, "MAX_AGE", 0.0)
    kept = ResponseCache(1_000)
    kept.put("7-a", b"one", answer())
    assert kept.get("7-a", b"one") is None


def test_a_question_is_its_whole_request_and_which_copies_answer():
    body = {"query": {"term": {"audiences": "public"}}, "size": 20}
    same = cache_key(dict(body), "q")
    assert cache_key(body, "q") == same
    assert cache_key(body, "r") != same
    assert cache_key({**body, "size": 21}, "q") != same
    assert cache_key({**body, "query": {"term": {"audiences": "referrer"}}}, "q") != same


def test_a_question_may_hold_what_is_no_text():
    strange = [cache_key({"term": value}, "") for value in ("\ud800", "\ud801", "\x00", "é")]
    assert len(set(strange)) == len(strange)
