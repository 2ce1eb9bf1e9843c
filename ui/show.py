"""`gouji show`: what was read out of one report."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

import click

from ingest.model import Document, Figure, Role, Table, Verdict
from ingest.settings import Settings
from qa.codec import json_line
from ui.errors import RequestError
from ui.highlight import write_picture
from ui.library import find_report, kind_name, open_library, report_json
from ui.texts import plain, t

VERDICT_WORDS = {
    Verdict.EXACT: "一致",
    Verdict.ROUNDING: "舍入内一致",
    Verdict.FAILS: "不一致",
    Verdict.NOT_CHECKABLE: "无法核对",
}

ROLE_WORDS = {
    Role.VALUE: "数值",
    Role.BUDGET: "预算数",
    Role.CHANGE: "增减额",
    Role.GROWTH: "增减率",
    Role.COMPLETION: "完成率",
    Role.SHARE: "占比",
    Role.TARGET: "目标值",
    Role.ACTUAL: "完成值",
    Role.FULL_MARK: "分值",
    Role.SCORE: "得分",
    Role.SCORE_RATE: "得分率",
    Role.ADJUSTMENT: "调整额",
    Role.ADJUSTMENT_RATE: "调整率",
    Role.DEDUCTION: "扣分",
}


@click.command(help="显示一份报告读出的内容，或把原件的一页画成图片。")
@click.argument("report", metavar="REPORT")
@click.argument("out", required=False, type=click.Path(path_type=Path), metavar="[OUT.png]")
@click.option("--sections", is_flag=True, help="章节")
@click.option("--tables", is_flag=True, help="表格")
@click.option("--figures", is_flag=True, help="全部数值及其位置")
@click.option("--page", type=click.IntRange(min=1), metavar="N", help="要画的页（从 1 数起）")
@click.option("--highlight", metavar="FIGURE", help="在图上框出的数值：编号，或原文写法")
@click.option("--json", "as_json", is_flag=True, help="输出 JSON")
@click.pass_obj
def show(
    settings: Settings,
    report: str,
    out: Path | None,
    sections: bool,
    tables: bool,
    figures: bool,
    page: int | None,
    highlight: str | None,
    as_json: bool,
) -> None:
    drawing = page is not None or highlight is not None
    if drawing != (out is not None):
        raise RequestError(t("画页面要同时写出页码或数值，和图片的文件名（如 out.png）"))
    with open_library(settings) as library:
        info = find_report(library, report)
        if out is not None:
            write_picture(library, info.id, page, highlight, out)
            return
        document = library.document(info.id)
    chosen = [sections, tables, figures]
    if as_json:
        click.echo(json_line({"report": report_json(info), **_json(document, chosen)}, indent=2))
        return
    from rich.text import Text

    from ui.render import new_console, put
    from ui.tables import figures_table

    lines = _summary(document) if not any(chosen) else []
    lines += _section_lines(document) if sections else []
    lines += [_table_line(document, table) for table in document.tables] if tables else []
    console = new_console()
    for line in lines:
        # Leading blanks carry the level of a section.
        console.print(Text(line[: len(line) - len(line.lstrip())] + plain(line)))
    if figures:
        put(console, figures_table(document))


def verdict_counts(document: Document) -> dict[str, int]:
    """How many equations came out with each verdict; every verdict is named."""
    found = Counter(equation.verdict for equation in document.equations)
    return {verdict.value: found[verdict] for verdict in Verdict}


def _summary(document: Document) -> list[str]:
    lines = [document.name]
    for part in document.parts:
        who = [kind_name(part.kind), part.entity.value, part.project.value, part.year]
        lines.append("  " + "  ".join(word for word in who if word))
        if part.title.value:
            lines.append("    " + part.title.value)
    counts = verdict_counts(document)
    verdicts = "，".join(f"{t(words)} {counts[v.value]}" for v, words in VERDICT_WORDS.items())
    lines += [
        "  " + t("章节 {n} 个", n=sum(bool(section.title) for section in document.sections)),
        "  " + t("表格 {n} 张", n=len(document.tables)),
        "  " + t("数值 {n} 个", n=len(document.figures)),
        "  " + t("等式 {n} 条：{verdicts}", n=len(document.equations), verdicts=verdicts),
    ]
    lines += ["  ! " + problem.message for problem in document.problems]
    return lines


def _section_lines(document: Document) -> list[str]:
    return ["  " * section.level + section.title for section in document.sections if section.title]


def _table_line(document: Document, table: Table) -> str:
    size = t("{rows} 行 {columns} 列", rows=len(table.rows), columns=len(table.columns))
    page = document.blocks[table.block].page
    where = t("第 {page} 页", page=page) if page is not None else ""
    unit = table.unit.symbol if table.unit else ""
    words = [str(table.no + 1), table.title or t("（无标题）"), size, unit, where]
    return "  ".join(word for word in words if word)


def _json(document: Document, chosen: list[bool]) -> dict[str, Any]:
    """The chosen parts of the document, or all of them when none was chosen."""
    everything = not any(chosen)
    sections, tables, figures = chosen
    shown: dict[str, Any] = {}
    if everything or sections:
        shown["sections"] = [
            {"no": each.no, "level": each.level, "title": each.title, "parent": each.parent}
            for each in document.sections
        ]
    if everything or tables:
        shown["tables"] = [_table_json(document, table) for table in document.tables]
    if everything or figures:
        shown["figures"] = [_figure_json(document, figure) for figure in document.figures]
    if everything:
        shown["equations"] = verdict_counts(document)
        shown["problems"] = [problem.message for problem in document.problems]
    return shown


def _table_json(document: Document, table: Table) -> dict[str, Any]:
    return {
        "no": table.no,
        "title": table.title,
        "unit": table.unit.symbol if table.unit else None,
        "page": document.blocks[table.block].page,
        "columns": [" / ".join(column.path) for column in table.columns],
        "rows": [[cell.text for cell in row] for row in table.rows],
    }


def _figure_json(document: Document, figure: Figure) -> dict[str, Any]:
    spans = figure.locator.spans
    return {
        "no": figure.no,
        "metric": figure.metric,
        "number": str(figure.quantity.value),
        "unit": figure.quantity.unit.symbol,
        "printed": figure.quantity.printed,
        "approx": figure.quantity.approx,
        "role": figure.role.value,
        "period": figure.period,
        "scope": list(figure.scope),
        "page": figure.locator.page,
        "table": figure.locator.table,
        "row": list(figure.row_path),
        "column": list(figure.column_path),
        "quote": "".join(document.text[start:end] for start, end in spans),
        "spans": [list(span) for span in spans],
    }
