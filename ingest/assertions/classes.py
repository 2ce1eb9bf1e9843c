"""Indicators as sentences and tables tell of them: their class, and the value that they aim at."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from itertools import chain
from typing import NamedTuple

from ingest.model import Assertion, ColumnRole, Said
from ingest.reading.text import compact
from ingest.structure.markers import read_marker
from ingest.structure.texts import Text, Texts, agreed, contrary

# Classes of which an indicator is in one at most (财预〔2020〕10 号附表).
_CLASS = r"经济效益|社会效益|生态效益|可持续影响|数量|质量|时效|成本|满意度"
_AIM = r"(?:年度)?(?:指标值|目标值|预期值)"
_CLASSED = re.compile(
    rf"(?P<class>{_CLASS})指标[^。;“”]{{0,14}}{_AIM}(?:为|是|:)?\s*“(?P<value>[^”]{{4,60}})”"
)
# 社会效益指标“重大事故起数”: an indicator by its name.
_NAMED = re.compile(
    rf"(?P<class>{_CLASS})(?:效益)?指标(?:[中下里]?的)?\s*“(?P<value>[^”]{{2,40}})”"
)
_QUOTED = re.compile(rf"{_AIM}(?:为|是|:)?\s*“(?P<value>[^”]{{4,60}})”")
_AIM_COLUMN = re.compile(rf"{_AIM}|预期目标|绩效目标值")
_SHEETS = 6  # tables that list the indicators of one report
_OFTEN = 3  # rows of one value: it then tells nothing about its indicator


def indicator_class(texts: Texts) -> Iterator[Assertion]:
    """文字说某指标（或指标值）属于甲类指标，表中它应在甲类之下。

    来源：绩效评价报告对《绩效自评表》《绩效目标申报表》的分析，“经济效益指标指标值为“……””。
    例：“经济效益指标指标值为“保障政务网络光纤通畅””，表 4 这个值在“社会效益”一行，不一致。
    边界：引号里的指标名称、指标值与表中单元格逐字相同；类别限经济、社会、生态效益，可持续影响，数量、质量、时效、成本，满意度；
    表中这个值所在各行都标有类别才查；指标名称有一行标有类别即查。
    """
    rows: dict[tuple[int, str], list[Text]] = defaultdict(list)
    for cell in texts.cells:
        rows[cell.part, _plain(cell.folded)].append(cell)
    told: set[tuple[int, str, str]] = set()
    for sentence in texts.sentences:
        for match in chain(*(form.finditer(sentence.words) for form in (_CLASSED, _NAMED))):
            part, value = sentence.text.part, _plain(match["value"])
            cells, key = rows.get((part, value), []), (part, match["class"], value)
            named = match.re is _NAMED  # the same name stands in sheets without classes too
            if key in told or not 0 < len(cells) < (_SHEETS if named else _OFTEN):
                continue
            told.add(key)
            stated = sentence.said(match.start(), match.end())
            others = tuple(label for cell in cells if (label := _labelled(texts, cell)))
            if len(others) < (1 if named else len(cells)):
                continue
            what = "指标值" if match.re is _CLASSED else "指标"
            subject = f"{what}“{match['value']}”"
            if any(match["class"] in label.text for label in others):
                yield agreed("indicator_class", part, subject, stated, others)
            else:
                yield contrary("indicator_class", part, subject, stated, others)


def _plain(value: str) -> str:
    return compact(value).strip("。;,“”")


def _labelled(texts: Texts, cell: Text) -> Said | None:
    """The label of the cell's row that names a class; None where the row names none."""
    place = cell.locator
    table = texts.document.tables[place.table or 0]
    for column in range(len(table.columns)):
        for row in range(place.row or 0, -1, -1):
            label = texts.grid.get((table.no, row, column))
            if table.columns[column].role is not ColumnRole.LABEL:
                break
            if label is not None:
                if re.search(_CLASS, label.folded):
                    return label.said(0, len(label.raw))
                break
    return None


class _Aim(NamedTuple):
    """What an indicator aims at, as one place says it."""

    value: str
    said: Said


def indicator_aim(texts: Texts) -> Iterator[Assertion]:
    """同一指标的指标值（文字的）在正文、完成情况表、评分表里应相同。

    来源：绩效评价报告“四、绩效指标分析”各指标下的“指标值“……””，个性化指标完成情况表，评分表的评价情况。
    例：“提升政府工作效率”正文的指标值为“开发政务系统功能……”，评分表写作“定期维护政府服务系统……”，不一致。
    边界：指标名称逐字相同；只查不含数字的指标值；一处包含另一处的不报；两处各一时，须另一处的值正是别的指标的值。
    """
    aims: dict[tuple[int, str], list[_Aim]] = defaultdict(list)
    for name, part, aim in (*_in_sections(texts), *_in_rows(texts)):
        if len(name) > 3 and not re.search(r"\d", aim.value):
            aims[part, name].append(aim)
    owners: dict[tuple[int, str], set[str]] = defaultdict(set)
    for (part, name), found in aims.items():
        for aim in found:
            owners[part, aim.value].add(name)
    for (part, name), found in aims.items():
        yield from _one_aim(part, name, found, owners)


def _one_aim(
    part: int, name: str, found: list[_Aim], owners: dict[tuple[int, str], set[str]]
) -> Iterator[Assertion]:
    values = Counter(aim.value for aim in found)
    if len(values) == 1:
        if len(found) > 1:
            yield agreed(
                "indicator_aim", part, name, found[0].said, tuple(a.said for a in found[1:])
            )
        return
    ranked = values.most_common()
    (right, often), (wrong, seldom) = ranked[0], ranked[-1]
    if len(ranked) != 2 or right in wrong or wrong in right:
        return
    foreign = [value for value in (right, wrong) if len(owners[part, value]) > 1]
    if often == seldom:
        if len(foreign) != 1:
            return
        right, wrong = (right, wrong) if foreign[0] == wrong else (wrong, right)
    stated = next(aim.said for aim in found if aim.value == wrong)
    others = tuple(aim.said for aim in found if aim.value == right)
    yield contrary("indicator_aim", part, f"“{name}”的指标值", stated, others)


def _in_sections(texts: Texts) -> Iterator[tuple[str, int, _Aim]]:
    """Values quoted in the sentences below an indicator's heading."""
    for text in texts.prose:
        for match in _QUOTED.finditer(text.folded):
            section = texts.document.sections[text.section]
            name = _indicator(section.title)
            if not _CLASSED.search(text.folded) and name:
                yield name, text.part, _aim(text, match)


def _indicator(title: str) -> str:
    marker = read_marker(title)
    return re.sub(
        r"(?:指标)?(?:分析)?[:。]?$", "", compact(title[marker.length :] if marker else title)
    )


def _aim(text: Text, match: re.Match[str]) -> _Aim:
    said = text.said(match.start("value"), match.end("value"))
    return _Aim(_plain(match["value"]), said)


def _in_rows(texts: Texts) -> Iterator[tuple[str, int, _Aim]]:
    """Values in a column of aims, and those quoted in a row's text, by the row's own label."""
    for cell in texts.cells:
        place = cell.locator
        column = texts.document.tables[place.table or 0].columns[place.column or 0]
        if column.role is ColumnRole.LABEL:
            continue
        quoted = list(_QUOTED.finditer(cell.folded))
        if len(quoted) == 1 and not _CLASSED.search(cell.folded):
            yield _row_name(texts, cell), cell.part, _aim(cell, quoted[0])
        elif column.path and _AIM_COLUMN.search(compact(column.path[-1])):
            whole = _Aim(_plain(cell.folded), cell.said(0, len(cell.raw)))
            yield _row_name(texts, cell), cell.part, whole


def _row_name(texts: Texts, cell: Text) -> str:
    """The innermost label printed in the cell's row."""
    place = cell.locator
    table = texts.document.tables[place.table or 0]
    labels = [
        label
        for c, column in enumerate(table.columns)
        if column.role is ColumnRole.LABEL
        for label in [texts.grid.get((table.no, place.row or 0, c))]
        if label
    ]
    return compact(labels[-1].folded) if labels else ""
