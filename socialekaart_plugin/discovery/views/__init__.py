"""Admin screens of search: lists of rules, the test bench, the record chooser."""

from .chooser import RecordChooserViewSet
from .health_panel import add_trouble_panel
from .listing import (
    CompoundIndexView,
    QueryRuleFilterSet,
    QueryRuleIndexView,
    StopRuleIndexView,
    SynonymIndexView,
)
from .prefilled_form import (
    CompoundCreateView,
    QueryRuleCreateView,
    StopRuleCreateView,
    SynonymCreateView,
)
from .test_bench import BenchView, may_try
from .test_bench_address import BENCH, bench_url

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
