"""Wording of questions: one spelling, slips repaired, colloquial words turned into those of the trade."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache

from ingest.simplified import simplified
from qa.bodies import organ_forms
from qa.english import Translated, language_of, to_chinese
from qa.lexicon import LexiconError, toml, words
from qa.pinyin import flat_reading, near_spelled

_SPACE = re.compile(r"[ \t\r\n\u3000]+")
_WIDE = r"\u3000-\u303f\u4e00-\u9fff\uff00-\uffef"
_BETWEEN_HAN = re.compile(rf"(?<=[{_WIDE}]) (?=[{_WIDE}])")
_HAN = re.compile(r"[\u4e00-\u9fff]+")
_FUNCTION = frozenset(
    "的了吗呢吧么是在和与及有不没为于以之其这那哪几多少个比跟被把从到又也都就还很更最年月日谁请问该各每由向给让啊呀嘛"
    "并且或者而但如若只分次元万多大小上下中前后里们种项座台辆件宗"
)
_LONGEST = 12
_LONGEST_SLIP = 8
_LOOKALIKES = frozenset(
    ("人入", "未末", "己已", "拔拨", "折拆", "帐账", "千干", "侯候", "佘余", "竟竞", "栽裁")
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


# ---- synonyms


@dataclass(frozen=True, slots=True)
class Group:
    """Words for one thing: `same` and `spoken` may stand for the term, `related` only find text."""

    term: str
    same: tuple[str, ...]
    spoken: tuple[str, ...]
    related: tuple[str, ...]


@cache
def synonym_groups() -> tuple[Group, ...]:
    """All groups of data/synonyms.toml.

    Raises:
        LexiconError: the file has another shape than docs/vocabulary.md says.
    """
    tables = toml("synonyms.toml").get("group", [])
    if not isinstance(tables, list):
        raise LexiconError("数据文件 synonyms.toml:group 应为表的列表,请更正")
    return tuple(_group(table) for table in tables)


def _group(table: object) -> Group:
    if not isinstance(table, dict) or not isinstance(table.get("term"), str):
        raise LexiconError("数据文件 synonyms.toml:每组应有 term,请更正")
    unknown = set(table) - {"term", "same", "spoken", "related"}
    if unknown:
        raise LexiconError(
            f"数据文件 synonyms.toml:{table['term']} 一组有不认识的键 {sorted(unknown)}"
        )
    lists = [
        tuple(str(word) for word in table.get(key, ())) for key in ("same", "spoken", "related")
    ]
    return Group(table["term"], *lists)


@cache
def _phrases() -> dict[str, str]:
    """Asking phrases and what they mean, kept apart from words: 得了多少分 is 得分多少."""
    table = toml("synonyms.toml").get("phrases", {})
    if not isinstance(table, dict) or not all(isinstance(v, str) for v in table.values()):
        raise LexiconError('数据文件 synonyms.toml:phrases 应为 词组 = "含义" 的表,请更正')
    return {str(said): str(meant) for said, meant in table.items()}


@cache
def _index() -> tuple[dict[str, list[Group]], dict[str, list[Group]], dict[str, str]]:
    """Groups by exchangeable word, groups by any word, and spoken words with their term."""
    same: dict[str, list[Group]] = defaultdict(list)
    every: dict[str, list[Group]] = defaultdict(list)
    spoken: dict[str, str] = dict(_phrases())
    for group in synonym_groups():
        for word in (group.term, *group.same, *group.spoken):
            same[word].append(group)
            every[word].append(group)
        for word in group.related:
            every[word].append(group)
        for word in group.spoken:
            spoken.setdefault(word, group.term)
    return same, every, spoken


def expand(term: str) -> tuple[str, ...]:
    """Words that may stand for `term` when a number is looked up, `term` first."""
    found = [term]
    for group in _index()[0].get(term, ()):
        found += [group.term, *group.same, *group.spoken]
    return tuple(dict.fromkeys(found))


def related(term: str) -> tuple[str, ...]:
    """Words that help to find text about `term` and must not lend it their numbers."""
    own = set(expand(term))
    found = [
        word
        for group in _index()[1].get(term, ())
        for word in (group.term, *group.same, *group.related)
        if word not in own
    ]
    return tuple(dict.fromkeys(found))


def canonical(text: str) -> str:
    """Replace colloquial words by the terms of the reports; everything else stays as it is."""
    spoken = _index()[2]
    lengths = sorted({len(word) for word in spoken}, reverse=True)
    out: list[str] = []
    at = 0
    while at < len(text):
        kept = _known_at(text, at)
        word = next((text[at : at + n] for n in lengths if text[at : at + n] in spoken), "")
        if kept and len(kept) >= len(word):
            out.append(kept)
            at += len(kept)
        elif word:
            out.append(spoken[word])
            at += len(word)
        else:
            out.append(text[at])
            at += 1
    return "".join(out)


@cache
def _stable() -> frozenset[str]:
    """Words of the trade that no replacement may cut into."""
    exchangeable = {word for group in synonym_groups() for word in (group.term, *group.same)}
    return (words("trade_words.txt") | exchangeable) - set(_index()[2])


def _known_at(text: str, at: int) -> str:
    for length in range(min(_LONGEST, len(text) - at), 1, -1):
        if text[at : at + length] in _stable():
            return text[at : at + length]
    return ""


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


@dataclass(frozen=True, slots=True)
class _Lexicon:
    words: frozenset[str]  # never changed
    by_slot: dict[tuple[int, int, str], tuple[str, ...]]  # length, position, character


@lru_cache(maxsize=4)
def _lexicon(vocabulary: frozenset[str]) -> _Lexicon:
    known = frozenset(
        word
        for word in _stable() | vocabulary
        if 2 <= len(word) <= _LONGEST and _HAN.fullmatch(word)
    )
    by_slot: dict[tuple[int, int, str], list[str]] = defaultdict(list)
    for word in sorted(known):
        if len(word) == 2 and word not in _stable():
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
                for n in range(min(_LONGEST, len(run) - at), 1, -1)
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
    for length in range(min(_LONGEST, len(run)), 1, -1):
        for at in range(len(run) - length + 1):
            if run[at : at + length] in lexicon.words and any(free[at : at + length]):
                free[at : at + length] = [False] * length
    return free


def _heard(run: str, at: int, length: int, free: list[bool], lexicon: _Lexicon) -> str:
    """The one word that a stretch of text sounds like; "" when there is none or more than one."""
    said = run[at : at + length]
    if said in lexicon.words or not any(free[at : at + length]):
        return ""
    if length <= 3 and not _stands_alone(run, at, length):
        return ""
    most = max(1, length // 2 - 1)
    shared: Counter[str] = Counter()
    for position, char in enumerate(said):
        shared.update(lexicon.by_slot.get((length, position, char), ()))
    fitting = [
        word
        for word, same in shared.items()
        if length - same <= most and _may_be(said, word, free[at : at + length])
    ]
    best = [word for word in fitting if shared[word] == max(shared[w] for w in fitting)]
    sure = best if len(best) == 1 else [word for word in best if word in _stable()]
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


def _stands_alone(run: str, at: int, length: int) -> bool:
    """Whether a stretch is no everyday word and shares no character with one beside it."""
    common = words("common_words.txt")
    said = run[at : at + length]
    if any(said[i : i + 2] in common for i in range(length - 1) if length == 2):
        return False
    before, after = run[max(0, at - 1) : at + 1], run[at + length - 1 : at + length + 1]
    return before not in common and after not in common


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
