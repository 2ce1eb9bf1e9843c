"""Whether a run of words is made of words of one source, in its order, and of words that join."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final

_SHORTEST: Final = 2  # characters of a piece that is taken from a source
_SHORTEST_PARTED: Final = 3  # … of two pieces between which words of the source are left out
_LONGEST_WORD: Final = 8
_LONGEST_RUN: Final = 200


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a run: a word of the lists (`source` is -1), or taken from a source at `at`."""

    text: str
    source: int
    at: int


@dataclass(frozen=True, slots=True)
class Covered:
    """How a run is made up; `bare` is what no source and no list has."""

    pieces: tuple[Piece, ...]
    bare: str


def cover(run: str, joining: Collection[str], sources: Sequence[str]) -> Covered:
    """The make-up of a run of Chinese words with the fewest characters that nothing backs.

    Pieces between two joining words come from one source, in its order, each of two characters at
    least (three where words between them are left out): words of a source are not put together anew.

    Args:
        run: without blanks and marks.
        joining: words that may stand anywhere.
        sources: texts that the other words must come from.
    """
    if len(run) > _LONGEST_RUN:
        return Covered((), run)

    @cache
    def best(
        at: int, source: int, position: int, taken: int
    ) -> tuple[int, int, tuple[Piece, ...], str]:
        """(characters not backed, pieces, the pieces, what is not backed) from `at` on."""
        if at == len(run):
            return 0, 0, (), ""
        options = []
        for word in _words(run, at, joining):
            rest = best(at + len(word), -1, 0, 0)
            options.append((rest[0], rest[1] + 1, (Piece(word, -1, 0), *rest[2]), rest[3]))
        for piece in _taken(run, at, source, position, sources):
            gap = source >= 0 and piece.at > position
            if gap and min(len(piece.text), taken) < _SHORTEST_PARTED:
                continue
            size = len(piece.text)
            rest = best(at + size, piece.source, piece.at + size, size)
            options.append((rest[0], rest[1] + 1, (piece, *rest[2]), rest[3]))
        if not options or min(option[0] for option in options) > 0:
            rest = best(at + 1, -1, 0, 0)
            options.append((rest[0] + 1, rest[1] + 1, rest[2], run[at] + rest[3]))
        return min(options, key=lambda option: option[:2])

    _, _, pieces, bare = best(0, -1, 0, 0)
    return Covered(pieces, bare)


def _words(run: str, at: int, joining: Collection[str]) -> Iterator[str]:
    for length in range(min(_LONGEST_WORD, len(run) - at), 0, -1):
        if run[at : at + length] in joining:
            yield run[at : at + length]


def _taken(
    run: str, at: int, source: int, position: int, sources: Sequence[str]
) -> Iterator[Piece]:
    """Longest pieces at `at`: of the source under way behind `position`, or of any from its start."""
    usable = range(len(sources)) if source < 0 else (source,)
    for number in usable:
        text, start = sources[number], position if source >= 0 else 0
        found = text.find(run[at : at + _SHORTEST], start) if at + _SHORTEST <= len(run) else -1
        while found >= 0:
            length = _SHORTEST
            while (
                at + length < len(run)
                and found + length < len(text)
                and run[at + length] == text[found + length]
            ):
                length += 1
            for taken in range(length, _SHORTEST - 1, -1):
                yield Piece(run[at : at + taken], number, found)
            found = text.find(run[at : at + _SHORTEST], found + 1)
