"""What a recogniser cannot tell apart by the picture alone, set right by what stands around it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from ingest.reading.simplified import is_traditional, simplified

_WIDE = {"(": "（", ")": "）", ",": "，", ":": "：", ";": "；", "?": "？", "!": "！"}
_LETTERS = {"O": "0", "o": "0", "l": "1", "I": "1", "|": "1"}
_PAGE = re.compile(r"([-—–－ー一_~.·])\s?\d{1,4}\s?([-—–－ー一_~.·])")  # the number of a page
_FIRST = re.compile(r"[-—–－_一]\s?、")
_FIRST_LOST = re.compile(r"一一[\u4e00-\u9fff]{2}")
# What never stands in Chinese, of characters that look alike in a poor picture.
_ALIKE = re.compile(
    r"(?<=[科项])日(?=[名编支代完实总预评立管绩资、（]|$)|(?<=[绩效年总成])日(?=标)|"
    r"白(?=[行评查筹我有然治])|(?<=[来])未(?=结转)|(?<=年)未(?=[结余数])|人(?=不敷出)|(?<=收)人(?=合计|决算|预算|支出|总)"
)
_MEANT = {"日": "目", "白": "自", "未": "末", "人": "入"}
_POOR = 0.98  # score below which a look-alike may be meant
_IN_NUMBER = re.compile(r"(?<=\d)[OolI|](?=[\d.,])|(?<=\d[.,])[OolI|](?=\d)")
UNSURE = 0.3
"""Score of a digit that was read as a letter, or whose number has not the width of its digits."""


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
    is the digit that looks like it, with the score of a doubtful one. The number of a page has
    dashes at its sides.
    """
    line = _first_number(_in_simplified(chars))
    text = "".join(char.text for char in line)
    if page := _PAGE.fullmatch(text):
        for at in (page.start(1), page.start(2)):
            line[at] = line[at]._replace(text="—")
        return line
    for match in _IN_NUMBER.finditer(text):
        at = match.start()
        line[at] = line[at]._replace(text=_LETTERS[match[0]], score=min(UNSURE, line[at].score))
    for match in _ALIKE.finditer(text):
        at = match.start()
        if line[at].score < _POOR:
            line[at] = line[at]._replace(text=_MEANT[match[0]])
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
