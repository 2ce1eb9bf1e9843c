"""The working paper as one HTML file: no outside request, readable on paper in black and white.

Text of reports is escaped by the template and stripped of control characters; the page's own
policy forbids scripts and requests.
"""

from __future__ import annotations

from collections.abc import Mapping
from importlib.resources import files

from jinja2 import Environment
from markupsafe import Markup, escape

from ingest.model import Verdict
from qa.audit.model import Finding, Severity
from ui.audit_paper import Paper, method
from ui.audit_words import (
    BACKING_WORDS,
    SEVERITY_WORDS,
    family_name,
    formula_of,
    gap_of,
    part_line,
    place_of,
    rivals_of,
    sentence_of,
    severities,
    slip_of,
    verdict_name,
)
from ui.texts import language, plain, t

_OPERANDS = 12  # figures of a sum that are listed; the workbook has all
_WORDS = {
    "title": "勾稽核查底稿",
    "count": "报告份数",
    "day": "编制日期",
    "index": "索引号",
    "author": "编制人",
    "reviewer": "复核人",
    "reviewed": "复核日期",
    "found": "发现",
    "severity": "程度",
    "checks": "核查等式：",
    "message": "说明",
    "report": "报告",
    "checked": "核查情况",
    "family": "核查内容",
    "total": "合计",
    "findings": "发现的问题",
    "nothing": "没有发现矛盾。",
    "stated": "所列",
    "recomputed": "复算",
    "solved": "反算",
    "interval": "可取",
    "difference": "差额（所列 − 复算）",
    "text": "原文",
    "formula": "算式",
    "operands": "所用的数",
    "here": "此处",
    "other": "另一处",
    "backing": "佐证",
    "rivals": "也可能有误的数：",
    "for_stated": "所列一边：",
    "for_recomputed": "复算一边：",
    "slip": "可能的笔误",
    "also": "连带不成立",
    "repeated": "同样写法",
    "opinion": "核实意见：",
    "signed": "核实人：",
    "date": "日期：",
    "unchecked": "未能核对",
    "metric": "指标",
    "reason": "原因",
    "place": "位置",
    "method": "方法与限度",
}


def html_paper(paper: Paper) -> str:
    """The whole page, in the current language."""
    source = files("ui").joinpath("data/audit.html").read_text(encoding="utf-8")
    environment = Environment(autoescape=True, trim_blocks=True, lstrip_blocks=True)
    return environment.from_string(source).render(
        paper=paper,
        lang="zh-CN" if language() == "zh" else "en",
        words={name: t(words) for name, words in _WORDS.items()},
        verdicts=tuple(Verdict),
        shown=_OPERANDS,
        method=method(),
        inert=plain,
        marked=_marked,
        counts=_counts,
        more=lambda n: t("另有 {n} 项，见 Excel 底稿", n=n),
        pages=lambda n: t("共 {n} 页", n=n),
        severity_name=_severity_name,
        backing_name=lambda backing: t(BACKING_WORDS[backing]),
        family_name=family_name,
        formula_of=formula_of,
        gap_of=gap_of,
        part_line=part_line,
        place_of=place_of,
        sentence_of=sentence_of,
        severities=severities,
        rivals_of=rivals_of,
        slip_of=slip_of,
        verdict_name=verdict_name,
    )


def _severity_name(severity: Severity) -> str:
    return t(SEVERITY_WORDS[severity])


def _marked(finding: Finding) -> Markup:
    """The quote with the stated figure marked; every piece of it escaped."""
    source = finding.source
    start, end = (place - source.start for place in finding.mark)
    if not 0 <= start < end <= len(source.quote):
        return escape(plain(source.quote))
    before, own, after = source.quote[:start], source.quote[start:end], source.quote[end:]
    return Markup("{}<mark>{}</mark>{}").format(_kept(before), plain(own), _kept(after))


def _kept(text: str) -> str:
    """`text` made plain, with the blanks at its ends that part it from what stands beside it."""
    lead = " " if text[:1].isspace() else ""
    tail = " " if text[-1:].isspace() else ""
    return f"{lead}{plain(text)}{tail}" if text.strip() else lead


def _counts(found: Mapping[str, int]) -> Markup:
    """The cells of a row of counts, failures in bold."""
    cells = [
        Markup('<td class="n{}">{}</td>').format(
            " bad" if verdict is Verdict.FAILS and found[verdict.value] else "",
            found[verdict.value] or "·",
        )
        for verdict in Verdict
    ]
    return Markup("").join(cells)
