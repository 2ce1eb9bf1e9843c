"""Where do reports contradict themselves? Their findings, by report, the gravest first."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ingest.model import Document, Verdict
from qa.audit.findings import findings
from qa.audit.model import Finding, Slip
from qa.drafts import Draft
from qa.figures.evidence import Candidate
from qa.model import EquationNote, Outcome, PartKey
from qa.operations.context import Context
from qa.present import value_of

_REPORTS = 20  # reports looked through for one question
_SHOWN = 10


@dataclass(frozen=True, slots=True)
class _Looked:
    """A report with what fails in the parts of it that are asked about."""

    report: int
    document: Document
    checked: int
    found: tuple[Finding, ...]
    misread: int


def overview(context: Context) -> Draft | None:
    """What fails in the reports asked about, or how many equations were checked and hold."""
    looked = list(_looked_through(context))
    draft = Draft(phrase="前后一致")
    misread = sum(each.misread for each in looked)
    if misread:
        draft.remark(f"另有 {misread} 处数字由图片识别而来，识别存疑，与其他数对不上，请对照原页。")
    failing = [each for each in looked if each.found]
    if failing:
        draft.outcome = Outcome.CONTRADICTED
        draft.text = "\n".join(_told(draft, failing))
        return draft
    checked = sum(each.checked for each in looked)
    if not checked:
        return None
    draft.text = f"没有发现前后不一致：共核对 {checked} 条等式，都成立或只差在四舍五入。"
    return draft


def _asked(context: Context) -> list[PartKey]:
    """The parts asked about: with a year those of that year, not what others tell of it."""
    plan = context.plan
    keys = list(plan.asked_parts or context.evidence.names.keys)
    if not plan.years or plan.project_parts:
        return keys
    return [key for key in keys if context.evidence.ref(key).year in plan.years]


def _looked_through(context: Context) -> Iterator[_Looked]:
    keys = _asked(context)
    if not keys:
        return
    for report, parts in list(context.evidence.scoped(keys))[:_REPORTS]:
        document = context.evidence.index(report).document
        inside = {f.no for f in document.figures if f.part in parts}
        checked = sum(
            equation.verdict is not Verdict.NOT_CHECKABLE and equation.stated in inside
            for equation in document.equations
        )
        own = [each for each in findings(document) if _within(document, each, parts, inside)]
        found = tuple(each for each in own if each.slip is not Slip.MISREAD)
        yield _Looked(report, document, checked, found, len(own) - len(found))


def _within(document: Document, finding: Finding, parts: set[int], inside: set[int]) -> bool:
    """Whether a finding is about the parts of a report that are asked about."""
    if finding.figures:
        return bool(inside.intersection(finding.figures))
    blocks = [document.assertions[number].stated.block for number in finding.assertions]
    return not blocks or any(document.part_of(block).no in parts for block in blocks)


def _told(draft: Draft, failing: list[_Looked]) -> Iterator[str]:
    """The findings under the names of their reports; each report has its share of those shown."""
    total = sum(len(each.found) for each in failing)
    shares = _shares([len(each.found) for each in failing])
    among = f"，分在 {len(failing)} 份报告里" if len(failing) > 1 else ""
    yield f"发现 {total} 处前后不一致{among}："
    number = 0
    for each, share in zip(failing, shares, strict=True):
        count = len(each.found)
        some = f"，列出 {share} 处" if 0 < share < count else ""
        yield f"{each.document.name}（{count} 处{some}）" + ("：" if share else "")
        for finding in each.found[:share]:
            number += 1
            yield f"{number}. {finding.message}"
            _show(draft, each, finding)
    if number < total:
        yield f"其余 {total - number} 处没有列出，核查这些报告可以看到全部。"


def _shares(counts: list[int]) -> list[int]:
    """How many of each report are shown: one of each in turn until enough are."""
    shares = [0] * len(counts)
    left = min(_SHOWN, sum(counts))
    while left:
        for place, count in enumerate(counts):
            if left and shares[place] < count:
                shares[place] += 1
                left -= 1
    return shares


def _show(draft: Draft, each: _Looked, finding: Finding) -> None:
    """The place, the equation and the value of a finding beside the text."""
    equation = finding.equation
    draft.equations.append(EquationNote(equation.family, equation.formula, equation.verdict))
    draft.citations.append(finding.source)
    for number in finding.figures[:1]:
        candidate = Candidate.sure(each.report, each.document, each.document.figures[number])
        draft.values.append(value_of(candidate, strict=True))
