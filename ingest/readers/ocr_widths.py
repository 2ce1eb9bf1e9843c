"""Numbers as wide as their characters: what is lost, doubled or run together shows in the width.

A recogniser may leave out a thin minus sign, or one of two like digits, and be sure of the rest.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from ingest.readers.ocr_text import UNSURE, Char

_NUMBER = re.compile(r"[-+△▲(]?(?P<digits>\d(?:[\d.,]*\d)?)[.,]?%?\)?")
_KINDS = ("0123456789", ".,", "-+", "%", "()", "△▲")
_USUAL = np.array([0.53, 0.27, 0.42, 0.85, 0.36, 0.9, -0.06, -0.08])
"""Of an em: how wide a digit, mark, sign … is; what the ink of a number lacks at its sides, and for
each 1 that stands there."""
_HOLD = 2.0  # how many numbers the usual widths weigh as much as
_ROUNDS = 3  # in which what does not fit is left out of the measuring
_FIT = 0.5  # ems within which a number is measured by
_INKED = 0.46  # of a digit: how far the ink of a number may miss its width
_SPACED = 0.5  # … the places of its first and last character, which are less exact
_FEW = 5  # numbers from which on their font is known


class Measured(NamedTuple):
    """The characters of a line, the width of its ink and its size, in pixels."""

    chars: list[Char]
    width: float
    size: float


class _Number(NamedTuple):
    chars: list[Char]
    first: int  # places in the line
    end: int
    counts: NDArray[np.float64]
    width: float  # ems
    whole: bool  # the line is the number


def doubt_widths(lines: Sequence[Measured]) -> None:
    """Lower the scores of numbers that are wider or narrower than their characters."""
    numbers = [number for line in lines for number in _numbers(line)]
    widths = _widths([number for number in numbers if number.whole])
    known = sum(number.whole for number in numbers) >= _FEW
    for number in numbers:
        expected = float(number.counts @ widths)
        within = (_INKED if number.whole and known else _SPACED) * widths[0]
        if abs(number.width - expected) > within:
            for at in range(number.first, number.end):
                char = number.chars[at]
                number.chars[at] = char._replace(score=min(char.score, UNSURE))


def _numbers(line: Measured) -> Iterator[_Number]:
    text = "".join(char.text for char in line.chars)
    bare = text.strip()
    for match in _NUMBER.finditer(text):
        start, end = match.span()
        whole = match[0] == bare
        if not whole:  # signs and % stand beside other characters: their places are less exact
            start, end = match.span("digits")
            if end - start < 2:
                continue
        free = np.zeros(len(_USUAL))
        for kind, members in enumerate(_KINDS):
            free[kind] = sum(text[at] in members for at in range(start, end))
        if whole:
            free[-2:] = 1, (text[start] == "1") + (text[end - 1] == "1")
            width = line.width
        else:
            width = line.chars[end - 1].middle - line.chars[start].middle
            free[0] -= 1  # half of the first and half of the last
        yield _Number(line.chars, start, end, free, width / line.size, whole)


def _widths(numbers: Sequence[_Number]) -> NDArray[np.float64]:
    """The widths of the characters on the page: the usual ones, moved by what is measured."""
    widths = _USUAL
    for _ in range(_ROUNDS):
        fitting = [n for n in numbers if abs(n.width - n.counts @ widths) < _FIT]
        if not fitting:
            return widths
        counts = np.array([number.counts for number in fitting])
        measured = np.array([number.width for number in fitting])
        weights = counts.T @ counts + _HOLD * np.eye(len(_USUAL))
        widths = np.linalg.solve(weights, counts.T @ measured + _HOLD * _USUAL)
    return np.asarray(widths)
