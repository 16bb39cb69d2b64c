"""The words that one audience finds something with: for typing errors and first parts of words."""

from collections.abc import Iterable

from socialekaart_plugin.discovery.engines.base import Engine, EngineQuery
from socialekaart_plugin.discovery.query.plan import Alternative, Clause
from socialekaart_plugin.foundation.audiences import Audience
from socialekaart_plugin.language import Analyzer

#: So many more words are looked at than are asked for: some are not for all.
_SPARE = 4


class KnownWords:
    """The words of records that an audience may see; the vocabulary that a plan asks."""

    def __init__(self, engine: Engine, audience: Audience, analyzer: Analyzer) -> None:
        """Look in this engine, as this audience."""
        self._engine = engine
        self._audience = audience
        self._analyzer = analyzer

    def has(self, stem: str) -> bool:
        """Tell whether some record has a stem."""
        return bool(self.numbers([stem])[0])

    def numbers(self, stems: Iterable[str]) -> list[int]:
        """Return how many records have each stem."""
        return self._totals([Alternative(tokens=(stem,)) for stem in stems])

    def words_like(self, word: str, *, prefix: bool, limit: int) -> list[str]:
        """Return folded words that begin so, or resemble it; best first."""
        words = self._engine.words_like(word, prefix=prefix, limit=limit * _SPARE)
        totals = self._totals([Alternative((each,), is_literal=True) for each in words])
        return [each for each, total in zip(words, totals, strict=True) if total][:limit]

    def _totals(self, alternatives: list[Alternative]) -> list[int]:
        return self._engine.totals(
            [
                EngineQuery(clauses=(Clause("", (each,)),), minimum=1, audience=self._audience)
                for each in alternatives
            ]
        )
