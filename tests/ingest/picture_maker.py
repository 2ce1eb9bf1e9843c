"""Pictures of pages for tests: drawn by Pillow in a Chinese font, then spoilt as a scanner does."""

from __future__ import annotations

import io
from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

WIDTH, HEIGHT = 480.0, 360.0  # small: recognising a whole page takes seconds
DPI = 200
SCALE = DPI / 72
FONTS = sorted(Path("/usr/share/fonts").glob("**/Noto*CJK*-Regular.tt[cf]"))


def needs_recognition() -> None:
    """Skip the test where the optional extra or a Chinese font is missing."""
    for name in ("rapidocr", "onnxruntime", "cv2"):
        pytest.importorskip(name, reason="needs the extra `ocr` (make ocr)")
    if not FONTS:
        pytest.skip("needs a Chinese font (fonts-noto-cjk)")


@lru_cache(maxsize=16)
def _font(size: float) -> ImageFont.FreeTypeFont:
    serif = [path for path in FONTS if "Serif" in path.name] or FONTS
    return ImageFont.truetype(str(serif[0]), round(size * SCALE), index=2)


class PagePicture:
    """A white page of 200 dots an inch; coordinates are points from its top left."""

    def __init__(self, width: float = WIDTH, height: float = HEIGHT) -> None:
        self.image = Image.new("RGB", (round(width * SCALE), round(height * SCALE)), "white")
        self._pen = ImageDraw.Draw(self.image)

    def text(self, x: float, base: float, text: str, size: float = 12) -> PagePicture:
        """A line of text that stands on `base`."""
        self._pen.text((x * SCALE, base * SCALE), text, "black", _font(size), anchor="ls")
        return self

    def line(self, x0: float, y0: float, x1: float, y1: float) -> PagePicture:
        self._pen.line([value * SCALE for value in (x0, y0, x1, y1)], "black", 2)
        return self

    def table(
        self,
        xs: Sequence[float],
        top: float,
        rows: Sequence[Sequence[str]],
        *,
        height: float = 22,
        size: float = 10,
    ) -> PagePicture:
        """A ruled table; numbers stand at the right of their cells."""
        for number in range(len(rows) + 1):
            self.line(xs[0], top + number * height, xs[-1], top + number * height)
        for x in xs:
            self.line(x, top, x, top + len(rows) * height)
        for number, row in enumerate(rows):
            base = top + number * height + height * 0.7
            for (left, right), text in zip(pairwise(xs), row, strict=True):
                wide = self._pen.textlength(text, _font(size)) / SCALE
                shift = right - left - wide - 5 if text[:1].isdigit() else 5
                self.text(left + shift, base, text, size)
        return self

    def seal(self, x: float, y: float, radius: float = 55) -> PagePicture:
        """A red round seal over what is printed."""
        stamp = Image.new("RGB", self.image.size, "white")
        pen = ImageDraw.Draw(stamp)
        box = [(value * SCALE) for value in (x - radius, y - radius, x + radius, y + radius)]
        pen.ellipse(box, outline=(215, 40, 40), width=7)
        pen.regular_polygon((x * SCALE, y * SCALE, radius * 0.4 * SCALE), 5, fill=(215, 40, 40))
        mixed = np.asarray(self.image, dtype=np.uint16) * np.asarray(stamp, dtype=np.uint16) // 255
        self.image.paste(Image.fromarray(mixed.astype(np.uint8)))
        return self

    def scanned(self, *, angle: float = 0.6, noise: float = 6, shade: float = 0.15) -> Image.Image:
        """The page slightly turned, grained, darker towards its right."""
        turned = self.image.rotate(angle, Image.Resampling.BICUBIC, fillcolor="white")
        pixels = np.asarray(turned, dtype=np.float32)
        light = np.linspace(1, 1 - shade, pixels.shape[1], dtype=np.float32)[None, :, None]
        grain = np.random.default_rng(1).normal(0, noise, pixels.shape[:2])[:, :, None]
        return Image.fromarray(np.clip(pixels * light + grain, 0, 255).astype(np.uint8))

    def photographed(self) -> tuple[Image.Image, np.ndarray]:
        """The page on a dark table, seen askew; and the matrix from its pixels to the photo's."""
        width, height = self.image.size
        wide, high = round(width * 1.3), round(height * 1.3)
        corners = [(0.12, 0.14), (0.86, 0.08), (0.93, 0.9), (0.08, 0.93)]
        seen = np.array([(x * wide, y * high) for x, y in corners])
        flat = np.array([(0, 0), (width, 0), (width, height), (0, height)], dtype=float)
        matrix, back = _homography(flat, seen), _homography(seen, flat)
        page = self.image.convert("L").transform(
            (wide, high), Image.Transform.PERSPECTIVE, (back / back[2, 2]).ravel()[:8],
            Image.Resampling.BICUBIC, fillcolor=70,
        )  # fmt: skip
        return page, matrix


def _homography(start: np.ndarray, end: np.ndarray) -> np.ndarray:
    rows: list[list[float]] = []
    for (x, y), (u, v) in zip(start, end, strict=True):
        rows += [[x, y, 1, 0, 0, 0, -u * x, -u * y, -u], [0, 0, 0, x, y, 1, -v * x, -v * y, -v]]
    return np.asarray(np.linalg.svd(np.array(rows))[2][-1].reshape(3, 3))


def encoded(image: Image.Image, *more: Image.Image, form: str = "PNG") -> bytes:
    """The pictures as one file."""
    target = io.BytesIO()
    several = {"save_all": True, "append_images": more} if more else {}
    if form == "PDF":
        image.save(target, form, resolution=DPI, save_all=True, append_images=more)
    else:
        image.save(target, form, dpi=(DPI, DPI), **several)
    return target.getvalue()
