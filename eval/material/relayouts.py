"""Small tables laid out in other fair ways, and the figures that each of them must give."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace

from eval.material.relayout_samples import Sample


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table as a grid of texts: the lines above it, its header rows and its body."""

    above: tuple[str, ...]
    header: tuple[tuple[str, ...], ...]
    body: tuple[tuple[str, ...], ...]


def base(sample: Sample) -> Sheet:
    """The plain layout: the unit in brackets at the end of the title."""
    unit = f"（单位：{sample.money}）" if sample.money else ""
    return Sheet(
        (f"表1 分项情况{unit}",),
        ((sample.label, *sample.columns),),
        tuple((row, *cells) for row, cells in zip(sample.rows, sample.cells, strict=True)),
    )


def numbered(sample: Sample) -> Sheet:
    """With a column 序号 before the names."""
    sheet = base(sample)
    last = len(sheet.body) - 1
    body = (
        ("" if sample.total and i == last else str(i + 1), *row) for i, row in enumerate(sheet.body)
    )
    return replace(sheet, header=(("序号", *sheet.header[0]),), body=tuple(body))


def reversed_columns(sample: Sample) -> Sheet:
    """The columns of figures in the opposite order."""
    sheet = base(sample)
    rows = [(row[0], *reversed(row[1:])) for row in (*sheet.header, *sheet.body)]
    return replace(sheet, header=(rows[0],), body=tuple(rows[1:]))


def total_first(sample: Sample) -> Sheet:
    """The sum above its parts."""
    sheet = base(sample)
    return replace(sheet, body=(sheet.body[-1], *sheet.body[:-1])) if sample.total else sheet


def unit_line(sample: Sample) -> Sheet:
    """The unit on a line of its own above the table."""
    if not sample.money:
        return base(sample)
    return replace(base(sample), above=("表1 分项情况", f"单位：{sample.money}"))


def unit_row(sample: Sample) -> Sheet:
    """Title and unit as rows of the table itself."""
    sheet = base(sample)
    blank = ("",) * len(sample.columns)
    rows = [("分项情况", *blank)]
    if sample.money:
        rows.append((f"单位：{sample.money}", *blank))
    return Sheet((), (*rows, *sheet.header), sheet.body)


def unit_in_header(sample: Sample) -> Sheet:
    """The unit in brackets after each header."""
    header = tuple(
        f"{column}（{unit}）" if unit not in ("", "分") else column
        for column, unit in zip(sample.columns, sample.units, strict=True)
    )
    body = tuple(
        (
            row,
            *(
                text.rstrip("%") if unit == "%" else text
                for text, unit in zip(cells, sample.units, strict=True)
            ),
        )
        for row, cells in zip(sample.rows, sample.cells, strict=True)
    )
    return Sheet(("表1 分项情况",), ((sample.label, *header),), body)


def unit_in_cells(sample: Sample) -> Sheet:
    """The unit behind each number."""
    body = tuple(
        (
            row,
            *(
                text if not unit or text.endswith(unit) else f"{text}{unit}"
                for text, unit in zip(cells, sample.units, strict=True)
            ),
        )
        for row, cells in zip(sample.rows, sample.cells, strict=True)
    )
    return Sheet(("表1 分项情况",), ((sample.label, *sample.columns),), body)


def merged_header(sample: Sample) -> Sheet:
    """A header of two rows: one word over all columns of figures."""
    sheet = base(sample)
    blank = ("",) * (len(sample.columns) - 1)
    return replace(sheet, header=((sample.label, "基本情况", *blank), ("", *sample.columns)))


def spaced_names(sample: Sample) -> Sheet:
    """Names of rows with spaces in them and numbers before: 1.日常养护, 合　　计."""
    sheet = base(sample)
    rows = [
        f"{row[0]}　　{row[1:]}" if sample.total and i == len(sample.rows) - 1 else f"{i + 1}.{row}"
        for i, row in enumerate(sample.rows)
    ]
    return replace(
        sheet, body=tuple((row, *cells[1:]) for row, cells in zip(rows, sheet.body, strict=True))
    )


def parts_numbered(sample: Sample) -> Sheet:
    """Names of rows behind （一）（二）."""
    sheet = base(sample)
    marks = "一二三四五六"
    rows = [
        row if sample.total and i == len(sample.rows) - 1 else f"（{marks[i]}）{row}"
        for i, row in enumerate(sample.rows)
    ]
    return replace(
        sheet, body=tuple((row, *cells[1:]) for row, cells in zip(rows, sheet.body, strict=True))
    )


def names_last(sample: Sample) -> Sheet:
    """The names of the rows in the last column."""
    sheet = base(sample)
    rows = [(*row[1:], row[0]) for row in (*sheet.header, *sheet.body)]
    return replace(sheet, header=(rows[0],), body=tuple(rows[1:]))


def with_remarks(sample: Sample) -> Sheet:
    """With an empty column 备注 at the end."""
    sheet = base(sample)
    return replace(
        sheet,
        header=((*sheet.header[0], "备注"),),
        body=tuple((*row, "") for row in sheet.body),
    )


def transposed(sample: Sample) -> Sheet:
    """Rows as columns, columns as rows."""
    unit = f"（单位：{sample.money}）" if sample.money else ""
    body = tuple(
        (column, *(cells[index] for cells in sample.cells))
        for index, column in enumerate(sample.columns)
    )
    return Sheet((f"表1 分项情况{unit}",), ((sample.label, *sample.rows),), body)


def units_row(sample: Sample) -> Sheet:
    """A lower header row that holds the units alone."""
    if not any(sample.units):
        return base(sample)
    body = tuple(
        (
            row,
            *(
                text.rstrip("%") if unit == "%" else text
                for text, unit in zip(cells, sample.units, strict=True)
            ),
        )
        for row, cells in zip(sample.rows, sample.cells, strict=True)
    )
    return Sheet(("表1 分项情况",), ((sample.label, *sample.columns), ("", *sample.units)), body)


def unit_column(sample: Sample) -> Sheet:
    """The units of rows that state one in a column of their own."""
    sheet = base(sample)
    if not all("（" in row for row in sample.rows):
        return sheet
    body = tuple(
        (row[0].split("（")[0], row[0].split("（")[1].rstrip("）"), *row[1:]) for row in sheet.body
    )
    return replace(sheet, header=((sample.label, "单位", *sample.columns),), body=body)


def line_numbers(sample: Sample) -> Sheet:
    """With a column 行次 behind the names."""
    sheet = base(sample)
    return replace(
        sheet,
        header=((sample.label, "行次", *sample.columns),),
        body=tuple((row[0], str(i + 1), *row[1:]) for i, row in enumerate(sheet.body)),
    )


def corner_unit(sample: Sample) -> Sheet:
    """The unit in the corner, beside the word over the names."""
    if not sample.money:
        return base(sample)
    sheet = base(sample)
    corner = f"{sample.label}（单位：{sample.money}）"
    return Sheet(("表1 分项情况",), ((corner, *sample.columns),), sheet.body)


def spaced_headers(sample: Sample) -> Sheet:
    """Headers of three characters spread out: 预 算 数."""
    sheet = base(sample)
    header = tuple(" ".join(text) if len(text) <= 3 else text for text in sheet.header[0])
    return replace(sheet, header=(header,))


def two_halves(sample: Sample) -> Sheet:
    """The rows in two halves beside each other, under the header twice."""
    sheet = base(sample)
    half = (len(sheet.body) + 1) // 2
    blank = ("",) * len(sheet.header[0])
    right = (*sheet.body[half:], *([blank] * (2 * half - len(sheet.body))))
    body = tuple((*a, *b) for a, b in zip(sheet.body[:half], right, strict=True))
    return replace(sheet, header=((*sheet.header[0], *sheet.header[0]),), body=body)


def two_labels(sample: Sample) -> Sheet:
    """A column of kinds before the names, printed once."""
    sheet = base(sample)
    last = len(sheet.body) - 1
    kinds = (
        "合计" if sample.total and i == last else "" if i else "第一类" for i in range(last + 1)
    )
    body = tuple(
        (kind, "" if kind == "合计" else row[0], *row[1:])
        for kind, row in zip(kinds, sheet.body, strict=True)
    )
    return replace(sheet, header=(("类别", *sheet.header[0]),), body=body)


def titled_twice(sample: Sample) -> Sheet:
    """The header again in the middle of the rows, as at the top of another page."""
    sheet = base(sample)
    return replace(sheet, body=(*sheet.body[:2], *sheet.header, *sheet.body[2:]))


def years_above(sample: Sample) -> Sheet:
    """The years of the headers in a row of their own above what is left of them."""
    sheet = base(sample)
    split = [re.fullmatch(r"(20\d\d年)(.+)", text) for text in sample.columns]
    if not any(split):
        return sheet
    top, low, before = [sample.label], [""], ""
    for match, text in zip(split, sample.columns, strict=True):
        year = match[1] if match else text
        top.append("" if match and year == before else year)
        low.append(match[2] if match else "")
        before = year
    return replace(sheet, header=(tuple(top), tuple(low)))


def bare_years(sample: Sample) -> Sheet:
    """Years without 年 as headers."""
    sheet = base(sample)
    header = tuple(re.sub(r"^(20\d\d)年$", r"\1", text) for text in sheet.header[0])
    return replace(sheet, header=(header,))


def without_separators(sample: Sample) -> Sheet:
    """Amounts without separators of thousands."""
    sheet = base(sample)
    body = tuple((row[0], *(text.replace(",", "") for text in row[1:])) for row in sheet.body)
    return replace(sheet, body=body)


def parts_below(sample: Sample) -> Sheet:
    """The sum first and its parts below 其中."""
    if not sample.total:
        return base(sample)
    sheet = total_first(sample)
    first, second, *rest = sheet.body
    return replace(sheet, body=(first, (f"其中：{second[0]}", *second[1:]), *rest))


Layout = Callable[[Sample], Sheet]
LAYOUTS: tuple[Layout, ...] = (
    base, numbered, reversed_columns, total_first, unit_line, unit_row, unit_in_header, unit_in_cells,
    merged_header, spaced_names, parts_numbered, names_last, with_remarks, transposed,
    units_row, unit_column, line_numbers, corner_unit, spaced_headers, two_halves, two_labels, titled_twice,
    years_above, bare_years, without_separators, parts_below,
)  # fmt: skip
