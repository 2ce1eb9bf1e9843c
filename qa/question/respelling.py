"""Slips of a keyboard in a question, mended by what the reports themselves write.

A character that makes no word with its neighbours, where the reports write another one of the same
sound between the same neighbours (政物短信: 政务短信); a character or a word typed twice; two
characters changed round. Pure.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from typing import NamedTuple

from qa.words.lexicon import words
from qa.words.pinyin import flat_reading

_RUN = re.compile(r"[一-鿿]{2,}")
_AROUND = ((2, 2), (2, 1), (1, 2), (3, 0), (0, 3), (2, 0), (0, 2), (1, 1), (1, 0), (0, 1))
_OFTEN = 2  # times that reports write a pair for which one neighbour alone must speak
_WELL = 3  # neighbours on both sides that must speak for a word of grammar
_A_WORD = 3  # characters of a word of the trade that no slip makes by chance
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


class _Slip(NamedTuple):
    around: int
    times: int
    at: int
    right: str


def respelled(
    question: str, texts: Sequence[str], known: Collection[str] = (), *, least: int = 1
) -> str:
    """The question with its slips mended; as it is where there are none.

    Args:
        question: as typed.
        texts: of the reports that it is about.
        known: stretches that are right as they are: names of bodies and projects.
        least: so many neighbours at least must speak for what is put in a character's place; with
            more than one, what stands twice (两项项目支出) is left as well.
    """
    text = "\n".join(texts)
    if least == 1:
        question = _once(question, text)
    fixed = _fixed(question, known)
    for _ in range(_MOST):
        slips = [slip for slip in _slips(question, text, least) if not fixed[slip.at]]
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
    trade = (word for word in words("trade_words.txt") if len(word) >= _A_WORD)
    known = [*known, *(word for word in trade if word in question)]
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


def _slips(question: str, text: str, least: int) -> Iterator[_Slip]:
    for run in _RUN.finditer(question):
        for at in range(run.start(), run.end()):
            if _odd(question, at, run.span(), text):
                yield from _heard(question, at, run.span(), text, least)
                yield from _swapped(question, at, run.span(), text)


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
