"""Projects listed by short names with their years in brackets, each as a name of its own. Pure.

``甲（2021）和丙（某局2023）这两个项目里，哪个…`` is read as ``2021年甲项目、2023年某局丙项目，哪个…``.
"""

from __future__ import annotations

import re

_NUMBER = r"[两二三四五六七八]"
_LIST = re.compile(
    rf"^(?P<list>[^。;；?？]*?)(?P<all>[,，]?(?:以上|上述|这|那)?{_NUMBER}个(?:被?评价|自评)?(?:的)?(?:项目)?)"
    r"(?P<inside>当中|之中|中|里)?(?P<sep>的?[,，]?)(?P<rest>.+)$"
)
_ITEM = re.compile(
    r"^(?P<name>[^（()）]{2,24})[（(](?P<who>[^（()）\d]{0,12})(?P<year>20\d\d)年?度?(?P<end>[^（()）\d]{0,8})[)）]$"
)
# 林业局2021年的养护项目: the year stands inside the name.
_INSIDE = re.compile(
    r"^(?P<who>[^\d（()）]{2,12})(?P<year>20\d\d)年度?的(?P<name>[^（()）\d]{2,24})$"
)
_PARTED = re.compile(r"[、,，]|(?<=[)）])(?:和|与|以及|及)")
_LEAST = 2  # projects with a year


def years_ahead(question: str) -> str:
    """The question with every listed project called by its year, its body and its name."""
    found = _LIST.match(question)
    if found is None:
        return question
    items = [item.strip() for item in _pieces(found["list"])]
    dated = [match for item in items if (match := _ITEM.match(item) or _INSIDE.match(item))]
    if len(dated) < _LEAST or len(dated) < len(items):
        return question
    names = "、".join(map(_named, dated))
    joined = "，" if found["inside"] or found["sep"] else ""
    return f"{names}{joined}{found['rest']}"


def _pieces(text: str) -> list[str]:
    """The text parted at 、 and the like, but not within brackets."""
    found, depth, start = [], 0, 0
    for at, char in enumerate(text):
        depth += (char in "（(") - (char in "）)")
        if depth == 0 and at >= start and (cut := _PARTED.match(text, at)):
            found.append(text[start:at])
            start = cut.end()
    return [piece for piece in (*found, text[start:]) if piece]


def _named(item: re.Match[str]) -> str:
    name = (
        item["name"] if item["name"].endswith(("项目", "专项", "工程")) else f"{item['name']}项目"
    )
    return f"{item['year']}年{item['who']}{name}"
