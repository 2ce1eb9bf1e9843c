"""Words of an audit's screens and papers in both languages: names of what the values hold."""

from __future__ import annotations

from ingest.model import Part, ReportKind, Verdict
from qa.audit.model import Backing, EquationLine, Finding, Severity, Slip
from qa.audit.report import AuditedReport
from qa.audit.words import SLIP_WORDS
from qa.model import Source
from ui.render import FAMILY_NAMES
from ui.show import VERDICT_WORDS
from ui.texts import KIND_NAMES, language, plain, t

SEVERITY_WORDS = {Severity.HIGH: "高", Severity.MEDIUM: "中", Severity.LOW: "低"}
DIRECTION_WORDS = {"high": "偏高", "low": "偏低", "": ""}
BACKING_WORDS = {
    Backing.RECOMPUTED: "复算一边有佐证，所列数没有",
    Backing.STATED: "所列数有佐证，复算所用的数不全有",
    Backing.BOTH: "两边各有佐证",
    Backing.NEITHER: "两边都没有其他佐证",
}


def family_name(family: str) -> str:
    """A family of checks as readers know it; one that is not listed by its name in the code."""
    return t(FAMILY_NAMES[family]) if family in FAMILY_NAMES else family


def verdict_name(verdict: Verdict) -> str:
    return t(VERDICT_WORDS[verdict])


def slip_name(slip: Slip) -> str:
    """The likely kind of slip; "" where none is known."""
    words = SLIP_WORDS if language() == "zh" else _ENGLISH_SLIPS
    return words.get(slip, "")


def slip_of(finding: Finding) -> str:
    """The likely slip of a finding with what is known of it."""
    name = slip_name(finding.slip)
    note = t("（{words}）", words=finding.slip_note) if finding.slip_note else ""
    return name + note if name else t("无法判定")


def rivals_of(finding: Finding) -> str:
    """The figures that may be wrong instead, each with what it would have to be."""
    return plain(
        "；".join(
            t(
                "{number}（{metric}），若为 {right}",
                number=each.operand.number + each.operand.unit,
                metric=each.operand.metric,
                right=each.right,
            )
            for each in finding.evidence.rivals
        )
    )


def gap_of(finding: Finding) -> str:
    """``+1.82个百分点 偏高``."""
    word = t(DIRECTION_WORDS[finding.direction]) if finding.direction else ""
    return " ".join(each for each in (finding.difference, word) if each)


def place_of(source: Source, section: tuple[str, ...] = ()) -> str:
    """Page or cell, sections, table, row and column, as far as known; the outermost section left out."""
    parts = [t("第 {page} 页", page=source.page)] if source.page is not None else []
    parts += [t("单元格 {cell}", cell=source.cell)] if source.cell else []
    parts += [" › ".join(section[1:] or section)] if section else []
    parts += [source.table] if source.table and source.table not in section[-1:] else []
    parts += [t("行：{row}", row=source.row)] if source.row else []
    parts += [t("列：{column}", column=source.column)] if source.column else []
    return plain(" · ".join(parts))


def part_line(part: Part) -> str:
    """Kind, unit, project and year of a report, as far as it says them."""
    kind = t(KIND_NAMES[ReportKind(part.kind)])
    who = [kind, part.entity.value, part.project.value, part.year]
    return plain(" · ".join(each for each in who if each))


def formula_of(line: EquationLine) -> str:
    """``得分率：77.3% = 20.38分 ÷ 27分 × 100%``."""
    return plain(f"{family_name(line.family)}{t('：')}{line.formula}")


def sentence_of(finding: Finding) -> str:
    """The finding in one sentence: in Chinese as the audit words it, else in English."""
    return plain(finding.message if language() == "zh" else _english(finding))


def _english(finding: Finding) -> str:
    how = f"solved from {finding.equation.formula} it should be" if finding.backwards else ""
    how = how or f"by {finding.equation.formula.partition(' = ')[2]} it comes to"
    reach = f" (between {finding.interval})" if finding.interval else ""
    word = {"high": ", too high by ", "low": ", too low by "}.get(finding.direction, "")
    gap = word + finding.difference.lstrip("+-") if word else ""
    place = place_of(finding.source, finding.section[-1:])
    clauses = [
        f"{place}: {finding.metric} is stated as {finding.stated}; "
        f"{how} {finding.recomputed}{reach}{gap}",
        _ENGLISH_BACKING[finding.evidence.backing],
    ]
    if finding.slip is not Slip.UNKNOWN:
        clauses.append(f"likely slip: {slip_of(finding)}")
    if finding.repeated:
        clauses.append(f"written the same way in {len(finding.repeated)} more places")
    if finding.also:
        clauses.append(f"{len(finding.also)} more equations fail with it")
    return "; ".join(clauses) + "."


_ENGLISH_BACKING = {
    Backing.RECOMPUTED: "other equations confirm what it was recomputed from, none the stated value",
    Backing.STATED: "other equations confirm the stated value; one of the operands may be wrong",
    Backing.BOTH: "both sides are confirmed elsewhere: check the originals",
    Backing.NEITHER: "nothing else in the report confirms either side: check the originals",
}


_ENGLISH_SLIPS = {
    Slip.UNIT: "wrong unit of money",
    Slip.SIGN: "wrong sign or direction",
    Slip.POINT: "decimal point moved",
    Slip.TRANSPOSED: "two digits swapped",
    Slip.DIGIT: "one digit wrong",
    Slip.DROPPED: "a digit dropped",
    Slip.DOUBLED: "a digit too many",
    Slip.STALE: "a value left from a draft",
    Slip.BASE: "wrong base of a rate",
    Slip.MULTIPLIER: "wrong multiplier in the scoring formula",
    Slip.ROUNDING: "last digit off by more than rounding",
    Slip.MISREAD: "perhaps misread by recognition: compare the page",
}


def severities(report: AuditedReport) -> dict[Severity, int]:
    """How many findings a report has of each severity."""
    found = [finding.severity for finding in report.findings]
    return {severity: found.count(severity) for severity in Severity}
