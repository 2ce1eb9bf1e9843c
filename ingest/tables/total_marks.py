"""The last row of a score sheet (总分 | 100 | 96 | 优), whose numbers stand under names: put right."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest.model import Cell
from ingest.reading.text import compact
from ingest.tables.cellsyntax import EMPTY_CELL, is_plain_number

_FULL = re.compile(r"^(?:指标)?(?:分值|权重|满分|标准分值?)(?:[(（].*[)）])?$")
_GOT = re.compile(r"^(?:自评|评价|实际)?(?:得分|评分)(?:[(（].*[)）])?$")
_SUM = re.compile(r"^(?:总分|总得分|合计|总计|综合得分|自评总分)$")
_LAST = 3  # rows at the end of a sheet among which its sum stands
_LONGEST = 3  # characters of a grade


def place_total_marks(paths: Sequence[Sequence[str]], body: list[list[Cell]]) -> None:
    """Moves the full mark and the marks of a sheet's sum under the columns of such, in place.

    Only where the row holds those two numbers, a grade behind them at most, and neither number
    stands under a column of marks already.
    """
    leaves = [compact(path[-1]) if path else "" for path in paths]
    full = [index for index, leaf in enumerate(leaves) if _FULL.match(leaf)]
    got = [index for index, leaf in enumerate(leaves) if _GOT.match(leaf)]
    if len(full) != 1 or len(got) != 1:
        return
    for row in body[-_LAST:]:
        filled = [index for index, cell in enumerate(row) if cell.text]
        if not filled or not _SUM.match(compact(row[filled[0]].text)):
            continue
        numbers = [index for index in filled[1:] if is_plain_number(row[index].text)]
        rest = [index for index in filled[1:] if index not in numbers]
        grade = all(len(compact(row[index].text)) <= _LONGEST for index in rest) and len(rest) <= 1
        if len(numbers) != len(full + got) or not grade or {*numbers} & {full[0], got[0]}:
            continue
        cells = [row[index] for index in (*numbers, *rest)]
        for index in filled[1:]:
            row[index] = EMPTY_CELL
        behind = min(got[0] + 1, len(row) - 1)
        for index, cell in zip((full[0], got[0], behind), cells, strict=False):
            row[index] = cell
