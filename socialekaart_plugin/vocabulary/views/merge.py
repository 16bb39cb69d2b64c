"""Merge words in two steps: choose and preview, then confirm."""

import re
from typing import Any, ClassVar
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_tasks import TaskResultStatus
from wagtail.admin import messages

from socialekaart_plugin.foundation.conf import conf
from socialekaart_plugin.vocabulary.actions import MergeError, merge_words
from socialekaart_plugin.vocabulary.actions.merge import require_mergeable
from socialekaart_plugin.vocabulary.forms import MergeForm
from socialekaart_plugin.vocabulary.tasks import merge_later
from socialekaart_plugin.vocabulary.word_users import MergePreview, word_users

from .base import WordScreen


def may_merge(viewset: Any, user: Any) -> bool:
    """Return whether a user may change the remaining word and delete the others."""
    may = viewset.permission_policy.user_has_permission
    return bool(may(user, "change") and may(user, "delete"))


def merge_url(viewset: Any, *words: Any) -> str:
    """Return the URL of the merge view for these words."""
    query = urlencode([("word", word.pk) for word in words])
    return f"{reverse(viewset.get_url_name('merge'))}?{query}"


class MergeView(WordScreen):
    """Choose the word that stays, preview the changes, merge."""

    template_name = "socialekaart_plugin/vocabulary/merge.html"
    page_title = gettext_lazy("Merge")
    header_icon = "collapse-down"
    permissions: ClassVar[tuple[str, ...]] = ("change", "delete")

    @cached_property
    def chosen(self) -> list[Any]:
        """The chosen words, by name; without deleted ones."""
        given = self.request.POST if self.request.method == "POST" else self.request.GET
        pks = {int(pk) for pk in given.getlist("word") if re.fullmatch(r"[0-9]{1,18}", pk)}
        return list(self.model.objects.filter(pk__in=pks).order_by("name"))

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Ask which word stays; show the preview."""
        if not self.chosen:
            messages.error(request, _("Choose what you want to merge."))
            return redirect(self.index_url)
        form = MergeForm(request.GET if "into" in request.GET else None, words=self.chosen)
        return self._screen(form)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Merge the words."""
        if not self.chosen:
            messages.error(request, _("What you want to merge does not exist any more."))
            return redirect(self.index_url)
        form = MergeForm(request.POST, words=self.chosen)
        if not form.is_valid():
            return self._screen(form)
        into = form.cleaned_data["into"]
        going = [word for word in self.chosen if word != into]
        refusals: tuple[type[Exception], ...] = (MergeError, *word_users().refusals)
        try:
            require_mergeable(going, into)
            word_users().require_unlocked(going, request.user)
            self._merge(going, into)
        except refusals as error:
            form.add_error("into", str(error))
            return self._screen(form)
        return redirect(self.index_url)

    def _merge(self, going: list[Any], into: Any) -> None:
        """Merge now, or enqueue a task for many records; tell the user which."""
        if word_users().merge_preview(going).total <= conf.FANOUT_LIMIT:
            merge_words(words=going, into=into, user=self.request.user)  # type: ignore[arg-type]
            self._say_done(into)
            return
        result = merge_later.enqueue(
            self.model._meta.model_name, [w.pk for w in going], into.pk, self.request.user.pk
        )
        if result.status == TaskResultStatus.SUCCESSFUL:
            self._say_done(into)
        elif result.is_finished:
            messages.error(self.request, _("Merging failed. Nothing was changed."))
        else:
            text = _("This concerns many records. It is being carried out, and takes some minutes.")
            messages.info(self.request, text)

    def _say_done(self, into: Any) -> None:
        buttons = [messages.button(self.edit_url(into), str(into))]
        messages.success(
            self.request, _("Merged into “%(name)s”.") % {"name": into}, buttons=buttons
        )

    def _screen(self, form: MergeForm) -> HttpResponse:
        into, preview = None, None
        if form.is_bound and form.is_valid():
            into = form.cleaned_data["into"]
            going = [word for word in self.chosen if word != into]
            try:
                require_mergeable(going, into)
            except MergeError as error:
                form.add_error("into", str(error))
            else:
                preview = word_users().merge_preview(going)
        context = self.get_context_data(
            form=form, into=into, words=self.chosen, preview=preview, **self._numbers(preview)
        )
        context["going"] = [word for word in self.chosen if word != into]
        return self.render_to_response(context)

    def _numbers(self, preview: MergePreview | None) -> dict[str, Any]:
        """Return the totals that the template cannot compute."""
        if preview is None:
            return {}
        shown = sum(number.live + number.drafts for number in preview.numbers)
        return {
            "shown": shown,
            "more": shown - len(preview.named),
            "takes_long": preview.total > conf.FANOUT_LIMIT,
            "rows": [
                {
                    "label": number.model._meta.verbose_name_plural,
                    "live": number.live,
                    "drafts": number.drafts,
                }
                for number in preview.numbers
            ],
        }

    def get_page_subtitle(self) -> str:
        """Name the words to merge."""
        return ", ".join(str(word) for word in self.chosen[:3]) + (
            "…" if len(self.chosen) > 3 else ""
        )
