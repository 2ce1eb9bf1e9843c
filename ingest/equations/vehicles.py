"""Official vehicles that the 三公 expenditure keeps, against the vehicles that the assets list."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator

from ingest.equations.book import Book
from ingest.equations.claims import Claim, closed, same
from ingest.model import Figure, Role
from ingest.reading.text import compact

_KEPT = re.compile(r"(?:公务用车保有量|保有公务用车)$")
_ALL = re.compile(r"(?:共有|实有)车辆$")
_UNIT = "辆"


def vehicles(book: Book) -> Iterator[Claim]:
    """年末公务用车保有量 ≤ 国有资产占用情况的共有车辆。

    来源：部门决算公开“三公”经费说明与国有资产占用情况说明。
    例：“三公”经费写公务用车保有量 118 辆，国有资产写共有车辆 116 辆，不成立。
    边界：两数相同的算一致；保有量较少的不查（财政拨款以外开支的车辆不在其中）；同一部分、同一年各只有一个数。
    """
    kept, owned = _counts(book, _KEPT), _counts(book, _ALL)
    for key, figures in kept.items():
        others = owned.get(key, [])
        values = [{f.quantity.base for f in each} for each in (figures, others)]
        if all(len(each) == 1 for each in values) and figures[0].quantity.base >= values[1].pop():
            yield same("same_fact", figures[0], others[0], "国有资产占用情况")


def _counts(book: Book, name: re.Pattern[str]) -> dict[tuple[int, str], list[Figure]]:
    found: dict[tuple[int, str], list[Figure]] = defaultdict(list)
    for run in book.runs:
        for figure in run.figures:
            counted = figure.quantity.unit.symbol == _UNIT and figure.role is Role.VALUE
            told = figure.locator.table is None and closed(figure)
            if counted and told and name.search(compact(figure.metric)):
                found[figure.part, figure.period].append(figure)
    return found
