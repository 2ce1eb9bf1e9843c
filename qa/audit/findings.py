"""From failed equations to findings: one slip is one finding, however many equations it breaks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from ingest.model import Assertion, Document, Figure, Verdict
from qa.audit.context import Surroundings, context_slip
from qa.audit.doubts import misread
from qa.audit.evidence import evidence
from qa.audit.formulas import formula_finding, multiplier
from qa.audit.model import EquationLine, Finding, Severity, Slip
from qa.audit.places import mark_of, operand_of, words_of
from qa.audit.severity import severity
from qa.audit.suspects import Ledger, Suspect, suspects
from qa.audit.words import Wording, line_of, name_of, place_words, recomputed, sentence
from qa.present import place_at, shown, source_at

_TELLING = 3  # digits from which on equal wrong digits are one slip copied, not chance
_ORDER = {Severity.HIGH: 0, Severity.MEDIUM: 1, Severity.LOW: 2}


def findings(document: Document) -> tuple[Finding, ...]:
    """The slips of a report, the gravest first, then in reading order.

    Pure: the same document gives the same findings. Equations that hold within rounding, and those
    that cannot be checked, give none.
    """
    ledger = Ledger(document)
    made = list(_formulas(document, ledger))
    groups = _copies(document, list(suspects(ledger, ledger.failing)))
    surroundings = Surroundings(document)
    made += (_finding(document, ledger, surroundings, group) for group in groups)
    failed = (each for each in document.assertions if each.verdict is Verdict.FAILS)
    made += (_in_words(document, each) for each in failed)
    made += misread(document)
    return gravest_first(made)


def gravest_first(found: Iterable[Finding]) -> tuple[Finding, ...]:
    """Findings by severity, then in reading order."""
    return tuple(sorted(found, key=lambda each: (_ORDER[each.severity], each.mark)))


def _formulas(document: Document, ledger: Ledger) -> Iterator[Finding]:
    """Formulas that are wrong themselves; their figures are cleared of it."""
    for reading in tuple(ledger.failing):
        wrong = multiplier(document, reading)
        if wrong is not None:
            ledger.clear(reading)
            yield formula_finding(document, ledger, reading, wrong)


def _copies(document: Document, found: Sequence[Suspect]) -> Iterator[list[Suspect]]:
    """Suspects that are one slip copied to several places, together; in reading order."""
    groups: dict[object, list[Suspect]] = {}
    for suspect in sorted(found, key=lambda each: each.figure.no):
        groups.setdefault(_identity(document, suspect), []).append(suspect)
    yield from groups.values()


def _identity(document: Document, suspect: Suspect) -> object:
    """What two suspects share that are one slip; unique where nothing says that they are.

    That is the wrong value and the right one, for copies of a slip; or the rows of a table and the
    gap between them, where a slip shows in several columns.
    """
    quantity, right = suspect.figure.quantity, suspect.proposal
    if right is None:
        return suspect.figure.no
    reading = suspect.broken[0]
    places = [figure.locator for figure in reading.figures]
    rows = frozenset((place.table, place.row) for place in places)
    if len(rows) > 1 and None not in {place.row for place in places}:
        gap = right.quantity.base - quantity.base
        return (reading.equation.family, suspect.figure.locator.row, rows, gap)
    if len(quantity.value.normalize().as_tuple().digits) < _TELLING:
        return suspect.figure.no
    part = document.part_of(suspect.figure.block).no
    return (part, quantity.value, quantity.unit, right.quantity.base, right.slip)


def _finding(
    document: Document, ledger: Ledger, surroundings: Surroundings, group: Sequence[Suspect]
) -> Finding:
    suspect = group[0]
    figure, reading = suspect.figure, suspect.broken[0]
    family = reading.equation.family
    slip, note = context_slip(surroundings, suspect, reading)
    implied = reading.implied(figure)
    right = suspect.proposal.quantity if suspect.proposal else figure.quantity
    unit = right.unit if slip is Slip.UNIT else figure.quantity.unit
    result = recomputed(figure, implied, unit, family) if implied else None
    meant = f"{right.printed}{right.unit.symbol}"
    if not note and slip not in (Slip.UNKNOWN, Slip.ROUNDING) and result and meant != result.value:
        note = f"应为 {meant}"
    broken = {r.equation.no: r for each in group for r in each.broken}
    places = {f.no: f for each in group for f in (each.figure, *each.copies)}
    source = source_at(document, figure)
    wording = Wording(
        place=place_words(document, figure, source),
        name=name_of(figure),
        stated=shown(figure),
        reading=reading,
        own=reading.stated.no == figure.no,
        result=result,
        evidence=evidence(document, ledger, suspect),
        slip=slip,
        slip_note=note,
        also=tuple(line_of(r) for r in broken.values() if r is not reading),
        repeated=tuple(source_at(document, f) for f in places.values() if _copied(f, figure)),
    )
    others = [each for each in reading.figures if each.no != figure.no]
    return Finding(
        family=family,
        severity=severity(figure, implied.point, slip, family) if implied else Severity.HIGH,
        metric=wording.name,
        stated=wording.stated,
        recomputed=result.value if result else "",
        difference=result.difference if result else "",
        direction=result.direction if result else "",
        interval=result.interval if result else "",
        source=source,
        mark=mark_of(figure.locator),
        section=document.section_path(figure.section),
        operands=tuple(operand_of(document, each) for each in others),
        equation=line_of(reading),
        message=sentence(wording),
        evidence=wording.evidence,
        slip=slip,
        slip_note=note,
        also=wording.also,
        repeated=wording.repeated,
        backwards=not wording.own,
        figures=tuple(places),
        equations=tuple(sorted(broken)),
    )


def _copied(other: Figure, figure: Figure) -> bool:
    """True for another place with the same wrong digits, outside of the row that is quoted."""
    a, b = figure.locator, other.locator
    beside = a.row is not None and (a.table, a.row) == (b.table, b.row)
    return other.no != figure.no and other.quantity.value == figure.quantity.value and not beside


def _in_words(document: Document, assertion: Assertion) -> Finding:
    """A claim in words that the report itself refutes."""
    own = assertion.stated
    formula = f"{own.text} / {assertion.recomputed}"
    return Finding(
        family=assertion.family,
        severity=Severity.MEDIUM,
        metric=assertion.subject,
        stated=own.text,
        recomputed=assertion.recomputed,
        source=place_at(document, own.locator, own.block),
        mark=mark_of(own.locator),
        section=document.section_path(document.blocks[own.block].section),
        operands=tuple(words_of(document, assertion, said) for said in assertion.others),
        equation=EquationLine(assertion.family, formula, assertion.verdict.value),
        message=assertion.message,
        figures=() if own.figure is None else (own.figure,),
        assertions=(assertion.no,),
    )
