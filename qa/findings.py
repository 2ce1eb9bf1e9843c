"""From failed equations to findings: one slip is one finding, however many equations it breaks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from ingest.model import Assertion, Document, Figure, Locator, Said, Span, Verdict
from qa import audit_words
from qa.audit_context import Surroundings, context_slip
from qa.audit_model import Backing, EquationLine, Finding, Operand, Severity, Slip
from qa.audit_severity import severity
from qa.audit_shapes import Reading
from qa.audit_suspects import Ledger, Suspect, suspects
from qa.audit_words import line_of, name_of, place_words, recomputed
from qa.present import place_at, shown, source_at

_LINES = 6  # equations kept as support of either side
_BACKED = 40  # figures of a sum that are asked for support
_TELLING = 3  # digits from which on equal wrong digits are one slip copied, not chance
_ORDER = {Severity.HIGH: 0, Severity.MEDIUM: 1, Severity.LOW: 2}


def findings(document: Document) -> tuple[Finding, ...]:
    """The slips of a report, the gravest first, then in reading order.

    Pure: the same document gives the same findings. Equations that hold within rounding, and those
    that cannot be checked, give none.
    """
    ledger, surroundings = Ledger(document), Surroundings(document)
    blameless = [r for r in ledger.failing if surroundings.multiplier(r) is not None]
    found = [_unweighed(ledger, reading) for reading in blameless]
    for suspect in found:
        ledger.settle(suspect)
    found += suspects(ledger, [r for r in ledger.failing if r not in blameless])
    made = [_finding(document, ledger, surroundings, group) for group in _copies(document, found)]
    made += (_in_words(document, each) for each in document.assertions if _fails(each))
    return tuple(sorted(made, key=lambda each: (_ORDER[each.severity], each.mark)))


def _fails(assertion: Assertion) -> bool:
    return assertion.verdict is Verdict.FAILS


def _unweighed(ledger: Ledger, reading: Reading) -> Suspect:
    return Suspect(reading.stated, None, (reading,), tuple(ledger.holding(reading.stated)))


def _copies(document: Document, found: Sequence[Suspect]) -> Iterator[list[Suspect]]:
    """Suspects that are one slip copied to several places, together; in reading order."""
    groups: dict[object, list[Suspect]] = {}
    for suspect in sorted(found, key=lambda each: each.figure.no):
        groups.setdefault(_identity(document, suspect), []).append(suspect)
    yield from groups.values()


def _identity(document: Document, suspect: Suspect) -> object:
    """What two copies of one slip share; unique where nothing says that they are copies."""
    quantity, right = suspect.figure.quantity, suspect.proposal
    digits = len(quantity.value.normalize().as_tuple().digits)
    if right is None or digits < _TELLING:
        return suspect.figure.no
    part = document.part_of(suspect.figure.block).no
    return (part, quantity.value, quantity.unit, right.quantity.base, right.slip)


def _finding(
    document: Document, ledger: Ledger, surroundings: Surroundings, group: Sequence[Suspect]
) -> Finding:
    suspect = group[0]
    figure, reading = suspect.figure, suspect.broken[0]
    slip, note = context_slip(surroundings, suspect, reading)
    implied = reading.implied(figure)
    right = suspect.proposal.quantity if suspect.proposal else figure.quantity
    unit = right.unit if slip is Slip.UNIT else figure.quantity.unit
    family = reading.equation.family
    result = recomputed(figure, implied, unit, family) if implied else None
    source = source_at(document, figure)
    support = _support(ledger, reading, figure)
    stated_support = tuple(line_of(r) for r in _original(suspect.kept))[:_LINES]
    without = _unbacked(ledger, reading, figure)
    backing = _side(reading, figure, without, bool(stated_support))
    unbacked = tuple(_operand(document, each) for each in without if backing is Backing.STATED)
    broken = {r.equation.no: r for each in group for r in each.broken}
    places = {f.no: f for each in group for f in (each.figure, *each.copies)}
    repeated = tuple(source_at(document, f) for f in places.values() if f is not figure)
    meant = f"{right.printed}{right.unit.symbol}"
    if not note and slip not in (Slip.UNKNOWN, Slip.ROUNDING) and result and meant != result.value:
        note = f"应为 {meant}"
    also = tuple(line_of(r) for number, r in broken.items() if r is not reading)
    message = audit_words.sentence(
        audit_words.Wording(
            place=place_words(document, figure, source),
            name=name_of(figure),
            stated=shown(figure),
            reading=reading,
            own=reading.stated.no == figure.no,
            result=result,
            backing=backing,
            support=support,
            stated_support=stated_support,
            unbacked=unbacked,
            slip=slip,
            slip_note=note,
            also=len(also),
            repeated=len(repeated),
        )
    )
    others = [each for each in reading.figures if each.no != figure.no]
    return Finding(
        family=family,
        severity=severity(figure, implied.point, slip, family) if implied else Severity.HIGH,
        metric=name_of(figure),
        stated=shown(figure),
        recomputed=result.value if result else "",
        difference=result.difference if result else "",
        direction=result.direction if result else "",
        interval=result.interval if result else "",
        source=source,
        section=document.section_path(figure.section),
        operands=tuple(_operand(document, each) for each in others),
        equation=line_of(reading),
        also=also,
        backing=backing,
        support=support,
        stated_support=stated_support,
        unbacked=unbacked,
        slip=slip,
        slip_note=note,
        repeated=repeated,
        message=message,
        mark=_mark(figure.locator),
        backwards=reading.stated.no != figure.no,
        figures=tuple(places),
        equations=tuple(sorted(broken)),
    )


def _operand(document: Document, figure: Figure) -> Operand:
    quantity = figure.quantity
    number = "".join(quantity.printed.split())
    section = document.section_path(figure.section)
    source = source_at(document, figure)
    return Operand(number, quantity.unit.symbol, name_of(figure), source, section)


def _other_words(document: Document, assertion: Assertion, said: Said) -> Operand:
    section = document.section_path(document.blocks[said.block].section)
    source = place_at(document, said.locator, said.block)
    return Operand(said.text, "", assertion.subject, source, section)


def _mark(place: Locator) -> Span:
    return place.spans[0][0], place.spans[-1][1]


def _original(readings: Iterable[Reading]) -> Iterator[Reading]:
    """Those that hold as the report prints them; not those that only a correction mends."""
    return (r for r in readings if r.equation.verdict is not Verdict.FAILS)


def _support(ledger: Ledger, reading: Reading, figure: Figure) -> tuple[EquationLine, ...]:
    """Holding equations about the other figures of a failed one, those that recompute one first."""
    found: dict[int, tuple[int, Reading]] = {}
    for other in _others(reading, figure):
        for each in _original(ledger.holding(other)):
            if all(f.no != figure.no for f in each.figures):
                recomputes = each.stated.no == other.no and len(each.operands) > 1
                rank = 0 if recomputes else 1 if len(each.operands) > 1 else 2
                found.setdefault(each.equation.no, (rank, each))
    ranked = sorted(found.values(), key=lambda item: (item[0], item[1].equation.no))
    return tuple(line_of(each) for _, each in ranked[:_LINES])


def _others(reading: Reading, figure: Figure) -> list[Figure]:
    return [f for f in reading.figures if f.no != figure.no and f.quantity.base][:_BACKED]


def _unbacked(ledger: Ledger, reading: Reading, figure: Figure) -> list[Figure]:
    """The other figures of a failed equation that no holding one is about."""
    return [
        other
        for other in _others(reading, figure)
        if not any(
            all(f.no != figure.no for f in each.figures)
            for each in _original(ledger.holding(other))
        )
    ]


def _side(reading: Reading, figure: Figure, unbacked: Sequence[Figure], stated: bool) -> Backing:
    if _others(reading, figure) and not unbacked:
        return Backing.BOTH if stated else Backing.RECOMPUTED
    return Backing.STATED if stated else Backing.NEITHER


def _in_words(document: Document, assertion: Assertion) -> Finding:
    """A claim in words that the report itself refutes."""
    own = assertion.stated
    source = place_at(document, own.locator, own.block)
    block = document.blocks[own.block]
    operands = tuple(_other_words(document, assertion, said) for said in assertion.others)
    line = EquationLine(assertion.family, f"{own.text} / {assertion.recomputed}", "fails")
    return Finding(
        family=assertion.family,
        severity=Severity.MEDIUM,
        metric=assertion.subject,
        stated=own.text,
        recomputed=assertion.recomputed,
        difference="",
        direction="",
        interval="",
        source=source,
        section=document.section_path(block.section),
        operands=operands,
        equation=line,
        also=(),
        backing=Backing.NEITHER,
        support=(),
        stated_support=(),
        unbacked=(),
        slip=Slip.UNKNOWN,
        slip_note="",
        repeated=(),
        message=assertion.message,
        mark=_mark(own.locator),
        figures=() if own.figure is None else (own.figure,),
        assertions=(assertion.no,),
    )
