"""Words and vectors in one ranking."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from index.words import WordHit

Key = tuple[int, int]


def fuse(
    words: Sequence[WordHit], cosines: Mapping[Key, float], weight: float
) -> list[tuple[Key, float]]:
    """``bm25 / best bm25 + weight · cosine``, best first.

    A weak vector model must not get an equal vote: the weight belongs to each model
    (docs/retrieval.md).
    """
    best = max((hit.score for hit in words), default=0.0)
    scores: dict[Key, float] = {key: weight * max(cos, 0.0) for key, cos in cosines.items()}
    for hit in words:
        key = (hit.report, hit.no)
        scores[key] = scores.get(key, 0.0) + (hit.score / best if best > 0 else 0.0)
    return sorted(scores.items(), key=lambda item: (-item[1], item[0]))
