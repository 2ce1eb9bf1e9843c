"""Names that a sentence counts among some things, against the table that lists them all."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ingest.equations.claims import holds
from ingest.equations.listed import plain_count, row_count
from ingest.figures.naming import is_cell
from ingest.model import Assertion, BlockKind, Figure, Locator, ReportKind, Role, Said
from ingest.reading.text import compact
from ingest.structure.texts import Sentence, Text, Texts, contrary, said_of

_AMONG = re.compile(r"其中(?P<names>(?:[、和及与]?“[^”]{2,20}”)+)(?:等)?(?P<noun>指标|项目|单位)")
_FEW = 3  # rows of a table that is a list
_SHOWN = 12
_NAME = re.compile(r"“([^”]{2,20})”")


def listed_name(texts: Texts) -> Iterator[Assertion]:
    """“共设置 8 个绩效指标，其中“甲”“乙”等指标……”：甲、乙应在列出这 8 个指标的表里。

    来源：绩效评价报告对申报表、自评表指标设置的分析。
    例：表 3 列出全部 8 个指标，文字举出的“支付合规性”不在其中，不一致。
    边界：句中的个数与表的行数相符（表的行数另有文字核实）；举出的名称至少有一个在表中，才对不在表中的报错。
    """
    tables = _verified(texts)
    told: set[tuple[int, str]] = set()
    for sentence in texts.sentences if tables else ():
        match = _AMONG.search(sentence.words)
        for found in _members(texts, sentence, match, tables) if match else ():
            if (found.part, found.subject) not in told:
                told.add((found.part, found.subject))
                yield found


def _verified(texts: Texts) -> dict[tuple[int, str], list[tuple[Locator, ...]]]:
    """The rows of tables whose number the text confirms, by part and number."""
    found: dict[tuple[int, str], list[tuple[Locator, ...]]] = {}
    for claim in row_count(texts.book):
        if holds(claim) and len(claim.places) >= _FEW:
            key = (claim.stated.part, f"{claim.stated.quantity.value:f}")
            found.setdefault(key, []).append(claim.places)
    return found


def _members(
    texts: Texts,
    sentence: Sentence,
    match: re.Match[str],
    tables: dict[tuple[int, str], list[tuple[Locator, ...]]],
) -> Iterator[Assertion]:
    low, high = sentence.start, sentence.at(match.start())
    counts = [f for f in texts.figures(sentence.text) if low <= f.start < high and plain_count(f)]
    keys = [(sentence.text.part, f"{figure.quantity.value:f}") for figure in counts]
    listed = next((tables[key] for key in keys if key in tables), [])
    if len(listed) != 1:
        return
    cells = [texts.grid[p.table or 0, p.row or 0, p.column or 0] for p in listed[0]]
    known = {compact(cell.folded): cell for cell in cells}
    names = list(_NAME.finditer(match["names"]))
    inside = [name for name in names if compact(name[1]) in known]
    absent = [name for name in names if compact(name[1]) not in known] if inside else []
    if absent:
        start = match.start("names")
        stated = sentence.said(start + absent[0].start(), start + absent[-1].end())
        others = tuple(cell.said(0, len(cell.raw)) for cell in cells)
        shown = "、".join(other.text for other in others[:_SHOWN])
        called = "、".join(name[0] for name in absent)
        words = f"{called}写在这{len(cells)}个{match['noun']}之中，表中所列为{shown}。"
        part = sentence.text.part
        yield contrary("listed_name", part, called, stated, others, shown, words)


_NUMBER = re.compile(r"(?:附)?表\s*(?P<number>\d{1,2})(?![\d.-])")


def table_order(texts: Texts) -> Iterator[Assertion]:
    """表号连续：表 4 之后应是表 5。

    来源：评价报告正文里“表 1 ……”“表 2 ……”的表题。
    例：表 4 之后是表 7，全文没有表 5、表 6，不一致。
    边界：只查绩效评价报告（决算公开表按表号，可缺）；至少三张连续编号的表，表号递增；缺号在全文任何地方都没有提到才报。
    """
    last: dict[int, tuple[int, Text, Said]] = {}
    seen: dict[int, int] = {}
    mentioned = {
        (text.part, int(match["number"]))
        for text in (*texts.prose, *texts.cells)
        for match in _NUMBER.finditer(text.folded)
    }
    for text in texts.prose:
        captioned = text.kind is BlockKind.CAPTION
        own = texts.parts[text.block].kind is ReportKind.PROJECT_EVALUATION
        match = _NUMBER.match(text.folded) if captioned and own else None
        if match is None:
            continue
        number = int(match["number"])
        said = text.said(match.start(), match.end())
        before = last.get(text.part)
        run = seen.get(text.part, 0)
        if before is not None and number > before[0] + 1 and run >= 3:
            missing = [n for n in range(before[0] + 1, number) if (text.part, n) not in mentioned]
            if len(missing) == number - before[0] - 1:
                words = f"“{before[2].text}”之后是“{said.text}”，缺少表{'、表'.join(map(str, missing))}。"
                shown = f"表{before[0] + 1}"
                yield contrary("table_order", text.part, "表号", said, (before[2],), shown, words)
        ordered = before is None or number == before[0] + 1
        seen[text.part] = run + 1 if ordered else 0
        last[text.part] = (number, text, said)


_REASON = re.compile(r"扣分(?:原因|说明|理由|依据)|失分(?:原因|说明)")
_NOTHING = re.compile(r"^(?:无|/|-+|—+|未扣分|不扣分|无扣分.*|满分)?$")
_FAULT = re.compile(r"未|不|缺|没有|较低|偏低|偏慢|滞后|延迟|超|扣")
_FINDING = re.compile(r"评价情况|评分说明|评价说明|得分说明")
_BUT = re.compile(
    r"但[^。;]{0,60}?(?:不一致|未能|不足|不完整|不规范|不明确|不够|有待提高|有待加强|欠缺|缺失|滞后)[^。;,]{0,20}"
)


def full_mark(texts: Texts) -> Iterator[Assertion]:
    """满分的指标不应写有扣分原因，评价情况不应写有“但……不足”。

    来源：评分表的“扣分原因”“评价情况”栏。
    例：得分 3 分（分值 3 分），评价情况写“但……未能一一对应，自评材料之间不一致，质量有待提高”，不一致。
    边界：同一行恰有一个分值、一个得分，两数相等；扣分原因写“无”、只是说明计分方法的不报。
    """
    grids = texts.book.grids
    for number, grid in grids.items():
        table = texts.document.tables[number]
        reasons = [
            (c, pattern)
            for c, column in enumerate(table.columns)
            for pattern in (_REASON, _FINDING)
            if column.path and pattern.search(compact(column.path[-1]))
        ]
        figures: dict[int, dict[Role, list[Figure]]] = {}
        for (row, _), figure in grid.items():
            if figure.role in (Role.FULL_MARK, Role.SCORE) and is_cell(figure):
                figures.setdefault(row, {}).setdefault(figure.role, []).append(figure)
        for row, roles in figures.items() if reasons else ():
            full, scores = roles.get(Role.FULL_MARK, []), roles.get(Role.SCORE, [])
            if len(full) != 1 or len(scores) != 1:
                continue
            if full[0].quantity.base != scores[0].quantity.base or table.row_infos[row].total:
                continue
            for column, pattern in reasons:
                cell = texts.grid.get((number, row, column))
                match = _fault(cell, pattern) if cell else None
                if cell and match:
                    name = next(iter(table.row_infos[row].path[-1:]), "指标")
                    stated, other = said_of(scores[0]), cell.said(match.start(), match.end())
                    words = f"“{name}”得满分{stated.text}，却写“{other.text}”。"
                    yield contrary(
                        "full_mark", cell.part, name, stated, (other,), other.text, words
                    )
                    break


def _fault(cell: Text, pattern: re.Pattern[str]) -> re.Match[str] | None:
    """The words of a cell that give a reason to take points off."""
    if pattern is _FINDING:
        return _BUT.search(cell.folded)
    if _NOTHING.match(compact(cell.folded)) or not _FAULT.search(cell.folded):
        return None
    return re.match(r"[\s\S]+", cell.folded)
