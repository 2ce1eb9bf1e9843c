"""Putting the first passages of a search into a better order: question and passage read together.

A cross-encoder reads both texts at once, which tells more than two vectors and costs more; so it
sees the first few passages only. There is none by default: the setting `reranker` names one.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from index.embedding import not_loaded
from ingest.settings import Settings


class Reranker:
    """A cross-encoder of sentence-transformers: a folder, or a name in its cache or on its hub.

    Raises:
        LibraryError: the model cannot be loaded (offline, nothing is fetched).
    """

    def __init__(self, settings: Settings) -> None:
        name = settings.reranker
        try:
            from sentence_transformers import CrossEncoder

            self._model: Any = CrossEncoder(
                name,
                device=settings.embedder_device,
                local_files_only=settings.offline,
                num_labels=1,
            )
        except (OSError, ValueError, RuntimeError) as error:
            hint = "请检查设置 reranker，或将其留空"
            raise not_loaded(f"重排模型 {name}", settings, error, hint) from error
        self._batch = settings.embedder_batch

    def order(self, query: str, texts: Sequence[str]) -> list[int]:
        """The positions of `texts`, the one that fits the question best first."""
        if not texts:
            return []
        scores = self._model.predict(
            [(query, text) for text in texts],
            batch_size=self._batch,
            show_progress_bar=False,
            convert_to_numpy=True,
        )
        return sorted(range(len(texts)), key=lambda at: -float(scores[at]))
