"""Ready choices for a question that is open: each a complete question that leads to one figure."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from ingest.figures.finding import heading_name
from ingest.model import Role
from ingest.reading.text import fold
from qa.drafts import Draft
from qa.figures.evidence import Candidate, says_same
from qa.model import Outcome
from qa.present import ROLE_LABELS, source_of

MOST = 4
_LEAST = 2

Ask = Callable[[str], Draft]


def offer(draft: Draft, asked: str, ask: Ask) -> Draft:
    """The draft with two to four questions, one for each figure that may be meant.

    Every question was asked before it is offered: one that leads to another figure is left out.

    Args:
        draft: an open one, with its rivals, the best first.
        asked: how the question calls the figure.
        ask: answers a question by itself, without the conversation.
    """
    sure: list[str] = []
    open_ones: list[str] = []
    cited: list[Candidate] = []
    for candidate in draft.rivals[:MOST]:
        question, leads = _question(candidate, asked, ask, sure)
        if question and question not in sure and question not in open_ones:
            (sure if leads else open_ones).append(question)
            cited.append(candidate)
    chosen = sure if len(sure) >= _LEAST else [*sure, *open_ones]
    if len(chosen) < _LEAST:
        draft.outcome = Outcome.ABSTAINED
        draft.reason = draft.text = (
            "有不止一个数可能是您要的，未能确定是哪一个；请补充单位、项目、年度或口径。"
        )
    else:
        draft.choices = chosen
        lines = [f"{number}. {question}" for number, question in enumerate(chosen, start=1)]
        draft.reason = "\n".join(["有几个数都可能是您要的，请选一个再问：", *lines])
        draft.text = draft.reason
    draft.citations = [source_of(candidate) for candidate in cited]
    return draft


def _question(candidate: Candidate, asked: str, ask: Ask, taken: Sequence[str]) -> tuple[str, bool]:
    """The shortest question that leads to the figure, and True; else one that is left open.

    Empty where every wording leads to another figure.
    """
    fallback = ""
    for words in _wordings(candidate, asked):
        question = f"{_head(candidate, words)}{words}是多少？"
        if question in taken:
            continue
        found = ask(question)
        if not found.outcome.given:
            fallback = fallback or question
        elif found.figures and says_same(found.figures[0].candidate, candidate):
            return question, True
    return fallback, False


def _head(candidate: Candidate, words: str) -> str:
    """Whose figure it is, of which year and project, as far as the words do not say so."""
    part = candidate.part
    year = f"{candidate.period}年" if candidate.period else ""
    project = f"“{_unquoted(part.project.value)}”" if part.project.value else ""
    told = f"{part.entity.value}{year}{project}"
    return told if not project or part.project.value not in words else f"{part.entity.value}{year}"


def _wordings(candidate: Candidate, asked: str) -> Iterator[str]:
    """Names of the figure, from the asker's own to the one that says most."""
    figure, seen = candidate.figure, set()
    sections = candidate.document.section_path(figure.section)
    metric = _plain(figure.metric, candidate)
    rows = [_plain(label, candidate) for label in figure.row_path]
    columns = [_plain(label, candidate) for label in figure.column_path]
    told = ROLE_LABELS[figure.role]
    names = [asked, metric]
    if figure.role is not Role.VALUE:
        names += [f"{asked}{told}", f"{metric}{told}"]
    if figure.locator.table is not None:
        names += ["".join((*rows[-1:], *columns[-1:])), "的".join((*rows, *columns))]
        table = candidate.document.tables[figure.locator.table].title
        names += [f"{_plain(table, candidate)}中{name}" for name in names[1:2] if table]
    if sections:
        names.append(f"“{_unquoted(heading_name(sections[-1]))}”中{metric}")
    for name in names:
        bare = name.strip(" 的中")
        if len(bare) > 1 and bare not in seen:
            seen.add(bare)
            yield bare


def _plain(label: str, candidate: Candidate) -> str:
    """A label as it may stand in a question: no year and body, whole quotes, no list mark."""
    bare = fold(label).replace(candidate.part.entity.value, "")
    bare = re.sub(r"(?:19|20)\d\d\s*年度?|本(?:年度?|部门|单位)(?=\S{4})", "", bare)
    bare = heading_name(re.sub(r"\s+", "", bare)).lstrip("是为共即的")
    opened, closed = bare.count("“"), bare.count("”")
    return bare if opened == closed and not bare.count('"') % 2 else _unquoted(bare)


def _unquoted(text: str) -> str:
    return re.sub(r"[“”\"]", "", text)
