"""Numbers of recognised tables: their form mended where it is plain, doubted where it is not.

A digit is never changed in silence: a letter that is read as a digit, and a number whose form
does not fit its column, get the score of a doubtful reading.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from ingest.model import Place
from ingest.readers.content import Snippet
from ingest.reading.text import fold
from ingest.tables.cellsyntax import is_plain_number

Cells = list[list[Snippet]]

DOUBT = 0.3
"""The highest score of a number whose form speaks against it."""
_FEW = 3  # numbers of a column from which on their form can be told
_MANY, _MOST = 0.6, 0.8  # of them: may be mended by, has to be kept to
_LETTERS = str.maketrans({**dict.fromkeys("OoQD〇", "0"), **dict.fromkeys("lI|i!", "1")})
_POINTS = str.maketrans(dict.fromkeys("。:;·、", "."))
_LIKE = re.compile(r"[-+−–—一△▲Δ(]?[\dOoQD〇lI|i!.,。:;·、']{2,}[%)]{0,2}[.,。·]?")
_NUMBER = re.compile(
    r"(?P<sign>[-+△▲(]?)(?P<whole>[1-9]\d{0,2}(?:,\d{3})+|0|[1-9]\d*)(?:\.(?P<decimals>\d+))?%?\)?"
)
_SLASH = ("1", "7")  # alone among texts: as likely a /
_FIRST_LOST = re.compile(r"一一[\u4e00-\u9fff]{2}")  # 一、一般…, its comma passed over
_GROUPED = re.compile(r"([-+△▲(]?\d{1,3}(?:[.,]\d{3})+)[.,](\d+)(%?\)?)")


@dataclass(frozen=True, slots=True)
class _Form:
    """How the numbers of a column are printed; `decimals` is None where it is in several ways."""

    decimals: int | None
    strict: bool  # hardly one is printed otherwise
    rate: bool  # most carry a sign of per cent
    numeric: bool  # most cells hold numbers


def mend_numbers(rows: Sequence[Cells]) -> tuple[list[Cells], list[str]]:
    """The rows of a table with their numbers mended, and what was mended, as ``“0:00”读作“0.00”``.

    Mended are points read as other marks, stray marks, blanks and thousands marks where the
    number then has the decimals of its column, and letters that stand for digits. The latter, and
    numbers that do not fit their column, are given a low score. A lost comma behind a leading 一 is
    put back.
    """
    width = len(rows[0]) if rows else 0
    forms = _forms([[_text(row[column]) for row in rows] for column in range(width)])
    notes: list[str] = []
    mended: list[Cells] = []
    for row in rows:
        cells: Cells = []
        for cell, form in zip(row, forms, strict=True):
            read = _text(cell)
            if _FIRST_LOST.match(read):
                first = cell[0]
                cell = [first._replace(text=f"一、{first.text[1:]}"), *cell[1:]]
                read = _text(cell)
            found, doubtful = _mended(read, form)
            if found != read and fold(found) != "".join(fold(read).split()):
                notes.append(f"“{read}”读作“{found}”")
            cells.append(_put(cell, read, found, doubtful))
        mended.append(cells)
    return mended, notes


def _text(cell: Sequence[Snippet]) -> str:
    return "".join(snippet.text for snippet in cell).strip()


def _forms(columns: Sequence[Sequence[str]]) -> list[_Form]:
    """The form of each column; short ones are taken to be like the others, if these agree."""
    counts = [_decimals(column) for column in columns]
    usual = [_usual(count) for count in counts]
    others = {digits for digits in usual if digits}
    common = others.pop() if len(others) == 1 else None
    forms: list[_Form] = []
    for column, count, digits in zip(columns, counts, usual, strict=True):
        if digits is None and count.total() < _FEW and set(count) <= {common}:
            digits = common
        filled = [text for text in column if text]
        numbers = sum(_NUMBER.fullmatch(fold(text)) is not None for text in filled)
        strict = digits is not None and count[digits] >= _MOST * count.total()
        rates = sum(text.endswith(("%", "％")) for text in filled)
        forms.append(_Form(digits, strict, 2 * rates > numbers, 2 * numbers > len(filled)))
    return forms


def _decimals(column: Sequence[str]) -> Counter[int]:
    """How many numbers have how many decimals; numbers of columns and of pieces do not count."""
    found: Counter[int] = Counter()
    for text in column:
        match = _NUMBER.fullmatch("".join(fold(text).split()))
        if match and (match["decimals"] or len(match["whole"]) > 2):
            found[len(match["decimals"] or "")] += 1
    return found


def _usual(count: Counter[int]) -> int | None:
    if count.total() < _FEW:
        return None
    digits, most = count.most_common(1)[0]
    return digits if most >= _MANY * count.total() else None


def _mended(read: str, form: _Form) -> tuple[str, bool]:
    """The number that a cell holds, and whether it is doubtful; other texts as they are."""
    words = fold(read).split()
    text = "".join(words)
    if len(words) > 1 and all(_NUMBER.fullmatch(word) for word in words):
        return read, not _NUMBER.fullmatch(text) or "." in words[0]
    if text in _SLASH:
        return read, not form.numeric
    if not _LIKE.fullmatch(text) or not (re.search(r"\d", text) or form.decimals):
        stray = form.numeric and sum(char.isdigit() for char in text) > len(text) / 2
        return read, stray and not is_plain_number(text)
    match = _NUMBER.fullmatch(text)
    if match:
        spaced = " " in read.strip()
        return (text if spaced else read), _breaks(match, form)
    if form.decimals is None and not form.numeric:
        return read, False
    signed = re.sub(r"^[−–—一](?=.)", "-", text).replace("Δ", "△", 1)
    lettered = signed.translate(_LETTERS)
    for candidate in _candidates(lettered):
        match = _NUMBER.fullmatch(candidate)
        if match and len(match["decimals"] or "") == form.decimals:
            return candidate, lettered != text
    return read, True


def _candidates(text: str) -> Iterable[str]:
    """Ways to mend the marks of a number, the plainest first."""
    pointed = text.translate(_POINTS)
    for each in (text.rstrip(".,。·"), pointed, pointed.rstrip(".,")):
        yield each
        if grouped := _GROUPED.fullmatch(each):
            yield grouped[1].replace(".", ",") + "." + grouped[2] + grouped[3]


def _breaks(match: re.Match[str], form: _Form) -> bool:
    """True for a number that its column would print otherwise: a point or a digit may be lost.

    Short numbers without decimals, such as those of columns or of pieces, are left alone.
    """
    decimals = len(match["decimals"] or "")
    if form.rate and "%" not in match[0] and decimals > (form.decimals or 0):
        return True  # the sign read as two digits
    if not form.strict:
        return False
    digits = len(match["whole"].replace(",", "")) + decimals
    return decimals != form.decimals and (decimals > 0 or digits >= 3)


def _put(cell: list[Snippet], read: str, found: str, doubtful: bool) -> list[Snippet]:
    if found != read:
        boxes = [snippet.place.box for snippet in cell if snippet.place.box]
        place = replace(cell[0].place, score=_least(snippet.place for snippet in cell))
        if boxes:
            lows, highs = [b[:2] for b in boxes], [b[2:] for b in boxes]
            left, top = (min(each) for each in zip(*lows, strict=True))
            right, bottom = (max(each) for each in zip(*highs, strict=True))
            place = replace(place, box=(left, top, right, bottom))
        cell = [Snippet(found, place)]
    return (
        [snippet._replace(place=_doubted(snippet.place)) for snippet in cell] if doubtful else cell
    )


def _least(places: Iterable[Place]) -> float | None:
    return min((place.score for place in places if place.score is not None), default=None)


def _doubted(place: Place) -> Place:
    return replace(place, score=min(DOUBT, place.score if place.score is not None else 1.0))
