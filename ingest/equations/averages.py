"""Averages and rates of samples: per head, per item; returned, valid, passed."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from decimal import Decimal

from ingest import interval
from ingest.equations.book import Book, Run
from ingest.equations.claims import Claim, closed, holds, percent, settle, show
from ingest.figures.naming import fact_key
from ingest.interval import Interval
from ingest.model import ColumnRole, Figure, Role, Table
from ingest.quantity import Dimension
from ingest.reading.text import compact

_EACH = re.compile(
    r"(?P<stem>[^,;。:]{0,20}?)(?:(?P<per>人|户|车|亩|生|校|村|次|场|件|台|所|床)均|单(?P<single>[车台所床])|每(?P<one>[人户辆亩生校村次场件台所床家个])(?:平均|的)?)"
    r"(?P<what>[^,;。:\d]{0,14})$"
)
# The units that something is counted in, by the word of its average.
_COUNTED = {
    "人": "人名", "户": "户", "车": "辆台", "亩": "亩", "生": "人名", "校": "所", "村": "个", "次": "次",
    "场": "场次", "件": "件", "台": "台", "所": "所", "床": "张", "辆": "辆", "家": "家", "个": "个",
}  # fmt: skip
_PARTED = re.compile(r"分别|[由从]|各|最高|最低|标准|定额|不(?:超|低|高)|其中")
_STEM = re.compile(r"^(?:年|月|日|全年|每年|平均)$")
_HEAD = 4  # characters by which names are looked up
_RATIO = re.compile(
    r"^(?:人均|户均|亩均|生均|车均|校均|平均|单价|均价|每[人户亩])|(?:人均|户均|亩均|均价)"
)
_SPENT = re.compile(r"^(?:完成|实施|开展|用于|发放|支付|建成)+")
_PLAIN = re.compile(r"支出|费用|成本|金额|补助|补贴|资金|的")
_ENOUGH = 2
_BACK = 8  # figures of a sentence looked back at

_Named = dict[tuple[int, str, str], list[Figure]]


def average(book: Book) -> Iterator[Claim]:
    """人均、户均、每辆平均 = 金额 ÷ 人数（户数、辆数）；表内“人均”列 = 同一行两列之商。

    来源：“公务用车运行维护费 a 万元，保有量 n 辆，每辆平均 b 万元”“接待 n 人次，人均 b 元”，分地区、分类别的明细表。
    例：12.87 万元 ÷ 5 辆 = 2.57 万元，印作 2.75 万元不成立；182.49 万元 ÷ 45,230 人 = 40.35 元。
    边界：同一句里恰有一个金额和一个同单位的个数，或按名称在别处只有一个，才报错；标准、定额、“由…降至…”“分别”
    不查；表内须多数行成立。
    """
    named: _Named = defaultdict(list)
    for figure in book.document.figures:
        if closed(figure) and figure.role in (Role.VALUE, Role.ACTUAL):
            named[figure.part, figure.period, _key(figure.subject or figure.metric)[:_HEAD]].append(
                figure
            )
    for run in book.runs:
        for index, figure in enumerate(run.figures):
            match = _EACH.search(re.split(r"[,;:]", run.leads[index])[-1])
            money = figure.quantity.unit.dimension is Dimension.MONEY
            if match and money and closed(figure) and not _PARTED.search(run.leads[index]):
                yield from _average_of(run, index, match, named)
    yield from _columns(book)


def _key(metric: str) -> str:
    return _SPENT.sub("", fact_key(metric))


def _average_of(run: Run, index: int, match: re.Match[str], named: _Named) -> Iterator[Claim]:
    stated = run.figures[index]
    units = _COUNTED[match["per"] or match["single"] or match["one"]]
    stem = "" if _STEM.match(match["stem"]) else _key(match["stem"])
    what = _PLAIN.sub("", match["what"])
    near = run.figures[max(0, index - _BACK) : index]
    wholes = [f for f in near if _is_money(f) and stem in compact(f.metric)]
    wholes = [f for f in wholes if what and what in compact(f.metric)] or wholes
    wholes = list({f.quantity.base: f for f in wholes}.values())
    heads = [f for f in near if _is_counted(f, units)]
    if wholes and not heads and stem:
        heads = [f for f in _about(named, stated, stem) if _is_counted(f, units)]
    elif len(heads) == 1 and not wholes:
        wholes = [f for f in _about(named, stated, _key(heads[0].subject)) if _is_money(f)]
    sure = len(wholes) == 1 and len(heads) == 1
    claims = [_divided(stated, w, h) for w in reversed(wholes) for h in reversed(heads)]
    yield from settle([c for c in claims if c is not None], strict=sure)


def _about(named: _Named, stated: Figure, name: str) -> list[Figure]:
    """The figures elsewhere whose name opens with `name`, one for each value."""
    if len(name) < _HEAD:
        return []
    known = named.get((stated.part, stated.period, name[:_HEAD]), [])
    found = {
        f.quantity.base: f for f in reversed(known) if _key(f.subject or f.metric).startswith(name)
    }
    return list(found.values())


def _is_money(figure: Figure) -> bool:
    money = figure.quantity.unit.dimension is Dimension.MONEY
    return money and closed(figure) and figure.role in (Role.VALUE, Role.ACTUAL)


def _is_counted(figure: Figure, units: str) -> bool:
    unit = figure.quantity.unit
    noun = unit.noun or unit.symbol
    known = unit.dimension in (Dimension.COUNT, Dimension.MEASURE)
    return (
        known
        and closed(figure)
        and any(noun.startswith(each) or noun.endswith(each) for each in units)
    )


def _divided(stated: Figure, whole: Figure, heads: Figure) -> Claim | None:
    if not heads.quantity.base:
        return None

    def formula_at(amount: Decimal, count: Decimal) -> Decimal | None:
        return amount / count if count else None

    bounds = interval.at_corners(
        formula_at, interval.of(whole.quantity), interval.of(heads.quantity)
    )
    value = whole.quantity.base / heads.quantity.base
    formula = f"{show(whole)} ÷ {show(heads)}"
    return Claim("average", stated, (whole, heads), formula, value, bounds)


def _columns(book: Book) -> Iterator[Claim]:
    """A column of averages against the other columns of its table, where most rows bear it out."""
    for number, grid in book.grids.items():
        table = book.document.tables[number]
        headers = {c: compact("".join(column.path[-1:])) for c, column in enumerate(table.columns)}
        averages = [c for c, h in headers.items() if _RATIO.search(h)]
        values = [c for c in headers if table.columns[c].role is ColumnRole.VALUE]
        for column in averages:
            rows = [r for (r, c) in grid if c == column]
            best: list[Claim] = []
            for above in values:
                for below in values:
                    if len({above, below, column}) == 3:
                        claims = _column(book, number, rows, (column, above, below))
                        if _good(claims) > _good(best):
                            best = claims
            bad = len(best) - _good(best)
            believed = _good(best) >= _ENOUGH and _good(best) > bad
            sure = [c for c in best if holds(c) or not _is_total(table, c)]
            yield from (claim for claim in sure if believed)


def _is_total(table: Table, claim: Claim) -> bool:
    """True in a total row, where prices may be added up or left out."""
    place = claim.stated.locator
    return table.row_at(place.row or 0, place.column or 0).total


def _good(claims: Sequence[Claim]) -> int:
    return sum(map(holds, claims))


def _column(
    book: Book, number: int, rows: Sequence[int], columns: tuple[int, int, int]
) -> list[Claim]:
    grid = book.grids[number]
    found: list[Claim] = []
    for row in rows:
        cells = [grid.get((row, column)) for column in columns]
        figures = [cell for cell in cells if cell is not None and closed(cell)]
        if len(figures) == 3:
            stated, whole, heads = figures
            claim = _divided(stated, whole, heads)
            found += [claim] if claim else []
    return found


_SAMPLE = re.compile(r"(?P<what>[^\d,;。:的]{2,3})(?:率|(?<=满意)度)(?:约?为|达到?|是)?\s*$")
_ANOTHER = re.compile(r"(?:不|未|无|非常|较|基本)$")
_ALSO = {"回收": "收回", "收回": "回收"}
_DEGREE = re.compile(r"(?:非常|较|基本)[^\d,;。]{2,4}$")
_BEFORE = 8  # figures before a rate among which its counts stand


def sample_rate(book: Book) -> Iterator[Claim]:
    """回收率 = 收回 ÷ 发放，有效率 = 有效 ÷ 收回（发放），合格率 = 合格 ÷ 抽查；各数逐级不增。

    来源：“发放问卷 a 份，回收 b 份，回收率 p%，其中有效 c 份，有效率 q%”“抽查 a 个，合格 b 个，合格率 p%”。
    例：386 ÷ 400 = 96.5%；有效率 96.37% = 372 ÷ 386；满意度 = 满意 ÷ 有效（收回、发放）。
    边界：率的名称与一个个数的名称相同（合格、达标、有效…），同句里还有单位相同的个数；有一个成立即为成立；
    同句只有这两个个数，或者其余个数正是依次发放、收回、有效的份数，才报错；写有“非常满意”“基本合格”的不报错。
    """
    for run in book.runs:
        for index, rate in enumerate(run.figures):
            clause = re.split(r"[,;:(]", run.leads[index])[-1]
            match = _SAMPLE.search(clause)
            plain = rate.quantity.unit.dimension is Dimension.PERCENT and closed(rate)
            if match and plain and rate.role in (Role.VALUE, Role.ACTUAL):
                yield from _rate_of(run, index, match["what"][-2:])
        yield from _returned(run)


def _rate_of(run: Run, index: int, what: str) -> Iterator[Claim]:
    rate = run.figures[index]
    near = [
        (run.figures[i], run.leads[i])
        for i in range(max(0, index - _BEFORE), index)
        if run.figures[i].quantity.unit.dimension is Dimension.COUNT
        and run.figures[i].quantity.exact
    ][-4:]
    own = [(n, f) for n, (f, lead) in enumerate(near) if _named(what, f, lead)]
    if not own:
        return
    position, part = own[-1]
    wholes = [
        each
        for each in near[:position]
        if each[0].quantity.unit == part.quantity.unit and not _TAKEN_OUT.search(each[1])
    ]
    claims = [percent("sample_rate", rate, part, whole) for whole, _ in reversed(wholes)]
    steps = [step for _, lead in wholes for step in _steps(lead)[:1]]
    in_order = len(steps) == len(wholes) and steps == sorted(set(steps))
    plain = len(own) == 1 and not any(_DEGREE.search(lead) for _, lead in near)
    graded = what == "满意" and position + 1 < len(near)
    strict = plain and not graded and (len(wholes) == 1 or in_order)
    yield from settle(claims, strict=strict)


_TAKEN_OUT = re.compile(r"(?:剔除|扣除|无效|作废|漏答|废)[^,;:(]{0,6}$")


def _named(what: str, figure: Figure, lead: str) -> bool:
    """True where a count is of what the rate is named after: 合格 48 户 for 合格率."""
    words = compact(re.split(r"[,;:(]", lead)[-1] + " " + figure.metric.rpartition(" ")[2])
    called = next((w for w in (what, _ALSO.get(what, what)) if w in words), None)
    return called is not None and _ANOTHER.search(words.partition(called)[0]) is None


_STEPS = (
    re.compile(r"发放|发出|派发"),
    re.compile(r"收回|回收"),
    re.compile(r"有效"),
)


def _steps(lead: str) -> list[int]:
    """The steps of a survey that the words before a count name."""
    clause = re.split(r"[,;:(]", lead)[-1]
    return [number for number, step in enumerate(_STEPS) if step.search(clause)]


def _returned(run: Run) -> Iterator[Claim]:
    """No more may come back than went out: inequalities, so only failures are claims."""
    last: Figure | None = None
    most = Decimal(0)  # of all papers counted so far, totals of several ways included
    reached = -1
    for figure, lead in zip(run.figures, run.leads, strict=True):
        if figure.quantity.unit.noun != "份" or not figure.quantity.exact:
            continue
        steps, value = _steps(lead), figure.quantity.base
        if steps and steps[0] == reached:
            last = None  # 线上、线下各发放: the whole is their sum
        elif steps:
            if last is not None and steps[0] > reached and value > most:
                formula = f"不超过 {show(last)}"
                bounds = Interval(Decimal(0), most)
                yield Claim("sample_rate", figure, (last,), formula, most, bounds)
            last, reached = figure, steps[-1]
        most = max(most, value)
