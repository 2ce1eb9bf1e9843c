"""A comparison as a chart, SVG or PNG, that reads in black and white and in print.

It draws what the page draws, in its order: bars that stand on zero, with a hatch for each series
and the number at each bar. Only checked cells are drawn: a value that is contradicted, guessed or
worked out has a dashed edge and a mark, which is told below.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

from matplotlib import font_manager, rc_context
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.backends.backend_svg import FigureCanvasSVG
from matplotlib.figure import Figure as Picture
from matplotlib.patches import Patch
from matplotlib.ticker import FuncFormatter

from ingest.quantity import format_number
from qa.compare.model import Cell, Comparison, Origin, Row
from ui.compare_flat import number_of
from ui.compare_view import grouped, metric_of, subject_of
from ui.errors import RequestError
from ui.texts import plain, t

FONTS = (
    "Noto Sans CJK SC", "Source Han Sans SC", "Microsoft YaHei", "PingFang SC", "SimHei",
    "WenQuanYi Micro Hei", "WenQuanYi Zen Hei", "Noto Sans CJK JP", "Noto Serif CJK SC", "SimSun",
)  # fmt: skip
"""Fonts with Chinese characters, the first that there is is taken."""
FORMATS = (".svg", ".png")
_HATCHES = ("", "///", "...", "xxx", "\\\\\\", "++", "---", "oo")
_MOST = 6  # series or bars of one panel; further ones have panels of their own
_NARROW = 14  # bars of a panel above which their numbers stand upright
_BESIDE = 5  # years up to which two panels of one series stand side by side
_NO_FONT = "No Chinese font on this machine: Chinese shows as boxes. Install one, such as Noto Sans CJK SC."
_INK, _FILL = "#14171A", "#CDD3D9"


@dataclass(frozen=True, slots=True)
class _Panel:
    """Rows that share an axis from `low` to `high`."""

    title: str
    rows: Sequence[Row]
    names: Sequence[str]
    low: Decimal
    high: Decimal


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
    fonts = chinese_fonts()
    with rc_context(_style(fonts)):
        notes = _notes(comparison)
        if form == "png" and not fonts:
            notes.append(_NO_FONT)
        picture = _drawn(comparison, panels, notes)
        canvas = FigureCanvasSVG(picture) if form == "svg" else FigureCanvasAgg(picture)
        target = BytesIO()
        hidden: dict[str, Any] = {"Date": None} if form == "svg" else {"Software": None}
        canvas.print_figure(target, format=form, dpi=200, metadata=hidden, bbox_inches="tight")
    return target.getvalue()


@cache
def chinese_fonts() -> tuple[str, ...]:
    """Those of `FONTS` that there are, the best first.

    matplotlib keeps a list of fonts in a file and never looks again: one that was installed later
    is found by looking once more where the list has none.
    """
    found = _known_fonts()
    if not found:
        listed = {Path(entry.fname) for entry in font_manager.fontManager.ttflist}
        for path in font_manager.findSystemFonts():
            if Path(path) not in listed:
                _add_font(path)
        found = _known_fonts()
    return found


def _known_fonts() -> tuple[str, ...]:
    known = set(font_manager.fontManager.get_font_names())
    return tuple(name for name in FONTS if name in known)


def _add_font(path: str) -> None:
    try:
        font_manager.fontManager.addfont(path)
    except (OSError, RuntimeError):  # a broken file, or of a kind that matplotlib does not read
        return


def _style(fonts: Sequence[str]) -> Any:  # the keys are a closed list of literals in the stubs
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


def _panels(comparison: Comparison) -> list[_Panel]:
    """As the page parts them: of several subjects one panel a metric, of one subject one a metric
    over the years; in a single year its metrics of one unit stand side by side."""
    if len(comparison.columns) == 1:
        return [panel for head, rows in _of_one_year(comparison) for panel in _chunks(head, rows)]
    several = _several(comparison)
    panels: list[_Panel] = []
    for head, labels, rows in grouped(comparison):
        drawn = [row for row in rows if _numbers(row)]
        if several:
            panels += _chunks(head, drawn)
        else:
            titles = dict(zip(map(id, rows), labels, strict=True))
            panels += [p for row in drawn for p in _chunks(f"{head}\n{titles[id(row)]}", [row])]
    return panels


def _of_one_year(comparison: Comparison) -> Iterator[tuple[str, list[Row]]]:
    several = _several(comparison)
    groups: dict[str, list[Row]] = {}
    for row in comparison.rows:
        if _numbers(row):
            head = metric_of(row) if several else row.unit.symbol if row.unit else ""
            groups.setdefault(head, []).append(row)
    yield from groups.items()


def _several(comparison: Comparison) -> bool:
    return len({subject_of(row) for row in comparison.rows}) > 1


def _chunks(title: str, rows: Sequence[Row]) -> Iterator[_Panel]:
    """The rows in panels of the same axis, as many as can be told apart in each."""
    numbers = [Decimal(0), *(number for row in rows for number in _numbers(row))]
    subjects = len({subject_of(row) for row in rows}) > 1
    for start in range(0, len(rows), _MOST):
        some = rows[start : start + _MOST]
        names = [subject_of(row) if subjects else row.metric for row in some]
        yield _Panel(title, some, names, min(numbers), max(numbers))


def _numbers(row: Row) -> list[Decimal]:
    return [number for cell in row.cells if (number := number_of(cell)) is not None]


def _drawn(comparison: Comparison, panels: Sequence[_Panel], notes: Sequence[str]) -> Picture:
    years = comparison.columns
    single = 1 < len(years) <= _BESIDE and all(len(panel.rows) == 1 for panel in panels)
    across = 2 if single and len(panels) > 1 else 1
    down = -(-len(panels) // across)
    picture = Picture(figsize=(8.2, (2.4 if single else 3.2) * down + 0.8), layout="constrained")
    picture.suptitle(plain(comparison.question)[:60], fontsize=11, fontweight="bold", wrap=True)
    for number, panel in enumerate(panels, 1):
        axes = picture.add_subplot(down, across, number)
        axes.set_title(_title(panel.title, 26 if across > 1 else 56), loc="left", fontsize=9)
        if len(years) > 1:
            _series(axes, years, panel)
        else:
            _bars(axes, panel)
        _from_zero(axes, panel, len(years) * len(panel.rows) > _NARROW)
    if notes:
        picture.supxlabel("\n".join(notes), fontsize=7, ha="left", x=0.01)
    return picture


def _from_zero(axes: Any, panel: _Panel, upright: bool) -> None:
    """The axis: zero is always on it, with room for the numbers at the bars."""
    room = (panel.high - panel.low or Decimal(1)) * Decimal("0.32" if upright else "0.16")
    axes.set_ylim(panel.low - (room if panel.low < 0 else 0), panel.high + room)
    axes.axhline(0, color=_INK, linewidth=0.8)
    axes.yaxis.set_major_formatter(FuncFormatter(_tick))
    for side in ("top", "right"):
        axes.spines[side].set_visible(False)
    axes.grid(axis="y", color="#D5D9DD", linewidth=0.5)
    axes.set_axisbelow(True)


def _tick(value: float, _position: int | None = None) -> str:
    text = format_number(Decimal(str(float(value))))
    return text.rstrip("0").rstrip(".") if "." in text else text


def _series(axes: Any, years: Sequence[str], panel: _Panel) -> None:
    """Bars of all rows in each year; a key with their hatches where there are several rows."""
    count = len(panel.rows)
    width = 0.8 / count if count > 1 else 0.6
    upright = count * len(years) > _NARROW
    for number, row in enumerate(panel.rows):
        for x, cell in enumerate(row.cells):
            at = x + (number - (count - 1) / 2) * width
            _bar(axes, at, cell, width * 0.9, number, upright)
    axes.set_xticks(range(len(years)), [t("{year}年", year=year) for year in years])
    axes.set_xlim(-0.6, len(years) - 0.4)
    if count > 1:
        keys = [Patch(**_look(number)) for number in range(count)]
        axes.legend(
            keys, [plain(name) for name in panel.names], loc="upper left", frameon=False,
            bbox_to_anchor=(0, -0.1), fontsize=8, ncols=1 if count < 4 else 2, handleheight=1.2,
        )  # fmt: skip


def _bars(axes: Any, panel: _Panel) -> None:
    for x, row in enumerate(panel.rows):
        _bar(axes, x, row.cells[0], 0.6, x, upright=False)
    names = [_folded(plain(name)) for name in panel.names]
    axes.set_xticks(range(len(panel.rows)), names, fontsize=8)


def _bar(axes: Any, x: float, cell: Cell, width: float, series: int, upright: bool) -> None:
    value = number_of(cell)
    if value is None:
        return
    look = _look(series) | ({"linestyle": "--", "facecolor": "white"} if _unsure(cell) else {})
    axes.bar([x], [value], width=width, **look)
    below = value < 0
    axes.annotate(
        _label(cell), (x, value), textcoords="offset points", xytext=(0, -3 if below else 3),
        ha="center", va="top" if below else "bottom", fontsize=7, rotation=90 if upright else 0,
    )  # fmt: skip


def _look(series: int) -> dict[str, Any]:
    hatch = _HATCHES[series % len(_HATCHES)]
    return {"facecolor": "white" if hatch else _FILL, "edgecolor": _INK, "hatch": hatch}


def _title(title: str, width: int) -> str:
    """On one line where it is short enough, else broken, first between its parts."""
    lines = [plain(line) for line in title.split("\n")]
    line = " ".join(lines)
    return line if len(line) <= width else "\n".join(_folded(each, width) for each in lines)


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
