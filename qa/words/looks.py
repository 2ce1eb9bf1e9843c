"""Which characters look alike, from data/lookalikes.txt."""

from __future__ import annotations

from collections import defaultdict
from functools import cache

from qa.words.lexicon import derived, words


@derived
@cache
def _looks() -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for group in words("lookalikes.txt"):
        for char in group:
            found[char].update(group)
    return {char: frozenset(others - {char}) for char, others in found.items()}


def looks_like(char: str) -> frozenset[str]:
    """The characters that one is easily taken for."""
    return _looks().get(char, frozenset())
