"""The words for which an audience gets results; used for spelling correction and completion."""

from collections.abc import Iterable

from socialekaart_plugin.discovery.engines.base import Engine, EngineQuery
from socialekaart_plugin.discovery.query.plan import Alternative, Clause
from socialekaart_plugin.foundation.audiences import Audience
from socialekaart_plugin.language import Analyzer

#: Candidates per requested word, because some give this audience no results.
_OVERSAMPLING = 4


class AudienceWords:
    """Words of the records that an audience may see; a `query.KnownWords`."""

    def __init__(self, engine: Engine, audience: Audience, analyzer: Analyzer) -> None:
        """Search in this engine, for this audience."""
        self._engine = engine
        self._audience = audience
        self._analyzer = analyzer

    def has(self, stem: str) -> bool:
        """Tell whether any record has a stem."""
        return bool(self.document_counts([stem])[0])

    def document_counts(self, stems: Iterable[str]) -> list[int]:
        """Return the document frequency of each stem."""
        return self._totals([Alternative(tokens=(stem,)) for stem in stems])

    def words_like(self, word: str, *, prefix: bool, limit: int) -> list[str]:
        """Return folded words that start with `word`, or resemble it; best first."""
        words = self._engine.words_like(word, prefix=prefix, limit=limit * _OVERSAMPLING)
        totals = self._totals([Alternative((each,), is_literal=True) for each in words])
        return [each for each, total in zip(words, totals, strict=True) if total][:limit]

    def _totals(self, alternatives: list[Alternative]) -> list[int]:
        return self._engine.totals(
            [
                EngineQuery(clauses=(Clause("", (each,)),), minimum=1, audience=self._audience)
                for each in alternatives
            ]
        )
