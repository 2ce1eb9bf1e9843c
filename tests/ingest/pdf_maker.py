"""Small PDF files for tests: text, rules and pictures where a test wants them.

Chinese is set in a font that is named and not embedded, as old office programs do it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any

import pikepdf

WIDTH, HEIGHT = 595.0, 842.0


@dataclass(slots=True)
class PageMaker:
    """One page. Coordinates are points from the top left; text stands on its base line."""

    parts: list[str] = field(default_factory=list)
    picture: bool = False
    photo: tuple[bytes, int, int, tuple[float, float, float, float]] | None = None
    """Grey pixels, their width and height, and the place (left, top, right, bottom) on the page."""
    rotate: int = 0
    crop: tuple[float, float, float, float] | None = None

    def text(
        self,
        x: float,
        y: float,
        text: str,
        size: float = 12,
        *,
        spacing: float = 0,
        invisible: bool = False,
        matrix: tuple[float, float, float, float] = (1, 0, 0, 1),
    ) -> PageMaker:
        """A line of text; every character is as wide as it is high, Latin ones half."""
        a, b, c, d = matrix
        code = text.encode("utf-16-be").hex()
        mode = 3 if invisible else 0
        self.parts.append(
            f"BT /F1 {size} Tf {spacing} Tc {mode} Tr {a} {b} {c} {d} {x} {HEIGHT - y} Tm <{code}> Tj ET"
        )
        return self

    def line(self, x0: float, y0: float, x1: float, y1: float) -> PageMaker:
        """A rule half a point thick."""
        self.parts.append(f"0.5 w {x0} {HEIGHT - y0} m {x1} {HEIGHT - y1} l S")
        return self

    def grid(self, xs: Sequence[float], ys: Sequence[float]) -> PageMaker:
        """The rules of a table without merged cells."""
        for y in ys:
            self.line(xs[0], y, xs[-1], y)
        for x in xs:
            self.line(x, ys[0], x, ys[-1])
        return self

    def table(
        self,
        xs: Sequence[float],
        top: float,
        rows: Sequence[Sequence[str]],
        *,
        ruled: bool = True,
        height: float = 18,
        size: float = 9,
    ) -> PageMaker:
        """Rows of one line each: texts at the left of their column, numbers at the right."""
        ys = [top + height * index for index in range(len(rows) + 1)]
        if ruled:
            self.grid(xs, ys)
        for y, row in zip(ys, rows, strict=False):
            for left, right, text in zip(xs, xs[1:], row, strict=False):
                width = sum(size if char > "\u2e7f" else size / 2 for char in text)
                number = text[-1:].isdigit() and "." in text
                self.text(right - 4 - width if number else left + 4, y + height - 5, text, size)
        return self


def make_pdf(*pages: PageMaker, owner: str = "", user: str = "") -> bytes:
    """The file; with a password if `owner` or `user` says one."""
    with pikepdf.new() as pdf:
        font = pdf.make_indirect(_font())
        for maker in pages:
            content = "\n".join(maker.parts)
            resources: dict[str, Any] = {"/Font": pikepdf.Dictionary(F1=font)}
            if maker.picture:
                picture = pikepdf.Stream(pdf, b"\xf0")
                picture.update(
                    pikepdf.Dictionary(
                        Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Image, Width=1, Height=1,
                        ColorSpace=pikepdf.Name.DeviceGray, BitsPerComponent=8,
                    )
                )  # fmt: skip
                resources["/XObject"] = pikepdf.Dictionary(Im1=picture)
                content = f"q {WIDTH} 0 0 {HEIGHT} 0 0 cm /Im1 Do Q\n{content}"
            if maker.photo:
                pixels, across, down, (left, top, right, bottom) = maker.photo
                photo = pikepdf.Stream(pdf, pixels)
                photo.update(
                    pikepdf.Dictionary(
                        Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Image, Width=across,
                        Height=down, ColorSpace=pikepdf.Name.DeviceGray, BitsPerComponent=8,
                    )
                )  # fmt: skip
                resources["/XObject"] = pikepdf.Dictionary(Im2=photo)
                size = f"{right - left} 0 0 {bottom - top} {left} {HEIGHT - bottom}"
                content = f"q {size} cm /Im2 Do Q\n{content}"
            page = pikepdf.Dictionary(
                Type=pikepdf.Name.Page,
                MediaBox=[0, 0, WIDTH, HEIGHT],
                Resources=pikepdf.Dictionary(resources),
                Contents=pikepdf.Stream(pdf, content.encode("ascii")),
                Rotate=maker.rotate,
            )
            if maker.crop:
                page.CropBox = list(maker.crop)
            pdf.pages.append(pikepdf.Page(page))
        out = BytesIO()
        locked = pikepdf.Encryption(owner=owner, user=user) if owner or user else None
        pdf.save(out, encryption=locked, static_id=locked is None)
        return out.getvalue()


def _font() -> pikepdf.Dictionary:
    return pikepdf.Dictionary(
        Type=pikepdf.Name.Font,
        Subtype=pikepdf.Name.Type0,
        BaseFont=pikepdf.Name("/STSong-Light"),
        Encoding=pikepdf.Name("/UniGB-UCS2-H"),
        DescendantFonts=[
            pikepdf.Dictionary(
                Type=pikepdf.Name.Font,
                Subtype=pikepdf.Name.CIDFontType0,
                BaseFont=pikepdf.Name("/STSong-Light"),
                CIDSystemInfo=pikepdf.Dictionary(
                    Registry=pikepdf.String("Adobe"), Ordering=pikepdf.String("GB1"), Supplement=4
                ),
                DW=1000,
                W=[1, [*[500] * 95], 814, [*[500] * 126]],
                FontDescriptor=pikepdf.Dictionary(
                    Type=pikepdf.Name.FontDescriptor,
                    FontName=pikepdf.Name("/STSong-Light"),
                    Flags=6,
                    FontBBox=[-25, -254, 1000, 880],
                    ItalicAngle=0,
                    Ascent=752,
                    Descent=-271,
                    CapHeight=737,
                    StemV=58,
                ),
            )
        ],
    )
