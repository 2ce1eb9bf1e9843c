"""Whether a cell is the one of the row and column that the question names."""

from __future__ import annotations

import re
from collections.abc import Iterator

from qa.assurance_model import Asked, Doubt, Doubts
from qa.plan import Operation


def another_row(asked: Asked) -> Iterator[Doubt]:
    """The question spells out the name of a row, and the figure is of another."""
    if asked.plan.operation is not Operation.LOOKUP:
        return
    for name in asked.ground.elsewhere:
        if not re.search(rf"含[^,，。?？]{{0,6}}{re.escape(name[:2])}", asked.plan.question):
            yield Doubt("another_row", name)
            return


_ONE_ROLE = {"得分": "分", "分值": "分", "执行率": "%"}
_ROLE_ASKED = re.compile(r"的(得分|分值|执行率)(?:是|为)?(?:多少|几)")


def another_unit(asked: Asked) -> Iterator[Doubt]:
    """得分 is asked for and money is given."""
    found = _ROLE_ASKED.search(asked.plan.question)
    if found and asked.figures and _ONE_ROLE[found[1]] not in asked.figures[0].unit:
        yield Doubt("unit", found[1])


DOUBTS: tuple[Doubts, ...] = (another_row, another_unit)
