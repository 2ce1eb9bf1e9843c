"""The terms of texts and questions, by which they find one another; pure."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Sequence
from itertools import chain
from typing import NamedTuple

NO_BITS = 24
MOST_TEXTS = 1 << NO_BITS
"""Texts of one report in an index: their numbers are smaller."""

_RUN = re.compile(
    r"[a-z0-9]+(?:[.\-_][a-z0-9]+)*|[\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003134f]+"
    r"|[^\W_a-z0-9\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003134f]+"
)
_CHINESE = re.compile(r"[\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003134f]")
_THOUSANDS = re.compile(r"(?<![\d.])\d{1,3}(?:[,，]\d{3})+(?!\d)")
_QUESTION_WORDS = (
    "请问 请列出 什么时候 什么时间 什么地方 什么样 为什么 是什么 有什么 什么 哪一年 哪一个 哪一项 "
    "哪一 哪些 哪里 哪个 哪位 哪种 哪项 哪年 哪 多少 几个 多久 多大 怎么样 怎么 怎样 如何 是谁 谁 "
    "是否 有没有 能不能 是不是 的 了 吗 呢 吧 啊"
)
_QUESTION = re.compile(
    "|".join(sorted(map(re.escape, _QUESTION_WORDS.split()), key=len, reverse=True))
)
_MOST_TERMS = 256  # of one question


class Grams(NamedTuple):
    """The terms of a text: `chars` single characters (and whole words of letters), `pairs`."""

    chars: list[str]
    pairs: list[str]


def _plain(string: str) -> str:
    joined = _THOUSANDS.sub(lambda m: re.sub("[,，]", "", m.group()), string)
    return unicodedata.normalize("NFKC", joined).lower()


def grams(string: str) -> Grams:
    """The terms of a text or a question; never any query syntax of a database."""
    chars: list[str] = []
    pairs: list[str] = []
    for match in _RUN.finditer(_plain(string)):
        run = match.group()
        if not _CHINESE.match(run):
            chars.append(run)
            pairs.append(run)
            continue
        chars.extend(run)
        if len(run) == 1:
            pairs.append(run)
        else:
            pairs.extend(run[i : i + 2] for i in range(len(run) - 1))
    return Grams(chars, pairs)


def strip_question(question: str) -> str:
    """`question` without the words that only ask; unchanged where nothing else is left."""
    stripped = _QUESTION.sub(" ", question)
    return stripped if re.search(r"\w", stripped) else question


def question_terms(
    question: str, also: Sequence[str] = (), drop: Collection[str] = frozenset()
) -> list[str]:
    """The terms that a question and further words are looked for by, each once.

    `drop` are terms that are too frequent to be looked for beside others.
    """
    terms = [grams(strip_question(question)), *(grams(word) for word in also)]
    singles = list(chain.from_iterable(each.chars for each in terms))
    pairs = list(chain.from_iterable(each.pairs for each in terms))
    wanted = [term for term in singles + pairs if term not in drop] or pairs or singles
    return list(dict.fromkeys(wanted))[:_MOST_TERMS]


def terms_of(string: str) -> set[str]:
    """The terms by which a text counts in ``term_counts``."""
    found = grams(string)
    return {*found.chars, *found.pairs}


class Entry(NamedTuple):
    """A text as it is indexed: its report, its number there, its terms parted by spaces."""

    report: int
    no: int
    chars: str
    pairs: str


class WordHit(NamedTuple):
    """A text that shares terms with a question; a higher score (BM25) fits better."""

    report: int
    no: int
    score: float
