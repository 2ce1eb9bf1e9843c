"""The columns of the form of the three official expenses (“三公”经费), told by their names."""

from __future__ import annotations

import re
from collections import defaultdict

from ingest.equations.sides import Side
from ingest.reading.text import compact

_SUBTOTAL = re.compile(r"[小合]计$|购置及运行|购置和运行")
# 公务用车 is parted into purchase and running; the other two are one column each.
_KINDS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("abroad", re.compile(r"出国|出境")),
    ("reception", re.compile(r"接待")),
    ("cars", re.compile(r"用车|车辆")),
    ("total", re.compile(r"合计|总额|总计")),
)


def official_parts(side: Side, column: int) -> list[int]:
    """The columns that the total, or the subtotal of official cars, adds up; [] where the names
    do not tell every one of them."""
    top = side.table.columns[column].path[0]
    deep = len(side.table.columns[column].path) > 1
    kinds: dict[str, list[int]] = defaultdict(list)
    for other in side.columns:
        path = side.table.columns[other].path
        if path and (not deep or path[0] == top):
            kinds[_kind(path)].append(other)
    if any(len(columns) > 1 for kind, columns in kinds.items() if kind):
        return []
    if kinds["cars"] == [column]:
        return [*kinds["purchase"], *kinds["running"]] if kinds["purchase"] else []
    cars = kinds["cars"] or [*kinds["purchase"], *kinds["running"]]
    parts = [kinds["abroad"], cars, kinds["reception"]]
    whole = kinds["total"] == [column] and all(parts)
    return [each for part in parts for each in part] if whole else []


def _kind(path: tuple[str, ...]) -> str:
    joined, last = compact("".join(path)), compact(path[-1])
    kind = next((name for name, words in _KINDS if words.search(joined)), "")
    if kind != "cars" or _SUBTOTAL.search(last) or not re.search("购置|运行", last):
        return kind
    return "running" if "运行" in last else "purchase"
