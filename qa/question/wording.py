"""Wording of questions: one spelling, slips repaired, colloquial words turned into those of the trade."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import lru_cache

from ingest.reading.simplified import simplified
from qa.english.questions import Translated, language_of, to_chinese
from qa.naming.bodies import organ_forms
from qa.words.lexicon import derived, words
from qa.words.pinyin import flat_reading, near_spelled
from qa.words.synonyms import (
    LONGEST,
    Group,
    canonical,
    expand,
    related,
    stable_words,
    synonym_groups,
)

_SPACE = re.compile(r"[ \t\r\n\u3000]+")
_WIDE = r"\u3000-\u303f\u4e00-\u9fff\uff00-\uffef"
_BETWEEN_HAN = re.compile(rf"(?<=[{_WIDE}]) (?=[{_WIDE}])")
_HAN = re.compile(r"[\u4e00-\u9fff]+")
_FUNCTION = frozenset(
    "的了吗呢吧么是在和与及有不没为于以之其这那哪几多少个比跟被把从到又也都就还很更最年月日谁请问该各每由向给让啊呀嘛"
    "并且或者而但如若只分次元万多大小上下中前后里们种项座台辆件宗"
)
_LONGEST_SLIP = 8
_LOOKALIKES = frozenset(
    (
        "人入",
        "未末",
        "己已",
        "拔拨",
        "折拆",
        "帐账",
        "千干",
        "侯候",
        "佘余",
        "竟竞",
        "栽裁",
        "券卷",
        "微徽",
        "即既",
        "比此",
    )
)
_QUOTE_MAP = str.maketrans(
    {"＂": '"', "〝": "“", "〞": "”", "｢": "「", "｣": "」", "﹪": "%", "﹩": "$"}
)


def normalise(question: str) -> str:
    """Trim, fold full-width letters and digits, join blanks, turn traditional characters to simplified.

    Chinese punctuation stays Chinese, so that quotes and titles can still be told apart.
    """
    text = "".join(_half(char) for char in question.translate(_QUOTE_MAP))
    text = _BETWEEN_HAN.sub("", _SPACE.sub(" ", text)).strip()
    return simplified(text)


def _half(char: str) -> str:
    if ("\uff10" <= char <= "\uff5a" and char.isalnum()) or char in "％＋－＝＜＞／＃＆＊＠．":
        return unicodedata.normalize("NFKC", char)
    hidden = char in "\u200b\u200c\u200d\ufeff\u2060\xad" or unicodedata.category(char) == "Cc"
    return "" if hidden and char not in "\t\r\n" else char


# ---- slips


@dataclass(frozen=True, slots=True)
class Change:
    """A slip: `wrong` stood from `start` to `end` of the question and was read as `right`."""

    start: int
    end: int
    wrong: str
    right: str


@dataclass(frozen=True, slots=True)
class Repaired:
    """A question without its slips, and what was changed (same length, so positions stay)."""

    text: str
    changes: tuple[Change, ...] = ()


def repair(question: str, vocabulary: Collection[str]) -> Repaired:
    """Read characters of like sound (原应, 三工经费, 绩校) as the word of the trade that was meant.

    Never changes a known word, an everyday word, or text that joins one; words of two characters
    need one right character. Names of bodies and projects are none of its business.

    Args:
        vocabulary: words of the library (metrics, rows) beside those of the trade.
    """
    vocabulary = vocabulary if isinstance(vocabulary, frozenset) else frozenset(vocabulary)
    lexicon = _lexicon(vocabulary)
    if all(_covered(run, lexicon) for run in _HAN.findall(question)):
        return Repaired(question)
    changes: list[Change] = []
    for run in _HAN.finditer(question):
        changes += _repairs(run.group(), run.start(), lexicon)
    text = question
    for change in changes:
        text = text[: change.start] + change.right + text[change.end :]
    return Repaired(text, tuple(changes))


def mended(text: str, vocabulary: Collection[str], kept: Collection[str] = ()) -> str:
    """The text without typing errors; what the library itself spells so is no error.

    Args:
        text: a question, or what is left of one.
        vocabulary: words of the library.
        kept: names in it that stay as they are.
    """
    spans = [(text.find(name), len(name)) for name in kept if name in text]
    repaired = repair(text, vocabulary)
    for change in reversed(repaired.changes):
        if any(at < change.end and change.start < at + length for at, length in spans):
            continue
        near = text[max(change.start - 1, 0) : change.start], text[change.end : change.end + 1]
        changed = (a for a, b in zip(change.wrong, change.right, strict=True) if a != b)
        short = (*near, *_whole_word(change)) if len(change.wrong) == 2 else ()
        asks = any(re.search(r"[多少几差比]", each) for each in (*short, *changed))
        if asks or any(change.wrong in word for word in vocabulary):
            continue
        text = text[: change.start] + change.right + text[change.end :]
    return text


def _whole_word(change: Change) -> tuple[str, ...]:
    """The word that was typed, where it may be a comparison: 比加 is 比 and 加, 比众 is 比重."""
    return () if change.right in ("比重", "比例", "占比") else (change.wrong,)


@dataclass(frozen=True, slots=True)
class _Lexicon:
    words: frozenset[str]  # never changed
    by_slot: dict[tuple[int, int, str], tuple[str, ...]]  # length, position, character


@derived
@lru_cache(maxsize=4)
def _lexicon(vocabulary: frozenset[str]) -> _Lexicon:
    known = frozenset(
        word
        for word in stable_words() | vocabulary
        if 2 <= len(word) <= LONGEST and _HAN.fullmatch(word)
    )
    by_slot: dict[tuple[int, int, str], list[str]] = defaultdict(list)
    for word in sorted(known):
        if len(word) == 2 and word not in stable_words():
            continue  # too short to be told from a slip by anything but the trade's own words
        for position, char in enumerate(word):
            by_slot[len(word), position, char].append(word)
    slots = {slot: tuple(found) for slot, found in by_slot.items()}
    return _Lexicon(known | organ_forms(), slots)


def _covered(run: str, lexicon: _Lexicon) -> bool:
    """Whether a run of characters is made of known words alone."""
    at = 0
    while at < len(run):
        length = next(
            (
                n
                for n in range(min(LONGEST, len(run) - at), 1, -1)
                if run[at : at + n] in lexicon.words
            ),
            0,
        )
        if not length and run[at] not in _FUNCTION:
            return False
        at += length or 1
    return True


def _repairs(run: str, offset: int, lexicon: _Lexicon) -> Iterator[Change]:
    free = _free_characters(run, lexicon)
    at = 0
    while at < len(run):
        right = ""
        for length in range(min(_LONGEST_SLIP, len(run) - at), 1, -1):
            right = right or _heard(run, at, length, free, lexicon)
        if right:
            yield Change(offset + at, offset + at + len(right), run[at : at + len(right)], right)
        at += len(right) or 1


def _free_characters(run: str, lexicon: _Lexicon) -> list[bool]:
    """Which characters belong to no known word."""
    free = [True] * len(run)
    for length in range(min(LONGEST, len(run)), 1, -1):
        for at in range(len(run) - length + 1):
            if run[at : at + length] in lexicon.words and any(free[at : at + length]):
                free[at : at + length] = [False] * length
    return free


def _heard(run: str, at: int, length: int, free: list[bool], lexicon: _Lexicon) -> str:
    """The one word that a stretch of text sounds like; "" when there is none or more than one."""
    said = run[at : at + length]
    if said in lexicon.words or not any(free[at : at + length]):
        return ""
    most = max(1, length // 2 - 1)
    shared: Counter[str] = Counter()
    for position, char in enumerate(said):
        shared.update(lexicon.by_slot.get((length, position, char), ()))
    fitting = [
        word
        for word, same in shared.items()
        if length - same <= most
        and _may_be(said, word, free[at : at + length])
        and (length > 3 or _stands_alone(run, at, word))
    ]
    best = [word for word in fitting if shared[word] == max(shared[w] for w in fitting)]
    sure = best if len(best) == 1 else [word for word in best if word in stable_words()]
    return sure[0] if len(sure) == 1 else ""


def _may_be(said: str, word: str, free: list[bool]) -> bool:
    """Whether every wrong character is free to be one and sounds like the right one."""
    return all(
        a == b
        or (
            free[position]
            and (len(said) > 3 or a not in _FUNCTION)
            and _sounds_like(a, word, position)
        )
        for position, (a, b) in enumerate(zip(said, word, strict=True))
    )


def _sounds_like(char: str, word: str, at: int) -> bool:
    """Whether a character reads like that of the word, sounds merged, or looks almost the same."""
    if char + word[at] in _LOOKALIKES:
        return True
    return flat_reading(char) == near_spelled(word).split(" ")[at]


def _stands_alone(run: str, at: int, word: str) -> bool:
    """Whether what is read as `word` is no everyday word and shares no character with one.

    A right character at its end may: the 算 of 予算是 stands so in 预算是 as well.
    """
    common, length = words("common_words.txt"), len(word)
    said = run[at : at + length]
    if length == 2 and said in common:
        return False
    before, after = run[max(0, at - 1) : at + 1], run[at + length - 1 : at + length + 1]
    return before not in common and (said[-1] == word[-1] or after not in common)


__all__ = [
    "Change",
    "Group",
    "Repaired",
    "Translated",
    "canonical",
    "expand",
    "language_of",
    "normalise",
    "related",
    "repair",
    "synonym_groups",
    "to_chinese",
]
