"""Workbooks of every format: formulas without values calculated, sheets written out in order."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from ingest.readers import libreoffice
from ingest.readers.content import Content, ContentBuilder
from ingest.readers.errors import UnreadableFile
from ingest.readers.libreoffice import ConversionError
from ingest.readers.sheet_layout import write_sheet
from ingest.readers.sheets import Sheet, listed

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
    """Fill in the formulas without values; what was done, a sentence a sheet."""
    wanting = [sheet for sheet in sheets if sheet.uncalculated]
    if not wanting:
        return []
    try:
        again = {sheet.name: sheet for sheet in recalculated()}
    except (ConversionError, UnreadableFile) as error:
        return [_left_blank(sheet, f"（{error}）") for sheet in wanting]
    messages: list[str] = []
    for sheet in wanting:
        found = again[sheet.name].texts if sheet.name in again else {}
        filled = [cell for cell in sheet.uncalculated if cell in found]
        sheet.texts.update((cell, found[cell]) for cell in filled)
        sheet.uncalculated = [cell for cell in sheet.uncalculated if cell not in found]
        if filled:
            messages.append(
                f"工作表“{sheet.name}”的公式没有保存计算结果（{listed(filled)}），"
                "已由 LibreOffice 重新计算"
            )
        if sheet.uncalculated:
            messages.append(_left_blank(sheet, ""))
    return messages


def _left_blank(sheet: Sheet, why: str) -> str:
    return (
        f"工作表“{sheet.name}”的公式没有保存计算结果（{listed(sheet.uncalculated)}），"
        f"这些单元格按空白读入{why}；请用 WPS 或 Excel 打开并保存后重新加入"
    )


def recalculate(data: bytes, suffix: str) -> bytes:
    """A workbook as .xlsx with every formula calculated.

    Raises:
        ConversionError: LibreOffice is missing or failed.
    """
    return libreoffice.convert(data, suffix, "xlsx")
