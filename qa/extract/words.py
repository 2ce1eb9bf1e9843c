"""The words of a question that can be looked for anywhere, where the rules could not place them all.

Units and years are left out, as they say which reports to look in; projects stay, as what looks
like one may only be a word of the question.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from ingest.reading.text import fold
from qa.assurance.words import asking_pattern
from qa.plan import Plan
from qa.texts.asking import naming_words
from qa.texts.terms import squeezed
from qa.words import cues

_COUNTED = re.compile(r"(?:多少|几)(?:万|亿)?[个名人次家户件场条份台辆座项吨处种套元万亿天分块]*")
_ASKING = re.compile(r"多少|[谁哪几何]|什么|啥|怎么?|咋|吗|嘛|呢|是否|有没有")
_QUOTED = re.compile(r"[“\"「《][^”\"」》]*[”\"」》]")
# What may cling to either end of a run and belongs to no name.
_HEAD = re.compile(
    r"^(?:各|家|得了?|帮|叫|比|又|上|请|只|年度?|度|第|那|这|了|末|所|其|该|把|让|给|做|个)+"
)
_TAIL = re.compile(r"(?:得|比|叫|的|那天|那|各|了|上|中|里|内|请|给|做|个|为)+$")


class Words(NamedTuple):
    """The naming words of a question.

    Attributes:
        needed: those that a place which answers should have, without words that only ask.
        every: all of them; words that ask (文号, 日期, 单位) may tell two places apart.
    """

    needed: tuple[str, ...]
    every: tuple[str, ...]


def words_of(plan: Plan) -> Words:
    """The naming words of a plan's question, its slips mended."""
    text = _COUNTED.sub(lambda found: " " * len(found.group()), _asked(plan))
    kept = _kept_whole(plan, text)
    return Words(_words(text, kept, asking=False), _words(text, kept, asking=True))


def _asked(plan: Plan) -> str:
    """The question without units and years; a plan's text lacks its projects as well."""
    if len(plan.text) != len(plan.question):
        return plan.text
    characters = list(plan.text)
    for named in plan.named:
        if named.kind == "project":
            characters[named.start : named.end] = plan.question[named.start : named.end]
    return fold("".join(characters))


def _kept_whole(plan: Plan, text: str) -> list[tuple[int, int]]:
    """Quotes and names of projects: words that ask are parts of a name there."""
    spans = [match.span() for match in _QUOTED.finditer(text)]
    if len(text) == len(plan.question):
        spans += [(n.start, n.end) for n in plan.named if n.kind == "project"]
    return sorted(spans)


def _words(text: str, kept: list[tuple[int, int]], *, asking: bool) -> tuple[str, ...]:
    found: list[str] = []
    at = 0
    for start, end in kept:
        if start >= at:
            found += _runs(text[at:start], asking=asking)
            found += naming_words(text[start:end])
            at = end
    found += _runs(text[at:], asking=asking)
    return tuple(dict.fromkeys(word for word in found if len(squeezed(word)) > 1))


def _runs(text: str, *, asking: bool) -> Iterator[str]:
    for run in naming_words(text if asking else cues.content(text)):
        for piece in _ASKING.split(run):
            bare = piece if asking else asking_pattern().sub(_blank_at_edges, piece)
            for word in bare.split():
                yield _TAIL.sub("", _HEAD.sub("", word))


def _blank_at_edges(match: re.Match[str]) -> str:
    """A blank for a word that asks, where none of its neighbours would be left a single character."""
    left, right = match.start(), len(match.string) - match.end()
    return match.group() if left == 1 or right == 1 else " "
