"""A conversation as Markdown or as a Word file: every number with its check, formula and sources.

What reports say is text there as well: characters that Markdown would act on are escaped.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Sequence

from qa.model import Answer, Source, Value
from ui.render import place_of
from ui.texts import plain, t
from ui.web.checks import amount, mark_and_word
from ui.web.conversations import Turn

_MARKUP = re.compile(r"([\\`*_{}\[\]()<>#+\-!|~$&:])")
_TITLE = "勾稽问答记录"


def markdown(turns: Sequence[Turn], day: str) -> str:
    """The conversation as Markdown."""
    return "\n".join(_markdown(turns, day)) + "\n"


def _inert(text: str) -> str:
    return _MARKUP.sub(r"\\\1", plain(text))


def _markdown(turns: Sequence[Turn], day: str) -> Iterator[str]:
    yield from (f"# {t(_TITLE)}", "", day, "")
    for turn in turns:
        answer = turn.answer
        if answer is None:
            continue
        yield from (f"## {turn.number}. {_inert(turn.question)}", "")
        for line in answer.text.splitlines():
            yield from (_inert(line), "")
        if answer.values:
            heads = [t(each) for each in ("指标", "数值", "核对", "对照值", "算式")]
            yield from (f"| {' | '.join(heads)} |", "|---|---:|---|---:|---|")
            for value in answer.values:
                yield f"| {' | '.join(map(_inert, _cells(value)))} |"
            yield ""
        for source in sources_of(answer):
            yield from (f"- {_inert(place_of(source))}", f"  > {_inert(source.quote)}")
        yield ""


def _cells(value: Value) -> tuple[str, ...]:
    who = "，".join(each for each in (value.entity, value.project) if each)
    name = f"{value.label}（{who}）" if who else value.label
    formula = value.formula
    if formula and value.recomputed:
        formula += f" = {value.recomputed} {value.unit}"
    return name, amount(value), " ".join(mark_and_word(value)), value.other or "", formula


def sources_of(answer: Answer) -> list[Source]:
    """The places of the values, then those of further citations, each once."""
    found: dict[tuple[str, int, int], Source] = {}
    for source in [*(s for value in answer.values for s in value.sources), *answer.citations]:
        found.setdefault((source.report, source.start, source.end), source)
    return list(found.values())


def word(turns: Sequence[Turn], day: str) -> bytes:
    """The conversation as a Word file."""
    from docx import Document as Word
    from docx.oxml.ns import qn

    paper = Word()
    style = paper.styles["Normal"]
    style.font.name = "Microsoft YaHei"
    style.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), "Microsoft YaHei")
    paper.core_properties.title = t(_TITLE)
    paper.core_properties.author = "Gouji"
    paper.add_heading(t(_TITLE), 0)
    paper.add_paragraph(day)
    for turn in turns:
        if turn.answer is None:
            continue
        paper.add_heading(plain(f"{turn.number}. {turn.question}"), 2)
        for line in turn.answer.text.splitlines():
            paper.add_paragraph(plain(line))
        _word_values(paper, turn.answer.values)
        for source in sources_of(turn.answer):
            paper.add_paragraph(place_of(source), style="List Bullet")
            paper.add_paragraph(plain(source.quote), style="Intense Quote")
    target = io.BytesIO()
    paper.save(target)
    return target.getvalue()


def _word_values(paper: object, values: Sequence[Value]) -> None:
    if not values:
        return
    table = paper.add_table(rows=1, cols=5, style="Table Grid")  # type: ignore[attr-defined]
    heads = ("指标", "数值", "核对", "对照值", "算式")
    for cell, head in zip(table.rows[0].cells, heads, strict=True):
        cell.text = t(head)
    for value in values:
        for cell, words in zip(table.add_row().cells, _cells(value), strict=True):
            cell.text = plain(words)
