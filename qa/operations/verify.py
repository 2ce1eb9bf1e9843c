"""Is the report consistent? The equations about a figure, and what they give."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from decimal import Decimal

from ingest import interval
from ingest.model import Equation, Figure, Role, Verdict
from ingest.quantity import Dimension
from qa.drafts import Draft
from qa.figures import compute
from qa.figures.evidence import Candidate
from qa.figures.standing import told_twice
from qa.model import Outcome
from qa.operations.claims import judge_claims
from qa.operations.context import Choice, Context, choose, closed
from qa.operations.differences import difference
from qa.operations.lookup import overall_score
from qa.operations.named_sums import added_up
from qa.operations.overview import overview
from qa.operations.pairs import is_amount
from qa.operations.quoted import judge_quoted
from qa.operations.rates_spelled import rate_told
from qa.operations.statements import asserted
from qa.operations.summed_asked import parts_named, without_table_numbers
from qa.operations.verdicts import LISTED, checked, gap_asked, judged_draft, line_of
from qa.plan import Target
from qa.present import shown, source_of
from qa.words import agreement, cues
from qa.words.matching import grams, squeeze

# What a rate of completion is made of; its own name is what is left.
_RATED = re.compile(
    r"完成率|执行率|(?:和|与|跟|同|、)?(?:年初|全年|调整后?)?(?:预算|决算|支出决算|执行)数?(?=和|与|、|$)"
)
# 人员经费加公用经费与基本支出1112.48: the name right before a quoted figure is its own.
_QUOTED_FIGURE = re.compile(
    r"(?P<name>[^\d,;?。:、加与和跟同]{2,16})(?:为|是|写|写的是)?\s*(?P<n>\d[\d.]*)(?=\s*(?:万|亿|元|分|%|个|$|,))"
)
_UNCHECKED = "报告里没有可以用来核对这个数的其他数，无法判断。"


def verify(context: Context) -> Draft | None:
    """What the equations say about the figures that the question quotes or names."""
    judged = judge_claims(context) or added_up(context) or judge_quoted(context)
    judged = judged or rate_told(context)
    text = context.plan.text
    if judged is not None or parts_named(text):
        return judged
    if gap_asked(text) and not agreement.places_asked(text):
        return difference(context)
    subjects = list(_subjects(context))
    if not subjects:
        return overview(context)
    plain: Draft | None = None
    for target in subjects:
        candidate = _found(context, target)
        if candidate is not None and not _speaks_of(candidate, target):
            continue  # any total, where only the total of something else is asked about
        draft = None if candidate is None else _judged(context, candidate, target)
        if draft is None or candidate is None:
            continue
        if draft.outcome is Outcome.CONTRADICTED or draft.equations:
            return draft
        if not context.plan.numbers or _quotes(context, candidate):
            plain = plain or draft
    return asserted(context, all_verdicts=True) or plain


_ANY_TOTAL = re.compile(r"合计|总计|小计|总数|总额")


def _speaks_of(candidate: Candidate, target: Target) -> bool:
    """Whether a total stands with something of what it is to be the total of."""
    figure, document = candidate.figure, candidate.document
    if not _ANY_TOTAL.search(squeeze(figure.metric)):
        return True
    wanted = grams(_ANY_TOTAL.sub(" ", squeeze(target.key)))
    table = figure.locator.table
    title = document.tables[table].title if table is not None else figure.sentence
    near = grams(squeeze("，".join((title, figure.metric, *figure.row_path, *figure.column_path))))
    return not wanted or bool(wanted & near)


def _quotes(context: Context, candidate: Candidate) -> bool:
    """Whether the question quotes the value of a figure."""
    numbers = {Decimal(number) for number in context.plan.numbers}
    return candidate.figure.quantity.value in numbers


def verify_shown(context: Context, draft: Draft) -> Draft | None:
    """The values of an answer held against each other and the rest of the report.

    Args:
        context: of the whole question, which asks for values and whether they agree.
        draft: the answer to what it asks for; None is returned where that shows no figure.
    """
    if not draft.figures or not draft.outcome.given:
        return None
    draft.hold_to_all()
    if draft.outcome is Outcome.CONTRADICTED:
        return draft
    for each in list(draft.figures):
        candidate = each.candidate
        twin = _twin(context, candidate, Target(each.label or candidate.figure.metric))
        equations = checked(candidate)[:LISTED]
        if twin is not None:
            draft.show(twin)
            draft.text += f"\n{_compared_words(candidate, twin)}"
        elif equations:
            draft.text += "".join(f"\n{line_of(candidate.document, e)}" for e in equations)
        else:
            draft.text += f"\n{shown(candidate.figure)}：{_UNCHECKED}"
    return draft


def _subjects(context: Context) -> Iterator[Target]:
    """What each clause names once the words that ask about agreement are taken out."""
    for clause in re.split(r"[,;?。]", without_table_numbers(context.plan.text)):
        for match in _QUOTED_FIGURE.finditer(clause):
            key = cues.content(match["name"])
            if match["n"] in context.plan.numbers and len(squeeze(key)) >= 2:
                yield Target(key, label=key)
        bare = agreement.unverified(clause)
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
    return [e for e in checked(candidate) if e.verdict is Verdict.FAILS]


def _judged(context: Context, candidate: Candidate, target: Target) -> Draft | None:
    equations = checked(candidate)
    places = agreement.places_asked(context.plan.text)
    if places:
        twice = [e for e in equations if told_twice(candidate.document, e)]
        equations = twice or [e for e in equations if e.verdict is Verdict.FAILS]
    if not any(e.verdict is Verdict.FAILS for e in equations):
        twin = _twin(context, candidate, target)
        if twin is not None:
            return _compared(candidate, twin)
    if places and not equations:
        return None  # no other place states it
    if equations:
        return judged_draft(candidate, equations, gap=gap_asked(context.plan.text))
    share = _share_of_named(context, candidate)
    if share is not None:
        return share
    draft = Draft(phrase=candidate.figure.metric)
    draft.show(candidate)
    draft.text = f"{candidate.figure.metric} {shown(candidate.figure)}：{_UNCHECKED}"
    return draft


def _share_of_named(context: Context, candidate: Candidate) -> Draft | None:
    """A share whose part and whole stand elsewhere in its report, where they give it."""
    figure = candidate.figure
    if figure.role is not Role.SHARE or not figure.basis:
        return None
    keys, years = [(candidate.report, figure.part)], (candidate.period,)
    found = [
        choose(context, Target(name, label=name), keys=keys, years=years, keep=is_amount).best
        for name in (figure.metric, figure.basis)
    ]
    part, whole = (None if each is None else each.best for each in found)
    if part is None or whole is None or part.figure.no == whole.figure.no:
        return None
    if not part.figure.quantity.unit.compatible(whole.figure.quantity.unit):
        return None
    computed = compute.percent_of(part.figure, whole.figure)
    if computed is None or not interval.agrees_when_rounded(computed.value, figure.quantity):
        return None
    draft = Draft(phrase=figure.metric)
    draft.show(candidate)
    for each in (part, whole):
        draft.show(each)
    draft.text = (
        f"{figure.metric}占{figure.basis} {shown(figure)} = {computed.formula}：成立，两处一致。"
    )
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
        if not (closed(other.figure) and closed(figure)):
            continue  # 100万元以上 agrees with any amount above it
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
