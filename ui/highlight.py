"""`gouji show REPORT --page N --highlight FIGURE OUT`: a page of the original as a picture."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from ingest.model import Document, Figure
from ingest.reading.text import fold
from ui.errors import RequestError
from ui.texts import plain, t

if TYPE_CHECKING:
    from index.library import Library

_SHOWN = 8  # figures that are named where one text fits several


def write_picture(
    library: Library, report: int, page: int | None, highlight: str | None, out: Path
) -> None:
    """Write the page, or the page of the figure, to `out`; an excerpt gets the ending .html.

    Raises:
        RequestError: `highlight` names no figure, or several; the message lists them.
        index.errors.LibraryError: the page cannot be drawn.
        OSError: `out` cannot be written.
    """
    document = library.document(report)
    figure = None if highlight is None else find_figure(document, highlight, page).no
    picture = library.picture(report, page, figure)
    if picture.media_type == "text/html":
        out = out.with_suffix(".html")
        click.echo(t("这种格式画不出页面，改为写出所在段落或表格（HTML）。"), err=True)
    out.write_bytes(picture.data)
    where = t("第 {page} 页", page=picture.page) if picture.page is not None else ""
    click.echo(plain(t("已写入 {path}", path=f"{out}  {where}".rstrip())))


def find_figure(document: Document, typed: str, page: int | None) -> Figure:
    """The figure with this number, or the one that is printed so (on the page, if one is named).

    Raises:
        RequestError: there is none, or there are several.
    """
    digits = "".join(fold(typed).split())
    printed = [
        figure
        for figure in document.figures
        if digits in (_printed(figure), _printed(figure) + fold(figure.quantity.unit.symbol))
        and (page is None or _on_page(document, figure, page))
    ]
    if len(printed) == 1:
        return printed[0]
    if not printed and digits.isdecimal() and int(digits) < len(document.figures):
        return document.figures[int(digits)]
    if printed:
        named = "；".join(f"{each.no} {each.metric}" for each in printed[:_SHOWN])
        raise RequestError(t("“{typed}”有多处，请写数值编号：{named}", typed=typed, named=named))
    raise RequestError(
        t("没有编号或写法为“{typed}”的数值；编号见 gouji show --figures", typed=typed)
    )


def _printed(figure: Figure) -> str:
    return "".join(fold(figure.quantity.printed).split())


def _on_page(document: Document, figure: Figure, page: int) -> bool:
    pages = {place.page for place in document.places(figure.locator.spans)}
    return page in pages or figure.locator.page == page
