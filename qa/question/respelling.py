"""Slips of a keyboard in a question, mended by what the reports themselves write.

A character that makes no word with its neighbours, where the reports write another one of the same
sound between the same neighbours (政物短信: 政务短信); a character or a word typed twice; two
characters changed round. Boldly, for a question that finds nothing otherwise, also one that looks
like the right one (公务接侍费), one that makes a word by chance (整体绩效评介), and one in a word that
asks (一供多少). Pure.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from functools import cache
from typing import NamedTuple

from qa.words.lexicon import derived, words
from qa.words.looks import looks_like
from qa.words.pinyin import alike, flat_reading

_RUN = re.compile(r"[一-鿿]{2,}")
_AROUND = ((2, 2), (2, 1), (1, 2), (3, 0), (0, 3), (2, 0), (0, 2), (1, 1), (1, 0), (0, 1))
_OFTEN = 2  # times that reports write a pair for which one neighbour alone must speak
_WELL = 3  # neighbours on both sides that must speak for a word of grammar
_A_WORD = 3  # characters of a word of the trade that no slip makes by chance
_LONGEST = 6  # characters of a word that asks
_MOST = 3  # slips of one question
# Words of one character that stand beside anything.
_LIGHT = frozenset(
    "的了吗呢吧是有在和与及或里中上下内外比较差降升涨走拿给列做把被到从向对为以让由按只就都还也再又才先后共之多少几谁哪"
    "年月日元分人个项次各每其该本这那占花付得用没不未前后间时于加级栏行所示新请钱市县区局"
)
_ASKS = re.compile(
    r"[百千]分之|为什么|是什么|什么|哪[个些几里家年天]|第[一二三四五六七八九十]|多少"
)
_TWICE_ALONE = frozenset("多省市县区镇乡村局级率")  # 比去年多多少, 某县县道
_TWICE = re.compile(r"([一-鿿]{2})\1")
# Neighbours that may speak for a bold mending, the most first, and how many of them must.
_WIDELY = (
    *((3, 3), (3, 2), (2, 3), (2, 2), (3, 1), (1, 3), (4, 0), (0, 4), (2, 1), (1, 2)),
    *((3, 0), (0, 3), (2, 0), (0, 2), (1, 1)),
)
_ODD, _BY_CHANCE = 2, 3
# Are words by themselves, and no slip in a word of two characters.
_BY_ITSELF = frozenset(
    "的了是在有这那吗呢也都就还不没未年月日元中所份降买卖帮讲干只钱户人线县市区镇乡村"
)
_NUMERALS = frozenset("〇零一二两三四五六七八九十百千万亿")
_OF_KIND = frozenset("院园员")  # 护理院 and 护理员 sound alike and are two things
_READ_TWICE = frozenset("长行重还得都处调量传率会")  # by everyday words of either sound
# What a name of a place ends in, whose characters are never changed, and of a body, never boldly.
_NAME = r"(?:(?!的)[一-鿿]){1,3}?"
_PLACE = re.compile(
    rf"{_NAME}(?:[省市县区州旗镇乡村屯](?!级)|街道|社区|片区|水库|大坝|[河江湖渠桥山岛港])"
)
_BODY = re.compile(
    rf"{_NAME}(?:公司|集团|学校|[中小大]学|学院|医院|中心|站|所|局|委|厅|处|队|馆|园区|[路线]|标段)"
)


class _Slip(NamedTuple):
    around: int
    times: int
    at: int
    right: str


def respelled(
    question: str,
    texts: Sequence[str],
    known: Collection[str] = (),
    *,
    least: int = 1,
    bold: bool = False,
) -> str:
    """The question with its slips mended; as it is where there are none.

    Args:
        question: as typed.
        texts: of the reports that it is about.
        known: stretches that are right as they are: names of bodies and projects.
        least: so many neighbours at least must speak for what is put in a character's place; with
            more than one, what stands twice (两项项目支出) is left as well.
        bold: slips that only look like the right character, that make a word by chance or that
            stand in a word that asks are mended, too.
    """
    text = "\n".join(texts)
    if least == 1:
        question = _once(question, text)
    fixed = _fixed(question, known)
    for _ in range(_MOST):
        slips = [slip for slip in _slips(question, text, least, bold) if not fixed[slip.at]]
        if not slips:
            break
        best = max(slips, key=lambda slip: (slip.around, slip.times, -slip.at))
        end = best.at + len(best.right)
        question = question[: best.at] + best.right + question[end:]
        fixed[best.at : end] = [True] * len(best.right)
    return question


def _fixed(question: str, known: Collection[str]) -> list[bool]:
    fixed = [False] * len(question)
    spans = [match.span() for match in _ASKS.finditer(question)]
    listed = words("trade_words.txt") | words("asking_words.txt")
    known = [*known, *(word for word in listed if len(word) >= _A_WORD and word in question)]
    for name in known:
        at = question.find(name) if name else -1
        spans += [(at, at + len(name))] if at >= 0 else []
    for low, high in spans:
        fixed[low:high] = [True] * (high - low)
    return fixed


def _once(question: str, text: str) -> str:
    """What was typed twice, once: 一一体机, 多少多少."""
    question = _TWICE.sub(lambda m: m[0] if m[0] in text else m[1], question)
    question = question.replace("有多多少", "有多少")
    found = re.finditer(r"([一-鿿])\1", question)
    doubled = [m for m in found if m[1] not in _TWICE_ALONE and not _meant_twice(m[0], text)]
    for match in reversed(doubled):
        question = question[: match.start()] + question[match.start() + 1 :]
    return question


def _meant_twice(pair: str, text: str) -> bool:
    return pair in text if pair == "一一" else _word(pair, text)


def _slips(question: str, text: str, least: int, bold: bool) -> Iterator[_Slip]:
    for run in _RUN.finditer(question):
        for at in range(run.start(), run.end()):
            if _in_a_name(_PLACE, question, at):
                continue
            odd = _odd(question, at, run.span(), text)
            if odd:
                yield from _heard(question, at, run.span(), text, least)
                yield from _swapped(question, at, run.span(), text)
            if bold and question[at] not in _NUMERALS and not _in_a_name(_BODY, question, at):
                yield from _taken(question, at, run.span(), text, odd=odd)
                yield from _asking(question, at, run.span(), text)
                if odd and question[at] not in _LIGHT | _BY_ITSELF:
                    yield from _everyday(question, at, run.span(), text)


def _odd(question: str, at: int, span: tuple[int, int], text: str) -> bool:
    """Whether a character makes a word with neither neighbour."""
    pairs = (question[max(at - 1, span[0]) : at + 1], question[at : min(at + 2, span[1])])
    return not any(len(pair) == 2 and _word(pair, text) for pair in pairs)


def _word(pair: str, text: str) -> bool:
    return pair in words("common_words.txt") or pair in text


def _heard(question: str, at: int, span: tuple[int, int], text: str, least: int) -> Iterator[_Slip]:
    """The one character of the same sound that stands there in the reports, by the most neighbours."""
    for left, right in _AROUND:
        if left + right < least or at - left < span[0] or at + right >= span[1]:
            continue
        if question[at] in _LIGHT and (left + right < _WELL or not left or not right):
            continue
        before, after = question[at - left : at], question[at + 1 : at + 1 + right]
        found = Counter(_between(before, after, text))
        sound = flat_reading(question[at])
        heard = [c for c in found if c != question[at] and flat_reading(c) == sound]
        heard = [c for c in heard if not {c, question[at]} <= _OF_KIND]
        if len(heard) == 1 and (left + right > 1 or found[heard[0]] >= _OFTEN):
            yield _Slip(left + right, found[heard[0]], at, heard[0])
            return


def _between(before: str, after: str, text: str) -> Iterator[str]:
    """The Chinese characters of a text that stand between two words, of which one may be empty.

    Finds what the pattern ``before([一-鿿])after`` finds; a text without it is passed over much faster.
    """
    lead, length, at = len(before), len(before) + 1 + len(after), 0
    while (found := text.find(before or after, at + (not before))) >= 0:
        at = found - (not before)
        char = text[at + lead : at + lead + 1]
        if "一" <= char <= "鿿" and text.startswith(after, at + lead + 1):
            yield char
            at += length
        else:
            at += 1


def _swapped(question: str, at: int, span: tuple[int, int], text: str) -> Iterator[_Slip]:
    """全年预数算 for 全年预算数."""
    if at + 1 >= span[1]:
        return
    turned = question[at + 1] + question[at]
    for left, right in ((2, 1), (1, 2), (2, 0), (0, 2), (1, 1)):
        if at - left < span[0] or at + 2 + right > span[1]:
            continue
        around = question[at - left : at] + turned + question[at + 2 : at + 2 + right]
        if around in text:
            yield _Slip(left + right + 1, text.count(around), at, turned)
            return


def _alike(char: str, other: str) -> bool:
    """Whether one character may have been typed for the other, by its sound or its look."""
    if char == other or other in _NUMERALS or {char, other} <= _OF_KIND:
        return False
    if other in looks_like(char) or flat_reading(char) == flat_reading(other):
        return True
    return other in _READ_TWICE and alike(char, other, near=True)


def _taken(
    question: str, at: int, span: tuple[int, int], text: str, *, odd: bool
) -> Iterator[_Slip]:
    """The one like character that stands there in the reports, where they never have the one typed."""
    low, high = max(at - 1, span[0]), min(at + 2, span[1])
    if any(question[i : i + 2] in text for i in range(low, high - 1)):
        return
    need = _ODD if odd and question[at] not in _LIGHT | _BY_ITSELF else _BY_CHANCE
    for left, right in _WIDELY:
        if left + right < need or at - left < span[0] or at + right >= span[1]:
            continue
        if question[at] in _BY_ITSELF and not (left and right):
            continue
        before, after = question[at - left : at], question[at + 1 : at + 1 + right]
        found = Counter(_between(before, after, text))
        like = [char for char in found if _alike(question[at], char)]
        if len(like) == 1:
            yield _Slip(left + right, found[like[0]], at, like[0])
            return


def _in_a_name(ends: re.Pattern[str], question: str, at: int) -> bool:
    """Whether a character stands in what may be the name of a place or a body."""
    found = (ends.match(question, start) for start in (at, at - 1) if start >= 0)
    return any(name is not None and name.end() > at + 1 for name in found)


@derived
@cache
def _asking_words() -> dict[tuple[int, str], tuple[str, ...]]:
    """Words that ask, by a place in them and the characters beside it."""
    found: dict[tuple[int, str], list[str]] = {}
    for word in sorted(words("asking_words.txt") | words("trade_words.txt")):
        for at in range(len(word)):
            found.setdefault((at, word[:at] + word[at + 1 :]), []).append(word)
    return {key: tuple(each) for key, each in found.items() if len(key[1])}


def _asking(question: str, at: int, span: tuple[int, int], text: str) -> Iterator[_Slip]:
    """The one word that asks, of which a character was typed wrong: 一供 for 一共."""
    if question[at] in _BY_ITSELF - {"的"}:
        return
    odd = _odd(question, at, span, text)
    for length in range(min(_LONGEST, span[1] - span[0]), 1, -1):
        meant: set[tuple[str, int]] = set()
        for start in range(max(at - length + 1, span[0]), min(at, span[1] - length) + 1):
            said = question[start : start + length]
            if said in text or said in words("common_words.txt"):
                continue
            if length == 2 and not (odd and _alone(question, at, start, span, text)):
                continue
            rest = said[: at - start] + said[at - start + 1 :]
            for word in _asking_words().get((at - start, rest), ()):
                if _alike(question[at], word[at - start]):
                    meant.add((word[at - start], start))
        if len({char for char, _ in meant}) == 1:
            yield _Slip(length, 0, at, next(iter(meant))[0])
            return


def _alone(question: str, at: int, start: int, span: tuple[int, int], text: str) -> bool:
    """Whether the other character of two belongs to no word, where the one may stand anywhere."""
    if question[at] in _BY_ITSELF:
        return False
    if question[at] not in _LIGHT:
        return True
    other = start if at != start else start + 1
    low, high = (other - 1, other + 1) if other < at else (other, other + 2)
    inside = span[0] <= low and high <= span[1]
    return not (inside and _word(question[low:high], text))


def _everyday(question: str, at: int, span: tuple[int, int], text: str) -> Iterator[_Slip]:
    """The one everyday word of the reports that is meant: 中镖 for 中标, 员学 for 学员."""
    known, meant = words("common_words.txt"), set()
    for low, high in ((at - 1, at + 1), (at, at + 2)):
        if low < span[0] or high > span[1]:
            continue
        one, other = question[low:at], question[at + 1 : high]
        found = {*_between(one, other, text)}
        like = {char for char in found if _alike(question[at], char)}
        meant |= {(at, char) for char in like if one + char + other in known}
        turned = question[high - 1] + question[low]
        known_word = turned in text and turned in known and not _NUMERALS & set(turned)
        if known_word and _turned_odd(question, low, span, text):
            meant.add((low, turned))
    if len(meant) == 1:
        start, right = next(iter(meant))
        yield _Slip(1, 0, start, right)


def _turned_odd(question: str, low: int, span: tuple[int, int], text: str) -> bool:
    return all(_odd(question, at, span, text) for at in (low, low + 1))


_THAT = re.compile(r"那(?=一?[几些]|[一二两三四五六七八九]?[个项家类天年月种次方条位所款村])")
_OTHERWISE = re.compile(
    r"多少|几|什么|谁|哪|吗|怎|啥|咋|是否|有无|何|呢|没有?[?？]?$|多[大高长]|如何"
)
_SAYS_WHICH = re.compile(r"最|排第|被|没|未")


def which_meant(question: str) -> str:
    """The question with 那 read as 哪, where nothing else in it asks (取消了那两个子项目？)."""
    clauses = re.split(r"(?<=[，,；;。？?])", question)
    alone = not _OTHERWISE.search(_THAT.sub("", question.replace("那几", "")))
    for at, clause in enumerate(clauses):
        asks = _OTHERWISE.search(clause.replace("那几", ""))
        if not asks and (alone or _SAYS_WHICH.search(clause)):
            clauses[at] = _THAT.sub("哪", clause)
    return "".join(clauses)
