"""Screens of search in the admin: lists of words, the test bench, the choice of a record."""

from .bench import BenchView, may_try
from .bench_address import BENCH, bench_url
from .chooser import RecordChooserViewSet
from .listing import (
    CompoundIndexView,
    QueryRuleFilterSet,
    QueryRuleIndexView,
    StopRuleIndexView,
    SynonymIndexView,
)
from .prefilled import (
    CompoundCreateView,
    QueryRuleCreateView,
    StopRuleCreateView,
    SynonymCreateView,
)
from .trouble_panel import add_trouble_panel

__all__ = [
    "BENCH",
    "BenchView",
    "CompoundCreateView",
    "CompoundIndexView",
    "QueryRuleCreateView",
    "QueryRuleFilterSet",
    "QueryRuleIndexView",
    "RecordChooserViewSet",
    "StopRuleCreateView",
    "StopRuleIndexView",
    "SynonymCreateView",
    "SynonymIndexView",
    "add_trouble_panel",
    "bench_url",
    "may_try",
]
