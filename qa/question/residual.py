"""What is left of a question where the names of bodies and projects and the years are taken out. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from difflib import SequenceMatcher

from ingest.reading.text import fold
from qa.naming.names import NameMatch, Names

_OWN_WORD = 2  # characters
_HAN = re.compile(r"[一-鿿]")
_BRACKET = re.compile("[(（]")
_CLOSING = re.compile("[)）]")
_EMPTIED = re.compile(r"[(（]\s+[)）]")
# What kind of thing it is, said of any project.
_OF_ANY = re.compile(
    "(?:工程|项目|资金|经费|专项|补助|补贴|建设|改造|工作|服务|活动|任务|计划|评价|绩效|自评|报告|年度|财政|整个|全部|这个|那个|里面)+"
)


def residual(text: str, names: Names, spans: Sequence[tuple[int, int]]) -> str:
    """The question with names and years blanked out; offsets stay.

    Words within the span of a project that its name lacks stay: they ask for a part of it.

    Args:
        text: the question.
        names: the names found in it.
        spans: further stretches to blank out.
    """
    characters = list(text)
    beyond = [(match, set(_beyond(match))) for match in names.projects]
    of_others = {
        at for match, said in beyond for at in range(match.start, match.end) if at not in said
    }
    kept = {at for _, said in beyond for at in said} - of_others
    for start, end in [*((m.start, m.end) for m in (*names.entities, *names.projects)), *spans]:
        for index in range(start, min(_closed(text, start, end), len(characters))):
            characters[index] = characters[index] if index in kept else " "
    # （某市） said nothing but the name.
    return _EMPTIED.sub(lambda match: " " * len(match.group()), fold("".join(characters)))


def _closed(text: str, start: int, end: int) -> int:
    """Where a name ends that goes into brackets: 信息化项目（建设 of 信息化项目（建设/运维）."""
    opened = max(text.rfind(bracket, start, end) for bracket in "(（")
    closing = _CLOSING.search(text, opened) if opened >= 0 else None
    return closing.end() if closing and closing.start() >= end else end


def _beyond(match: NameMatch) -> range:
    """Where the words taken for a project say more than its name: 省级 in 医保省级财政补助, 东路片区."""
    same = SequenceMatcher(None, match.text, match.name, autojunk=False).get_matching_blocks()
    known = [each for each in same if each.size >= _OWN_WORD]
    foreign = "".join("x" if _HAN.match(c) and c not in match.name else "." for c in match.text)
    for found in re.finditer("x{2,}", foreign):
        at = found.start()
        end = min((each.a for each in known if each.a > at), default=len(match.text))
        before = any(each.a + each.size <= at for each in known)
        if (
            before
            and not _BRACKET.search(match.text[:at])
            and not _OF_ANY.fullmatch(match.text, at, end)
        ):
            return range(match.start + at, match.start + end)
    return range(0)
