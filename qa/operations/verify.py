"""Is the report consistent? The equations about a figure, and what they give."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from decimal import Decimal

from ingest import interval
from ingest.model import Document, Equation, Figure, Role, Verdict
from ingest.quantity import Dimension
from qa import cues
from qa.drafts import Draft
from qa.evidence import Candidate
from qa.matching import Match, squeeze
from qa.model import Outcome
from qa.operations.context import Choice, Context, choose, sentence
from qa.operations.lookup import overall_score
from qa.operations.overview import overview
from qa.operations.statements import asserted
from qa.plan import Target
from qa.present import shown, source_of
from qa.standing import equations_of

_WORDS = {
    Verdict.EXACT: "成立",
    Verdict.ROUNDING: "在四舍五入范围内成立，差额只是尾数误差",
}
# What a rate of completion is made of; its own name is what is left.
_RATED = re.compile(
    r"完成率|执行率|(?:和|与|跟|同|、)?(?:年初|全年|调整后?)?(?:预算|决算|支出决算|执行)数?(?=和|与|、|$)"
)
_UNCHECKED = "报告里没有可以用来核对这个数的其他数，无法判断。"
_LISTED = 3  # equations that hold are shown up to so many


def verify(context: Context) -> Draft | None:
    """What the equations say about the figures that the question quotes or names."""
    quoted = _quoted(context)
    judged = _judge_quoted(quoted) if quoted else None
    if judged is not None:
        return judged
    subjects = list(_subjects(context))
    if not subjects:
        return overview(context)
    plain: Draft | None = None
    for target in subjects:
        candidate = _found(context, target)
        draft = None if candidate is None else _judged(context, candidate, target)
        if draft is None:
            continue
        if draft.outcome is Outcome.CONTRADICTED or draft.equations:
            return draft
        plain = plain or draft
    return asserted(context, all_verdicts=True) or plain


def verify_shown(context: Context, draft: Draft) -> Draft | None:
    """The values of an answer held against each other and the rest of the report.

    Args:
        context: of the whole question, which asks for values and whether they agree.
        draft: the answer to what it asks for; None is returned where that shows no figure.
    """
    if not draft.figures or draft.outcome not in (Outcome.ANSWERED, Outcome.CONTRADICTED):
        return None
    draft.hold_to_all()
    if draft.outcome is Outcome.CONTRADICTED:
        return draft
    for each in list(draft.figures):
        candidate = each.candidate
        twin = _twin(context, candidate, Target(each.label or candidate.figure.metric))
        equations = _checked(candidate)[:_LISTED]
        if twin is not None:
            draft.show(twin)
            draft.text += f"\n{_compared_words(candidate, twin)}"
        elif equations:
            draft.text += "".join(f"\n{_line(candidate.document, e)}" for e in equations)
        else:
            draft.text += f"\n{shown(candidate.figure)}：{_UNCHECKED}"
    return draft


def _subjects(context: Context) -> Iterator[Target]:
    """What each clause names once the words that ask about agreement are taken out."""
    for clause in re.split(r"[,;?。]", context.plan.text):
        bare = cues.unverified(clause)
        key = cues.content(bare)
        if len(squeeze(key)) < 2:
            continue
        role = cues.asked_role(clause)
        if cues.completion_rate_asked(clause):
            rated = cues.content(_RATED.sub(" ", bare))
            yield Target(rated or key, Role.COMPLETION, Dimension.PERCENT, label=key)
        yield Target(cues.without_role(key, role), role, label=key)


def _found(context: Context, target: Target) -> Candidate | None:
    """The figure that a subject means: with a quoted value, of its role, or of any."""
    numbers = {Decimal(number) for number in context.plan.numbers}
    free = replace(target, role=None)
    tries: list[tuple[Target, Callable[[Figure], bool] | None]] = [(target, None), (free, None)]
    if numbers:
        tries.insert(0, (free, lambda figure: figure.quantity.value in numbers))
    for one, keep in tries:
        overall = None if keep else overall_score(context, one, context.plan.years)
        found = _of_choice(overall or choose(context, one, keep=keep))
        if found is not None:
            return found
    return None


def _of_choice(choice: Choice) -> Candidate | None:
    """The best figure; where it stands at several places, the one that an equation fails on."""
    chosen = (choice.best,) if choice.best is not None else choice.rivals
    members = [member for cluster in chosen for member in cluster.members]
    failed = next((member for member in members if _failed(member)), None)
    return failed or (choice.best.best if choice.best is not None else None)


def _failed(candidate: Candidate) -> list[Equation]:
    return [e for e in _checked(candidate) if e.verdict is Verdict.FAILS]


def _checked(candidate: Candidate) -> list[Equation]:
    equations = equations_of(candidate.document, candidate.figure)
    return [e for e in equations if e.verdict is not Verdict.NOT_CHECKABLE]


def _judged(context: Context, candidate: Candidate, target: Target) -> Draft | None:
    equations = _checked(candidate)
    if not any(e.verdict is Verdict.FAILS for e in equations):
        twin = _twin(context, candidate, target)
        if twin is not None:
            return _compared(candidate, twin)
    if equations:
        return _draft(candidate, equations)
    draft = Draft(phrase=candidate.figure.metric)
    draft.show(candidate)
    draft.text = f"{candidate.figure.metric} {shown(candidate.figure)}：{_UNCHECKED}"
    return draft


def _twin(context: Context, candidate: Candidate, asked: Target) -> Candidate | None:
    """The same fact in a table where a sentence is asked about, printed differently."""
    if not re.search(r"表|别处|附件|正文|另", context.plan.text):
        return None
    figure = candidate.figure
    best: tuple[float, Candidate] | None = None
    target = replace(asked, role=None)
    for other in context.evidence.candidates(target, context.plan, years=(candidate.period,)):
        place = other.figure.locator
        if other.report != candidate.report or place.table == figure.locator.table:
            continue
        if not other.figure.quantity.unit.compatible(figure.quantity.unit):
            continue
        gap = abs(other.figure.quantity.base - figure.quantity.base)
        near = interval.of(other.figure.quantity).overlaps(interval.of(figure.quantity))
        if near and (best is None or gap > best[0]):
            best = (float(gap), other)
    return best[1] if best else None


def _compared(candidate: Candidate, twin: Candidate) -> Draft:
    draft = Draft(phrase=candidate.figure.metric)
    for each in (candidate, twin):
        draft.show(each)
    draft.text = _compared_words(candidate, twin)
    return draft


def _compared_words(candidate: Candidate, twin: Candidate) -> str:
    same = candidate.figure.quantity.base == twin.figure.quantity.base
    where = source_of(twin).table or "另一处"
    verdict = "两处一致" if same else "两处相差只在末位，属四舍五入的尾数差异"
    return (
        f"{candidate.figure.metric} {shown(candidate.figure)}；{where}中"
        f"{twin.figure.metric} {shown(twin.figure)}。{verdict}。"
    )


def _quoted(context: Context) -> list[Candidate]:
    """Figures in scope whose value the question quotes, in the question's order."""
    plan = context.plan
    found: list[Candidate] = []
    for report, parts in context.evidence.scoped(plan.parts):
        document = context.evidence.index(report).document
        for number in plan.numbers:
            wanted = Decimal(number)
            for figure in document.figures:
                if figure.part in parts and figure.quantity.value == wanted:
                    match = Match(figure.no, 1, 1, 0, 1, 1)
                    found.append(Candidate(report, document, figure, match, 1.0))
    return found


def _judge_quoted(quoted: list[Candidate]) -> Draft | None:
    """The equation that ties most of the quoted figures together."""
    best: tuple[int, Candidate, Equation] | None = None
    for candidate in quoted:
        values = {c.figure.quantity.value for c in quoted if c.document is candidate.document}
        for equation in _checked(candidate):
            members = _values(candidate.document, equation)
            tied = len(members & values)
            if tied >= 2 and (best is None or tied > best[0]):
                stated = candidate.document.figures[equation.stated]
                best = (tied, replace(candidate, figure=stated), equation)
    if best is not None:
        return _draft(best[1], [best[2]])
    return _sum_of_quoted(quoted)


def _values(document: Document, equation: Equation) -> set[Decimal]:
    numbers = (equation.stated, *equation.operands)
    return {document.figures[n].quantity.value for n in numbers}


def _sum_of_quoted(quoted: list[Candidate]) -> Draft | None:
    """A quoted figure against the sum of the parts that its sentence names after it."""
    for candidate in quoted:
        figure = candidate.figure
        beside = [
            other
            for other in candidate.document.figures[figure.no + 1 : figure.no + 12]
            if other.block == figure.block
            and other.sentence == figure.sentence
            and other.role is figure.role
            and other.quantity.unit == figure.quantity.unit
        ]
        for count in range(len(beside), 1, -1):
            parts = beside[:count]
            total = sum((f.quantity.value for f in parts), Decimal(0))
            gap = abs(total - figure.quantity.value)
            slack = _half_units([figure, *parts])
            if slack is not None and gap <= slack:
                return _rounding_draft(candidate, parts, total, gap)
    return None


def _half_units(figures: list[Figure]) -> Decimal | None:
    widths = [f.quantity.high - f.quantity.value for f in figures if f.quantity.high is not None]
    return sum(widths, Decimal(0)) if len(widths) == len(figures) else None


def _rounding_draft(
    candidate: Candidate, parts: list[Figure], total: Decimal, gap: Decimal
) -> Draft:
    figure = candidate.figure
    unit = figure.quantity.unit.symbol
    formula = " + ".join(shown(part) for part in parts)
    draft = Draft(phrase=figure.metric)
    draft.show(candidate)
    draft.text = (
        f"没有算错：{formula} = {total}{unit}，与报告所列 {shown(figure)} 相差 {gap}{unit}，"
        f"在各数保留位数的四舍五入（尾数误差）范围之内。"
    )
    return draft


def _draft(candidate: Candidate, equations: list[Equation]) -> Draft:
    """The figure with the equations asked about; one that fails makes the answer contradicted."""
    document = candidate.document
    draft = Draft(phrase=candidate.figure.metric)
    value = draft.show(candidate, strict=True)
    if any(e.verdict is Verdict.FAILS for e in equations):
        draft.text = sentence(value, candidate)
        return draft
    draft.text = "\n".join(_line(document, equation) for equation in equations[:_LISTED])
    return draft


def _line(document: Document, equation: Equation) -> str:
    stated = document.figures[equation.stated]
    line = f"{stated.metric} {shown(stated)} = {equation.formula}：{_WORDS[equation.verdict]}"
    if equation.verdict is Verdict.ROUNDING and equation.value is not None:
        line += f"（按所列数字复算为 {equation.value.normalize():f}{stated.quantity.unit.symbol}）"
    return f"{line}。"
