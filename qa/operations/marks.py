"""Questions about a score sheet: where points were lost, which indicators got the full mark."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from ingest.model import Document, Figure, Role
from qa.drafts import Draft
from qa.figures import compute
from qa.figures.evidence import Candidate
from qa.model import Check, Outcome, PartKey, Value
from qa.operations import deductions
from qa.operations.context import Context
from qa.operations.families import level_asked
from qa.plan import Order
from qa.present import doubted
from qa.scores.scorecard import Mark, score_sheet
from qa.texts.model import TextKind
from qa.words import cues
from qa.words.matching import squeeze

_LOST = re.compile(r"扣分|扣掉?了?(?:多少|几)?分|被扣|扣(?:了|得|掉)|扣最|扣多少|失分|丢了?分|丢掉")
_FULL = re.compile(r"(?:没有?|未)(?:被)?(?:扣分|失分|丢分)|(?:得|拿|是|获)了?满分|全得分")
_NOT_FULL = re.compile(r"(?:没有?|未)(?:能)?(?:得|拿|获|达到)到?满分|不是满分")
WHICH = re.compile(
    r"哪(?:一|几|两|三)?(?:个|些|项|方面|块|里)|什么地方|指标(?:有|是|为)?(?:哪些|什么)"
)
_HOW_MANY = re.compile(r"(?<!哪)(?:几|多少)(?:个|项)")
_RATE = re.compile(r"得分率")
_INSIDE = (
    r"(?:[一二]级)?(?:指标|部分|方面|类)?"
    r"(?:之?下|当?中|里|内|的|各|部分|方面|(?=哪|得了?满分|没有?得?满分|被?扣))"
)
_WORST = re.compile(r"最(?:狠|惨|厉害|严重)")
_LEVELS = {"一级": 0, "二级": 1}
_MOST_SHEETS = 3
_MOST_TIED = 4


@dataclass(frozen=True, slots=True)
class Sheet:
    """The score sheet of one part, or of the parts of one report about one project."""

    report: int
    document: Document
    marks: tuple[Mark, ...]

    def candidate(self, figure: Figure, name: str = "") -> Candidate:
        """A figure of the sheet; under the indicator's name where one is given."""
        shown = replace(figure, metric=name) if name else figure
        return Candidate.sure(self.report, self.document, shown)


def on_score_sheet(context: Context) -> Draft | None:
    """The answer to a question about lost points, full marks or the extremes of a score sheet."""
    question = cues.unquoted(context.plan.question)
    lost, full = bool(_LOST.search(question)), _full_asked(question)
    extreme = order_asked(question) is not None and bool(
        _RATE.search(question) or "得分" in question
    )
    if not (lost or full is not None or (extreme and "指标" in question)):
        return None
    if context.plan.text_kind is TextKind.REASON:
        return None
    sheets = score_sheets(context)
    named = named_mark(context, sheets)
    if lost and named is not None and not WHICH.search(question):
        return _lost_by(*named)
    if not WHICH.search(question) and not _HOW_MANY.search(question):
        return None
    undivided = [(sheet, mark) for sheet in sheets if (mark := _undivided(context, sheet))]
    if undivided and lost and full is None:
        told = [deductions.told_apart(sheet.document, sheet.report, m) for sheet, m in undivided]
        return _together([draft for draft in told if draft is not None])
    if _names_another(context, sheets):
        return None
    drafts = [_selected(context, sheet, question, full=full) for sheet in sheets]
    return _together([draft for draft in drafts if draft is not None])


_ALONE = 2  # indicators of a whole sheet: fewer are none to choose among
_QUOTED = re.compile(r"[“\"]([^”\"]{2,20})[”\"]")


def _names_another(context: Context, sheets: Sequence[Sheet]) -> bool:
    """Whether the question quotes a name that no report with a sheet has."""
    plan = context.plan
    known = squeeze(
        "".join(
            (
                *(sheet.document.text for sheet in sheets),
                *(name for name, _ in plan.projects),
                *(p.project for p in context.evidence.parts if p.key in set(plan.parts)),
            )
        )
    )
    said = (squeeze(match[1]) for match in _QUOTED.finditer(plan.question))
    return any(name and name not in known for name in said)


def _undivided(context: Context, sheet: Sheet) -> Mark | None:
    """The indicator that the question looks into and that the sheet does not divide further."""
    asked = squeeze(context.plan.question)
    for mark in sheet.marks:
        name = re.escape(squeeze(mark.name))
        inside = re.search(
            rf"[“\"]{name}[”\"]|{name}(?:[一二]级)?(?:指标|部分|方面)?(?=的?哪)", asked
        )
        if inside and mark.leaf and len(squeeze(mark.name)) >= 2:
            return mark
    return None


def order_asked(question: str) -> Order | None:
    if cues.least_asked(question):
        return Order.LEAST
    return Order.MOST if cues.most_asked(question) or _WORST.search(question) else None


def _full_asked(question: str) -> bool | None:
    """True where the indicators with the full mark are asked for, False for those without."""
    if _NOT_FULL.search(question):
        return False
    return True if _FULL.search(question) else None


def score_sheets(context: Context) -> list[Sheet]:
    """The sheets in scope; none where they are too many for a question about one."""
    plan = context.plan
    named = set(plan.project_parts)
    found = _sheets_of(context, named) if named else []
    found = found or _sheets_of(context, set(plan.parts))
    return found if len(found) <= _MOST_SHEETS else []


def _sheets_of(context: Context, keys: Collection[PartKey]) -> list[Sheet]:
    years = context.plan.years
    found: list[Sheet] = []
    for report, parts in context.evidence.scoped(keys):
        document = context.evidence.index(report).document
        asked = {n for n in parts if not years or document.parts[n].year in years}
        marks = score_sheet(document, asked)
        if len(marks) > 1:
            found.append(Sheet(report, document, marks))
    return found


def named_mark(context: Context, sheets: Sequence[Sheet]) -> tuple[Sheet, Mark] | None:
    """The one indicator that the question names, on the level that it names."""
    asked = squeeze(context.plan.question)
    level = next((n for word, n in _LEVELS.items() if f"{word}指标" in asked), None)
    found = [
        (len(mark.name), sheet, mark)
        for sheet in sheets
        for mark in sheet.marks
        if len(mark.name) >= 3 and squeeze(mark.name) in asked
        if level is None or mark.level == level
    ]
    if not found:
        return None
    longest = max(length for length, _, _ in found)
    best = [(sheet, mark) for length, sheet, mark in found if length == longest]
    same = {(mark.full.quantity.base, mark.score.quantity.base) for _, mark in best}
    return best[0] if len(same) == 1 else None


def _lost_by(sheet: Sheet, mark: Mark) -> Draft:
    """Full mark less score of one indicator."""
    draft = Draft(phrase=mark.name)
    _add_lost(draft, sheet, mark)
    value = draft.values[0]
    who = f"{value.entity}{year_words(value.period)}"
    draft.text = f"{who}“{mark.name}”扣 {value.number} 分：{marks_line(mark)}。"
    return draft


def _add_lost(draft: Draft, sheet: Sheet, mark: Mark) -> None:
    full, score = (sheet.candidate(each, mark.name) for each in (mark.full, mark.score))
    draft.derive(
        compute.difference(full.figure, score.figure),
        [full, score],
        label=f"{mark.name}扣分",
        metric=mark.name,
        period=score.period,
        again=lambda figures: compute.difference(figures[0], figures[1]),
    )


def _selected(context: Context, sheet: Sheet, question: str, *, full: bool | None) -> Draft | None:
    """The indicators of the level asked for that the question selects."""
    inside = _inside(context, sheet)
    marks = _of_level(inside, question)
    whole = inside is sheet.marks
    said = _PART_SAID.search(question) or _LEVEL_SAID.search(question)
    if whole and said is not None and not _sheet_of_part(sheet, said["name"]):
        return None
    if not marks or (len(marks) < _ALONE and whole):
        return None
    order = order_asked(question)
    if order is not None and full is None:
        return _extremes(sheet, marks, question, order, cues.top_asked(question))
    chosen = [mark for mark in marks if (mark.lost == 0) is (full is True)]
    if not chosen:
        return None
    word = "得满分的" if full is True else "被扣分的"
    draft = Draft(phrase=chosen[0].name)
    for mark in chosen:
        if full is True:
            draft.show(sheet.candidate(mark.score, mark.name), label=f"{mark.name}得分")
        else:
            _add_lost(draft, sheet, mark)
    value = draft.values[0]
    if _HOW_MANY.search(question):
        draft.values.insert(0, _counted(draft, f"{word}指标", chosen))
    lines = "；".join(f"{mark.name}（{marks_line(mark)}）" for mark in chosen)
    who = f"{value.entity}{year_words(value.period)}"
    draft.text = f"{who}共 {len(marks)} 个指标，{word}有 {len(chosen)} 个：{lines}。"
    return draft


def _sheet_of_part(sheet: Sheet, name: str) -> bool:
    """Whether a sheet that has no levels is of that part alone: the text gives its marks for the part."""
    full = sum((mark.full.quantity.base for mark in sheet.marks if mark.leaf), Decimal(0))
    told = (
        figure.quantity.base
        for figure in sheet.document.figures
        if figure.role is Role.FULL_MARK and squeeze(name) in squeeze(figure.metric)
    )
    return full in told


def _counted(draft: Draft, label: str, chosen: Sequence[Mark]) -> Value:
    """The number of indicators as a Value; their places are its sources."""
    first, number = draft.values[0], str(len(chosen))
    made = replace(
        first,
        label=f"{label}数",
        number=number,
        unit="个",
        metric=label,
        check=Check.DERIVED,
        formula=f"逐个计数：{'、'.join(mark.name for mark in chosen)}",
        recomputed=number,
        other=None,
        sources=tuple(source for value in draft.values for source in value.sources[-1:]),
    )
    return doubted(made) if any(value.doubtful for value in draft.values) else made


def _inside(context: Context, sheet: Sheet) -> Sequence[Mark]:
    """The marks below the indicator of a higher level that the question names; else all."""
    asked = squeeze(cues.unquoted(context.plan.question))
    heads = {
        mark.path[:depth]
        for mark in sheet.marks
        for depth in range(1, len(mark.path))
        if _is_head(_bare(mark.path[depth - 1]), asked)
    }
    if not heads:
        return sheet.marks
    head = max(heads, key=lambda path: (len(path[-1]), -len(path)))
    return [m for m in sheet.marks if m.path[: len(head)] == head and m.path != head]


# 管理效率部分哪些指标: of a sheet that has no such part, nothing is told.
_PART_SAID = re.compile(
    r"(?P<name>[一-鿿]{2,8}?)[”\"]?(?<!各)(?<!哪些)(?<!哪个)(?<!哪几个)(?:部分|板块|维度|模块)(?!指标)"
)
_MARKED = re.compile(r"[(（][^()（）]*[)）]$")  # 产出（40分）


def _bare(name: str) -> str:
    return squeeze(_MARKED.sub("", name.strip()))


def _is_head(name: str, asked: str) -> bool:
    """Whether the question looks below an indicator: 产出类指标, 项目管理中; 决策 alone is any word."""
    if name in _FIRST_LEVEL:
        return bool(re.search(re.escape(name) + _BELOW, asked))
    return len(name) >= 3 and bool(re.search(re.escape(name) + _INSIDE, asked))


_FIRST_LEVEL = (
    "决策",
    "过程",
    "产出",
    "效益",
    "效果",
    "投入",
    "管理",
    "数量",
    "质量",
    "时效",
    "成本",
)
_BELOW = (
    r"(?:类|部分|方面|环节|一级)?"
    r"(?:的?(?:[一二三]级)?指标|里面?|中|下面?|类|部分|方面|(?=哪|得了?满分|没有?得?满分|被?扣))"
)
# 决策哪些指标扣分: a level of sheets, and no word of an indicator's name or of a project's.
_LEVEL_SAID = re.compile(
    r"(?P<name>决策|过程|产出|效益|数量|质量|时效|成本|(?:财务|业务)管理)(?:类|部分|方面|环节|[一二]级)?(?:的?(?:[一二三]级)?指标)?(?:里面?|中)?(?=哪)"
)


_FUNDS_ROW = re.compile(r"(?:年度|项目)*资金总额")


def _of_level(marks: Sequence[Mark], question: str) -> list[Mark]:
    level = level_asked(question)
    if level == "root":
        return [mark for mark in marks if mark.level == 0]
    if level.isdigit():
        return [mark for mark in marks if mark.level == int(level)]
    # A sheet's own summary names its higher levels alone.
    above = {squeeze(name) for mark in marks for name in mark.path[:-1]}
    leaves = [mark for mark in marks if mark.leaf]
    if "三级指标" in question:  # a form's row of funds has marks, and is no indicator of a level
        leaves = [mark for mark in leaves if not _FUNDS_ROW.fullmatch(squeeze(mark.name))]
    return [mark for mark in leaves if squeeze(mark.name) not in above] or leaves


def _extremes(
    sheet: Sheet, marks: Sequence[Mark], question: str, order: Order, count: int
) -> Draft | None:
    """The indicators that lost most or least, or whose rate or score is an extreme."""
    by_lost = bool(_LOST.search(question))
    by_rate = bool(_RATE.search(question)) and not by_lost
    marks = [mark for mark in marks if mark.full.quantity.base > 0]

    def worth(mark: Mark) -> Decimal:
        if by_lost:
            return mark.lost
        score = mark.score.quantity.base
        return score / mark.full.quantity.base if by_rate else score

    ordered = sorted(marks, key=worth, reverse=order is Order.MOST)
    edge = worth(ordered[min(count, len(ordered)) - 1])
    top = [*ordered[:count], *(mark for mark in ordered[count:] if worth(mark) == edge)]
    if len(top) > count + _MOST_TIED:
        return None
    draft = Draft(phrase=top[0].name)
    for mark in top:
        if by_lost:
            _add_lost(draft, sheet, mark)
        elif by_rate:
            _add_rate(draft, sheet, mark)
        else:
            draft.show(sheet.candidate(mark.score, mark.name), label=f"{mark.name}得分")
    what = "扣分" if by_lost else "得分率" if by_rate else "得分"
    many, few = ("最多", "最少") if by_lost else ("最高", "最低")
    first = draft.values[0]
    lines = "；".join(
        f"{mark.name} {value.number}{value.unit}（{marks_line(mark)}）"
        for mark, value in zip(top, draft.values, strict=True)
    )
    draft.text = (
        f"{first.entity}{year_words(first.period)}{what}{many if order is Order.MOST else few}的指标："
        f"{lines}（共比较 {len(marks)} 个指标）。"
    )
    return draft


def _add_rate(draft: Draft, sheet: Sheet, mark: Mark) -> None:
    full, score = (sheet.candidate(each, mark.name) for each in (mark.full, mark.score))
    rate = compute.percent_of(score.figure, full.figure)
    if rate is not None:
        label = f"{mark.name}得分率"
        draft.derive(rate, [score, full], label=label, metric=mark.name, period=score.period)


def marks_line(mark: Mark) -> str:
    """``分值 8 分，得 6 分``."""
    return f"分值 {mark.full.quantity.printed} 分，得 {mark.score.quantity.printed} 分"


def year_words(period: str) -> str:
    """``2023年``, or nothing where no year is known."""
    return f"{period}年" if period else ""


def _together(drafts: Sequence[Draft]) -> Draft | None:
    """The answers of several sheets: one where they say the same, else each under its report."""
    said = {tuple(sorted(value.number for value in each.values)): each for each in drafts}
    if len(said) < 2:
        return next(iter(said.values()), None)
    whole = Draft(phrase=drafts[0].phrase)
    lines = []
    for draft in said.values():
        lines.append(f"《{draft.values[0].sources[0].report}》：{draft.text}")
        whole.values.extend(draft.values)
        whole.equations.extend(draft.equations)
        whole.remarks.extend(r for r in draft.remarks if r not in whole.remarks)
        if draft.outcome is Outcome.CONTRADICTED:
            whole.outcome = Outcome.CONTRADICTED
    whole.text = "\n".join(lines)
    return whole
