"""A comparison: subjects aligned over the years, figures chosen alike, changes and shares computed.

Reads like a table of contents: names, subjects, targets, lines, cells, sums, warnings.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace

from ingest.quantity import Dimension, Unit
from qa.compare.cells import cell_of, operand_of
from qa.compare.model import Alignment, Caution, Cell, Comparison, Kind, Origin, Row
from qa.compare.request import Asked, Request, asked_in, targets_of, understood
from qa.compare.rows import Line, line
from qa.compare.subjects import Subject, project_subjects, unit_subjects
from qa.compare.sums import Operand, changes, shares
from qa.compare.warnings import warnings_of
from qa.figures.evidence import Catalogue as Documents
from qa.figures.evidence import Evidence
from qa.model import PartRef
from qa.naming.catalogue import catalogue_of
from qa.naming.identity import Identities
from qa.operations.context import Context
from qa.operations.elsewhere import claims_of
from qa.part_index import index_of
from qa.plan import Plan

_MOST_SUBJECTS = 24
_CUT_NAMED = 6  # of those that are left out
_LEAST = 0.7  # of a metric's words must stand with a figure: nobody looks at each cell
_MOST_CHOICES = 12


def compare(
    documents: Documents,
    parts: Sequence[PartRef],
    request: Request,
    *,
    threshold: float,
    identities: Identities | None = None,
    vocabulary: Collection[str] = (),
) -> Comparison:
    """Compare what a request names; without rows where nothing can be, with the reason.

    Only the reports on the named units and projects are opened.

    Args:
        documents: gives a report's document by its number.
        parts: the catalogue of the library.
        request: what to compare.
        threshold: the least score of a figure that counts as the one meant.
        identities: the names of the catalogue, with what reports and the user say of them; without
            them only spelling and likeness tell.
        vocabulary: words of the library, against which typing errors of a question are mended.
    """
    asked = understood(request, parts, catalogue_of(parts), vocabulary)
    return _compare(documents, parts, request.words, asked, threshold, identities)


def compare_planned(
    documents: Documents,
    parts: Sequence[PartRef],
    plan: Plan,
    *,
    threshold: float,
    identities: Identities | None = None,
) -> Comparison:
    """Compare what a question compares whose plan is made already."""
    asked = asked_in(plan, catalogue_of(parts))
    return _compare(documents, parts, plan.question, asked, threshold, identities)


def _compare(
    documents: Documents,
    parts: Sequence[PartRef],
    words: str,
    asked: Asked,
    threshold: float,
    identities: Identities | None,
) -> Comparison:
    identities = identities or Identities(catalogue_of(parts))
    refs = index_of(parts).refs
    if asked.projects:
        subjects = project_subjects(asked.projects, identities, refs)
    else:
        subjects = unit_subjects(asked.units or _only_unit(parts), identities, refs)
    if not subjects:
        return _nothing(words, asked, parts)
    made = _compared(documents, words, asked, subjects[:_MOST_SUBJECTS], threshold)
    return _cut(made, subjects)


def _cut(made: Comparison, subjects: Sequence[Subject]) -> Comparison:
    """The comparison, which says whom it leaves out where there are too many."""
    left = [subject.project or subject.entity for subject in subjects[_MOST_SUBJECTS:]]
    if not left:
        return made
    named = "、".join(left[:_CUT_NAMED]) + ("等" if len(left) > _CUT_NAMED else "")
    words = f"一次最多比较 {_MOST_SUBJECTS} 个，另有 {len(left)} 个未列入：{named}。"
    return replace(made, warnings=(Caution(Kind.MISSING, words), *made.warnings))


def _only_unit(parts: Sequence[PartRef]) -> tuple[str, ...]:
    names = {part.entity for part in parts if part.entity}
    return tuple(names) if len(names) == 1 else ()


def _nothing(words: str, asked: Asked, parts: Sequence[PartRef]) -> Comparison:
    known = tuple(dict.fromkeys(part.entity for part in parts if part.entity))[:_MOST_CHOICES]
    if asked.unknown:
        reason = f"资料库里没有“{'、'.join(asked.unknown)}”的报告。"
    elif not parts:
        reason = "资料库是空的，请先用 gouji ingest 装入报告。"
    else:
        reason = "请指明要比较的单位或项目。"
    return Comparison(words, reason=reason, choices=known)


def _compared(
    documents: Documents,
    words: str,
    asked: Asked,
    subjects: Sequence[Subject],
    threshold: float,
) -> Comparison:
    parts = tuple(dict.fromkeys(part for subject in subjects for part in subject.parts))
    evidence = Evidence(documents, parts)
    years = asked.years or tuple(sorted({year for each in subjects for year in each.years}))
    labels = {label for part in parts for label in evidence.index(part.report).labels}
    targets = targets_of(asked, labels, project=bool(asked.projects))
    lines: list[Line] = []
    for subject in subjects:
        context = _context(evidence, asked, subject, threshold)
        claims = claims_of(context, {part.report for part in subject.parts})
        lines += [line(context, subject, target, years, claims) for target in targets]
    if asked.usual:
        lines = [each for each in lines if any(found.members for found in each.founds)]
    lines = _in_one_unit(lines, asked.plan.unit)
    rows = [_row(_context(evidence, asked, each.subject, threshold), each) for each in lines]
    rows = _with_shares(rows, lines)
    alignments = _used(lines)
    return Comparison(
        question=words,
        columns=years,
        rows=tuple(rows),
        warnings=(*_unknown(asked), *warnings_of(rows, lines, alignments)),
        alignments=alignments,
        missing=tuple(_missing(rows)),
        reports=len({part.report for part in parts}),
        used=len({s.report for row in rows for c in row.cells if c.value for s in c.value.sources}),
        reason="" if rows else "这些报告里没有可以比较的数。",
    )


def _context(evidence: Evidence, asked: Asked, subject: Subject, threshold: float) -> Context:
    """The context of one subject: its parts alone, no words of the question around the metric."""
    names = tuple(dict.fromkeys(part.entity for part in subject.parts if part.entity))
    plan = replace(
        asked.plan,
        parts=tuple(part.key for part in subject.parts),
        entities=names or (subject.entity,),
        projects=(),
        targets=(),
        context="",
        memory="",
        numbers=(),
    )
    return Context(evidence, plan, max(threshold, _LEAST))


def _row(context: Context, line: Line) -> Row:
    cells = tuple(cell_of(context, line, found) for found in line.founds)
    operands = _operands(line, cells)
    steps, overall = changes(operands, line.unit)
    subject = line.subject
    return Row(subject.entity, subject.project, line.label, line.unit, cells, steps, overall)


def _in_one_unit(lines: Sequence[Line], asked: Unit | None) -> list[Line]:
    """The rows of one metric in one unit, so that they can be read down: the one of most of them."""
    groups: dict[tuple[str, Dimension], list[Unit]] = {}
    for each in lines:
        if each.unit is not None:
            groups.setdefault((each.label, each.unit.dimension), []).append(each.unit)
    usual = {
        key: max(units, key=lambda u: (units.count(u), u.factor)) for key, units in groups.items()
    }
    return [
        each
        if each.unit is None or each.unit == asked
        else replace(each, unit=_fitting(usual[each.label, each.unit.dimension], each.unit))
        for each in lines
    ]


def _fitting(unit: Unit, own: Unit) -> Unit:
    return unit if own.compatible(unit) else own


def _operands(line: Line, cells: Sequence[Cell]) -> list[Operand]:
    found = (operand_of(f, cell) for f, cell in zip(line.founds, cells, strict=True))
    return [each for each in found if each is not None]


def _with_shares(rows: Sequence[Row], lines: Sequence[Line]) -> list[Row]:
    """Shares of each year's sum over the rows of one metric, where every row has a value."""
    shared = list(rows)
    groups: dict[str, list[int]] = {}
    for number, each in enumerate(lines):
        groups.setdefault(each.label, []).append(number)
    for numbers in groups.values():
        for column in range(len(rows[0].cells)):
            operands = [operand_of(lines[n].founds[column], rows[n].cells[column]) for n in numbers]
            known = [operand for operand in operands if operand is not None]
            if len(known) < len(numbers):
                continue
            for n, share in zip(numbers, shares(known), strict=True):
                cells = list(shared[n].cells)
                cells[column] = replace(cells[column], share=share)
                shared[n] = replace(shared[n], cells=tuple(cells))
    return shared


def _used(lines: Sequence[Line]) -> tuple[Alignment, ...]:
    """The alignments between names of which both gave a value, or stand in a chain that did."""
    found: dict[tuple[str, str, str], Alignment] = {}
    for each in lines:
        for alignment in each.subject.alignments:
            found.setdefault((alignment.kind, alignment.first, alignment.second), alignment)
    return tuple(found.values())


def _unknown(asked: Asked) -> tuple[Caution, ...]:
    """Names that were not recognised are not compared, and said so."""
    return tuple(
        Caution(Kind.MISSING, f"没有认出“{name}”：资料库里没有它的报告，未列入比较")
        for name in asked.unknown
    )


def _missing(rows: Sequence[Row]) -> list[str]:
    return [
        f"{row.label} {cell.period}年"
        for row in rows
        for cell in row.cells
        if cell.origin in (Origin.MISSING, Origin.UNCLEAR)
    ]
