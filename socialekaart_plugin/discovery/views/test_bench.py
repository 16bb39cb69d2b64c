"""The test bench: shows the plan and results of a query, and the effect of a changed rule."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.permissions import ModelPermissionPolicy

from socialekaart_plugin.discovery.forms import BenchForm
from socialekaart_plugin.discovery.models import (
    CompoundWord,
    QueryRule,
    StopRule,
    SynonymGroup,
)
from socialekaart_plugin.discovery.panels import title_of
from socialekaart_plugin.discovery.query.plan import QueryPlan
from socialekaart_plugin.discovery.search import SearchRequest, SearchResults, search
from socialekaart_plugin.discovery.selectors import (
    named_records,
    newest_mark,
    plan_rules,
)
from socialekaart_plugin.foundation.audiences import Audience

from .comparison import DEPTH, SHOWN, compared, in_one_sentence, listed
from .plan_description import steps_of, when_in_words, words_of
from .test_bench_address import bench_url
from .trial_rules import Addition, additions_of, rules_with

WORDING: tuple[Any, ...] = (SynonymGroup, StopRule, CompoundWord, QueryRule)


def may(user: Any, model: Any, *actions: str) -> bool:
    """Tell whether a user has any of these permissions on a model."""
    return bool(ModelPermissionPolicy(model).user_has_any_permission(user, actions))


def may_try(user: Any) -> bool:
    """Tell whether a user may use the test bench: those who may see any rules."""
    return any(may(user, model, "add", "change", "delete", "view") for model in WORDING)


class BenchView(WagtailAdminTemplateMixin, TemplateView):
    """The test bench; it changes nothing."""

    page_title = _("Try a query")
    header_icon = "search"
    template_name = "socialekaart_plugin/discovery/bench.html"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Refuse users who may see no rules."""
        if not may_try(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Return a link to the dashboard."""
        return [*self.breadcrumbs_items, {"url": "", "label": self.get_page_title()}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Search; twice when there is a change to test."""
        form = BenchForm(self.request.GET or None, for_user=self.request.user)
        context: dict[str, Any] = super().get_context_data(**kwargs)
        context |= {
            "form": form,
            "media": form.media,
            "bench_url": bench_url(),
            "lists": self._lists(),
            "tries_change": _tries_change(form),
        }
        if form.is_valid() and form.cleaned_data["q"].strip():
            context |= self._outcome(form.cleaned_data)
        return context

    def _outcome(self, typed: dict[str, Any]) -> dict[str, Any]:
        audience: Audience = typed.get("audience", Audience.PUBLIC)
        request = SearchRequest(
            text=typed["q"], audience=audience, limit=DEPTH, explain=True, counted=()
        )
        rules, additions = plan_rules(newest_mark()), additions_of(typed)
        before = search(request, rules=rules)
        if not additions:
            side = {"results": before, "lines": listed(before), **_in_words(before, audience)}
            return {"sides": [side], "shown": SHOWN}
        proposed = rules_with(rules, additions)
        after = search(request, rules=proposed)
        lines = compared(before, after)
        return {
            "sides": [
                {
                    "title": title,
                    "results": results,
                    "lines": shown,
                    **_in_words(results, audience),
                }
                for title, results, shown in (
                    (_("As it is now"), before, lines[0]),
                    (_("With this change"), after, lines[1]),
                )
            ],
            "sentence": in_one_sentence(before, after),
            "additions": self._addable(additions),
            "shown": SHOWN,
        }

    def _addable(self, additions: list[Addition]) -> list[Addition]:
        return [one for one in additions if may(self.request.user, one.model, "add")]

    def _lists(self) -> list[dict[str, str]]:
        return [
            {
                "url": reverse(model.snippet_viewset.get_url_name("list")),
                "label": capfirst(str(model._meta.verbose_name_plural)),
            }
            for model in WORDING
            if may(self.request.user, model, "add", "change", "delete", "view")
        ]


def _tries_change(form: BenchForm) -> bool:
    names = ("terms", "word", "does_not_find", "compound", "record_uuid")
    return any(form[name].value() for name in names)


def _in_words(results: SearchResults, audience: Audience) -> dict[str, Any]:
    plan: QueryPlan = results.plan
    named = named_records(pks=[*plan.pinned, *plan.excluded], audience=audience)
    return {
        "words": words_of(plan),
        "minimum": plan.minimum if 0 < plan.minimum < len(plan.clauses) else 0,
        "steps": steps_of(plan),
        "when": when_in_words(plan.when),
        "pinned": [title_of(named.get(pk)) for pk in plan.pinned],
        "excluded": [title_of(named.get(pk)) for pk in plan.excluded],
    }
