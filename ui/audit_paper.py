"""A working paper (底稿) as a value: what its HTML and its workbook both say."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from qa.audit.model import Severity
from qa.audit.report import AuditedReport
from ui.audit_words import severities
from ui.texts import t


@dataclass(frozen=True, slots=True)
class Paper:
    """The audited reports, what they were chosen by, and the day that stands on the paper."""

    reports: tuple[AuditedReport, ...]
    scope: str
    day: date

    @property
    def counts(self) -> dict[str, int]:
        """Checks by verdict, over all reports."""
        found: dict[str, int] = {}
        for report in self.reports:
            for verdict, count in report.counts.items():
                found[verdict] = found.get(verdict, 0) + count
        return found

    @property
    def severities(self) -> dict[Severity, int]:
        """Findings by severity, over all reports."""
        each = [severities(report) for report in self.reports]
        return {severity: sum(found[severity] for found in each) for severity in Severity}


_METHOD = {
    "checked": (
        "核查的是报告自身的数：合计与各项、比率与增减、得分与分值、表与表、文字与表格。"
        "每条等式按所印位数取区间复算，两个区间不相交才列为不一致，末位尾差不算。"
    ),
    "blamed": (
        "几条等式因同一个数不成立时合为一条发现：改正后能使最多等式成立、又最少破坏其他等式的数"
        "列为可疑；证据相当时，列等式所核对的那个数，并写明两边各有什么佐证。"
    ),
    "slips": (
        "“可能的笔误”由确定的规则判断（单位、小数点、数字颠倒、漏字、基数等），只作线索，以原始资料为准。"
    ),
    "limits": (
        "没有列出的不等于正确：报告没有写出可复算关系的数、程序没有读懂的句子和表格，不在核查之内。"
        "本底稿由程序生成，未使用语言模型，须经人核实后才能作为结论。"
    ),
}


def method() -> tuple[str, ...]:
    """How the paper was made and what it does not say, for its last page."""
    return tuple(t(words) for words in _METHOD.values())
