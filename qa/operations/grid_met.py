"""Which indicators of a table met their targets, each result held against the target beside it."""

from __future__ import annotations

import re
from collections.abc import Collection

from ingest.model import Figure, Role
from qa.operations.grid import Grid, Line
from qa.operations.grid_lines import Found, at_level_of
from qa.operations.met import meets
from qa.words.matching import squeeze

_HELD = (Role.TARGET, Role.ACTUAL)
_LEAST = 3  # indicators of a table that is one of indicators


def measured(grid: Grid, text: str, years: Collection[str], *, met: bool) -> Found | None:
    """The lines whose result meets the target, or does not.

    None where a line with both cannot be judged, or none is of that kind.

    Args:
        grid: a table.
        text: the question.
        years: those asked for; of several results in a line the one of that year counts.
        met: whether the lines that meet their target are asked for.
    """
    pairs: list[tuple[Line, Figure, bool]] = []
    lines = at_level_of([line for line in grid.lines if not line.total], text)
    columns = {c for line in lines for c, each in line.cells.items() if each.role in _HELD}
    for line in lines:
        aims = [each for each in line.cells.values() if each.role is Role.TARGET]
        said = {squeeze(line.texts[c]) for c in columns & line.texts.keys()} - {""}
        if not aims and len(said) <= 1 and not _marked_down(line):
            continue  # nothing to reach, or the same words in both columns
        got = _result(line, years)
        reached = meets(aims[0], got) if got is not None and len(aims) == 1 else None
        if got is None or reached is None:
            return None
        pairs.append((line, got, reached))
    chosen = [(line, got) for line, got, reached in pairs if reached is met]
    if len(pairs) < _LEAST or not chosen:
        return None
    figures = tuple(got for _, got in chosen)
    return Found(grid, tuple(line for line, _ in chosen), figures, "目标", len(pairs))


def _marked_down(line: Line) -> bool:
    """Whether a line without figures to compare lost marks: what it fell short of stands in words."""
    marks = {each.role: each.quantity.base for each in line.cells.values()}
    full, got = marks.get(Role.FULL_MARK), marks.get(Role.SCORE)
    return full is not None and got is not None and got < full


def _result(line: Line, years: Collection[str]) -> Figure | None:
    """What a line says was reached; of several years that which is asked for."""
    results = [each for each in line.cells.values() if each.role is Role.ACTUAL]
    if len(results) > 1:
        results = [each for each in results if _year_of(each) in years]
    return results[0] if len(results) == 1 else None


def _year_of(figure: Figure) -> str:
    found = re.search(r"20\d\d", "".join(figure.column_path))
    return found.group() if found is not None else figure.period
