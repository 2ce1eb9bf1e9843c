"""A question of several asks taken apart: one ask a clause, in words, of each thing, of each year. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence

from qa.planning.targets import AND, COMMA, split_outside
from qa.words import agreement, cues


def separate_asks(question: str) -> list[str]:
    """A question cut after each clause that asks something; the clauses before it go with it."""
    asks: list[str] = []
    current = ""
    for clause in re.split(r"(?<=[,，;；?？])", question):
        current += clause
        if cues.INTERROGATIVE.search(clause):
            asks.append(current.strip(" ,，;；"))
            current = ""
    if current.strip() and asks:
        asks[-1] += current
    return asks


_IN_WORDS = re.compile(
    r"谁|哪|什么(?!情况)|啥|何时|何[处地人日种]|几时|几号|文号|编号|名称|为什么|为何|[吗没]$|没有$|多少号"
)
_HOW_TOLD = re.compile(r"^(?:报告|原文|文中|文件)?[里中上]?是?(?:怎么|如何|怎样)[说写讲表记]")


def text_asks(question: str) -> list[str]:
    """The asks of a question that asks for two or three things in words; empty for any other."""
    asks = [ask.rstrip("?？。 ") for ask in separate_asks(question)]
    if not 1 < len(asks) <= _MOST_ASKS:
        return []
    in_words = all(_IN_WORDS.search(ask) and not _HOW_TOLD.match(ask) for ask in asks)
    return asks if in_words else []


_MOST_ASKS = 3
_OF_EACH = re.compile(
    r"^(?P<list>[^,，。；;？?]+?)(?:分别|各自?)(?:是|在|由|为|叫|于)?(?P<ask>(?:哪[一天年家个位里]|什么|谁|几号|几月|为什么|为何|怎么)[^,，；;]*)$"
)


def asked_of_each(question: str) -> list[str]:
    """``甲、乙分别是哪天验收的`` as one ask for each; empty for other questions and for figures."""
    match = _OF_EACH.match(question.strip())
    if not match or "多少" in match["ask"]:
        return []
    pattern = COMMA if "、" in match["list"] else AND
    pieces = [piece.strip() for piece in split_outside(pattern, match["list"]) if piece.strip()]
    if len(pieces) < 2 or any(len(cues.content(piece)) < 3 for piece in pieces):
        return []
    return [f"{piece}是{match['ask']}" for piece in pieces]


_ONE_YEAR = re.compile(r"(?<![\d.])((?:20)?[0-3]\d)\s*年(?!以|期|前|后|内|多|间|来|初|中|末|底)")


def asked_apart(asks: Sequence[str]) -> bool:
    """Whether asks have to be answered one by one: each of its own year, or the last one …呢."""
    if len(asks) < 2:
        return False
    years = [_ONE_YEAR.findall(ask) for ask in asks]
    own = all(len(found) == 1 for found in years) and len({found[0] for found in years}) > 1
    return own or bool(re.search(r"[^，,。？?]{2,}呢[？?。]?$", asks[-1]))


def values_beside_agreement(question: str) -> str:
    """The asks for values of a question that goes on to ask whether they agree; "" for none."""
    asks = separate_asks(question)
    values = [ask for ask in asks if not agreement.verify_asked(ask)]
    return "，".join(values) if len(values) < len(asks) else ""
