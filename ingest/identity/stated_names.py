"""What lines ``单位名称：…`` and pairs of cells state of a report: whose, which project, which year."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from itertools import pairwise
from typing import NamedTuple

from ingest.model import Block, BlockKind, Cell, Fact, Locator, Span, Table, slice_spans
from ingest.reading.text import compact, tidy
from ingest.tables.cellsyntax import is_numeric

# By name without what stands in brackets: 部门(单位)名称, 主管部门（盖章） and 主管部门及代码 are there.
_FIRM_UNIT_KEYS = (
    "单位名称", "部门名称", "预算部门", "编制部门", "编制单位", "填报单位", "填报部门", "部门",
    "预算单位", "项目主管部门", "主管部门", "项目单位",
    "项目实施单位", "实施单位", "预算主管部门", "项目承担单位", "项目用款单位", "用款单位", "被评价单位", "评价单位",
)  # fmt: skip
_LOOSE_UNIT_KEYS = (
    "预算单位名称", "主管单位", "项目主管单位", "实施单位名称", "项目执行单位", "项目责任单位",
    "项目承办单位", "资金使用单位", "申报单位", "自评单位", "归口管理部门", "责任部门", "责任单位", "单位",
)  # fmt: skip  # also of amounts, or of columns: only with a body's name behind them
UNIT_KEYS = (*_FIRM_UNIT_KEYS, *_LOOSE_UNIT_KEYS)
_BODY = re.compile(
    r"(?:局|委员会|委|办公室|中心|院|校|馆|站|所|队|协会|联合会|政府|街道|[中小大]学|幼儿园|厅|合作社)(?:[(（\[]|$)"
)
CLIENT_KEYS = ("委托单位", "委托方", "委托部门", "评价委托单位")
PROJECT_KEYS = (
    "项目名称", "评价项目名称", "评价项目", "自评项目名称", "项目全称", "支出项目名称", "二级项目名称", "专项名称",
    "专项资金名称", "政策名称", "资金名称",
)  # fmt: skip
YEAR_KEYS = ("自评年度", "评价年度", "预算年度", "项目年度", "决算年度", "绩效年度", "年度")
_ALL_KEYS = (*UNIT_KEYS, *CLIENT_KEYS, *PROJECT_KEYS, *YEAR_KEYS, "评价机构", "评价时间")
_NEXT_KEY = re.compile(
    r"\t|\s{2,}|\s(?=[\u4e00-\u9fff]{2,8}(?:[(（][^()（）]{1,6}[)）])?[:：])|(?:金额)?单位\s*[:：]|(?:"
    + "|".join(sorted(map(re.escape, _ALL_KEYS), key=len, reverse=True))
    + r")(?:[(（][^()（）]{1,6}[)）])?\s*[:：]"
)
_KEY_LINE = re.compile(r"\s*([^:：]{2,14})[:：]\s*(.{1,80})", re.DOTALL)
_ORDINAL = re.compile(
    r"^(?:[*＊]|[一二三四五六七八九十\d]{1,2}[、.]|\([一二三四五六七八九十\d]{1,2}\))"
)
_BRACKETS = re.compile(r"\([^()]{1,8}\)")
_CODED_KEY = re.compile(r"(?:及|和|/|、)?(?:代码|编码)$")
# A code before a name ([105] 某局, 105001-某局) or behind it; 2024年… and 120急救… are none.
_CODE = re.compile(
    r"^(?:[\[【(（][A-Za-z0-9-]{3,}[\]】)）]\s*[-—_]?|[A-Za-z]?\d{3,}\s*[-—_]|\d{3,}\s+)\s*"
    r"(?=[\u4e00-\u9fff“])|\s*(?:[\[【(（](?!20\d\d[\]】)）])[A-Za-z0-9-]{3,}[\]】)）]|[-—_]\d{5,})$"
)
_TOP, _UPPER, _FOOT = 6, 12, 3  # rows of a header, of the body's top and foot that are looked at
_OPENS_TABLE = re.compile(
    "^(?:一级指标|年度指标值?|指标名称|(?:年初|全年)?预算数|年度总体目标|预期目标)"
)
_MOST_PIECES = 6  # keys of one line
_GROUP = re.compile(r"\(.*\)$|.*(?:基本|概况|信息|情况).{0,4}$|[一二三四五六七八九十]、")


class Pair(NamedTuple):
    """A key (``项目名称``) and what stands behind it, with its place."""

    key: str
    fact: Fact


def names_body(name: str) -> bool:
    """Whether what is stated under a key is called as a body is."""
    return _BODY.search(name) is not None


def key_of(text: str) -> str:
    """A key by its bare name: ``1.项目（政策）名称：`` is ``项目名称``."""
    key = _ORDINAL.sub("", compact(text).rstrip(":"))
    return _CODED_KEY.sub("", _BRACKETS.sub("", key)).rstrip(":")


def facts_stated(
    blocks: Sequence[Block], tables: Sequence[Table], keys: Sequence[str]
) -> list[Fact]:
    """What lines ``单位名称：…`` and pairs of table cells state, best key first."""
    found: dict[str, Fact] = {}
    for block in blocks[:400]:
        if block.kind in (BlockKind.CAPTION, BlockKind.PARAGRAPH, BlockKind.TITLE):
            _keep(pairs_in_line(block), keys, found)
    for table in tables:
        _keep(pairs_in_table(table), keys, found)
    return [found[key] for key in keys if key in found]


def _keep(pairs: Iterator[Pair], keys: Sequence[str], found: dict[str, Fact]) -> None:
    for key, fact in pairs:
        if key in keys:
            found.setdefault(key, fact)


def project_stated(pairs: Iterator[Pair]) -> Fact | None:
    """The first project that pairs of keys and values name."""
    return next((fact for key, fact in pairs if key in PROJECT_KEYS), None)


def pairs_in_line(block: Block) -> Iterator[Pair]:
    """What a line states: 项目名称：…  主管部门：…"""
    return _in_line(block.text, block.raw_spans, block.page)


def pairs_in_table(table: Table) -> Iterator[Pair]:
    """What the cells at the top and the foot of a table state, in pairs or each with its key."""
    foot = table.rows[max(_UPPER, len(table.rows) - _FOOT) :]
    for row in (*table.header[:_TOP], *table.rows[:_UPPER], *foot):
        for cell in row:
            if cell.text and re.search("[:：]", cell.text):
                yield from _in_line(cell.text, partial(slice_spans, cell.spans), None)
        yield from _in_row(row, table)
    yield from _under_keys(table)


def _under_keys(table: Table) -> Iterator[Pair]:
    """What stands under a row of keys where the next row opens another table of the form."""
    rows = (*table.header[:_TOP], *table.rows[:_UPPER])
    for keys, values, below in zip(rows, rows[1:], rows[2:], strict=False):
        known = [key_of(cell.text) in _ALL_KEYS for cell in keys]
        if sum(known) < 2 or not any(_OPENS_TABLE.search(compact(cell.text)) for cell in below):
            continue
        for key, value in zip(keys, values, strict=False):
            text, name = tidy(_CODE.sub("", value.text.strip())), key_of(key.text)
            if name in _ALL_KEYS and 2 <= len(text) <= 60 and name != key_of(text):
                yield Pair(name, Fact(text, Locator(value.spans, table=table.no)))


def _in_line(
    text: str, places: Callable[[int, int], tuple[Span, ...]], page: int | None
) -> Iterator[Pair]:
    start = 0
    for _ in range(_MOST_PIECES):
        match = _KEY_LINE.match(text[: start + 120], start)
        if match is None:
            return
        value = _NEXT_KEY.split(match.group(2).strip())[0].strip(" 。；|｜")
        if 2 <= len(value) <= 60 and "，" not in value and _may_state(match.group(1), value):
            name = _CODE.sub("", value)
            first = text.index(name, match.start(2)) if name in text else match.start(2)
            fact = Fact(tidy(name), Locator(places(first, first + len(name)), page))
            yield Pair(key_of(match.group(1)), fact)
        cut = _NEXT_KEY.search(text, match.start(2))
        if cut is None or len(text) > 240:
            return
        start = cut.end() if cut.group().isspace() else cut.start()


def _may_state(key: str, value: str) -> bool:
    return key_of(key) not in _LOOSE_UNIT_KEYS or _BODY.search(value) is not None


def _in_row(row: Sequence[Cell], table: Table) -> Iterator[Pair]:
    cells = [cell for cell in row if cell.text]
    if not cells or compact(cells[0].text) in _COUNTERS:
        return
    for name, value in pairwise(cells):
        key, text = key_of(name.text), tidy(_CODE.sub("", value.text.strip()))
        if key not in _ALL_KEYS or not 2 <= len(text) <= 60 or key_of(text) in _ALL_KEYS:
            continue
        if _is_column_header(text) or _heads_numbers(row, value, table):
            continue
        if _may_state(name.text, text):
            yield Pair(key, Fact(text, Locator(value.spans, table=table.no)))


def form_project(table: Table) -> str:
    """The project that a form names at its top, or "": of rows that are pairs throughout."""
    for row in (*table.header[:_TOP], *table.rows[:_TOP]):
        cells = [cell for cell in row if cell.text]
        lines = (cell for cell in cells if re.search("[:：].", cell.text))
        for cell in lines:
            stated = project_stated(_in_line(cell.text, partial(slice_spans, cell.spans), None))
            if stated is not None:
                return compact(stated.value)
        if len(cells) % 2 and cells and _GROUP.match(compact(cells[0].text)):
            cells = cells[1:]
        stated = project_stated(_in_row(cells, table))
        if stated is not None and len(cells) in (2, 4, 6):
            return compact(stated.value)
    under = project_stated(_under_keys(table))
    return compact(under.value) if under is not None else ""


_PAIR = 2  # cells


def _heads_numbers(row: Sequence[Cell], value: Cell, table: Table) -> bool:
    """Whether a cell of the row over the body stands over numbers: 资金名称 | 上级补助 | 区级安排."""
    filled = [cell for cell in row if cell.text]
    last = table.header[-1] if table.header else ()
    if len(filled) <= _PAIR or row is not last:
        return False
    at = next(n for n, cell in enumerate(row) if cell is value)
    below = [cells[at].text for cells in table.rows if at < len(cells) and cells[at].text]
    return len(below) > 1 and all(map(is_numeric, below))


_COUNTERS = frozenset(("序号", "编号", "行次"))  # of a row of headings


def _is_column_header(text: str) -> bool:
    return (
        re.search(
            r"(?:名称|金额|数|内容|情况|目标|类型|编码|负责人|备注|性质|级次|方式|类别|得分|分值|额|率)$",
            text,
        )
        is not None
    )
