"""Finding figures, passages and reports by words and vectors."""

from __future__ import annotations

import logging
from collections.abc import Collection

from index import ledger_content, words
from index.database import reading
from index.errors import VectorsError, VectorsUnreachableError
from index.model import Expand, FigureHit, PassageHit
from index.repair import sound_vectors
from index.search import Key, fuse
from index.store import Store

log = logging.getLogger(__name__)

_CANDIDATES = 100
_ABOUT = 300  # texts that tell which reports a question may be about


class Searching:
    """Searches in one store. `damaged` becomes true when its vectors cannot be read.

    Args:
        expand: gives further words that mean what a question says.
    """

    def __init__(self, store: Store, expand: Expand | None) -> None:
        self._store = store
        self.expand = expand
        self.damaged = False

    def figures(
        self,
        query: str,
        *,
        reports: Collection[int] | None = None,
        limit: int = 200,
        vectors: bool = False,
    ) -> list[FigureHit]:
        """Figures whose descriptions fit `query`, best first.

        Args:
            vectors: also by meaning, and the score is that of `search_passages`; else by shared
                words alone, and the score is BM25, which has no upper bound.
        """
        if vectors:
            ranked = self._search(words.FIGURES, query, reports, limit)
            return [FigureHit(key[0], key[1], score) for key, score in ranked]
        found = self._words(words.FIGURES, query, reports, limit)
        return [FigureHit(hit.report, hit.no, hit.score) for hit in found]

    def reports_about(
        self, query: str, *, reports: Collection[int] | None = None, limit: int = 24
    ) -> list[int]:
        """The reports whose figures and passages fit `query` best by their words, best first."""
        hits: list[tuple[int, float]] = []
        for table in (words.FIGURES, words.PASSAGES):
            found = self._words(table, query, reports, _ABOUT)
            best = max((hit.score for hit in found), default=0.0)
            hits += [(hit.report, hit.score / best) for hit in found if best > 0]
        ranked = sorted(hits, key=lambda hit: -hit[1])
        return list(dict.fromkeys(report for report, _ in ranked))[:limit]

    def passages(
        self, query: str, *, reports: Collection[int] | None = None, limit: int | None = None
    ) -> list[PassageHit]:
        """Passages that fit `query`, best first, by words and vectors together.

        The best possible score is 1 plus the weight of the vectors. `limit` is the setting
        `search_passages` where None. Where a reranker is set, the first `rerank_passages` stand
        in its order; scores stay as they are.
        """
        settings = self._store.settings
        count = limit or settings.search_passages
        reranker = self._store.reranker
        if reranker is None:
            return self._passages(self._search(words.PASSAGES, query, reports, count))
        depth = settings.rerank_passages
        found = self._passages(self._search(words.PASSAGES, query, reports, max(count, depth)))
        head = found[:depth]
        order = reranker.order(query, [hit.text for hit in head])
        return [*(head[at] for at in order), *found[depth:]][:count]

    def _words(
        self, table: str, query: str, reports: Collection[int] | None, limit: int
    ) -> list[words.WordHit]:
        further = list(self.expand(query)) if self.expand else []
        total = self._store.current().totals[table]
        with reading(self._store.engine) as connection:
            return words.search(
                connection, table, query, total=total, also=further, reports=reports, limit=limit
            )

    def _search(
        self, table: str, query: str, reports: Collection[int] | None, limit: int
    ) -> list[tuple[Key, float]]:
        ready = self._store.current().ready
        wanted = None if reports is None else ready & frozenset(reports)
        found = self._words(table, query, wanted, max(_CANDIDATES, limit))
        cosines = self._cosines(table, query, found, wanted, ready)
        return fuse(found, cosines, self._store.settings.fusion_weight)[:limit]

    def _cosines(
        self,
        table: str,
        query: str,
        found: list[words.WordHit],
        wanted: frozenset[int] | None,
        ready: frozenset[int],
    ) -> dict[Key, float]:
        """The cosines of the texts nearest to the question and of those found by words."""
        within = ready if wanted is None else wanted
        if self._store.settings.fusion_weight == 0 or not within:
            return {}
        if self._store.embedder_changed():
            return {}
        row = self._store.encoder.query(query)
        if not row.any():
            return {}
        try:
            vectors = sound_vectors(self._store)
            near = vectors.nearest(table, row, _CANDIDATES, wanted, share=len(within) / len(ready))
            near = {key: cosine for key, cosine in near.items() if key[0] in ready}
            rest = {(hit.report, hit.no) for hit in found} - near.keys()
            return near | vectors.cosines(table, row, rest)
        except VectorsUnreachableError as error:
            log.warning("%s；本次仅按字词检索", error)
            return {}
        except VectorsError as error:
            log.warning("向量索引已损坏，本次仅按字词检索：%s", error)
            self.damaged = True
            return {}

    def neighbours(self, hit: PassageHit) -> list[PassageHit]:
        """The passages just before and after a hit in its section, as far as there are any."""
        beside = [((hit.report, no), 0.0) for no in (hit.no - 1, hit.no + 1) if no >= 0]
        found = self._passages(beside)
        return [each for each in found if each.section_path == hit.section_path]

    def _passages(self, ranked: list[tuple[Key, float]]) -> list[PassageHit]:
        with reading(self._store.engine) as connection:
            rows = ledger_content.passages_at(connection, [key for key, _ in ranked])
        return [
            PassageHit(
                key[0], key[1], each.first_block, each.last_block, each.text, each.path, score
            )
            for key, score in ranked
            if (each := rows.get(key)) is not None
        ]
