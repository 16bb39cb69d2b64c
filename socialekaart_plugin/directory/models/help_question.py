"""The HelpQuestion model: a resident's question, such as "Ik voel me alleen"."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalManyToManyField
from modelcluster.models import ClusterableModel
from wagtail.search import index

from socialekaart_plugin.directory import signals
from socialekaart_plugin.foundation.announced_model import AnnouncedModel
from socialekaart_plugin.foundation.identity import IdentifiedModel
from socialekaart_plugin.vocabulary.models import TargetGroup, Theme

from .activity import Activity
from .organisation import Organisation


class HelpQuestion(index.Indexed, AnnouncedModel, IdentifiedModel, ClusterableModel):
    """A question in the first person, with the records that answer it.

    A record matches if it has one of the themes (if any) and one of the target groups (if any).
    Records picked by hand always match. If both are empty, only these match.
    """

    save_started = signals.record_save_started
    saved = signals.record_saved
    delete_started = signals.record_delete_started
    deleted = signals.record_deleted

    explanation = models.CharField(
        _("explanation"),
        max_length=300,
        blank=True,
        help_text=_("What someone may find here, in one or two plain sentences."),
    )
    themes = ParentalManyToManyField(
        Theme,
        blank=True,
        verbose_name=_("themes"),
        related_name="help_questions",
        help_text=_("Everything within these themes belongs to the question."),
    )
    target_groups = ParentalManyToManyField(
        TargetGroup,
        blank=True,
        verbose_name=_("target groups"),
        related_name="help_questions",
        help_text=_("Within the themes, only what is for these people. Empty: for everyone."),
    )
    organisations = ParentalManyToManyField(
        Organisation, blank=True, verbose_name=_("picked organisations"), related_name="+"
    )
    activities = ParentalManyToManyField(
        Activity, blank=True, verbose_name=_("picked activities"), related_name="+"
    )
    sort_order = models.PositiveIntegerField(_("order"), default=0, blank=True)

    search_fields = [index.SearchField("name"), index.AutocompleteField("name")]

    class Meta:
        verbose_name = _("help question")
        verbose_name_plural = _("help questions")
        ordering = ["sort_order", "name"]
