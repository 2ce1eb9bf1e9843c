"""Bars over years as an SVG picture that follows light and dark, prints, and reads without colour.

Every bar carries its number as it is printed; heights are worked out from the same Decimals.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from markupsafe import Markup

from ui.texts import t
from ui.web.markup import EMPTY, html, joined

_HEIGHT = 190
_TOP, _BOTTOM, _SIDE = 34, 26, 12
_MOST = 6  # series side by side
_BAR, _GAP = 62, 24
_PATTERNS = ("a", "b", "c", "d", "e", "f")


@dataclass(frozen=True, slots=True)
class Bars:
    """A series: its name, and per year the value with its print, or None where there is none."""

    name: str
    values: Sequence[tuple[Decimal, str] | None]


def chart(title: str, years: Sequence[str], series: Sequence[Bars]) -> Markup:
    """The chart; nothing where fewer than two values are known, or there are too many series."""
    known = [value for each in series for value in each.values if value is not None]
    if len(known) < 2 or len(series) > _MOST:
        return EMPTY
    group = _BAR * len(series) + _GAP
    width = 2 * _SIDE + group * len(years)
    scale = _Scale.of([value for value, _ in known])
    bars = joined(
        _bar(value, scale, _SIDE + group * x + _GAP // 2 + _BAR * n, n)
        for x in range(len(years))
        for n, each in enumerate(series)
        if (value := each.values[x]) is not None
    )
    labels = joined(
        html(
            '<text x="{}" y="{}" class="gj-year">{}</text>',
            _SIDE + group * x + group // 2,
            _HEIGHT - 8,
            t("{year}年", year=year),
        )
        for x, year in enumerate(years)
    )
    return html(
        '<figure class="gj-chart"><figcaption>{0}</figcaption>'
        '<svg viewBox="0 0 {1} {2}" role="img" aria-label="{3}" style="max-width:{1}px">'
        '<line x1="{4}" x2="{5}" y1="{6}" y2="{6}" class="gj-axis"/>{7}{8}</svg>{9}'
        '<button type="button" class="gj-act gj-link" data-act="picture">{10}</button></figure>',
        title,
        width,
        _HEIGHT,
        t("柱状图：{title}", title=title),
        _SIDE,
        width - _SIDE,
        scale.zero,
        bars,
        labels,
        _legend(series) if len(series) > 1 else EMPTY,
        t("存为图片"),
    )


@dataclass(frozen=True, slots=True)
class _Scale:
    zero: Decimal
    unit: Decimal

    @classmethod
    def of(cls, values: Sequence[Decimal]) -> _Scale:
        high, low = max(*values, Decimal(0)), min(*values, Decimal(0))
        space = Decimal(_HEIGHT - _TOP - _BOTTOM - (16 if low < 0 else 0))
        unit = space / (high - low) if high > low else Decimal(0)
        return cls((_TOP + high * unit).quantize(Decimal("0.1")), unit)


def _bar(value: tuple[Decimal, str], scale: _Scale, x: int, series: int) -> Markup:
    number, shown = value
    height = (abs(number) * scale.unit).quantize(Decimal("0.1"))
    top = scale.zero - height if number >= 0 else scale.zero
    label = top - 6 if number >= 0 else top + height + 14
    return html(
        '<rect x="{}" y="{}" width="{}" height="{}" class="gj-bar {}"/>'
        '<text x="{}" y="{}" class="gj-value">{}</text>',
        x + 5,
        top,
        _BAR - 10,
        max(height, Decimal(1)),
        _PATTERNS[series],
        x + _BAR // 2,
        label,
        shown,
    )


def _legend(series: Sequence[Bars]) -> Markup:
    entries = joined(
        html('<span><i class="gj-swatch {}"></i>{}</span>', _PATTERNS[number], each.name)
        for number, each in enumerate(series)
    )
    return html('<p class="gj-keys">{}</p>', entries)
