"""Totals and their parts inside tables: rows that add up to a row, columns to a column."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator

from ingest.equations.book import Book
from ingest.equations.claims import Claim, holds
from ingest.equations.official import official_parts
from ingest.equations.other_rows import otherwise_added
from ingest.equations.sides import Side, mixed, readings, sides, top_rows
from ingest.model import Role
from ingest.quantity import Dimension
from ingest.reading.text import compact

_THIS_YEAR = re.compile(r"^本年(?:收入|支出)合计$")
_CARRIED = re.compile(r"结转|结余|弥补")
_TOTAL = re.compile(r"合计|小计|总计")
_PLAIN_TOTAL = re.compile(r"(?:本年|全年)?(?:收入|支出)?(?:合计|总计|小计|共计|总额)")
# The three official expenses, which 会议费 and 培训费 may follow in one table.
_OFFICIAL = (
    re.compile(r"因公出国"),
    re.compile(r"公务用车购置[及和]运行"),
    re.compile(r"公务接待费"),
)
_STRUCTURE = 2  # claims that must hold in a table before a lone failure is believed
# Columns that make up a total wherever the first two of a line stand: the kinds of spending and
# income, the funds, and basic spending, of the public forms 02–08.
_ALL_COLUMNS = (
    ("基本支出", "项目支出", "上缴上级支出", "经营支出", "对附属单位补助支出"),
    ("财政拨款收入", "其他收入", "上级补助收入", "事业收入", "经营收入", "附属单位上缴收入"),
    ("一般公共预算财政拨款", "政府性基金预算财政拨款", "国有资本经营预算财政拨款"),
    ("人员经费", "公用经费"),
)


def hierarchy_sum(book: Book) -> Iterator[Claim]:
    """上级科目（项目）= 下级各项之和；“其中”的各项按能否加总判断是否列全。

    来源：部门决算公开表的类、款、项（3、5、7 位编码），按“一、（一）、1”编号的明细表，自评表的资金来源。
    例：20502 = 2050201 + 2050202 = 200.02 + 320.04 = 520.06 万元，印作 520.05 在尾差范围内。
    边界：n 项之和允许 n + 1 个半单位的尾差，以元为单位印到分的不是约数，只许差一分；全为 0 的不列；“其中”只列一
    部分的不报错，表式规定列全的（公务用车购置费与运行维护费，财政拨款与其他资金）除外；一处不符时，同一上级的其他
    列、全表其他上级或合计行须多数成立，才报错。
    """
    tables: dict[int, list[tuple[list[Claim], bool, bool]]] = defaultdict(list)
    added_up: set[int] = set()
    for side in sides(book):
        if any(sure and any(map(holds, claims)) for claims, sure in _totals(side)):
            added_up.add(side.table.no)
        for family in side.families:
            claims = side.claims("hierarchy_sum", family.parent, family.kids)
            sure = family.sure and not side.excerpt
            tables[side.table.no].append((claims, sure, family.prescribed))
    for number, groups in tables.items():
        every = [claim for claims, _, _ in groups for claim in claims]
        held = sum(map(holds, every))
        solid = held >= _STRUCTURE and held >= _STRUCTURE * (len(every) - held)
        solid = solid or (number in added_up and held >= len(every) - held)
        for claims, sure, prescribed in groups:
            good = sum(map(holds, claims))
            believed = sure and (solid or prescribed or good > len(claims) - good)
            yield from (claim for claim in claims if believed or holds(claim))


def total_row(book: Book) -> Iterator[Claim]:
    """合计 = 各行之和；总计 = 本年合计 + 其后各行；总计 = 各小计之和。

    来源：部门决算公开表 01、04 的“本年收入（支出）合计”“总计”，其余各表和明细表的“合计”行。
    例：收入总计 643.15 = 本年收入合计 638.15 + 使用非财政拨款结余 0.00 + 年初结转和结余 5.00。
    边界：标题写明节选、摘录的表，编号行与无编号行混排的表，只确认、不报错；行分上下级的，上下级之和多数成立才
    报错；比率、单价、标准、浓度等列不加，长度、面积、重量、体积可加；得分列见 score_total。
    """
    for side in sides(book):
        for claims, sure in _totals(side):
            good = sum(map(holds, claims))
            believed = not side.excerpt and (sure or (good and good >= len(claims) - good))
            told = (claim for claim in claims if not otherwise_added(side, claim))
            yield from (claim for claim in told if believed or holds(claim))


def _totals(side: Side) -> Iterator[tuple[list[Claim], bool]]:
    """Per total row, the claims of its best reading, and whether the reading is beyond doubt."""
    tops = top_rows(side)
    totals = side.totals
    amounts = Side(side.table, side.grid, tuple(c for c in side.columns if not _scored(side, c)))
    for position, row in enumerate(totals if amounts.columns else ()):
        official = _official(side, row, tops)
        least = 1 if side.coded else 2
        choices = [official] if official else readings(tops, totals, position, least=least)
        made = [amounts.claims("total_row", row, rows) for rows in choices]
        scored = [sum(map(holds, claims)) for claims in made]
        if made:
            formed = bool(official) or _in_form(side, totals, position)
            best = 0 if formed else scored.index(max(scored))
            flat = not side.children or side.coded or side.sound
            label = compact(side.table.row_at(row, side.columns[0]).path[-1])
            named = not _PLAIN_TOTAL.fullmatch(label) and not side.coded
            plain = len(totals) == 1 and flat and not named and not mixed(side, tops)
            yield made[best], plain or formed


def _official(side: Side, total: int, tops: list[int]) -> list[int]:
    """The three official expenses that a row “三公”经费合计 adds up; none elsewhere."""
    if "三公" not in side.label(total):
        return []
    rows = [r for r in tops if any(part.search(side.label(r)) for part in _OFFICIAL)]
    return rows if len(rows) == len(_OFFICIAL) else []


def _in_form(side: Side, totals: list[int], position: int) -> bool:
    """True for 本年收入（支出）合计, and for the 总计 after it with nothing but carry-over between."""
    if _THIS_YEAR.match(side.label(totals[0])) is None:
        return False
    if position > 1 or (position and _THIS_YEAR.match(side.label(totals[position]))):
        return False
    if not position and side.rows[0][0] == totals[0]:
        return False
    between = [info for r, info in side.rows if totals[0] < r < totals[position]]
    return all(_CARRIED.search("".join(info.path)) for info in between)


def _scored(side: Side, column: int) -> bool:
    """True for columns of marks and scores: what they add up to is checked in score_tables."""
    return side.roles[column] in (Role.SCORE, Role.FULL_MARK, Role.DEDUCTION)


def column_sum(book: Book) -> Iterator[Claim]:
    """合计列 = 其后（其前）同组各列之和，小计代表它的各列。

    来源：部门决算公开表 02、03、05、07 的“合计”“小计”列，表 09“三公”经费的合计与小计。
    例：本年支出合计 640.15 = 基本支出 402.10 + 项目支出 238.06，在尾差范围内。
    边界：全为 0 的行不列；空格按 0 计；多数行成立才认定为合计关系，之后个别不符的行才报错；列名是表式规定的全部
    各项的（基本支出、项目支出等）和“三公”经费表，按表式认定。
    """
    for side in sides(book):
        for column in side.columns:
            path = side.table.columns[column].path
            if path and _TOTAL.search(path[-1]):
                yield from _column_claims(side, column)


def _column_claims(side: Side, column: int) -> Iterator[Claim]:
    official = official_parts(side, column) if "三公" in side.table.title else []
    parts = official or _parts_of(side, column)
    if len(parts) < 2:
        return
    made = (
        side.added("column_sum", (row, column), [(row, part) for part in parts])
        for row in range(len(side.table.rows))
    )
    claims = [claim for claim in made if claim is not None and not _is_rate(claim)]
    good = sum(map(holds, claims))
    bad = len(claims) - good
    form = bool(official) or (_prescribed(side, parts) and good >= bad)
    believed = form or (good >= _STRUCTURE and good >= _STRUCTURE * bad)
    yield from (claim for claim in claims if believed or holds(claim))


def _is_rate(claim: Claim) -> bool:
    """True for the row of rates of a table on its side: rates do not add up."""
    return claim.stated.quantity.unit.dimension is Dimension.PERCENT


def _prescribed(side: Side, parts: list[int]) -> bool:
    """True where the columns are all that a form prescribes for a total."""
    names = {compact(side.table.columns[part].path[-1]) for part in parts}
    return any(set(known[:2]) <= names <= set(known) for known in _ALL_COLUMNS)


def _parts_of(side: Side, column: int) -> list[int]:
    """The columns that a total column adds up: its siblings after it, or else before it."""
    prefix = side.table.columns[column].path[:-1]
    siblings: dict[str, list[int]] = defaultdict(list)
    for other in side.columns:
        path = side.table.columns[other].path
        if other != column and path[: len(prefix)] == prefix and len(path) > len(prefix):
            siblings[path[len(prefix)]].append(other)
    after = [_representative(side, group) for group in siblings.values() if group[0] > column]
    before = [_representative(side, group) for group in siblings.values() if group[0] < column]
    return [c for group in (after or before) for c in group]


def _representative(side: Side, group: list[int]) -> list[int]:
    """The columns that stand for one sibling: its subtotal where it has one."""
    subtotal = [c for c in group if _TOTAL.search(side.table.columns[c].path[-1])]
    return subtotal[:1] if subtotal and len(group) > 1 else group
