"""The scores of the judged set are what one reckons by hand."""

import math

import pytest

from tests.discovery.judged.metrics import (
    must_not_match_score,
    ndcg_at,
    nothing_score,
    recall_at,
    score,
)

RELEVANT = {"a": 3, "b": 2, "c": 1}


class TestNdcg:
    def test_the_best_order_is_one(self) -> None:
        assert ndcg_at(["a", "b", "c", "x"], RELEVANT) == pytest.approx(1)

    def test_it_is_reckoned_by_place_and_grade(self) -> None:
        found = 2 / math.log2(2) + 3 / math.log2(4)
        ideal = 3 / math.log2(2) + 2 / math.log2(3) + 1 / math.log2(4)
        assert ndcg_at(["b", "x", "a"], RELEVANT) == pytest.approx(found / ideal)

    @pytest.mark.parametrize("ranked", [[], ["x", "y"], [*"0123456789", "a"]])
    def test_nothing_relevant_among_the_first_ten_is_zero(self, ranked: list[str]) -> None:
        assert ndcg_at(ranked, RELEVANT) == 0

    def test_the_ideal_is_cut_off_as_well(self) -> None:
        assert ndcg_at(["a"], RELEVANT, k=1) == pytest.approx(1)

    def test_what_is_found_twice_counts_once(self) -> None:
        assert ndcg_at(["a", "a", "b", "c"], RELEVANT) == pytest.approx(1)

    def test_where_nothing_is_relevant_nothing_can_be_missed(self) -> None:
        assert ndcg_at(["x"], {}) == 1


class TestRecall:
    def test_grade_one_need_not_be_found(self) -> None:
        assert recall_at(["x", "a", "b"], RELEVANT) == 1

    def test_half_of_it(self) -> None:
        assert recall_at(["c", "b"], RELEVANT) == 0.5

    def test_only_the_first_count(self) -> None:
        assert recall_at(["x", "y", "a", "b"], RELEVANT, k=3) == 0.5

    def test_more_than_can_be_found(self) -> None:
        assert recall_at(["a"], {"a": 3, "b": 3}, k=1) == 1

    def test_where_nothing_helps_nothing_can_be_missed(self) -> None:
        assert recall_at([], {"c": 1}) == 1


class TestMustNotMatch:
    def test_a_forbidden_record_at_any_place_is_zero(self) -> None:
        ranked = ["a", "b", "c", *map(str, range(50)), "no"]
        assert must_not_match_score(ranked, RELEVANT, ["no"]) == 0

    def test_else_the_order_counts(self) -> None:
        assert must_not_match_score(["a", "b", "c"], RELEVANT, ["no"]) == pytest.approx(1)
        assert must_not_match_score(["x"], RELEVANT, ["no"]) == 0

    @pytest.mark.parametrize("relevant", [{}, {"c": 1}])
    def test_where_nothing_helps_it_is_enough_to_leave_it_out(self, relevant) -> None:
        assert must_not_match_score([], relevant, ["no"]) == 1
        assert must_not_match_score(["x"], relevant, ["no"]) == 1
        assert must_not_match_score(["no"], relevant, ["no"]) == 0


class TestNothing:
    def test_nothing_found_is_one(self) -> None:
        assert nothing_score([], {}) == 1

    def test_what_was_judged_bearable_may_be_found(self) -> None:
        assert nothing_score(["c"], {"c": 1}) == 1

    def test_anything_else_is_zero(self) -> None:
        assert nothing_score(["c", "x"], {"c": 1}) == 0


def test_each_class_has_its_measure() -> None:
    assert score("synonym", ["a", "b", "c"], RELEVANT) == pytest.approx(1)
    assert score("must_not_match", ["a", "no"], RELEVANT, ["no"]) == 0
    assert score("nothing", ["x"], {}) == 0
