"""A comparison as a chart, SVG or PNG, that reads in black and white and in print.

Several years are lines with a marker and a dash of their own, one year is hatched bars; every line
and bar is named beside it and every point has its number. Only checked cells are drawn: a value
that is contradicted, guessed or worked out has a hollow mark and is named below.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from typing import Any

from matplotlib import font_manager, rc_context
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.backends.backend_svg import FigureCanvasSVG
from matplotlib.figure import Figure as Picture
from matplotlib.ticker import FuncFormatter

from ingest.quantity import format_number
from qa.compare.model import Cell, Comparison, Origin, Row
from ui.compare_flat import number_of
from ui.compare_view import metric_of, subject_of
from ui.errors import RequestError
from ui.texts import plain, t

FONTS = (
    "Noto Sans CJK SC", "Source Han Sans SC", "Microsoft YaHei", "PingFang SC", "SimHei",
    "WenQuanYi Micro Hei", "WenQuanYi Zen Hei", "Noto Sans CJK JP", "Noto Serif CJK SC", "SimSun",
)  # fmt: skip
"""Fonts with Chinese characters, the first that there is is taken."""
FORMATS = (".svg", ".png")
_MARKS = ("o", "s", "^", "D", "v", "P", "X", "*")
_DASHES = ("-", "--", "-.", ":", (0, (5, 1)), (0, (3, 1, 1, 1)))
_HATCHES = ("", "///", "...", "xxx", "\\\\\\", "++", "---", "oo")
_MOST_LINES = 8  # of one panel; further rows have panels of their own
_ALIKE = 5  # times that the largest row of a panel may be the smallest
_LEAST = Decimal("0.0001")
_PANEL_POINTS = 165.0  # height of a panel's plot, roughly, in points
_ABOVE, _LABEL_GAP, _NAME_GAP = 5.0, 9.0, 11.0  # points
_INK = "#14171A"


def write_chart(comparison: Comparison, path: Path) -> None:
    """Draw the comparison into `path`, whose ending says the format.

    Raises:
        RequestError: the ending is neither .svg nor .png, or no cell has a value.
    """
    if path.suffix.lower() not in FORMATS:
        raise RequestError(t("图的文件名应以 .svg 或 .png 结尾。"))
    path.write_bytes(chart(comparison, path.suffix.lower().lstrip(".")))


def chart(comparison: Comparison, form: str) -> bytes:
    """The chart as the bytes of an ``svg`` or ``png`` file; texts of an SVG stay text.

    Raises:
        RequestError: no cell has a value.
    """
    panels = _panels(comparison)
    if not panels:
        raise RequestError(t("没有可以画的数。"))
    with rc_context(_style()):
        picture = _drawn(comparison, panels)
        canvas = FigureCanvasSVG(picture) if form == "svg" else FigureCanvasAgg(picture)
        target = BytesIO()
        hidden: dict[str, Any] = {"Date": None} if form == "svg" else {"Software": None}
        canvas.print_figure(target, format=form, dpi=200, metadata=hidden, bbox_inches="tight")
    return target.getvalue()


def _style() -> Any:  # the keys are a closed list of literals in the stubs
    known = set(font_manager.get_font_names())
    fonts = [name for name in FONTS if name in known]
    return {
        "font.family": [*fonts, "sans-serif"],
        "font.size": 9,
        "svg.fonttype": "none",
        "svg.hashsalt": "gouji",
        "axes.unicode_minus": False,
        "axes.edgecolor": _INK,
        "text.color": _INK,
        "axes.labelcolor": _INK,
        "xtick.color": _INK,
        "ytick.color": _INK,
        "hatch.linewidth": 0.6,
        "text.parse_math": False,
    }


def _panels(comparison: Comparison) -> list[tuple[str, list[Row]]]:
    """Rows that may share an axis: of one metric and unit where there are several subjects, else
    of one unit and of like size, so that none is flattened by another."""
    several = len({subject_of(row) for row in comparison.rows}) > 1
    groups: dict[str, list[Row]] = {}
    for row in comparison.rows:
        if any(cell.value is not None for cell in row.cells):
            head = metric_of(row) if several else row.unit.symbol if row.unit else ""
            groups.setdefault(head, []).append(row)
    bars = len(comparison.columns) == 1
    return [(head, rows) for head, group in groups.items() for rows in _of_one_size(group, bars)]


def _of_one_size(group: Sequence[Row], bars: bool) -> list[list[Row]]:
    """The rows in panels, the larger first; bars of one metric stay side by side."""
    panels: list[list[Row]] = []
    for row in group if bars else sorted(group, key=_size, reverse=True):
        fits = panels and len(panels[-1]) < _MOST_LINES
        alike = fits and (bars or _size(panels[-1][0]) <= _ALIKE * max(_size(row), _LEAST))
        if alike:
            panels[-1].append(row)
        else:
            panels.append([row])
    return panels


def _size(row: Row) -> Decimal:
    return max(abs(number) for cell in row.cells if (number := number_of(cell)) is not None)


def _drawn(comparison: Comparison, panels: Sequence[tuple[str, list[Row]]]) -> Picture:
    picture = Picture(figsize=(8.2, 3.2 * len(panels) + 0.8), layout="constrained")
    picture.suptitle(plain(comparison.question)[:60], fontsize=11, fontweight="bold", wrap=True)
    several = len({subject_of(row) for row in comparison.rows}) > 1
    for number, (head, rows) in enumerate(panels, 1):
        axes = picture.add_subplot(len(panels), 1, number)
        axes.set_title(plain(head), loc="left", fontsize=9)
        names = [subject_of(row) if several else row.metric for row in rows]
        if len(comparison.columns) > 1:
            _lines(axes, comparison.columns, rows, names)
        else:
            _bars(axes, rows, names)
        axes.yaxis.set_major_formatter(FuncFormatter(_tick))
        for side in ("top", "right"):
            axes.spines[side].set_visible(False)
        axes.grid(axis="y", color="#D5D9DD", linewidth=0.5)
        axes.set_axisbelow(True)
    notes = _notes(comparison)
    if notes:
        picture.supxlabel("\n".join(notes), fontsize=7, ha="left", x=0.01)
    return picture


def _tick(value: float, _position: int | None = None) -> str:
    text = format_number(Decimal(str(float(value))))
    return text.rstrip("0").rstrip(".") if "." in text else text


def _lines(axes: Any, years: Sequence[str], rows: Sequence[Row], names: Sequence[str]) -> None:
    """A line a row, a mark a cell, the number at each mark and the name at each line's end."""
    marks: dict[int, list[tuple[Decimal, str]]] = {}
    ends: dict[int, list[tuple[Decimal, str]]] = {}
    for number, (row, name) in enumerate(zip(rows, names, strict=True)):
        points = [
            (x, cell, v) for x, cell in enumerate(row.cells) if (v := number_of(cell)) is not None
        ]
        style = {"color": _INK, "linewidth": 1.2, "linestyle": _DASHES[number % len(_DASHES)]}
        axes.plot([x for x, _, _ in points], [value for _, _, value in points], **style)
        for x, cell, value in points:
            axes.plot(
                [x], [value], marker=_MARKS[number % len(_MARKS)], markersize=6, color=_INK,
                markerfacecolor="white" if _unsure(cell) else _INK, linestyle="none",
            )  # fmt: skip
            marks.setdefault(x, []).append((value, _label(cell)))
        last = points[-1]
        ends.setdefault(last[0], []).append((last[2], plain(name)))
    axes.set_xticks(range(len(years)), [t("{year}年", year=year) for year in years])
    axes.margins(x=0.06, y=0.22)
    axes.autoscale_view()
    for x, texts in marks.items():
        for value, text, shift in _spread(axes, texts, _ABOVE, _LABEL_GAP):
            axes.annotate(
                text, (x, value), textcoords="offset points", xytext=(0, shift), ha="center",
                fontsize=7, bbox={"facecolor": "white", "edgecolor": "none", "pad": 0.4},
            )  # fmt: skip
    for x, texts in ends.items():
        for value, text, shift in _spread(axes, texts, -3, _NAME_GAP):
            axes.annotate(
                text, (x, value), textcoords="offset points", xytext=(24, shift), ha="left",
                fontsize=8, annotation_clip=False,
            )  # fmt: skip


def _spread(
    axes: Any, texts: Sequence[tuple[Decimal, str]], rise: float, gap: float
) -> list[tuple[Decimal, str, float]]:
    """The texts with how many points each stands above its value, none over another.

    The lowest of several goes below its mark where the next one is near.
    """
    low, high = axes.get_ylim()
    scale = _PANEL_POINTS / (high - low) if high > low else 1.0
    placed: list[tuple[Decimal, str, float]] = []
    top = float("-inf")
    ordered = sorted(texts)
    for number, (value, text) in enumerate(ordered):
        at = float(value) * scale
        wanted = at + rise
        crowded = number == 0 and len(ordered) > 1
        if rise > 0 and crowded and float(ordered[1][0]) * scale - at < 2 * gap:
            wanted = at - rise - gap
        top = max(wanted, top + gap)
        placed.append((value, text, top - at))
    return placed


def _bars(axes: Any, rows: Sequence[Row], names: Sequence[str]) -> None:
    for x, row in enumerate(rows):
        cell = row.cells[0]
        value = number_of(cell)
        if value is None:
            continue
        axes.bar(
            [x], [value], width=0.6, facecolor="white", edgecolor=_INK,
            hatch=_HATCHES[x % len(_HATCHES)], linestyle="--" if _unsure(cell) else "-",
        )  # fmt: skip
        axes.annotate(
            _label(cell), (x, value), textcoords="offset points", xytext=(0, 3),
            ha="center", fontsize=7,
        )  # fmt: skip
    axes.set_xticks(range(len(rows)), [_folded(plain(name)) for name in names], fontsize=8)
    axes.margins(y=0.15)


def _folded(name: str, width: int = 10) -> str:
    """A long name over several lines."""
    return "\n".join(name[start : start + width] for start in range(0, len(name), width))


def _label(cell: Cell) -> str:
    number = number_of(cell)
    if number is None:
        return ""
    mark = "✗" if cell.contradicted else "*" if _unsure(cell) else ""
    return format_number(number) + mark


def _unsure(cell: Cell) -> bool:
    return cell.contradicted or cell.guessed or cell.origin is not Origin.OWN


def _notes(comparison: Comparison) -> list[str]:
    """What the marks mean, and what is missing."""
    cells = [cell for row in comparison.rows for cell in row.cells if cell.value is not None]
    notes: list[str] = []
    if any(cell.contradicted for cell in cells):
        notes.append(t("✗ 与报告里的另一数矛盾，见表"))
    if any(_unsure(cell) and not cell.contradicted for cell in cells):
        notes.append(t("* 推算、取自他年报告或按相近名称对齐，见表"))
    if comparison.missing:
        notes.append(t("缺：{missing}", missing=plain("、".join(comparison.missing[:6]))))
    return notes
