"""Drawings of a report as SVG: nothing but shapes and numbers, sizes in its own units.

No text of a report or suite comes in here; labels are given by the caller and escaped.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import ROUND_CEILING, Decimal

from markupsafe import Markup

from eval.report import Totals
from eval.scorers.risk import Point
from eval.stats import wilson

_WIDE, _HIGH = 360, 224  # of a drawing with axes
_LEFT, _RIGHT, _TOP, _BOTTOM = 40, 12, 26, 38
_EDGES = (0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 30, 60)  # seconds
_TICKS = 4
_APART = 46  # between two points that are named, wide enough for "≥0.984"
_LABELS = 7  # of times, that do not run into one another


def bar(totals: Totals) -> Markup:
    """Shares of a line of counts beside one another, with the interval of the right ones."""
    parts, start = [], Decimal(0)
    for name in ("right", "abstained", "wrong"):
        width = (
            100 * Decimal(getattr(totals, name)) / totals.scored if totals.scored else Decimal(0)
        )
        if width:
            parts.append(
                Markup('<rect class="{}" x="{}%" y="3" width="{}%" height="12"/>').format(
                    name, _short(start), _short(width)
                )
            )
        start += width
    low, high = wilson(totals.right, totals.scored)
    ends = _short(100 * low), _short(100 * high)
    whisker = Markup(
        '<line class="ci" x1="{0}%" x2="{1}%" y1="9" y2="9"/>'
        '<line class="ci" x1="{0}%" x2="{0}%" y1="5.5" y2="12.5"/>'
        '<line class="ci" x1="{1}%" x2="{1}%" y1="5.5" y2="12.5"/>'
    ).format(*ends)
    return Markup(
        '<svg class="bar" role="img" aria-hidden="true" width="100%" height="18">{}</svg>'
    ).format(
        Markup("").join(
            [Markup('<rect class="ground" x="0" y="3" width="100%" height="12"/>'), *parts]
            + ([whisker] if totals.scored else [])
        )
    )


def risk_coverage(points: Sequence[Point], across: str, up: str) -> Markup:
    """Risk over coverage as steps, each point with how sure its answers are at least."""
    top = _nice(max((point.risk for point in points), default=Decimal(0)))
    drawn = [_axes(across, up, [_percent(top * i / _TICKS) for i in range(_TICKS + 1)])]
    drawn += [
        _tick(_x(Decimal(i) / _TICKS), _percent(Decimal(i) / _TICKS)) for i in range(_TICKS + 1)
    ]
    path, before = [], Decimal(0)
    for point in points:
        y = _y(point.risk, top)
        path += [f"{_x(before)},{y}", f"{_x(point.coverage)},{y}"]
        before = point.coverage
    if path:
        base = _y(Decimal(0), top)
        filled = " ".join([f"{_x(Decimal(0))},{base}", *path, f"{_x(before)},{base}"])
        drawn.append(Markup('<polygon class="under" points="{}"/>').format(filled))
        drawn.append(Markup('<polyline class="curve" points="{}"/>').format(" ".join(path)))
    named = Decimal(_WIDE)
    for point in reversed(points):
        x, y = _x(point.coverage), _y(point.risk, top)
        if named - Decimal(x) < _APART and point is not points[-1]:
            continue
        named = Decimal(x)
        drawn.append(Markup('<circle class="dot" cx="{}" cy="{}" r="3.2"/>').format(x, y))
        drawn.append(
            Markup('<text class="mark" x="{}" y="{}" text-anchor="end">≥{}</text>').format(
                _short(Decimal(x) - 5), _short(Decimal(y) - 6), point.confidence
            )
        )
    return _svg(drawn, f"{up} / {across}")


def latency(seconds: Sequence[float], across: str, up: str) -> Markup:
    """How many answers took how long, in steps that grow with the time."""
    counts = _counted(seconds)
    first = next((i for i, count in enumerate(counts) if count), 0)
    last = max((i for i, count in enumerate(counts) if count), default=0)
    first, last = max(0, min(first, last - 3)), min(len(counts) - 1, max(last, first + 3))
    shown = counts[first : last + 1]
    most = max(shown, default=0)
    top = Decimal(-(-most // _TICKS) * _TICKS or _TICKS)
    drawn = [_axes(across, up, [str(int(top * i / _TICKS)) for i in range(_TICKS + 1)])]
    width = Decimal(_WIDE - _LEFT - _RIGHT) / len(shown)
    every = -(-len(shown) // _LABELS)
    for place, count in enumerate(shown):
        x, y = _LEFT + width * place, Decimal(_y(Decimal(count), top))
        if count:
            height = Decimal(_HIGH - _BOTTOM) - y
            drawn.append(
                Markup('<rect class="column" x="{}" y="{}" width="{}" height="{}"/>').format(
                    _short(x + 1), _short(y), _short(width - 2), _short(height)
                )
            )
            drawn.append(
                Markup('<text class="mark" x="{}" y="{}" text-anchor="middle">{}</text>').format(
                    _short(x + width / 2), _short(y - 4), count
                )
            )
        if place % every == every - 1:
            drawn.append(_tick(_short(x + width), _edge(first + place)))
    return _svg(drawn, f"{up} / {across}")


def _counted(seconds: Sequence[float]) -> list[int]:
    counts = [0] * (len(_EDGES) + 1)
    for each in seconds:
        counts[sum(each > edge for edge in _EDGES)] += 1
    return counts


def _edge(place: int) -> str:
    return span_text(_EDGES[place]) if place < len(_EDGES) else ""


def span_text(seconds: float) -> str:
    """A time as people read it: ``8 ms``, ``1.25 s``, ``42 s``."""
    if seconds < 1:
        thousandths = seconds * 1000
        return f"{thousandths:.1f} ms" if thousandths < 1 else f"{thousandths:.0f} ms"
    return f"{seconds:.0f} s" if seconds >= 10 or seconds == int(seconds) else f"{seconds:.2f} s"


def _axes(across: str, up: str, labels: Sequence[str]) -> Markup:
    lines = []
    places = [
        _HIGH - _BOTTOM - Decimal(_HIGH - _BOTTOM - _TOP) * i / _TICKS for i in range(_TICKS + 1)
    ]
    for y, label in zip(places, labels, strict=True):
        lines.append(
            Markup(
                '<line class="grid" x1="{}" x2="{}" y1="{}" y2="{}"/>'
                '<text x="{}" y="{}" text-anchor="end">{}</text>'
            ).format(_LEFT, _WIDE - _RIGHT, _short(y), _short(y), _LEFT - 5, _short(y + 3), label)
        )
    bottom = _HIGH - _BOTTOM
    lines.append(
        Markup(
            '<line class="axis" x1="{0}" x2="{1}" y1="{2}" y2="{2}"/>'
            '<text class="name" x="{1}" y="{3}" text-anchor="end">{4}</text>'
            '<text class="name" x="2" y="8">{5}</text>'
        ).format(_LEFT, _WIDE - _RIGHT, bottom, _HIGH - 4, across, up)
    )
    return Markup("").join(lines)


def _tick(x: str, label: str) -> Markup:
    return Markup('<text x="{}" y="{}" text-anchor="middle">{}</text>').format(
        x, _HIGH - _BOTTOM + 14, label
    )


def _svg(drawn: Sequence[Markup], name: str) -> Markup:
    return Markup(
        '<svg class="chart" viewBox="0 0 {} {}" role="img" aria-label="{}">{}</svg>'
    ).format(_WIDE, _HIGH, name, Markup("").join(drawn))


def _x(share: Decimal) -> str:
    return _short(_LEFT + share * (_WIDE - _LEFT - _RIGHT))


def _y(value: Decimal, top: Decimal) -> str:
    return _short(_HIGH - _BOTTOM - value / top * (_HIGH - _BOTTOM - _TOP))


def _nice(most: Decimal) -> Decimal:
    """The end of an axis of shares: a whole number of twentieths, a twentieth at least."""
    twentieths = (most * 20).to_integral_value(rounding=ROUND_CEILING)
    return max(Decimal(1), twentieths) / 20


def _percent(share: Decimal) -> str:
    text = f"{100 * share:.2f}".rstrip("0").rstrip(".")
    return f"{text}%"


def _short(number: Decimal | float) -> str:
    text = f"{number:.2f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
