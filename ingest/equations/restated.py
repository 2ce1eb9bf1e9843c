"""One fact that a sentence and a table tell in other words.

`same_fact` needs equal names. Reports reword them: ``完成中修工程73.4公里`` is the total of the
column ``中修完成``, ``实际完成63个`` that of the row ``完成改造小区（个）``. Here a cell is what a sentence
speaks of where the words beside the sentence's figure hold the whole name of the cell.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from ingest import interval
from ingest.equations.alike import slip, where
from ingest.equations.book import Book, Run
from ingest.equations.claims import Claim, closed, same
from ingest.equations.slips import TELLING
from ingest.figures.finding import strip_number
from ingest.figures.naming import is_cell
from ingest.model import Figure, Role, Table
from ingest.quantity import Dimension
from ingest.reading.text import compact

# What figures of a role are compared as.
_KINDS = {
    Role.VALUE: "value",
    Role.ACTUAL: "value",
    Role.COMPLETION: "value",
    Role.SCORE: "score",
    Role.BUDGET: "budget",
    Role.TARGET: "target",
}
_BARE_ROLES = (Role.SCORE, Role.ACTUAL, Role.TARGET)  # of columns that add nothing to a row's name
_NEAR = Decimal("0.12")  # of the larger value: what two things of one name rarely differ by less
_POINTS = 5  # likewise of two rates
_SOME = 8  # cells of one name that are looked at
_BACK = 10  # figures of a sentence whose words are still about this one
_LONG = 4  # characters of a name whose words may stand in another order
_ORDERED = Decimal("0.6")  # of its grams that must stand as they are all the same
_QUOTES = re.compile(r"[“”\"《》]")
_MARKS = re.compile(r"[“”\"《》()（）、,:：]")
_UNIT = re.compile(r"[(（][^()（）]*[)）]$")
_STOP = re.compile(r"[,，。;；、:：(（)）]")
# Words that say that something was done, counted or scored, not what.
_PLAIN = re.compile(
    r"(?:截至)?20\d\d年(?:度|末|底)?|截至|年末|年底|全年|全[市县区省]|累计|实际|共计?|总计|合计|小计|完成(?!率)|实施|"
    r"开展|已经?|达到?|约|为|情况|数量|数值|总数|个数|指标|目标|本年|其中|得分|分值|评价|自评|方面|主要|的|了|有"
)
_END = re.compile(r"(?:[人次户场期页批家]数|人次|场次|里程|长度|面积|总量|批次|规模|资金|数)$")
_GENERIC = re.compile(
    r"(?:20\d\d年度?)?(?:决算|执行|预算|支出|收入|实际|本年|完成|全年|年度)*(?:数|金额|额|值|合计|小计|总计|情况)?"
)
_VAGUE = re.compile(
    r"(?:预算|资金|项目|支出|总体|整体|全年|任务|支付)*(?:执行|完成|支出|支付|到位|使用)?(?:率|进度)|比例|比重|占比|"
    r"(?:支出|收入|预算|资金|决算|执行|金额|安排|下达|投入|补助|人员|培训|问卷|服务|项目|工程|任务|产出|效益|过程|决策|"
    r"合计|得分|总分|综合|绩效|成本|数量|质量|时效|社会|经济|满意|其他|调整后|年初|部门|单位|小|大|中)*"
)
_RATE = re.compile(r"(?:率|满意度)$")
_PLANNED = re.compile(r"计划|目标|应|预计|拟|任务|预期|力争|到20\d\d年底")
_DONE = re.compile(r"实际|已|完成了")
_APART = re.compile(
    r"其中|包括|上年|去年|上一年|月份|季度|半年|平均|每|人均|户均|新增|剩余|尚|未|缺口|另"
)
_ASIDE = re.compile(r"另[对外有]|此外")  # 另对8个乡镇政府发放问卷24份…满意度96.5%
_OTHERS = re.compile(r"第三方|(?:重点|部门|财政|事后|委托)(?:绩效)?(?:评价|复核|复评)|抽查复核")
_SIDES = (("收入", "支出"), ("支出", "收入"))


class _Named(NamedTuple):
    """A cell, what it is called, with its grams, and all labels around it."""

    figure: Figure
    name: str
    grams: frozenset[str]
    labels: str
    item: bool  # named by its row and by its column: one scope of one thing


class _Told(NamedTuple):
    """A figure of a sentence, the words beside it, and those of its sentence up to there."""

    figure: Figure
    near: str
    wide: str


_Cells = dict[tuple[object, ...], dict[str, dict[str, list[_Named]]]]  # by kind, gram and name


def restated(book: Book) -> Iterator[Claim]:
    """同一事项在文字和表格里换了说法：数值应相同。

    来源：绩效评价报告、自评报告正文对附表、对照表合计行和指标行的引用。
    例：正文“2023年计划改造小区 65 个，实际完成 63 个”，对照表“完成改造小区（个）”为 61，不一致。
    边界：表中名称（去掉“完成”“数量”一类字样）须全在数旁的文字里；期间、单位、类别（实际、预算、目标、得分）相同；
    只有相差不到 12%（比率 5 个百分点）或者像是笔误的才报错；计划、其中、上年、新增一类的不报；两处各有等式支持的不报。
    """
    cells = book.once(_cells_by_gram)
    for run in book.runs:
        for index, figure in enumerate(run.figures):
            if not _of_rubric(book, figure) and _kind(figure) is not None:
                yield from _claims(book, _told(book, run, index), cells)


_RUBRIC = re.compile(r"标准|依据|说明|公式|细则|办法|方法|原因|措施|目标|标准分")

_REACHED = re.compile(r"完成情况|实际完成|实现情况")


def _of_rubric(book: Book, figure: Figure) -> bool:
    """True for a number of a cell that says how marks are given, or what was planned."""
    table = book.table(figure)
    if table is None:
        return False
    labels = (*table.columns[figure.locator.column or 0].path, *figure.row_path)
    reached = any(_REACHED.search(label) for label in labels)
    return not reached and any(_RUBRIC.search(label) for label in labels)


def _readings(told: _Told) -> Iterator[tuple[object, ...]]:
    """What the cell may be: money that was given out is a budget to some and a value to others."""
    kind = _kind(told.figure)
    if kind is not None:
        yield kind
        if told.figure.role is Role.BUDGET and "预算" not in told.near:
            yield (*kind[:2], "value", kind[3])


def _kind(figure: Figure) -> tuple[object, ...] | None:
    """What a figure must share with another statement of its fact."""
    kind = _KINDS.get(figure.role)
    if kind is None or not closed(figure) or not figure.quantity.base:
        return None
    return (figure.part, figure.period, kind, figure.quantity.unit.dimension)


def _cells_by_gram(book: Book) -> _Cells:
    found: _Cells = defaultdict(lambda: defaultdict(dict))
    known: dict[tuple[object, ...], list[_Named]] = defaultdict(list)
    for figure in book.document.figures:
        kind, table = _kind(figure), book.table(figure)
        if kind is None or table is None or not is_cell(figure):
            continue
        named = _named(table, figure)
        alike = known[*kind, named.name] if named else []
        values = {each.figure.quantity.base for each in alike}
        if named is None or len(alike) >= _SOME or figure.quantity.base in values:
            continue
        alike.append(named)
        for gram in named.grams if len(alike) == 1 else ():
            found[kind][gram][named.name] = alike
    return found


def _named(table: Table, figure: Figure) -> _Named | None:
    """The cell by its row's label, by its column's where the row is a total, else by both."""
    column = figure.locator.column or 0
    info = table.row_at(figure.locator.row or 0, column)
    headers = [_bare(each) for each in table.columns[column].path]
    leaf = next((each for each in reversed(headers) if not _GENERIC.fullmatch(each)), "")
    name = "" if info.total or not info.path else _core(_bare(info.path[-1]))
    item = bool(name and _core(leaf))
    if not name or figure.role not in _BARE_ROLES:
        name += _core(leaf)
    scored = figure.role is Role.SCORE and not info.total
    if len(name) < 2 or (_VAGUE.fullmatch(name) and not scored):
        return None
    labels = compact("".join((table.title, *info.path, *headers)))
    return _Named(figure, name, _grams(name), labels, item)


def _told(book: Book, run: Run, index: int) -> _Told:
    figure, document = run.figures[index], book.document
    after = run.leads[index + 1] if index + 1 < len(run.figures) else run.tail
    tail = _STOP.split(compact(after), maxsplit=1)[0]
    near = _STOP.split(compact(run.leads[index]))[-1] + tail
    titles = document.section_path(figure.section)
    heading = compact(strip_number(titles[-1])) if titles else ""
    wide = compact("".join(run.leads[max(0, index - _BACK) : index + 1])) + tail
    return _Told(figure, _QUOTES.sub("", near), f"{heading}。{_QUOTES.sub('', wide)}")


def _claims(book: Book, told: _Told, cells: _Cells) -> Iterator[Claim]:
    own = _grams(_core(told.near) or _core(told.wide.rpartition("。")[2]))
    looked = own | _grams(_core(told.wide)) if _RATE.search(_core(told.near)) else own
    names = {
        (kind, name): alike
        for kind in _readings(told)
        for gram in sorted(looked)
        for name, alike in cells.get(kind, {}).get(gram, {}).items()
    }
    found = {each.figure.no: each for alike in names.values() for each in alike}
    meant = [each for _, each in sorted(found.items()) if _is_meant(told, each, own)]
    for each in meant:
        if interval.of(told.figure.quantity).overlaps(interval.of(each.figure.quantity)):
            yield from _new(book, told, each)
            return
    beside = book.once(_said_in_paragraphs)[told.figure.block]
    for each in meant:
        # The paragraph tells the table's figure itself: this one is of something else.
        if each.figure.quantity.base not in beside and _surely(book, told, each):
            yield from _new(book, told, each)
            return


def _said_in_paragraphs(book: Book) -> dict[int, set[Decimal]]:
    """The values of the figures of each paragraph."""
    said: dict[int, set[Decimal]] = defaultdict(set)
    for figure in book.document.figures:
        if figure.locator.table is None:
            said[figure.block].add(figure.quantity.base)
    return said


def _new(book: Book, told: _Told, each: _Named) -> Iterator[Claim]:
    if frozenset((told.figure.no, each.figure.no)) not in book.said:
        yield same("same_fact", told.figure, each.figure, where(each.figure))


def _is_meant(told: _Told, each: _Named, own: frozenset[str]) -> bool:
    """True where the sentence says the whole name of the cell, and not of the other side."""
    if not told.figure.quantity.unit.compatible(each.figure.quantity.unit):
        return False
    other = any(
        a in told.near and b not in told.near and b in each.labels and a not in each.labels
        for a, b in _SIDES
    )
    other = other or _by_others(told, each) or _of_other_stage(told, each)
    other = other or ("本年" in told.near and _WITH_CARRIED.search(each.labels) is not None)
    own_words = each.grams <= own or _reordered(each.name, own)
    return not other and (own_words or _headed(told, each))


def _by_others(told: _Told, each: _Named) -> bool:
    """True for the score of another evaluation: 委托第三方开展重点评价 beside a table of 自评得分."""
    if each.figure.role is not Role.SCORE:
        return False
    sentence = told.wide.rpartition("。")[2]
    return bool(_OTHERS.search(sentence) and "自评" in each.labels) or (
        "自评" in sentence and bool(_OTHERS.search(each.labels))
    )


_WITH_CARRIED = re.compile(r"(?<!支出)(?<!收入)总计")  # with what was carried over


_BUDGETED = re.compile(r"预算(?:数|额|资金|指标)?(?!执行|完成|率|绩效|单位|管理|支出|收入|编制|法)")
_SPENT = re.compile(r"执行(?:数|额|金额)?(?!率|进度)|决算|实际(?:支出|执行|支付)")
_STAGE = re.compile(f"(?P<budgeted>{_BUDGETED.pattern})|(?P<spent>{_SPENT.pattern})")


def _of_other_stage(told: _Told, each: _Named) -> bool:
    """True for 年初预算 12,450.60 万元，其中基本支出 3,260.50 万元, and a cell of the column 全年执行数."""
    said = [match.lastgroup for match in _STAGE.finditer(told.wide.rpartition("。")[2])]
    headers = compact("".join(each.figure.column_path))
    budgeted, spent = bool(_BUDGETED.search(headers)), bool(_SPENT.search(headers))
    if not said or budgeted == spent:
        return False
    return spent if said[-1] == "budgeted" else budgeted


def _headed(told: _Told, each: _Named) -> bool:
    """True where the words beside a rate end the cell's name and its sentence says the rest.

    ``“三公”经费预算25万元，实际支出23.1万元，控制率92.4%`` is the “三公”经费控制率 of a table.
    """
    head = _core(told.near)
    rate = _RATE.search(head) is not None and each.name.endswith(head)
    return rate and _all_but_joint(each, head) <= _grams(_core(told.wide))


def _all_but_joint(each: _Named, head: str) -> frozenset[str]:
    """The grams of a name but the one that joins its head to the rest."""
    joint = each.name[-len(head) - 1 : -len(head) + 1] if len(each.name) > len(head) else ""
    return each.grams - {joint}


def _reordered(name: str, own: frozenset[str]) -> bool:
    """True where the words hold a long name with its words in another order (更新管网, 管网更新)."""
    grams = _grams(name)
    same = len(name) >= _LONG and set(name) <= set("".join(own))
    return same and len(grams & own) >= _ORDERED * len(grams)


def _surely(book: Book, told: _Told, each: _Named) -> bool:
    """True where two values of one name differ as two statements of one fact do."""
    figure, cell = told.figure, each.figure
    if figure.no in book.held and cell.no in book.held:
        return False
    if _ASIDE.search(told.wide.rpartition("。")[2]):
        return False
    if _APART.search(told.near) or _planned(told) or _is_full_mark(book, told, cell):
        return False
    if slip(figure, cell, TELLING - 1):
        return True
    one, two = figure.quantity.base, cell.quantity.base
    dimension = figure.quantity.unit.dimension
    if dimension is Dimension.MONEY and not each.item:  # of another scope, often
        return False
    apart = _POINTS if dimension is Dimension.PERCENT else _NEAR * max(abs(one), abs(two))
    return abs(one - two) <= apart


def _is_full_mark(book: Book, told: _Told, cell: Figure) -> bool:
    """True for ``6分，得5.4分``: what the cell's own row gives as its full mark."""
    place = cell.locator
    row = (f for (r, _), f in book.grids[place.table or 0].items() if r == place.row)
    return any(
        f.role is Role.FULL_MARK and f.quantity.base == told.figure.quantity.base for f in row
    )


def _planned(told: _Told) -> bool:
    """True where the sentence speaks of what is to be reached, and not of what was."""
    if told.figure.role in (Role.TARGET, Role.BUDGET):
        return False
    plans = [match.end() for match in _PLANNED.finditer(told.wide)]
    return bool(plans) and not _DONE.search(told.wide, plans[-1])


def _bare(label: str) -> str:
    return _MARKS.sub("", _UNIT.sub("", compact(strip_number(label))))


def _core(name: str) -> str:
    """A name without the words that every figure may have."""
    core = _PLAIN.sub("", name)
    short = _END.sub("", core)
    return short if len(short) >= 2 else core


def _grams(text: str) -> frozenset[str]:
    if len(text) < 2:
        return frozenset((text,) if text else ())
    return frozenset(text[i : i + 2] for i in range(len(text) - 1))
