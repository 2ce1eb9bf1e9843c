"""Where does a report contradict itself? Its findings, the gravest first."""

from __future__ import annotations

from ingest.model import Verdict
from qa.audit.findings import findings
from qa.audit.model import Slip
from qa.drafts import Draft
from qa.figures.evidence import Candidate
from qa.model import EquationNote, Outcome
from qa.operations.context import Context
from qa.present import value_of

_REPORTS = 20  # reports looked through for one question
_SHOWN = 10


def overview(context: Context) -> Draft | None:
    """What fails in the reports in scope, or how many equations were checked and hold."""
    draft = Draft(phrase="前后一致")
    lines: list[str] = []
    checked = misread = 0
    plan = context.plan
    keys = plan.asked_parts
    for report, parts in list(context.evidence.scoped(keys))[:_REPORTS]:
        document = context.evidence.index(report).document
        inside = {f.no for f in document.figures if f.part in parts}
        checked += sum(
            equation.verdict is not Verdict.NOT_CHECKABLE and equation.stated in inside
            for equation in document.equations
        )
        for finding in findings(document):
            if finding.figures and not inside.intersection(finding.figures):
                continue
            if finding.slip is Slip.MISREAD:
                misread += 1
                continue
            lines.append(f"{len(lines) + 1}. {finding.message}")
            if len(lines) > _SHOWN:
                continue
            note = EquationNote(
                finding.equation.family, finding.equation.formula, finding.equation.verdict
            )
            draft.equations.append(note)
            draft.citations.append(finding.source)
            for number in finding.figures[:1]:
                figure = document.figures[number]
                candidate = Candidate.sure(report, document, figure)
                draft.values.append(value_of(candidate, strict=True))
    if misread:
        draft.remark(f"另有 {misread} 处数字由图片识别而来，识别存疑，与其他数对不上，请对照原页。")
    if lines:
        draft.outcome = Outcome.CONTRADICTED
        more = f"\n其余 {len(lines) - _SHOWN} 处见 gouji audit。" if len(lines) > _SHOWN else ""
        draft.text = f"发现 {len(lines)} 处前后不一致：\n" + "\n".join(lines[:_SHOWN]) + more
        return draft
    if not checked:
        return None
    draft.text = f"没有发现前后不一致：共核对 {checked} 条等式，都成立或只差在四舍五入。"
    return draft
