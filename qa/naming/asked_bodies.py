"""Several things of several bodies in one question, as one question for each of them. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from qa.question.ellipsis import Named
from qa.words import cues

_EACH = re.compile(
    r"^(?P<head>(?:[^:：,，]{0,24}[:：])?)(?P<list>[^,，:：;；?？]+?)[,，]?(?:它们|他们)?(?:各自|各|分别|都)(?:是|为|有)?(?P<ask>[^,，;；?？]*(?:多少|几)[^,，;；?？]*)[?？。]?$"
)
_AND = re.compile(r"、|以及|和|与")
_QUOTED = re.compile(r"[“\"《][^”\"》]*[”\"》]|[(（][^()（）]*[)）]")
_OF_KIND = re.compile(r"(?:项目|工程|专项|资金|经费|补助|补贴)$")
_MOST = 6


def asks_of_bodies(question: str, named: Sequence[Named], years: Sequence[str]) -> list[str]:
    """``甲局的A、乙局的B各支出多少`` as an ask for each; empty where a piece names no body of its own.

    Bodies alone are compared as such and no list of things.

    Args:
        question: as read.
        named: where it names bodies, projects and years.
        years: the years that it asks for.
    """
    match = _EACH.match(question)
    if match is None or len(years) > 1:
        return []
    low = match.start("list")
    masked = _QUOTED.sub(lambda m: "□" * len(m.group()), match["list"])
    cuts = [0, *(m.end() for m in _AND.finditer(masked)), len(masked)]
    spans = [(low + a, low + b) for a, b in pairwise(cuts)]
    if not 2 <= len(spans) <= _MOST:
        return []
    asks: list[str] = []
    for start, end in spans:
        bodies = [n for n in named if n.kind == "unit" and start <= n.start and n.end <= end]
        rest = question[bodies[0].end : end] if len(bodies) == 1 else ""
        thing = _AND.sub("", rest).strip(" 的")
        if len(cues.content(thing)) < 2:
            return []
        body = question[bodies[0].start : bodies[0].end]
        year = f"{years[0]}年" if years else ""
        kind = "项目" if "项目" in match["head"] and not _OF_KIND.search(thing) else ""
        asks.append(f"{body}{year}{thing}{kind}{match['ask']}？")
    return asks
