"""What a recogniser cannot tell apart by the picture alone, set right by what stands around it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from ingest.simplified import is_traditional, simplified

_WIDE = {"(": "（", ")": "）", ",": "，", ":": "：", ";": "；", "?": "？", "!": "！"}
_LETTERS = {"O": "0", "o": "0", "l": "1", "I": "1", "|": "1"}
_FIRST = re.compile(r"[-—–－_一]\s?、")
_FIRST_LOST = re.compile(r"一一[\u4e00-\u9fff]{2}")
_IN_NUMBER = re.compile(r"(?<=\d)[OolI|](?=[\d.,])|(?<=\d[.,])[OolI|](?=\d)")
_UNSURE = 0.3  # score of a digit that was read as a letter


class Char(NamedTuple):
    """A recognised character: the middle of it, in pixels from the left of its picture, and how
    sure the recogniser is, 0 to 1."""

    text: str
    middle: float
    score: float


def is_cjk(text: str) -> bool:
    """True for Chinese characters and their punctuation."""
    return text > "\u2e7f"


def typeset(chars: Sequence[Char]) -> list[Char]:
    """The characters of a line as a Chinese text has them.

    A traditional character in a simplified line is the simplified one, which looks much like it.
    Brackets and marks beside Chinese characters are full width. ``一、`` at the beginning is
    mended where its stroke was read as a dash, or its comma was not seen. A letter inside a number
    is the digit that looks like it, with the score of a doubtful one.
    """
    line = _first_number(_in_simplified(chars))
    text = "".join(char.text for char in line)
    for match in _IN_NUMBER.finditer(text):
        at = match.start()
        line[at] = line[at]._replace(text=_LETTERS[match[0]], score=min(_UNSURE, line[at].score))
    wide = _bracketed(text)
    for at, char in enumerate(line):
        if char.text in _WIDE and (at in wide or _beside_chinese(text, at)):
            line[at] = char._replace(text=_WIDE[char.text])
    return line


def _in_simplified(chars: Sequence[Char]) -> list[Char]:
    strange = sum(is_traditional(char.text) for char in chars)
    if not strange or 2 * strange > sum(is_cjk(char.text) for char in chars):
        return [*chars]
    return [char._replace(text=simplified(char.text)) for char in chars]


def _first_number(line: list[Char]) -> list[Char]:
    text = "".join(char.text for char in line)
    if match := _FIRST.match(text):
        first = line[0]
        return [first._replace(text="一"), line[match.end() - 1], *line[match.end() :]]
    if _FIRST_LOST.match(text):
        middle = (line[0].middle + line[1].middle) / 2
        return [line[0], Char("、", middle, line[0].score), *line[1:]]
    return line


def _bracketed(text: str) -> set[int]:
    """The places of brackets that hold Chinese."""
    found: set[int] = set()
    opened: list[int] = []
    for at, char in enumerate(text):
        if char in "(（":
            opened.append(at)
        elif char in ")）" and opened:
            start = opened.pop()
            if any(is_cjk(each) for each in text[start + 1 : at]) or text[start] == "（":
                found |= {start, at}
    return found


def _beside_chinese(text: str, at: int) -> bool:
    before = text[at - 1 : at] if at else ""
    after = text[at + 1 : at + 2]
    if before.isdigit() and after.isdigit():
        return False
    if not after and text[at] in ",:;":
        return any(map(is_cjk, text))
    return any(is_cjk(each) for each in (before, after) if each)
