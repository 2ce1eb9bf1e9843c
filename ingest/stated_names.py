"""What lines ``单位名称：…`` and pairs of cells state of a report: whose, which project, which year."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import partial
from itertools import pairwise

from ingest.form_titles import banners
from ingest.model import Block, BlockKind, Cell, Fact, Locator, Span, Table, slice_spans
from ingest.text import compact, tidy

UNIT_KEYS = (
    "单位名称", "部门名称", "预算部门", "编制部门", "编制单位", "填报单位", "填报部门", "部门",
    "预算单位", "部门(单位)名称", "部门(单位)", "项目主管部门", "主管部门", "项目单位",
    "项目实施单位", "实施单位", "预算主管部门", "项目承担单位", "项目用款单位", "用款单位", "被评价单位", "评价单位",
    "单位",
)  # fmt: skip
_UNIT = "单位"  # of an amount as well as who
_BODY = re.compile(
    r"(?:局|委员会|委|办公室|中心|院|校|馆|站|所|队|协会|联合会|政府|街道)(?:[(（]|$)"
)
CLIENT_KEYS = ("委托单位", "委托方", "委托部门", "评价委托单位")
PROJECT_KEYS = ("项目名称", "评价项目名称", "评价项目", "项目(专项)名称", "专项名称")
YEAR_KEYS = ("自评年度", "评价年度", "预算年度", "项目年度", "决算年度", "绩效年度", "年度")
_ALL_KEYS = (*UNIT_KEYS, *CLIENT_KEYS, *PROJECT_KEYS, *YEAR_KEYS, "评价机构", "评价时间")
_NEXT_KEY = re.compile(
    r"\t|\s{2,}|(?:金额)?单位\s*[:：]|(?:"
    + "|".join(sorted(map(re.escape, _ALL_KEYS), key=len, reverse=True))
    + r")\s*[:：]"
)
_KEY_LINE = re.compile(r"([^:：]{2,12})[:：]\s*(.{1,80})", re.DOTALL)


def facts_stated(
    blocks: Sequence[Block], tables: Sequence[Table], keys: Sequence[str]
) -> list[Fact]:
    """What lines ``单位名称：…`` and pairs of table cells state, best key first."""
    found: dict[str, Fact] = {}
    for block in blocks[:400]:
        if block.kind in (BlockKind.CAPTION, BlockKind.PARAGRAPH, BlockKind.TITLE):
            _stated_in_line(block.text, block.raw_spans, block.page, keys, found)
    for cell in banners(tables):
        _stated_in_line(cell.text, partial(slice_spans, cell.spans), None, keys, found)
    for table in tables:
        for row in (*table.header[:6], *table.rows[:12]):
            _stated_in_row(row, table, keys, found)
    return [found[key] for key in keys if key in found]


def _stated_in_line(
    text: str,
    places: Callable[[int, int], tuple[Span, ...]],
    page: int | None,
    keys: Sequence[str],
    found: dict[str, Fact],
) -> None:
    match = _KEY_LINE.match(text[:120])
    if match is None:
        return
    key = compact(match.group(1))
    value = _NEXT_KEY.split(match.group(2).strip())[0].strip(" 。；")
    if key == _UNIT and not _BODY.search(value):
        return  # of money
    if key in keys and key not in found and 2 <= len(value) <= 60 and "，" not in value:
        start = text.index(value, match.start(2))
        found[key] = Fact(tidy(value), Locator(places(start, start + len(value)), page))


def _stated_in_row(
    row: Sequence[Cell], table: Table, keys: Sequence[str], found: dict[str, Fact]
) -> None:
    cells = [cell for cell in row if cell.text]
    if not cells or compact(cells[0].text) in _COUNTERS:
        return
    for name, value in pairwise(cells):
        key = compact(name.text).rstrip(":")
        text = tidy(value.text)
        if key in keys and key not in found and 2 <= len(text) <= 60 and compact(text) not in keys:
            if _is_column_header(text) or (key == _UNIT and not _BODY.search(text)):
                continue
            found[key] = Fact(text, Locator(value.spans, table=table.no))


_COUNTERS = frozenset(("序号", "编号", "行次"))  # of a row of headings


def _is_column_header(text: str) -> bool:
    return (
        re.search(
            r"(?:名称|金额|数|内容|情况|目标|类型|编码|负责人|备注|性质|级次|方式|类别)$", text
        )
        is not None
    )
