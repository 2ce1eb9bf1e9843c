"""Shares that sentences state, one by one and in lists that make up a whole."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from ingest import interval
from ingest.equations.book import Book, Paragraph, Run
from ingest.equations.budgets import settled
from ingest.equations.claims import Claim, closed, holds, percent, show, slip_of, total
from ingest.equations.rates import BACK, VALUES, is_rate, new_subject
from ingest.equations.slips import significant
from ingest.figures.naming import Names, fact_key, prose_key
from ingest.interval import Interval
from ingest.model import Figure, Role
from ingest.quantity import Dimension
from ingest.reading.text import compact

_SHARE = re.compile(
    r"占(?!地|用)(?P<basis>[^占]*?)的?(?:比重|比例|比|份额)?(?:约?为|达到?|约|是)?[\s]*$"
)
_LISTED = re.compile(r"其中|包括|分别|构成")
_SENTENCE = ("。", "\n", "!", "?")
_LIST = 3  # shares from which on a list without a named whole may make up its own whole
_FAR = 40  # figures of a paragraph looked back at for the whole of a share
_HUNDRED = Decimal(100)


@dataclass(frozen=True, slots=True)
class _Share:
    """A rate, what it may be the share of, and the wholes that it may be a share of."""

    rate: Figure
    parts: list[Figure]
    wholes: list[Figure]
    sure: bool  # the part stands right before the rate, the whole is named in the paragraph


@dataclass(slots=True)
class _List:
    """Shares of one whole that stand together; `wholes` are the values before the list.

    `head` is the value right before 其中, whose parts the list gives.
    """

    head: Figure | None = None
    wholes: list[Figure] = field(default_factory=list)
    shares: list[_Share] = field(default_factory=list)


def share(book: Book) -> Iterator[Claim]:
    """a 占 b 的 p%：p = a ÷ b；并列各项的占比之和为 100% 的，各项之和 = b。

    来源：“占…的比重为 p%”“（占 p%）”句式；b 按名称在同段、同一部分的文字和表格里找。
    例：授予中小企业合同金额 420 万元 ÷ 政府采购支出总额 560 万元 = 75%。
    边界：b 在同段写明的才报错；没有写明 b 的并列各项，各项之和等于 b 或占比之和为 100%，而且有一项在 b 上成立，或者
    半数以上成立时，其余各项按这个 b 查；写明 b 而 b 没有给出的，有一项在各项之和上成立时，按这个和查。占比之和允许
    n + 1 个半单位的尾差。
    """
    for paragraph in book.paragraphs:
        for listed in _lists(paragraph, book.names):
            if listed.wholes:
                yield from _bare_shares(listed)
            else:
                yield from _named_shares(listed, book.names)


def _lists(paragraph: Paragraph, names: Names) -> Iterator[_List]:
    """The shares of a paragraph: bare ones list by list, the others by the whole that they name."""
    before: list[Figure] = []
    named: dict[str, _List] = {}
    bare = _List()
    for run in paragraph:
        for index, rate in enumerate(run.figures):
            match = _SHARE.search(run.clause(index)) if rate.role is Role.SHARE else None
            if _LISTED.search(run.leads[index]):
                yield from _ended(bare)
                bare = _List(_head(before, run))
            if match and is_rate(rate, Role.SHARE) and not run.parted(index):
                parts, sure = _parts(run, index, names)
                basis = match["basis"].strip('“”" ')
                if basis:
                    wholes, near = _named_wholes(basis, rate, before, names)
                    one = _Share(rate, parts, wholes, sure and near)
                    named.setdefault(fact_key(basis), _List()).shares.append(one)
                else:
                    known = [w for each in named.values() for s in each.shares for w in s.wholes]
                    bare.wholes = bare.wholes or [*known, *_wholes(before, rate, names)]
                    bare.shares.append(_Share(rate, parts, bare.wholes, sure))
            before.append(rate)
            del before[:-_FAR]
        if run.tail.rstrip(" ")[-1:] in _SENTENCE:
            yield from _ended(bare)
            bare = _List()
    yield from _ended(bare)
    yield from named.values()


def _head(before: list[Figure], run: Run) -> Figure | None:
    """The last value before 其中 in its sentence."""
    value = next((f for f in reversed(before) if f.role in VALUES), None)
    return value if value in run.figures else None


def _ended(listed: _List) -> Iterator[_List]:
    if listed.wholes and listed.shares:
        yield listed


def _parts(run: Run, index: int, names: Names) -> tuple[list[Figure], bool]:
    """What a share is the share of: the last value before it, or what its clause names."""
    like = run.figures[index]
    subject = new_subject(run.clause(index))
    if subject:
        return names.find(subject, like, VALUES, Dimension.MONEY), False
    low = max(0, index - BACK)
    before = [f for f in reversed(run.figures[low:index]) if f.role in VALUES]
    outer = [f for f in reversed(run.figures[low : _opened(run, low, index)]) if f.role in VALUES]
    return (outer or before)[:1], True


def _opened(run: Run, low: int, index: int) -> int:
    """The first figure of the bracket that closes right before a figure, or the figure itself."""
    if not re.match(r"^[^(]*\)", run.leads[index]):
        return index
    lead = (i for i in range(index - 1, low - 1, -1) if "(" in run.leads[i].rpartition(")")[2])
    return next(lead, index)


def _named_wholes(
    basis: str, rate: Figure, before: list[Figure], names: Names
) -> tuple[list[Figure], bool]:
    """The figures that a whole is named after, and whether they stand in the same paragraph."""
    roles = (*VALUES, Role.BUDGET)
    near = [f for f in reversed(before) if f.role in roles and _names(basis, f)][:1]
    return near or names.find(basis, rate, roles, Dimension.MONEY), bool(near)


def _names(basis: str, figure: Figure) -> bool:
    """True when a short name (采购支出总额) stands for a full one (政府采购支出总额)."""
    short, full = compact(basis), compact(figure.metric)
    return fact_key(basis) == prose_key(figure) or (len(short) >= 2 and full.endswith(short))


def _wholes(before: list[Figure], rate: Figure, names: Names) -> list[Figure]:
    """What a share without a named whole may be a share of: its basis, or the values above it."""
    known = names.find(rate.basis, rate, VALUES, Dimension.MONEY) if rate.basis else []
    above = [f for f in before if f.role in VALUES and f.quantity.unit.dimension is Dimension.MONEY]
    return [*known, *reversed(above[:3]), *reversed(above[3:][-3:])]


def _named_shares(listed: _List, names: Names) -> Iterator[Claim]:
    """Shares of a whole that each of them names."""
    made: list[tuple[_Share, list[Claim]]] = []
    for one in listed.shares:
        pairs = [
            (part, whole)
            for part in one.parts
            for whole in one.wholes
            if part.no != whole.no and part.quantity.unit.compatible(whole.quantity.unit)
        ]
        claims = list(settled(names, "share", one.rate, pairs, strict=True))
        made.append((one, claims))
    held = sum(1 for _, claims in made if any(map(_telling, claims)))
    complete = _make_up(listed) and held > 0
    for one, claims in made:
        believed = one.sure or complete
        yield from (c for c in claims if holds(c) or believed or _slipped(c))
    if not held:
        yield from _on_sum(listed)


def _slipped(claim: Claim) -> bool:
    """True where the rate is the recomputed one with digits or the point misplaced."""
    return claim.value is not None and slip_of(claim, claim.value)


def _on_sum(listed: _List) -> Iterator[Claim]:
    """Shares of a whole that is named but nowhere given, where one at least fits their own sum."""
    own = _shares_of_sum(listed, [one.parts[0] for one in listed.shares if one.parts])
    if any(map(_telling, own)) and not any(one.sure for one in listed.shares):
        held = sum(map(_telling, own))
        exact = len(own) > 2 or any(_precise(claim) for claim in own if _telling(claim))
        yield from (claim for claim in own if holds(claim) or (exact and held >= len(own) - held))


def _precise(claim: Claim) -> bool:
    """True for a rate of so many digits that it does not fit by chance."""
    return len(significant(claim.stated.quantity.value)) > _LIST


def _make_up(listed: _List) -> bool:
    """True where the shares of a list, two at least, are all of a whole: they add up to 100."""
    rates = [one.rate for one in listed.shares]
    shares = total("share", rates[0], rates)
    around = Interval(_HUNDRED - _half(rates[0]), _HUNDRED + _half(rates[0]))
    return len(rates) > 1 and shares.bounds is not None and shares.bounds.overlaps(around)


def _half(rate: Figure) -> Decimal:
    """Half a unit of the last printed digit."""
    return Decimal(5).scaleb(-interval.places(rate.quantity) - 1)


def _bare_shares(listed: _List) -> Iterator[Claim]:
    """Shares in a list without a named whole: all are checked on the whole that most hold on."""
    wholes = {whole.no: whole for whole in listed.wholes}
    found = {no: _shares_of(listed, whole) for no, whole in wholes.items()}
    best = max(found, key=lambda no: sum(map(_telling, found[no])), default=None)
    held = sum(map(_telling, found[best])) if best is not None else 0
    parts = [one.parts[0] for one in listed.shares if one.parts]
    own = _shares_of_sum(listed, parts)
    if best is not None and held and held >= sum(map(_telling, own)):
        yield from _on_whole(listed, found[best], wholes[best], parts)
    elif any(map(_telling, own)) and (len(parts) >= _LIST or _make_up(listed)):
        held = sum(map(_telling, own))
        yield from (claim for claim in own if holds(claim) or held > len(own) - held)
        if all(map(holds, own)) and _make_up(listed) and listed.head is not None:
            yield from _sum_of(listed.head, parts)
    elif len(listed.shares) == 1 and listed.head is not None:
        yield from _shares_of(listed, listed.head)
    elif _make_up(listed) and len(parts) == len(listed.shares) > _LIST - 1:
        yield from _odd_one(listed.shares, parts)
    elif len(listed.shares) == 1:
        yield from (c for claims in found.values() for c in claims if _slipped(c))


def _odd_one(shares: Sequence[_Share], parts: Sequence[Figure]) -> Iterator[Claim]:
    """The one part whose share does not fit the whole that all others, by their shares, imply."""
    for reference, part in zip(shares, parts, strict=True):
        claims = [
            _beside(one.rate, other, reference.rate, part)
            for one, other in zip(shares, parts, strict=True)
            if one is not reference
        ]
        failing = [claim for claim in claims if claim is not None and not holds(claim)]
        if len(failing) == 1 and len(claims) > 1 and None not in claims:
            yield from failing
            return


def _beside(rate: Figure, part: Figure, known: Figure, other: Figure) -> Claim | None:
    """p = a ÷ (b ÷ q): a share by another part of the same whole and its share."""
    if not other.quantity.base or not part.quantity.unit.compatible(other.quantity.unit):
        return None

    def formula_at(a: Decimal, b: Decimal, q: Decimal) -> Decimal | None:
        return None if not b else a / b * q

    figures = (part, other, known)
    bounds = interval.at_corners(formula_at, *(interval.of(f.quantity) for f in figures))
    value = formula_at(*(f.quantity.base for f in figures))
    formula = f"{show(part)} ÷ ({show(other)} ÷ {show(known)})"
    return Claim("share", rate, figures, formula, value, bounds) if bounds else None


def _shares_of(listed: _List, whole: Figure) -> list[Claim]:
    return [
        percent("share", one.rate, part, whole)
        for one in listed.shares
        for part in one.parts
        if part.no != whole.no and part.quantity.unit.compatible(whole.quantity.unit)
    ]


def _on_whole(
    listed: _List, claims: list[Claim], whole: Figure, parts: Sequence[Figure]
) -> Iterator[Claim]:
    held = sum(map(_telling, claims))
    added = list(_sum_of(whole, parts))
    complete = _make_up(listed)
    believed = held > len(claims) - held or complete or any(map(holds, added))
    yield from (claim for claim in claims if holds(claim) or believed)
    if complete and len(parts) == len(listed.shares):
        yield from (claim for claim in added if not holds(claim))


def _sum_of(whole: Figure, parts: Sequence[Figure]) -> Iterator[Claim]:
    """The sum of parts, two at least, against a whole."""
    alike = all(part.quantity.unit.compatible(whole.quantity.unit) for part in parts)
    if len(parts) > 1 and alike and all(closed(f) for f in (whole, *parts)):
        yield total("sentence_sum", whole, parts)


def _shares_of_sum(listed: _List, parts: Sequence[Figure]) -> list[Claim]:
    """Each share of the sum of all that the list names."""
    units = {part.quantity.unit for part in parts}
    if len(parts) < len(listed.shares) or len(units) != 1:
        return []
    if len(parts) < 2 or len({part.no for part in parts}) < len(parts):
        return []
    whole = total("share", parts[0], parts)
    if not whole.value or whole.bounds is None:
        return []
    made: list[Claim] = []
    for one, part in zip(listed.shares, parts, strict=True):
        value = interval.ratio_percent(part.quantity.base, whole.value)
        reach = interval.of(part.quantity)
        bounds = interval.at_corners(interval.ratio_percent, reach, whole.bounds)
        formula = f"{show(part)} ÷ ({whole.formula}) × 100%"
        made.append(Claim("share", one.rate, tuple(parts), formula, value, bounds))
    return made


def _telling(claim: Claim) -> bool:
    return holds(claim) and claim.stated.quantity.value != 0
