"""Folding text for matching without moving a character."""

from __future__ import annotations

import unicodedata
from itertools import pairwise

_MINUS = frozenset("‐‑‒–−﹣－")


class _Folding(dict[int, str]):
    """Translation table that is filled as characters are met."""

    def __missing__(self, code: int) -> str:
        char = chr(code)
        self[code] = folded = _fold_char(char)
        return folded


def _fold_char(char: str) -> str:
    if char in _MINUS:
        return "-"
    category = unicodedata.category(char)
    if category == "Zs":
        return " "
    if category == "No":  # ① and ² must not become the digits 1 and 2
        return char
    plain = unicodedata.normalize("NFKC", char)
    return plain if len(plain) == 1 else char


_TABLE = _Folding()


def fold(text: str) -> str:
    """`text` with full-width forms, odd spaces and odd minus signs made plain.

    The result has the same length, so that offsets into it are offsets into `text`. Circled and
    raised digits and characters whose plain form has another length (℃, ㎡, …) stay.
    """
    return text if text.isascii() else text.translate(_TABLE)


def compact(text: str) -> str:
    """`text` folded and without any white space: the form in which labels are compared."""
    return "".join(fold(text).split())


def _is_cjk(char: str) -> bool:
    return "\u2e80" <= char <= "\u9fff" or "\uf900" <= char <= "\uffef" or char in "“”‘’《》"


def tidy(text: str) -> str:
    """`text` with runs of white space made one space, and none beside a Chinese character.

    Chinese is written without spaces; those beside it come from broken lines and letter-spacing.
    """
    words = text.split()
    if len(words) < 2:
        return words[0] if words else ""
    parts = [words[0]]
    for before, word in pairwise(words):
        wide = _is_cjk(before[-1]) or _is_cjk(word[0]) or before[-1] in "([" or word[0] in "([)]"
        parts.append(word if wide else " " + word)
    return "".join(parts)
