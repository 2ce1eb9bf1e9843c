"""A cell whose row and column the question calls by the table's own words, level by level.

Stricter than a search: row and column have to stand in the question, and hardly anything else may.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from ingest.model import Document, Figure, Role
from ingest.quantity import Dimension
from qa.assurance.words import asking_pattern
from qa.drafts import Draft
from qa.figures.cell_words import before_table
from qa.figures.evidence import Candidate, Cluster, says_same
from qa.figures.fitting import excluded_names, of_kind
from qa.figures.weighing import FUNDS, NARROW, of_fund, other_side
from qa.model import Outcome, PartKey
from qa.operations.context import Context, add_figure, of_another_year, sentence
from qa.operations.lookup import lookup
from qa.operations.table_lines import Line, column_label, lines
from qa.plan import Operation, Target
from qa.words import cues
from qa.words.matching import grams, squeeze

_CODE = re.compile(r"(?<![\d.])\d{3,9}(?![\d.年元万亿个人户件次条份台分%])")
_SUMMED = re.compile(r"小计|合计|一共|总共|共|总分|总得分")
# Such questions are about rules and sums, not about a cell.
_SUPPOSED = re.compile(
    r"如果|假如|若|应该?(?:得|给|扣)|评分标准|评分细则|规则|构成|组成|[怎咋如][么何]|由哪"
)
_LISTED = re.compile(r"[、和与及跟加]|[各每两三四五六七八九十几]个?(?:项|家|个|类|县|区|年)")
_THAT = re.compile(r"[那这](?:张|份|个|块|笔|套)")
_WHOLE = re.compile(r"^(?:本年)?(?:支出|收入)?(?:小计|合计|总计)$|^(?:支出)?决算数?$|^本年数$")
_AMOUNT = re.compile(r"(?:决算|支出|收入)+(?:数|额|金额)?")  # what a whole column is asked for by
_WORDS = re.compile(r"[一-鿿]{2,}")
_PLAIN = (Role.VALUE, Role.ACTUAL)
_CUT = "|"
_LEAST, _MOST_LEFT = 2, 1  # characters of a label; of the question that stand for nothing
_A_COLUMN = 4  # characters of a column that by itself means the total of its table
_BASIC = "基本支出"  # its table has accounts of 三公经费 as well, in part
_IN_FULL = 0.99  # a figure's own name said whole
_BORNE = 0.75  # share of the grams of a run that stand in one name around the cell


@dataclass(frozen=True, slots=True)
class _Cell:
    """A named cell: how many characters name it, and how many others are left over."""

    candidate: Candidate
    named: int
    left: int


@dataclass(frozen=True, slots=True)
class _Named:
    """A line with the words of the question that name it; "" where its code alone does."""

    line: Line
    words: str


def cell_or_lookup(context: Context) -> Draft | None:
    """What a search finds, or the cell whose row and column the question names.

    The cell goes before a figure that bears another name, and before open choices.
    """
    found = lookup(context)
    if found is not None and (found.outcome is Outcome.CONTRADICTED or len(found.figures) > 1):
        return found
    if found is not None and found.values and cues.backwards_asked(context.plan.question):
        return found  # worked back from the next year's change, as it was asked
    open_ask = found is None or found.outcome is not Outcome.ANSWERED
    named = named_outright(context, whole=open_ask)
    if named is None or found is None or open_ask or not found.figures:
        return found if named is None else named
    first, cell = found.figures[0].candidate.figure, named.figures[0].candidate.figure
    question = squeeze(context.plan.question)
    if _confined(cell, question) and not _confined(first, question):
        return found
    if _BASIC in cell.scope and _BASIC not in first.scope and _BASIC not in question:
        return found
    same = bool(cell.row_path) and squeeze(cell.row_path[-1]) in squeeze(first.metric)
    said = found.figures[0].candidate.match.precision >= _IN_FULL
    return found if same and said else named


def named_outright(context: Context, whole: bool = False) -> Draft | None:
    """The one figure whose row and column stand in the question; None where several fit.

    With `whole`, a column alone means the row of the total.
    """
    plan = context.plan
    alone = plan.operation is Operation.SUM and not _LISTED.search(plan.text)
    if not (alone or plan.operation is Operation.LOOKUP):
        return None
    if len(plan.targets) != 1 or len(plan.years) > 1:
        return None
    if plan.memory or plan.lenient or _SUPPOSED.search(plan.text):
        return None
    inside = plan.project_parts
    found = _few_left(context, inside or plan.parts, whole)
    if inside and not found:
        found = _few_left(context, of_another_year(context), whole)
    if not found:
        return None
    asked = squeeze(plan.question)
    ranks = [(cell.left, -cell.named, _unasked_scopes(cell, asked)) for cell in found]
    best = [cell.candidate for cell, rank in zip(found, ranks, strict=True) if rank == min(ranks)]
    if not all(says_same(best[0], each) for each in best):
        return None
    draft = Draft(phrase=plan.targets[0].key)
    draft.units.append(best[0].figure.quantity.unit)
    cluster = Cluster(best[0], tuple(best))
    draft.text = sentence(add_figure(draft, context, cluster, plan.targets[0]), best[0])
    return draft


def _confined(figure: Figure, question: str) -> bool:
    """Whether a figure is of one kind of money of which the question says nothing."""
    return any(scope in figure.scope and scope not in question for scope in NARROW)


def _unasked_scopes(cell: _Cell, asked: str) -> int:
    """How many kinds of money the cell is confined to of which the question says nothing."""
    figure, document = cell.candidate.figure, cell.candidate.document
    around = (*figure.scope, *before_table(document, figure))
    own = "".join(squeeze(text) for text in around)
    return sum(scope in own and scope not in asked for scope in NARROW)


def _few_left(context: Context, keys: Collection[PartKey], whole: bool) -> list[_Cell]:
    """Cells that are named, and with them nearly all of the question."""
    if not keys:
        return []
    text = squeeze(context.plan.text)
    codes = frozenset(_CODE.findall(text))
    left_out = excluded_names(context.plan.text)
    named = [each for line in lines(context, keys) for each in _named(line, text, codes)]
    if not whole or any(each.words for each in named):
        named = [each for each in named if each.words or codes]
    longest = _longest({each.words for each in named if each.words}, text)
    kept = [
        each
        for each in named
        if (not each.words or each.words in longest)
        and not any(name in each.words for name in left_out)
    ]
    cells = (cell for each in kept for cell in _cells(context, each, text, codes))
    return [cell for cell in cells if cell.left <= _MOST_LEFT]


def _named(line: Line, text: str, codes: frozenset[str]) -> Iterator[_Named]:
    """The line with what names it in the text, where anything does.

    A code that is asked for names its own line alone.
    A total is named by what it sums up; that of the whole table also by nothing at all.
    """
    said = line.label if line.label in text else ""
    if codes:
        if line.code in codes:
            yield _Named(line, said)
    elif line.group:
        if line.group in text and _SUMMED.search(_without(text, line.group)):
            yield _Named(line, line.group)
    elif line.total or len(said) >= _LEAST:
        yield _Named(line, said)


def _cells(context: Context, named: _Named, text: str, codes: frozenset[str]) -> Iterator[_Cell]:
    """The cells of a line in the column that the question names, or of the kind that it asks for."""
    line, words = named.line, named.words
    rest = _without(text, words)
    for code in codes:
        rest = rest.replace(code, _CUT)
    columns = {column: line.column_named(column, rest) for column in line.figures}
    widest = _longest({name for name in columns.values() if name}, rest)
    meant = [column for column, name in columns.items() if name in widest]
    if len({columns[column] for column in meant}) > 1:  # two of its figures are spoken of
        return
    unnamed = (line.total and not line.group) or not (words or codes)
    for column in meant or ([] if unnamed else _by_role(context, line)):
        figure = line.figure(column)
        name = columns[column]
        bare = unnamed and len(name) < _A_COLUMN
        if not bare and _of_side(context, line.document, figure, text):
            unsaid = _without(rest, name) if name else _AMOUNT.sub(_CUT, rest)
            left = _left(unsaid, line.document, figure)
            candidate = Candidate.sure(line.report, line.document, figure)
            yield _Cell(candidate, len(words) + len(name), left)


def _by_role(context: Context, line: Line) -> list[int]:
    """The columns of a line that are of the kind asked for, where none is called by its name."""
    target = context.plan.targets[0]
    asked = squeeze(context.plan.question)
    figures = {c: f for c, f in line.figures.items() if _counts_so(f, target, asked)}
    if target.role is not None:
        return [column for column, figure in figures.items() if figure.role is target.role]
    plain = [column for column, figure in figures.items() if figure.role in _PLAIN]
    whole = [c for c in plain if _WHOLE.match(column_label(figures[c].column_path))]
    return plain if len(figures) == 1 else whole


_COUNTED_END = re.compile(r"(?:人次|批次|[人户件份辆台套宗次项家天名批场起个座])?(?:总?数|数量)?$")


def _counts_so(figure: Figure, target: Target, asked: str) -> bool:
    """False where households are asked for and the cell counts questionnaires, or something else
    that its column says and the question does not (来了多少人, 达成意向（人）)."""
    bare = figure.quantity.unit.dimension is Dimension.NUMBER
    if not (bare or not target.noun or of_kind(figure, target)):
        return False
    label = _COUNTED_END.sub("", column_label(figure.column_path))
    said = not target.noun or len(label) < _LEAST or _WHOLE.match(label)
    return bool(said) or bool(grams(label) & grams(asked))


def _of_side(context: Context, document: Document, figure: Figure, text: str) -> bool:
    """Whether a cell is of the kind of money, and of the side of the accounts, asked for."""
    question = squeeze(context.plan.question)
    titled = "".join(before_table(document, figure))
    asked = [fund for fund in FUNDS if fund in question]
    if not all(of_fund(figure, fund) or fund in titled for fund in asked):
        return False
    return not other_side(document, figure, text)


def _longest(labels: set[str], text: str) -> set[str]:
    """Labels that stand somewhere in the text outside all longer ones."""
    found: set[str] = set()
    rest = text
    for label in sorted(labels, key=len, reverse=True):
        if label in rest:
            found.add(label)
            rest = rest.replace(label, _CUT)
    return found


def _without(text: str, words: str) -> str:
    return text.replace(words, _CUT, 1) if words else text


def _left(rest: str, document: Document, figure: Figure) -> int:
    """How many characters of the question neither name the cell's surroundings nor ask."""
    near = _surroundings(document, figure)
    pieces = _THAT.sub(_CUT, rest).split(_CUT)
    words = " ".join(asking_pattern().sub(" ", cues.content(piece)) for piece in pieces)
    return sum(len(run) for run in _WORDS.findall(words) if not _stands(run, near, figure))


def _stands(run: str, near: Sequence[str], figure: Figure) -> bool:
    """Whether a run of the question is a name around the cell, or is put together of its scopes."""
    if any(run in text for text in near):
        return True
    bare = run
    for scope in sorted(figure.scope, key=len, reverse=True):
        bare = bare.replace(scope, "")
    if len(bare) < _LEAST:
        return True
    wanted = grams(run)
    most = max((sum(gram in text for gram in wanted) for text in near), default=0)
    return most >= _BORNE * len(wanted)


def _surroundings(document: Document, figure: Figure) -> list[str]:
    part = document.part_of(figure.block)
    place = figure.locator
    title = document.tables[place.table].title if place.table is not None else ""
    above = document.section_path(figure.section)
    own = (*figure.row_path, *figure.column_path, *figure.scope)
    names = (part.title.value, part.project.value, part.entity.value)
    return [
        squeeze(text) for text in (title, *names, *above, *own, *before_table(document, figure))
    ]
