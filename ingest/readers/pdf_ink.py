"""What a PDF page shows: its characters, rules and pictures, in the upright frame of the page.

The one module that talks to PDFium. Coordinates are points from the top left corner of the page
as it is read: the shown page (CropBox, /Rotate), turned by quarter turns where its text runs
sideways. `Frame.shown` takes them back to the shown page.
"""

from __future__ import annotations

import ctypes
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from math import atan2, degrees, hypot
from statistics import median_low
from typing import NamedTuple

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from ingest.model import Box

_SLANT = 4.0  # degrees off a quarter turn at which text is a watermark
_THIN = 3.0  # a filled shape of at most this width is a rule
_MAX_SHAPES = 40_000  # of one page: a drawing, no table
_MAX_DEPTH = 6  # of forms inside forms
_ASCENT, _DESCENT = 0.88, 0.14  # of an em, what a line of digits and Chinese takes
_COVERS = 0.6  # the part of a page that a picture of the whole page covers
_BACKDROP = 2.5  # times the usual size: words of this size over others are no text
_PICTURE = 0.06  # … that a picture covers which may hold text
_FEW = 40  # characters over a picture of the whole page: its number, a header that was added
_HYPHENS = (0x02, 0xFFFE)  # how PDFium gives a hyphen at the end of a line


class Glyph(NamedTuple):
    """One printed character. `run` numbers the strings that the file draws it with.

    `score` says how sure its recognition is, 0 to 1; None where the file names the character.
    """

    text: str
    left: float
    right: float
    base: float  # the line that it stands on
    size: float  # its em
    run: int
    score: float | None = None

    @property
    def top(self) -> float:
        return self.base - _ASCENT * self.size

    @property
    def bottom(self) -> float:
        return self.base + _DESCENT * self.size


class Rule(NamedTuple):
    """A straight line: at `at` across, from `start` to `end` along."""

    at: float
    start: float
    end: float


@dataclass(frozen=True, slots=True)
class Frame:
    """The upright page and how it lies on the shown one: `turn` degrees clockwise from it."""

    width: float
    height: float
    turn: int = 0

    def shown(self, box: Box) -> Box:
        """`box` in points of the shown page, to a tenth of a point."""
        left, top, right, bottom = box
        if self.turn == 90:
            left, top, right, bottom = top, self.width - right, bottom, self.width - left
        elif self.turn == 180:
            left, right = self.width - right, self.width - left
            top, bottom = self.height - bottom, self.height - top
        elif self.turn == 270:
            left, top, right, bottom = self.height - bottom, left, self.height - top, right
        return round(left, 1), round(top, 1), round(right, 1), round(bottom, 1)


@dataclass(slots=True)
class Ink:
    """One page: characters that are seen and can be read, and the rules between them.

    `pictures` are the places of larger pictures, `pictured` says that they cover the page. `hidden`
    counts characters that lie invisible or below a picture of the whole page; `unread` those whose
    meaning the file does not say.
    """

    page: int
    frame: Frame
    glyphs: list[Glyph] = field(default_factory=list)
    horizontal: list[Rule] = field(default_factory=list)
    vertical: list[Rule] = field(default_factory=list)
    pictures: list[Box] = field(default_factory=list)
    pictured: bool = False
    hidden: int = 0
    unread: int = 0

    @property
    def readable(self) -> bool:
        """False where the page has to be recognised from its picture."""
        if self.pictured and len(self.glyphs) < max(self.hidden, _FEW):
            return False
        return self.unread <= 0.1 * (self.unread + len(self.glyphs))


class _Char(NamedTuple):
    """A character in the coordinates of the file (origin at the bottom left)."""

    text: str
    base: float
    box: Box  # left, bottom, right, top
    size: float
    direction: int  # quarter turns anticlockwise, -1: slanted
    run: int


def read_ink(page: pdfium.PdfPage, number: int) -> Ink:
    """The characters and rules of a page."""
    shapes = _Shapes(page)
    chars, hidden, unread = _read_chars(page, shapes.hides_text)
    left, bottom, right, top = _visible(page)
    upright = Counter(char.direction for char in chars if char.text != " ")
    upright.pop(-1, None)
    direction = upright.most_common(1)[0][0] if upright else 0
    shown = page.get_rotation() % 360
    # Text that runs up the file's page (one quarter turn anticlockwise) is upright after one
    # quarter turn clockwise.
    turn = (90 * direction) % 360
    swapped = turn in (90, 270)
    size = (top - bottom, right - left) if swapped else (right - left, top - bottom)
    ink = Ink(number, Frame(*size, (turn - shown) % 360))
    ink.pictured, ink.hidden, ink.unread = shapes.pictured, hidden, unread
    placed = _Placing(turn, (left, bottom, right, top))
    for char in chars:
        if char.direction == direction:
            glyph = placed.glyph(char)
            if -1 <= glyph.left <= size[0] + 1 and -1 <= glyph.base <= size[1] + 1:
                ink.glyphs.append(glyph)
    ink.glyphs = _without_backdrop(ink.glyphs)
    ink.pictures = [placed.box(box) for box in shapes.pictures]
    for box in shapes.rules:
        x0, y0, x1, y1 = placed.box(box)
        if x1 - x0 >= y1 - y0:
            ink.horizontal.append(Rule((y0 + y1) / 2, x0, x1))
        else:
            ink.vertical.append(Rule((x0 + x1) / 2, y0, y1))
    return ink


def _without_backdrop(glyphs: list[Glyph]) -> list[Glyph]:
    """`glyphs` without words that are printed large across the lines of the page."""
    if not glyphs:
        return glyphs
    usual = median_low([glyph.size for glyph in glyphs])
    large = [glyph for glyph in glyphs if glyph.size > _BACKDROP * usual]
    small = [glyph for glyph in glyphs if glyph.size <= _BACKDROP * usual]
    across = {
        glyph.run
        for glyph in large
        if any(
            glyph.left < (other.left + other.right) / 2 < glyph.right
            and glyph.top < (other.top + other.bottom) / 2 < glyph.bottom
            for other in small
        )
    }
    return [glyph for glyph in glyphs if glyph.run not in across] if across else glyphs


def _visible(page: pdfium.PdfPage) -> Box:
    """The part of the file's page that is shown: left, bottom, right, top."""
    a, b = page.get_mediabox(), page.get_cropbox()
    box = max(a[0], b[0]), max(a[1], b[1]), min(a[2], b[2]), min(a[3], b[3])
    return box if box[2] > box[0] and box[3] > box[1] else a


class _Placing:
    """From the file's coordinates to an upright frame turned by quarter turns clockwise."""

    def __init__(self, turn: int, visible: Box) -> None:
        self._turn = turn
        self._left, self._bottom, self._right, self._top = visible

    def box(self, box: Box) -> Box:
        x0, y0, x1, y1 = box
        if self._turn == 90:
            return y0 - self._bottom, x0 - self._left, y1 - self._bottom, x1 - self._left
        if self._turn == 180:
            return self._right - x1, y0 - self._bottom, self._right - x0, y1 - self._bottom
        if self._turn == 270:
            return self._top - y1, self._right - x1, self._top - y0, self._right - x0
        return x0 - self._left, self._top - y1, x1 - self._left, self._top - y0

    def glyph(self, char: _Char) -> Glyph:
        left, _, right, _ = self.box(char.box)
        return Glyph(char.text, left, right, self._base(char.base), char.size, char.run)

    def _base(self, base: float) -> float:
        if self._turn == 90:
            return base - self._left
        if self._turn == 180:
            return base - self._bottom
        return self._right - base if self._turn == 270 else self._top - base


def _read_chars(page: pdfium.PdfPage, all_hidden: bool) -> tuple[list[_Char], int, int]:
    """The readable characters, and how many are hidden and how many without a meaning."""
    text = page.get_textpage()
    try:
        return _chars_of(text, all_hidden)
    finally:
        text.close()


def _chars_of(text: pdfium.PdfTextPage, all_hidden: bool) -> tuple[list[_Char], int, int]:
    box = raw.FS_RECTF()
    chars: list[_Char] = []
    hidden, unread, run, last = 0, 0, 0, 0
    string = _String(0, 0.0, 0.0, False)
    for index in range(text.count_chars()):
        owner = raw.FPDFText_GetTextObject(text, index)
        if not owner:  # a space or line end that PDFium puts in
            run, last = run + 1, 0
            continue
        address = ctypes.addressof(owner.contents)
        if address != last:
            run, last = run + 1, address
            string = _string_at(text, index, owner)
        if string.invisible or all_hidden:
            hidden += 1
            continue
        code = raw.FPDFText_GetUnicode(text, index)
        if raw.FPDFText_HasUnicodeMapError(text, index) == 1 or 0xE000 <= code < 0xF900:
            unread += 1
            continue
        char = _plain_char(code)
        if char is None:
            continue
        raw.FPDFText_GetLooseCharBox(text, index, box)
        bounds = (box.left, box.bottom, box.right, box.top)
        chars.append(_Char(char, string.base, bounds, string.size, string.direction, run))
    return chars, hidden, unread


class _String(NamedTuple):
    """What the characters that the file draws in one go have in common.

    `base` is where their base line crosses the axis that it is square to.
    """

    direction: int
    base: float
    size: float
    invisible: bool


def _string_at(text: pdfium.PdfTextPage, index: int, owner: object) -> _String:
    matrix = raw.FS_MATRIX()
    x, y = ctypes.c_double(), ctypes.c_double()
    raw.FPDFText_GetMatrix(text, index, matrix)
    raw.FPDFText_GetCharOrigin(text, index, x, y)
    size = raw.FPDFText_GetFontSize(text, index) * hypot(matrix.c, matrix.d)
    direction = _direction(matrix.a, matrix.b)
    invisible = raw.FPDFTextObj_GetTextRenderMode(owner) in (3, 7)
    return _String(direction, x.value if direction in (1, 3) else y.value, size, invisible)


def _plain_char(code: int) -> str | None:
    """The character; None for control characters and halves of pairs."""
    if code in _HYPHENS:
        return "-"
    if code in (0x20, 0xA0, 0x3000, 0x09):
        return " "
    if code < 0x20 or 0x7F <= code < 0xA0 or 0xD800 <= code < 0xE000 or code > 0x10FFFF:
        return None
    return chr(code)


def _direction(a: float, b: float) -> int:
    angle = degrees(atan2(b, a)) if a or b else 0.0
    quarter = round(angle / 90)
    return quarter % 4 if abs(angle - 90 * quarter) <= _SLANT else -1


class _Shapes:
    """Rules and page-wide pictures among the objects of a page."""

    def __init__(self, page: pdfium.PdfPage) -> None:
        self.rules: list[Box] = []
        self.pictures: list[Box] = []
        self._left = _MAX_SHAPES
        self._covered = 0.0
        self._picture, self._text = -1, -1  # the last of either kind, in drawing order
        self._order = 0
        width, height = page.get_size()
        self._area = width * height
        self._walk(page, None, 0)

    @property
    def pictured(self) -> bool:
        """A picture covers the page."""
        return self._picture >= 0

    @property
    def hides_text(self) -> bool:
        """A picture of the page lies over all its text."""
        return self._picture > self._text >= 0

    def _walk(self, holder: object, outer: tuple[float, ...] | None, depth: int) -> None:
        for pointer in _objects(holder, outer is None and depth == 0):
            if self._left <= 0:
                return
            self._order += 1
            kind = raw.FPDFPageObj_GetType(pointer)
            if kind == raw.FPDF_PAGEOBJ_TEXT:
                self._text = self._order
            elif kind == raw.FPDF_PAGEOBJ_IMAGE:
                self._add_picture(_matrix_of(pointer, outer))
            elif kind == raw.FPDF_PAGEOBJ_PATH:
                self._path(pointer, outer)
            elif kind == raw.FPDF_PAGEOBJ_FORM and depth < _MAX_DEPTH:
                self._walk(pointer, _matrix_of(pointer, outer), depth + 1)

    def _add_picture(self, matrix: tuple[float, ...]) -> None:
        """A picture, or one of the strips that some programs cut the picture of a page into."""
        a, b, c, d, e, f = matrix
        xs, ys = (e, a + e, c + e, a + c + e), (f, b + f, d + f, b + d + f)
        area = abs(a * d - b * c)
        self._covered += area
        if self._covered >= _COVERS * self._area:
            self._picture = self._order
        if area >= _PICTURE * self._area:
            self.pictures.append((min(xs), min(ys), max(xs), max(ys)))

    def _path(self, pointer: object, outer: tuple[float, ...] | None) -> None:
        fill, stroke = ctypes.c_int(), ctypes.c_int()
        raw.FPDFPath_GetDrawMode(pointer, fill, stroke)
        if not fill.value and not stroke.value:
            return
        matrix = _matrix_of(pointer, outer)
        for points in self._outlines(pointer, matrix):
            if stroke.value:
                for (x0, y0), (x1, y1) in pairwise(points):
                    self._add(min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1))
            else:
                xs, ys = [x for x, _ in points], [y for _, y in points]
                self._add(min(xs), min(ys), max(xs), max(ys))

    def _add(self, x0: float, y0: float, x1: float, y1: float) -> None:
        if min(x1 - x0, y1 - y0) <= _THIN and max(x1 - x0, y1 - y0) > 0.5:
            self.rules.append((x0, y0, x1, y1))

    def _outlines(
        self, pointer: object, matrix: tuple[float, ...]
    ) -> Iterator[list[tuple[float, float]]]:
        """The corners of each part of a path, closed where the path closes it."""
        a, b, c, d, e, f = matrix
        x, y = ctypes.c_float(), ctypes.c_float()
        points: list[tuple[float, float]] = []
        for index in range(raw.FPDFPath_CountSegments(pointer)):
            self._left -= 1
            if self._left <= 0:
                return
            segment = raw.FPDFPath_GetPathSegment(pointer, index)
            raw.FPDFPathSegment_GetPoint(segment, x, y)
            if raw.FPDFPathSegment_GetType(segment) == raw.FPDF_SEGMENT_MOVETO:
                if len(points) > 1:
                    yield points
                points = []
            points.append((a * x.value + c * y.value + e, b * x.value + d * y.value + f))
            if raw.FPDFPathSegment_GetClose(segment):
                points.append(points[0])
        if len(points) > 1:
            yield points


def _objects(holder: object, of_page: bool) -> Iterator[object]:
    count = raw.FPDFPage_CountObjects(holder) if of_page else raw.FPDFFormObj_CountObjects(holder)
    take = raw.FPDFPage_GetObject if of_page else raw.FPDFFormObj_GetObject
    for index in range(max(count, 0)):
        yield take(holder, index)


def _matrix_of(pointer: object, outer: tuple[float, ...] | None) -> tuple[float, ...]:
    """The object's matrix on the page."""
    found = raw.FS_MATRIX()
    raw.FPDFPageObj_GetMatrix(pointer, found)
    inner = (found.a, found.b, found.c, found.d, found.e, found.f)
    if outer is None:
        return inner
    a, b, c, d, e, f = inner
    oa, ob, oc, od, oe, of = outer
    return (
        a * oa + b * oc, a * ob + b * od, c * oa + d * oc, c * ob + d * od,
        e * oa + f * oc + oe, e * ob + f * od + of,
    )  # fmt: skip
