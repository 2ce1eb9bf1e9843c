"""What a question of several asks says of each of them: its enclosing phrase, its own scope. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from qa.figures.weighing import FUNDS, NARROW
from qa.planning.target_words import words_of
from qa.words import cues
from qa.words.matching import squeeze

_OWN_SCOPE = re.compile("|".join((*NARROW, *FUNDS, r"(?<!\d)\d{5,9}(?!\d)")))
_SCOPE_ONLY = re.compile(
    r"^(?:如果|要是|若)?(?:只|单|仅|光)?(?:看|算|论|统计|按)?\s*"
    r"(?:一般公共预算|政府性基金预算?|国有资本经营预算?|财政拨款|基本支出|项目支出|部分|那块|的话|\s)+$"
)


OF_ALL = re.compile(r"全口径|全部资金|全部(?=支出|收入)")
_FUND = re.compile(
    r"(?:用|由|属于|来自)?(?:一般公共预算(?:财政拨款)?|政府性基金(?:预算)?(?:财政拨款)?|"
    r"国有资本经营(?:预算)?(?:财政拨款)?|财政拨款)(?:的|部分|那块|口径|安排的?)*"
)


def scope_alone(key: str) -> bool:
    """Whether an ask names a fund and no figure: the one asked before it is meant, in that fund."""
    return bool(_FUND.fullmatch(squeeze(key)))


_OF_WHOLE = re.compile(r"总计|总收入|总支出")


def _own_scope(ask: str, before: str) -> bool:
    """Whether an ask says where it looks itself: a fund, a code, the whole, the other side."""
    other_side = "收入" in ask and "支出" not in ask and "支出" in before and "收入" not in before
    return other_side or bool(_OWN_SCOPE.search(ask) or _OF_WHOLE.search(ask))


class Around(NamedTuple):
    """What stands around one of several asks.

    Attributes:
        where: the enclosing phrase (项目支出中, …).
        told: what a clause between this ask and the one before it names.
        said: all that the question says of it; "" for the whole question.
    """

    where: str = ""
    told: str = ""
    said: str = ""


def around_asks(clauses: Sequence[str], asking: Sequence[str]) -> list[Around]:
    """What stands around each ask: nothing of what the question says of a later one.

    An ask that names a scope or a code of its own has none of the asks before it; the last …中 and
    …里 before an ask encloses it and those that follow.
    """
    places = [n for n, clause in enumerate(clauses) if clause in asking]
    if len(places) != len(asking):
        return [Around() for _ in asking]
    found: list[Around] = []
    where, before = "", ""
    start = 0
    for at, place in enumerate(places):
        low, high = start, len(clauses) if at == len(places) - 1 else place
        beside = [c for n, c in enumerate(clauses[low:high], low) if n != place]
        enclosing = [words_of(c) for c in beside if cues.encloses(c)]
        own = _own_scope(f"{' '.join(enclosing)}{clauses[place]}", f"{before} {where}")
        where = " ".join(enclosing) if enclosing else "" if own and at else where
        named = [words_of(c) for c in clauses[start:place] if not cues.encloses(c)]
        told = " ".join(words for words in named if words and not _SCOPE_ONLY.match(words))
        said = " ".join((*beside, clauses[place]))
        said = said if own else f"{before} {where} {said}"
        before = f"{before} {said}"
        found.append(Around(where, told, said if len(places) > 1 else ""))
        start = place + 1
    return found
