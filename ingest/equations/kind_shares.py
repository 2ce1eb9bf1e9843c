"""Shares that each kind has of its own amount, held against the amount of all kinds together."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from decimal import Decimal

from ingest import interval
from ingest.equations.book import Book
from ingest.equations.claims import Claim, closed, show
from ingest.model import Figure, Role
from ingest.quantity import Dimension
from ingest.reading.text import compact

_MOST = 40  # amounts of a paragraph that is about one purchase; each share looks through them
_KINDS = (2, 4)  # shares that stand together
_SHORTEST = 4  # characters of a name that no two amounts share by chance
_AMOUNT = re.compile(r"(?:总)?(?:金额|额|数)$")
_HUNDRED = Decimal(100)

_Share = tuple[Figure, Figure]  # a rate and the amount that it is the share of


def kind_shares(book: Book) -> Iterator[Claim]:
    """各类各占本类金额 bᵢ 的 pᵢ%，合起来为 t：t = Σ pᵢ × bᵢ，即 pₖ = (t − Σ 其余 pᵢ × bᵢ) ÷ bₖ。

    来源：政府采购支出说明“授予中小企业合同金额 t……货物采购授予中小企业合同金额占货物支出金额的 p%，工程……，服务……”。
    例：(460 − 100 × 100%) ÷ 450 = 80%，写成 60% 即不成立。
    边界：t 和各类的 bᵢ 都在同一段写明，各占比的名称以 t 的名称结尾；只查推算值在 0 到 100% 之间的一项，几项都可能时查
    金额最大的一项；各类支出不全、占比带“约”“超”的不查。
    """
    for paragraph in book.paragraphs:
        figures = [figure for run in paragraph for figure in run.figures if closed(figure)]
        money = [f for f in figures if f.quantity.unit.dimension is Dimension.MONEY]
        amounts = [f for f in money if f.role is Role.VALUE]
        if len(amounts) > _MOST:
            continue
        for whole, shares in _together(figures, amounts):
            claims = [_claim(whole, shares, index) for index in range(len(shares))]
            possible = [c for c in claims if c is not None and _is_share(c.value)]
            if possible:
                yield max(possible, key=lambda claim: claim.operands[-1].quantity.base)


def _together(
    figures: Sequence[Figure], amounts: Sequence[Figure]
) -> Iterator[tuple[Figure, list[_Share]]]:
    """Amounts of all kinds together, each with the shares of the kinds; complete ones only."""
    found: dict[int, list[_Share | None]] = defaultdict(list)
    wholes = {amount.no: amount for amount in amounts}
    for rate in figures:
        if rate.role is not Role.SHARE or not rate.basis:
            continue
        name, basis = compact(rate.metric), _AMOUNT.sub("", compact(rate.basis))
        whole = _one(a for a in amounts if _ends(name, compact(a.metric)))
        base = _one(a for a in amounts if compact(a.metric).endswith(basis)) if basis else None
        if whole is not None:
            found[whole.no].append(None if base is None else (rate, base))
    for number, shares in found.items():
        complete = [share for share in shares if share is not None]
        bases = {base.no for _, base in complete}
        if len(complete) == len(shares) == len(bases) and _KINDS[0] <= len(bases) <= _KINDS[1]:
            yield wholes[number], complete


def _ends(name: str, short: str) -> bool:
    return len(short) >= _SHORTEST and name != short and name.endswith(short)


def _one(found: Iterator[Figure]) -> Figure | None:
    """The one figure, or the first of several that print the same."""
    known = list(found)
    return known[0] if len({figure.quantity.base for figure in known}) == 1 else None


def _claim(whole: Figure, shares: Sequence[_Share], index: int) -> Claim | None:
    """The share of one kind by the whole less what the other shares give."""
    rate, base = shares[index]
    rest = [share for number, share in enumerate(shares) if number != index]
    if not base.quantity.base:
        return None
    operands = (whole, *(figure for share in rest for figure in share), base)

    def formula_at(total: Decimal, *values: Decimal) -> Decimal | None:
        others, own = values[:-1], values[-1]
        taken = sum((p * b for p, b in zip(others[::2], others[1::2], strict=True)), Decimal(0))
        return None if not own else (total * _HUNDRED - taken) / own

    point = formula_at(*(figure.quantity.base for figure in operands))
    bounds = interval.at_corners(formula_at, *(interval.of(f.quantity) for f in operands))
    less = "".join(f" − {show(amount)} × {show(share)}" for share, amount in rest)
    formula = f"({show(whole)}{less}) ÷ {show(base)} × 100%"
    return Claim("share", rate, operands, formula, point, bounds) if bounds else None


def _is_share(value: Decimal | None) -> bool:
    return value is not None and 0 <= value <= _HUNDRED
