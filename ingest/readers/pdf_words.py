"""Characters of a page put together to words, printed lines and snippets with boxes."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import pairwise
from statistics import median

from ingest.model import Box, Place
from ingest.readers.content import Snippet
from ingest.readers.pdf_ink import Frame, Glyph
from ingest.reading.text import fold
from ingest.reading.units import match_unit

Run = list[Glyph]  # characters of one line from left to right, spaces among them

_DIGITS = frozenset("0123456789")
_RAISED, _LOWERED = "⁰¹²³⁴⁵⁶⁷⁸⁹", "₀₁₂₃₄₅₆₇₈₉"
_NEVER_LAST = frozenset("（《“‘「『【〈([{")
_NEVER_FIRST = frozenset("，。、；：！？）》」』】〉”’％%…,.;:!?)]}")
_SAME_LINE = 0.4  # of an em between the base lines of one line: raised and lowered characters
_OFF_BASE = 0.15  # of an em that a character may stand off the base line of its line
_TWICE = 0.12  # of an em between two prints of one character: bold made by printing twice
_WORD_GAP = 0.17  # of an em: a wider gap parts Latin words and numbers
_MIXED_GAP = 0.24  # … a number and a Chinese word
_LOOSE_GAP = 1.2  # of an em: a wider gap parts Chinese words; narrower ones come from justifying
_TOKEN = re.compile(
    r"(?P<number>[-+△▲(]?\d[\d,.]*%?)|"
    r"[^\d\s,.;:()，。；：、（）《》“”]{1,8}[,.;:，。；：、）》”)]*|."
)
_SPLIT_NUMBER = re.compile(r"\d ,\d\d|\d, \d\d\d|\d \.\d|^[-+△▲(] \d")


def lines_of(glyphs: Iterable[Glyph]) -> list[Run]:
    """The printed lines from the top down, each from left to right, double prints left out."""
    lines: list[Run] = []
    for glyph in sorted(glyphs, key=lambda g: g.base):
        line = lines[-1] if lines else None
        if line and abs(glyph.base - line[0].base) <= _SAME_LINE * max(glyph.size, line[0].size):
            line.append(glyph)
        else:
            lines.append([glyph])
    found: list[Run] = []
    for line in lines:
        found.extend(_on_one_base(sorted(line, key=lambda g: g.left)))
    return [_marked(_without_twins(line)) for line in found]


def _on_one_base(line: Run) -> list[Run]:
    """The line, or two where characters that are no raised or lowered marks stand off its base."""
    base = max(Counter(round(g.base) for g in line).items(), key=lambda each: each[1])[0]
    own: Run = []
    off: Run = []
    for index, glyph in enumerate(line):
        if abs(glyph.base - base) <= _OFF_BASE * glyph.size + 0.5 or _is_mark(line, index):
            own.append(glyph)
        else:
            off.append(glyph)
    return sorted([own, off], key=lambda run: run[0].base) if off else [own]


def _is_mark(line: Run, index: int) -> bool:
    """True for a character that is set small beside another."""
    glyph = line[index]
    for other in line[max(index - 3, 0) : index + 4]:
        gap = max(glyph.left - other.right, other.left - glyph.right)
        if glyph.size < 0.85 * other.size and gap < 0.3 * other.size:
            return True
    return False


def _marked(line: Run) -> Run:
    """The line with small raised and lowered digits as such: the mark of a note is no digit of the
    number before it."""
    marked: Run = []
    for glyph in line:
        before = marked[-1] if marked else None
        if before is not None and glyph.text in _DIGITS and glyph.size < 0.8 * before.size:
            near = glyph.left - before.right < 0.3 * before.size
            rise = near * (before.base - glyph.base) / before.size
            if rise > 0.15:
                glyph = glyph._replace(text=_RAISED[int(glyph.text)], base=before.base)
            elif rise < -0.08:
                glyph = glyph._replace(text=_LOWERED[int(glyph.text)], base=before.base)
        marked.append(glyph)
    return marked


def _without_twins(line: Run) -> Run:
    kept: Run = []
    for glyph in line:
        twin = any(
            glyph.text == other.text
            and abs(glyph.left - other.left) < _TWICE * glyph.size
            and abs(glyph.base - other.base) < _TWICE * glyph.size
            for other in kept[-3:]
        )
        if not twin:
            kept.append(glyph)
    return kept


def segments_of(line: Run, gap: float) -> list[Run]:
    """The line cut where nothing is printed over `gap` ems or more; spaces at the ends go."""
    segments: list[Run] = []
    last: Glyph | None = None
    for glyph in line:
        if glyph.text == " ":
            if segments:
                segments[-1].append(glyph)
            continue
        if last is None or glyph.left - last.right > gap * min(last.size, glyph.size):
            segments.append([])
        segments[-1].append(glyph)
        last = glyph
    for segment in segments:
        while segment[-1].text == " ":
            segment.pop()
    return segments


def extent(run: Sequence[Glyph]) -> Box:
    """Left, top, right and bottom of the printed characters."""
    inked = [g for g in run if g.text != " "] or list(run)
    return (
        min(g.left for g in inked),
        min(g.top for g in inked),
        max(g.right for g in inked),
        max(g.bottom for g in inked),
    )


def em(run: Sequence[Glyph]) -> float:
    """The usual size of the characters."""
    return median(g.size for g in run)


def lead_width(glyphs: Sequence[Glyph]) -> float:
    """The width of what cannot be broken at the start: a character, or a Latin word or number,
    with the closing marks after it."""
    inked = [glyph for glyph in glyphs if glyph.text != " "]
    end = 1
    while end < len(inked) and inked[end - 1].text in _NEVER_LAST:
        end += 1
    while end < len(inked):
        last, glyph = inked[end - 1], inked[end]
        word = last.text.isascii() and glyph.text.isascii()
        close = glyph.left - last.right <= 0.2 * glyph.size
        if not (glyph.text in _NEVER_FIRST or (word and close)):
            break
        end += 1
    return inked[end - 1].right - inked[0].left


def spaced(run: Run) -> Run:
    """The run with one space where words stand apart, and none inside numbers or letter-spaced
    words."""
    words: list[Run] = []
    wide = False
    last: Glyph | None = None
    for glyph in run:
        if glyph.text == " ":
            wide = wide or (glyph.right - glyph.left) > 0.05 * glyph.size
            continue
        if last is not None:
            gap = (glyph.left - last.right) / max(last.size, glyph.size)
            wide = (wide and gap > 0.05) or gap > _least_gap(last.text, glyph.text)
        if last is None or wide:
            words.append([])
        words[-1].append(glyph)
        last, wide = glyph, False
    if _is_letter_spaced(words):
        return [glyph for word in words for glyph in word]
    return _joined(words)


def _least_gap(left: str, right: str) -> float:
    """The white between two characters that parts words, in ems; justified lines have some."""
    if right in _NEVER_FIRST or left in _NEVER_LAST:
        return _LOOSE_GAP if max(left, right) > "\u2e7f" else _WORD_GAP
    wide = (left > "\u2e7f") + (right > "\u2e7f")
    return (_WORD_GAP, _MIXED_GAP, _LOOSE_GAP)[wide]


def _is_letter_spaced(words: Sequence[Run]) -> bool:
    """True when nearly every character stands alone: ``预 算 数``."""
    if len(words) < 3:
        return len(words) == 2 and all(len(w) == 1 and w[0].text > "\u2e7f" for w in words)
    single = sum(len(word) == 1 for word in words)
    return single >= 0.8 * len(words) and len({word[0].size for word in words}) == 1


def _joined(words: Sequence[Run]) -> Run:
    joined: Run = list(words[0]) if words else []
    for left, right in pairwise(words):
        before, after = fold(text_of(left[-2:])), fold(text_of(right[:3]))
        if not _SPLIT_NUMBER.search(f"{before} {after}"):
            edge = left[-1]
            joined.append(edge._replace(text=" ", left=edge.right, right=right[0].left))
        joined.extend(right)
    return joined


def text_of(run: Iterable[Glyph]) -> str:
    """The characters in order."""
    return "".join(glyph.text for glyph in run)


def snippets_of(run: Run, page: int, frame: Frame, *, score: float | None = None) -> list[Snippet]:
    """Snippets so fine that the box of a number, or of its unit, holds nothing else.

    A space belongs to the snippet before it. `score` says how sure it is that the run stands
    where it is put; a snippet's own is no higher than that of any of its characters.
    """
    text = text_of(run)
    found: list[Snippet] = []
    for start, end in _tokens(fold(text)):
        if found and not text[start:end].strip():
            found[-1] = Snippet(found[-1].text + text[start:end], found[-1].place)
            continue
        place = Place(
            page, frame.shown(extent(run[start:end])), score=_score(run[start:end], score)
        )
        found.append(Snippet(text[start:end], place))
    return found


def _score(run: Run, score: float | None) -> float | None:
    scores = (score, *(glyph.score for glyph in run))
    return min((each for each in scores if each is not None), default=None)


def _tokens(text: str) -> Iterable[tuple[int, int]]:
    position = 0
    numbered = True  # the number may stand at the end of the line before
    while position < len(text):
        end = 0
        if numbered:
            blank = len(text) - position - len(text[position:].lstrip())
            hit = match_unit(text, position + blank) if blank <= 1 else None
            end = hit.end if hit else 0
        numbered = False
        if end <= position:
            match = _TOKEN.match(text, position)
            if match is None:
                end = position + 1
            else:
                end, numbered = match.end(), match["number"] is not None
        yield position, end
        position = end
