"""Pictures of pages: PNG, JPEG, TIFF of many pages, BMP, GIF and WEBP, and pages of PDF files.

Recognising their text is an optional extra; this module needs none of it to be loaded.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from importlib.util import find_spec
from itertools import islice
from typing import TYPE_CHECKING, Any

import pypdfium2 as pdfium
from PIL import Image, ImageOps, ImageSequence, UnidentifiedImageError

from ingest.model import Box
from ingest.readers.content import Content, PageProgress, silent
from ingest.readers.errors import UnreadableFile
from ingest.readers.paged import Page, written
from ingest.readers.pdf_ink import Ink
from ingest.readers.pdf_unruled import Known

if TYPE_CHECKING:
    from ingest.readers.ocr_quality import Grain

MAX_PAGES = 2_000
MAX_PIXELS = 120_000_000
EXTRA = "pip install 'gouji[ocr]'"
_NEEDED = ("rapidocr", "onnxruntime", "cv2")
_PAPER = 842.0  # points: the long side of A4, of a picture that does not say its size
_LARGEST = 1300.0  # … of A3, with a margin
_SMALLEST = 150.0
_RENDERED = 300 / 72
_MAX_RENDERED = 60_000_000  # pixels of a page of a PDF file
_MOST_PICTURES = 4  # of one page that are looked at
_CAPTION = 12  # characters that may stand on a picture
_MOST_STRIPS = 64  # pictures of one page that its dots are counted by
_COVERED = 0.3  # of a page that is a scan, by its pictures
_DOTS = 8  # pixels: a smaller picture is a shade or a rule
_SMALL = 60.0  # points: a smaller picture holds no table


def can_recognise() -> bool:
    """True where the optional extra for recognising text is installed."""
    return all(find_spec(name) is not None for name in _NEEDED)


def read_pictures(data: bytes, name: str, progress: PageProgress = silent) -> Content:
    """The paragraphs and tables on the pages of a picture file.

    Raises:
        UnreadableFile: the optional extra is missing, or the file is damaged or too large; the
            message is one line for the user.
    """
    if not can_recognise():
        raise UnreadableFile(f"{name}：识别图片里的文字需要可选组件；请安装后重新加入（{EXTRA}）")
    import numpy as np

    from ingest.readers.ocr import recognised_page
    from ingest.readers.ocr_quality import Grain, has_two_tones
    from ingest.readers.ocr_upright import Picture

    pages: list[Page] = []
    columns: Known | None = None
    total = count_pages(data, name)
    for number, image in enumerate(page_images(data, name), start=1):
        pixels = np.ascontiguousarray(np.asarray(image)[:, :, ::-1])
        width, height = size_of(image)
        grain = Grain(image.width / width, has_two_tones(pixels))
        pages.append(recognised_page(Picture(pixels, width, height, grain), number, columns))
        columns = pages[-1].columns
        progress(number, total)
    return written(pages, f"image/{_opened(data, name).format or 'unknown'}".lower())


def recognised(page: pdfium.PdfPage, number: int, columns: Known | None) -> Page:
    """What is recognised on a page of a PDF file that has no text of its own."""
    from ingest.readers.ocr import recognised_page
    from ingest.readers.ocr_upright import Picture

    width, height = page.get_size()
    scale = min(_RENDERED, (_MAX_RENDERED / (width * height)) ** 0.5)
    image = page.render(scale=scale).to_numpy()[:, :, :3]
    return recognised_page(Picture(image, width, height, _grain(page, _COVERED)), number, columns)


def _grain(page: pdfium.PdfPage, least: float) -> Grain:
    """What the pictures of a page are made of: the dots of all of them on what they cover.

    Where they cover less than `least` of the page, it is drawn in lines, as fine as we like.
    """
    from ingest.readers.ocr_quality import Grain, has_two_tones

    dots = covered = 0.0
    two_tones = True
    kinds = (pdfium.raw.FPDF_PAGEOBJ_IMAGE,)
    for image in islice(page.get_objects(filter=kinds), _MOST_STRIPS):
        try:
            left, bottom, right, top = image.get_bounds()
            width, height = image.get_px_size()
            if min(width, height) < _DOTS:
                continue
            dots, covered = dots + width * height, covered + (right - left) * (top - bottom)
            if two_tones and image.get_metadata().bits_per_pixel > 1:
                small = width * height <= _MAX_RENDERED
                two_tones = small and has_two_tones(image.get_bitmap().to_numpy())
        except pdfium.PdfiumError:  # damaged: it is judged by what is read of it
            two_tones = False
    width, height = page.get_size()
    if covered <= least * width * height:
        return Grain(_RENDERED)
    return Grain((dots / covered) ** 0.5, two_tones)


def add_pictures(page: pdfium.PdfPage, ink: Ink) -> tuple[Box, ...]:
    """Add to a page with text what is recognised on its pictures; the places of these.

    A picture that text stands on is a background; a page that is shown turned is left as it is.
    """
    from ingest.readers.ocr import add_picture
    from ingest.readers.ocr_upright import Picture

    if ink.frame.turn or ink.pictured:
        return ()
    image: Any = None
    read: list[Box] = []
    for box in ink.pictures[:_MOST_PICTURES]:
        left, top = max(box[0], 0.0), max(box[1], 0.0)
        right, bottom = min(box[2], ink.frame.width), min(box[3], ink.frame.height)
        inside = sum(left < g.left < right and top < g.base < bottom for g in ink.glyphs)
        if inside > _CAPTION or right - left < _SMALL or bottom - top < _SMALL:
            continue
        if image is None:
            image = page.render(scale=_RENDERED).to_numpy()[:, :, :3]
        part = image[
            round(top * _RENDERED) : round(bottom * _RENDERED),
            round(left * _RENDERED) : round(right * _RENDERED),
        ]
        picture = Picture(part, right - left, bottom - top, _grain(page, 0.0))
        if part.size and add_picture(ink, picture, (left, top, right, bottom)):
            read.append((left, top, right, bottom))
    return tuple(read)


def count_pages(data: bytes, name: str) -> int:
    """The pages of a picture file: only TIFF has more than one."""
    image = _opened(data, name)
    return getattr(image, "n_frames", 1) if image.format == "TIFF" else 1


def page_images(data: bytes, name: str) -> Iterator[Image.Image]:
    """The pages of a picture file as they are shown, RGB.

    Raises:
        UnreadableFile: the file is damaged, or a page is too large.
    """
    file = _opened(data, name)
    try:
        frames = ImageSequence.Iterator(file)
        for _, frame in zip(range(count_pages(data, name)), frames, strict=False):
            if frame.width * frame.height > MAX_PIXELS:
                raise UnreadableFile(f"{name}：图片幅面太大，没有读入；请缩小后再加入")
            dpi = frame.info.get("dpi")
            shown = ImageOps.exif_transpose(frame)
            if shown.mode in ("RGBA", "LA", "PA") or "transparency" in shown.info:
                paper = Image.new("RGBA", shown.size, "white")
                shown = Image.alpha_composite(paper, shown.convert("RGBA"))
            page = shown.convert("RGB")
            page.info["dpi"] = dpi
            yield page
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
        raise UnreadableFile(f"{name}：图片已损坏或不完整；请重新扫描或另存后再加入") from error


def size_of(image: Image.Image) -> tuple[float, float]:
    """Width and height in points: by the resolution that the file states, else as on A4."""
    long = max(image.size)
    dpi = image.info.get("dpi")
    stated = float(dpi[0]) if dpi and dpi[0] else 0.0
    plausible = stated and _SMALLEST <= long * 72 / stated <= _LARGEST
    scale = 72 / stated if plausible else _PAPER / long
    return image.width * scale, image.height * scale


def _opened(data: bytes, name: str) -> Image.Image:
    try:
        file = Image.open(io.BytesIO(data))
        pages = getattr(file, "n_frames", 1)
    except (UnidentifiedImageError, OSError, ValueError, Image.DecompressionBombError) as error:
        raise UnreadableFile(f"{name}：图片已损坏或不完整；请重新扫描或另存后再加入") from error
    if pages > MAX_PAGES:
        raise UnreadableFile(
            f"{name}：文件有 {pages} 页，超过 {MAX_PAGES} 页的上限；请拆分后再加入"
        )
    return file
