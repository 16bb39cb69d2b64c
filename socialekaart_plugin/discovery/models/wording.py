"""The rules of editors: synonyms, stop rules, compounds, and rules for queries."""

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from socialekaart_plugin.language import folded_words


def check_has_word(value: str) -> None:
    """Refuse text without any word in it."""
    if not folded_words(value):
        raise ValidationError(gettext("Type at least one word."))


def check_is_one_word(value: str) -> None:
    """Refuse anything but a single word."""
    if len(folded_words(value)) != 1:
        raise ValidationError(gettext("Type one word, without spaces."))


class SynonymGroup(models.Model):
    """Words with the same meaning for search."""

    terms = models.TextField(
        _("words"),
        help_text=_(
            "One word or group of words on a line. Who types one of them also finds the others."
        ),
    )
    is_one_way = models.BooleanField(
        _("only from the first line"),
        default=False,
        help_text=_(
            "Who types the first line also finds the others, not the other way round: “Wmo” finds "
            "“hulp thuis”, but who looks for help at home does not find everything of the Wmo."
        ),
    )
    note = models.CharField(
        _("why"), max_length=200, blank=True, help_text=_("For colleagues: who asked for this?")
    )

    class Meta:
        verbose_name = _("synonyms")
        verbose_name_plural = _("synonyms")
        ordering = ["terms"]

    def __str__(self) -> str:
        return ", ".join(self.lines)

    @property
    def lines(self) -> list[str]:
        """The words, a line each; empty lines left out."""
        return [line.strip() for line in self.terms.splitlines() if line.strip()]

    def clean(self) -> None:
        """Refuse a group of fewer than two different terms."""
        if len({tuple(folded_words(line)) for line in self.lines} - {()}) < 2:
            raise ValidationError(
                {"terms": gettext("Type at least two different words, a line each.")}
            )


class StopRule(models.Model):
    """A word that does not find another form of it: "kaart" does not find "kaarten"."""

    word = models.CharField(
        _("whoever types"), max_length=60, validators=[check_is_one_word], help_text=_("One word.")
    )
    does_not_find = models.CharField(
        _("does not find"),
        max_length=60,
        validators=[check_is_one_word],
        help_text=_("One word, in the form that is not meant."),
    )

    class Meta:
        verbose_name = _("stop rule")
        verbose_name_plural = _("stop rules")
        ordering = ["word", "does_not_find"]
        constraints = [
            models.UniqueConstraint(
                fields=["word", "does_not_find"], name="socialekaart_one_stop_rule"
            )
        ]

    def __str__(self) -> str:
        return f"{self.word} ≠ {self.does_not_find}"

    def clean(self) -> None:
        """Refuse a word that would not find itself."""
        if folded_words(self.word) == folded_words(self.does_not_find):
            raise ValidationError({"does_not_find": gettext("This is the same word.")})


class CompoundWord(models.Model):
    """A part of compounds: with "schuld" and "hulp", both find "schuldhulp"."""

    word = models.CharField(
        _("word"),
        max_length=60,
        unique=True,
        validators=[check_is_one_word],
        help_text=_("At least three letters: shorter ones are part of too many words."),
    )
    is_left_out = models.BooleanField(
        _("leave out"),
        default=False,
        help_text=_("The word is on the list that comes with the app, and splits wrongly here."),
    )

    class Meta:
        verbose_name = _("part of compounds")
        verbose_name_plural = _("parts of compounds")
        ordering = ["word"]

    def __str__(self) -> str:
        return self.word

    def clean(self) -> None:
        """Fold the word, and refuse one that is too short."""
        words = folded_words(self.word)
        if len(words) == 1:
            self.word = words[0]
            if len(self.word) < 3:
                raise ValidationError({"word": gettext("Type at least three letters.")})


class QueryRule(models.Model):
    """A rule for one query: a record that comes first, or is left out."""

    class Effect(models.TextChoices):
        """What happens to the record."""

        PIN = "pin", _("comes first")
        EXCLUDE = "exclude", _("is left out")

    query = models.CharField(
        _("whoever types"),
        max_length=200,
        validators=[check_has_word],
        help_text=_("The whole query; capitals and accents do not matter."),
    )
    effect = models.CharField(_("what happens"), max_length=10, choices=Effect, default=Effect.PIN)
    record_uuid = models.UUIDField(
        _("organisation or activity"), help_text=_("Choose among what is public.")
    )
    sort_order = models.PositiveSmallIntegerField(
        _("order"),
        default=0,
        help_text=_("Of several that come first, the lowest number is first."),
    )

    class Meta:
        verbose_name = _("rule for a query")
        verbose_name_plural = _("rules for queries")
        ordering = ["query", "sort_order", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["query", "record_uuid"], name="socialekaart_one_rule_per_query_and_record"
            )
        ]

    def __str__(self) -> str:
        return f"“{self.query}”: {self.get_effect_display()}"


class Reanalysis(models.Model):
    """A run that reindexes all records, after a change of compounds."""

    started_at = models.DateTimeField(_("begun"), auto_now_add=True)
    finished_at = models.DateTimeField(_("ready"), null=True)
    #: Key of the last processed public record.
    last_pk = models.BigIntegerField(default=0)
    done = models.PositiveIntegerField(_("done"), default=0)
    total = models.PositiveIntegerField(_("of"), default=0)
    #: Of the analyzer; a later change starts a new run.
    mark = models.CharField(max_length=32)

    class Meta:
        verbose_name = _("reading anew")
        verbose_name_plural = _("readings anew")
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.done}/{self.total}"
