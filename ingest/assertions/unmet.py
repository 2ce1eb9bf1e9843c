"""Indicators that a sentence calls met, against targets and results in a table."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from typing import NamedTuple

from ingest.assertions.comparisons import REVERSED, order_of
from ingest.assertions.completed import UNMET
from ingest.equations.claims import closed
from ingest.figures.naming import is_cell
from ingest.model import Assertion, Figure, Role
from ingest.reading.text import compact
from ingest.structure.texts import Sentence, Texts, contrary, said_of

_MET = re.compile(
    r"(?:除(?P<but>[^,;。]{2,40}?)(?:以外|之外|外),?(?:其他|其余)?)?"
    r"(?:(?P<all>各|全部|所有|其他|其余)(?:各)?(?:项|个)?)?(?P<kind>[一-鿿]{0,4}?)(?:绩效)?(?:三级)?(?:指标|目标值)(?:值)?"
    r"[^,;。]{0,6}?(?:均|都|全部)(?:已|按[^,;。]{0,4})?(?:完成|达到|达标|实现)"
)
_BUT_MET = re.compile(
    r"除(?P<but>[^,;。]{2,40}?)(?:以外|之外|外),?[^,;。]{0,8}?(?:均|都|全部)(?:已|按[^,;。]{0,4})?(?:完成|达到|达标|实现)"
)
_KINDS = re.compile(r"产出|数量|质量|时效|成本|效益|满意度|经济|社会|生态")
_LESS_IS_BETTER = re.compile(r"成本|时效|时限|及时|控制|执行率|支出率")
_HEDGED = re.compile(r"基本|大部分|多数|个别|如|若|应|要求|确保|力争")


class _Unmet(NamedTuple):
    """A row of a table whose result is below its target."""

    name: str
    path: str
    target: Figure
    actual: Figure


def unmet(texts: Texts) -> Iterator[Assertion]:
    """“各项指标均达到目标值”：指标表里各行的完成值应不低于目标值；“除甲外均达到”：其余各行应达到。

    来源：自评表、绩效评价报告的目标值与完成值两栏，以及结论。
    例：目标 120 公里，完成 112 公里，结论写“各项指标均完成年度目标值”，不一致。
    边界：同一部分，单位相同的两个数；越少越好的（成本、时效、投诉）、写“≤”的和预算执行率不查；结论只说一类指标的只看那一类；
    同一段里另外说明了这一行的不报。
    """
    rows = _rows(texts)
    for sentence in texts.sentences if rows else ():
        match = _MET.search(sentence.words) or _BUT_MET.search(sentence.words)
        if match is None or _HEDGED.search(match.group()):
            continue
        told = match.groupdict()
        whole = told.get("all") or told.get("but") or match.group()[:2] in ("指标", "绩效")
        kind = _KINDS.search(told.get("kind") or "")
        before = sentence.words[: match.start()]
        if not (whole or kind) or _KINDS.search(before[-6:]) or before.endswith("除"):
            continue
        yield from _against(sentence, match, told.get("but") or "", kind, rows)


def _rows(texts: Texts) -> dict[int, list[_Unmet]]:
    """The rows of each part that fall short, by their target and actual cells."""
    found: dict[int, list[_Unmet]] = defaultdict(list)
    for number, grid in texts.book.grids.items():
        pairs: dict[int, dict[Role, list[Figure]]] = defaultdict(lambda: defaultdict(list))
        for (row, _), figure in grid.items():
            if figure.role in (Role.TARGET, Role.ACTUAL) and is_cell(figure):
                pairs[row][figure.role].append(figure)
        table = texts.document.tables[number]
        infos = table.row_infos
        for row, roles in pairs.items():
            if len(roles[Role.TARGET]) != 1 or len(roles[Role.ACTUAL]) != 1:
                continue
            target, actual = roles[Role.TARGET][0], roles[Role.ACTUAL][0]
            path = compact("".join(infos[row].path))
            better = _LESS_IS_BETTER.search(path) or REVERSED.search(path)
            plain = target.quantity.approx in ("", "≥", "不低于", "不少于", "达到") and closed(
                actual
            )
            alike = target.quantity.unit.compatible(actual.quantity.unit)
            if infos[row].total or better or not plain or not alike or not infos[row].path:
                continue
            told = any(UNMET.match(compact(cell.text)) for cell in table.rows[row])  # all_met
            if order_of(actual, target) == -1 and not told:
                name = re.sub(r"[(（][^()（）]*[)）]$", "", compact(infos[row].path[-1]))
                found[target.part].append(_Unmet(name, path, target, actual))
    return found


def _names(but: str) -> list[str]:
    """The names of 除“甲”、乙外."""
    return [name for name in re.split(r"[、,“”]|和|及", but) if name]


def _against(
    sentence: Sentence,
    match: re.Match[str],
    but: str,
    kind: re.Match[str] | None,
    rows: dict[int, list[_Unmet]],
) -> Iterator[Assertion]:
    part = sentence.text.part
    around = compact(sentence.text.folded)
    short = [
        row
        for row in rows.get(part, [])
        if row.name not in around.replace(match.group(), "")
        and not any(name in row.name or row.name in name for name in _names(but))
        and (kind is None or kind.group() in row.path)
    ]
    if short:
        stated = sentence.said(match.start(), match.end())
        others = tuple(said_of(each) for row in short[:2] for each in (row.actual, row.target))
        shown = f"{short[0].name}：目标{others[1].text}，完成{others[0].text}"
        words = f"写“{stated.text}”，而{shown}。"
        yield contrary("unmet", part, "绩效指标", stated, others, shown, words)
