"""The gate's word lists, as sets and patterns; see qa/data/gate.toml."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Final

from ingest.reading.masks import MASKS
from qa.words.lexicon import LexiconError, tables

# Masks of ingest.reading.reader whose numerals name something and count nothing.
_NAMING: Final = ("五年规划", "口号与提法", "序数")
NUMERALS: Final = frozenset("零〇一二三四五六七八九十百千万亿两俩仨廿卅几壹贰叁肆伍陆柒捌玖拾佰仟")


@dataclass(frozen=True, slots=True)
class Words:
    """The lists; longest words first in the patterns."""

    plain: frozenset[str]
    neutral: frozenset[str]
    apart: frozenset[str]
    stated: frozenset[str]
    other: frozenset[str]
    disagree: frozenset[str]
    since_last_year: frozenset[str]
    proved: frozenset[str]
    cause: frozenset[str]
    up: frozenset[str]
    down: frozenset[str]
    level: frozenset[str]
    before: tuple[str, ...]
    behind: tuple[str, ...]
    polar: frozenset[str]
    weighty: frozenset[str]
    against: tuple[str, ...]
    ratio: re.Pattern[str]
    idioms: re.Pattern[str]
    moves: re.Pattern[str]
    relative_years: re.Pattern[str]
    lists: re.Pattern[str]
    markers: re.Pattern[str]
    english_plain: frozenset[str]
    english_other: frozenset[str]
    english_proved: frozenset[str]
    english_disagree: frozenset[str]
    english_polar: frozenset[str]
    english_numerals: frozenset[str]
    english_up: frozenset[str]
    english_down: frozenset[str]

    def heading(self, word: str) -> str:
        """``up``, ``down`` or ``level`` of a word of direction, in either language; else ``""``."""
        low = word.lower()
        if word in self.up or low in self.english_up:
            return "up"
        if word in self.down or low in self.english_down:
            return "down"
        return "level" if word in self.level else ""


def any_of(words: Iterable[str]) -> re.Pattern[str]:
    """A pattern for any of the words, the longest first."""
    ordered = sorted(words, key=len, reverse=True)
    return re.compile("|".join(map(re.escape, ordered)))


@cache
def words() -> Words:
    """The lists of the package.

    Raises:
        LexiconError: a list is missing from the data file.
    """
    _, data = next(iter(tables("gate.toml")))
    english = data.get("english")
    if not isinstance(english, dict):
        raise LexiconError("数据文件 gate.toml 缺少 [english] 一节,请更正")

    def chinese(name: str) -> frozenset[str]:
        return _list(data, name)

    def foreign(name: str) -> frozenset[str]:
        return _list(english, name)

    up, down, level = chinese("up"), chinese("down"), chinese("level")
    return Words(
        plain=chinese("plain"),
        neutral=chinese("neutral"),
        apart=chinese("apart"),
        stated=chinese("stated"),
        other=chinese("other"),
        disagree=chinese("disagree"),
        since_last_year=chinese("since_last_year"),
        proved=chinese("proved"),
        cause=chinese("cause"),
        up=up,
        down=down,
        level=level,
        before=tuple(chinese("before")),
        behind=tuple(sorted(chinese("behind"), key=len, reverse=True)),
        polar=chinese("polar"),
        weighty=chinese("weighty"),
        against=tuple(chinese("against")),
        ratio=any_of(chinese("ratio")),
        idioms=any_of(chinese("idioms")),
        moves=any_of(up | down | level),
        relative_years=any_of(chinese("relative_years")),
        lists=any_of(chinese("list_words")),
        markers=any_of(chinese("stated") | chinese("other")),
        english_plain=foreign("plain"),
        english_other=foreign("other"),
        english_proved=foreign("proved"),
        english_disagree=foreign("disagree"),
        english_polar=foreign("polar"),
        english_numerals=foreign("numerals"),
        english_up=foreign("up"),
        english_down=foreign("down"),
    )


def _list(data: dict[str, object], name: str) -> frozenset[str]:
    text = data.get(name)
    if not isinstance(text, str) or not text.split():
        raise LexiconError(f"数据文件 gate.toml 缺少 {name},请更正")
    return frozenset(text.split())


def counted(text: str) -> str:
    """The first numeral of `text` that stands for a quantity; empty where there is none."""
    if not NUMERALS.intersection(text):
        return ""
    spans = [match.span() for match in words().idioms.finditer(text)]
    spans += [
        m.span() for mask in MASKS if mask.name in _NAMING for m in mask.pattern.finditer(text)
    ]
    for at, char in enumerate(text):
        if char in NUMERALS and not any(low <= at < high for low, high in spans):
            return text[max(0, at - 1) : at + 3]
    return ""
