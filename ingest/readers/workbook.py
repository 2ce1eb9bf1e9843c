"""Workbooks of every format: formulas without values calculated, sheets written out in order."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from ingest.readers import libreoffice
from ingest.readers.content import Content, ContentBuilder
from ingest.readers.errors import UnreadableFile
from ingest.readers.libreoffice import ConversionError
from ingest.readers.sheet_layout import write_sheet
from ingest.readers.sheets import Address, Sheet, listed

Recalculated = Callable[[], Sequence[Sheet]]
"""The sheets of the workbook after LibreOffice has calculated it anew."""


def write_workbook(sheets: Sequence[Sheet], recalculated: Recalculated, media_type: str) -> Content:
    """The content of a workbook: the sheets that are shown, then the hidden ones.

    Formulas whose values the file does not hold are calculated by LibreOffice, where it is
    installed; else their cells are blank. Both are named as problems.
    """
    builder = ContentBuilder()
    for message in _calculate(sheets, recalculated):
        builder.problem("formulas", message)
    alone = sum(bool(sheet.texts) for sheet in sheets) == 1
    for sheet in sorted(sheets, key=lambda sheet: sheet.hidden):
        write_sheet(builder, sheet, alone=alone)
    return builder.finish(media_type)


def _calculate(sheets: Sequence[Sheet], recalculated: Recalculated) -> list[str]:
    """Fill in the formulas without values; what was done, a sentence a sheet and kind."""
    wanting = [sheet for sheet in sheets if sheet.uncalculated or sheet.doubtful]
    if not wanting:
        return []
    try:
        again = {sheet.name: sheet.texts for sheet in recalculated()}
    except (ConversionError, UnreadableFile) as error:
        return [message for sheet in wanting for message in _left(sheet, f"（{error}）")]
    messages: list[str] = []
    for sheet in wanting:
        found = {
            cell: text
            for cell, text in again.get(sheet.name, {}).items()
            if not text.startswith("#")  # a function that LibreOffice does not know
        }
        filled = [cell for cell in sheet.uncalculated if cell in found]
        mended = [c for c in sheet.doubtful if c in found and found[c] != sheet.texts.get(c)]
        sheet.texts.update((cell, found[cell]) for cell in (*filled, *mended))
        sheet.uncalculated = [cell for cell in sheet.uncalculated if cell not in found]
        sheet.doubtful = [cell for cell in sheet.doubtful if cell not in found]
        messages += _filled(sheet, filled, mended) + _left(sheet, "")
    return messages


def _filled(sheet: Sheet, filled: Sequence[Address], mended: Sequence[Address]) -> list[str]:
    messages: list[str] = []
    for cells, what in ((filled, "没有保存计算结果"), (mended, "保存的计算结果已过时")):
        if cells:
            messages.append(
                f"工作表“{sheet.name}”的公式{what}（{listed(cells)}），已由 LibreOffice 重新计算"
            )
    return messages


def _left(sheet: Sheet, why: str) -> list[str]:
    """What could not be calculated."""
    advice = "请用 WPS 或 Excel 打开并保存后重新加入"
    messages: list[str] = []
    if sheet.uncalculated:
        messages.append(
            f"工作表“{sheet.name}”的公式没有保存计算结果（{listed(sheet.uncalculated)}），"
            f"这些单元格按空白读入{why}；{advice}"
        )
    if sheet.doubtful:
        messages.append(
            f"工作表“{sheet.name}”的公式要在打开时重新计算（{listed(sheet.doubtful)}），"
            f"读入的是文件里保存的结果，可能已过时{why}；{advice}"
        )
    return messages


def recalculate(data: bytes, suffix: str) -> bytes:
    """A workbook as .xlsx with every formula calculated.

    Raises:
        ConversionError: LibreOffice is missing or failed.
    """
    return libreoffice.convert(data, suffix, "xlsx")
