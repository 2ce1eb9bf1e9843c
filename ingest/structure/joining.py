"""Putting paragraphs together that line wraps and page ends have cut."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from ingest.model import BlockKind, Span
from ingest.readers.lines import Line
from ingest.structure.markers import (
    ends_full_stop,
    ends_sentence,
    has_key,
    is_annex,
    is_contents_title,
    is_date_line,
    is_note,
    is_page_trail,
    is_preface,
    is_table_label,
    is_table_number,
    is_title_like,
    is_unbalanced,
    names_figure,
    opens_closing,
    read_marker,
)

_MARKDOWN = re.compile(r"(#{1,6})\s+|[-*+]\s+(?=\S)|>\s*")
_LONG_ENOUGH = 20  # a shorter line without an end mark is a heading or a label, not a cut one
_HEADING_LENGTH = 40
_LINKING = frozenset("，、,的和与及对为在将由以从被把按")  # no heading ends in these
_MAX_CUTS = 40  # a paragraph is not cut by more page ends than this


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A text between two line breaks that count, from one or more raw lines.

    `heading` is the Markdown heading level (0: none). `kind` is what the file's format itself says
    that it is, a heading then opening a section at the top: the name of a sheet.
    """

    text: str
    spans: tuple[Span, ...]
    page: int | None = None
    gap: int = 0
    heading: int = 0
    kind: BlockKind | None = None


@dataclass(frozen=True, slots=True)
class Layout:
    """How a text lays out its paragraphs.

    `width` is the line width at which paragraphs wrap (0: they do not); `dense` says that most
    paragraphs follow each other without a blank line; `indented` that they start indented.
    """

    width: int = 0
    dense: bool = False
    indented: bool = False


def display_width(text: str) -> int:
    """Columns that the text takes, a Chinese character taking two."""
    return sum(2 if char > "\u2e7f" else 1 for char in text)


def read_layout(lines: Sequence[Line]) -> Layout:
    """The layout of the text lines of a document (table lines left out)."""
    if len(lines) < 3:
        return Layout()
    dense = sum(line.gap == 0 for line in lines[1:]) > 0.6 * (len(lines) - 1)
    wide = [line for line in lines if line.last - line.first > 12]
    indented = sum(line.indent >= 2 for line in wide) > 0.15 * len(wide)
    return Layout(_wrap_width(lines), dense, indented)


def _wrap_width(lines: Sequence[Line]) -> int:
    """The width that many lines reach and none passes by much; 0 without one."""
    widths = sorted(display_width(line.raw.rstrip()[:400]) for line in lines)
    if len(widths) < 4:
        return 0
    limit = widths[min(len(widths) - 1, int(len(widths) * 0.97))]
    if not 24 <= limit <= 130 or widths[-1] > limit * 1.25 + 4:
        return 0
    full = sum(limit - 8 <= width <= limit + 4 for width in widths)
    long = sum(width > limit / 2 for width in widths)
    wraps = full >= max(3, 0.25 * len(widths)) or full >= max(5, 0.4 * long)
    return limit if wraps else 0


@dataclass(slots=True)
class _Draft:
    """A paragraph under way. Only the end of its text is looked at, whatever its length."""

    spans: list[Span]
    parts: list[str]
    page: int | None
    gap: int
    heading: int
    last_line: Line
    length: int = 0
    cuts: int = 0
    run: list[int] = field(default_factory=list)  # widths of the lines since the last gap

    @property
    def tail(self) -> str:
        return "".join(self.parts[-8:])[-300:]

    @property
    def head(self) -> str:
        return self.parts[0][:300]

    def finish(self) -> Paragraph:
        spans = tuple(self.spans)
        return Paragraph("".join(self.parts), spans, self.page, self.gap, self.heading)


def join_lines(lines: Sequence[Line], layout: Layout) -> Iterator[Paragraph]:
    """The paragraphs of a run of text lines; every text is made of raw slices."""
    draft: _Draft | None = None
    for line in lines:
        if draft is not None and _goes_on(draft, line, layout):
            _append(draft, line)
            continue
        if draft is not None:
            yield draft.finish()
        draft = _start(line)
    if draft is not None:
        yield draft.finish()


def _start(line: Line) -> _Draft:
    skipped = _MARKDOWN.match(line.text)
    first = line.first + (skipped.end() if skipped else 0)
    heading = len(skipped.group(1)) if skipped and skipped.group(1) else 0
    text, spans = _without_bold(line.text[first - line.first :], first)
    return _Draft(spans, [text], line.page, line.gap, heading, line, len(text), run=[_width(line)])


def _append(draft: _Draft, line: Line) -> None:
    text, spans = _without_bold(line.text, line.first)
    before = draft.tail[-1:]
    if before.isascii() and before.isalpha() and text[:1].isascii() and text[:1].isalpha():
        end = draft.last_line.start + len(draft.last_line.raw)
        draft.spans.append((end, end + 1))  # the line break keeps two Latin words apart
        draft.parts.append(draft.last_line.newline)
    draft.spans.extend(spans)
    draft.parts.append(text)
    draft.length += len(text)
    draft.cuts += line.gap > 0
    draft.run = [_width(line)] if line.gap else [*draft.run, _width(line)][-8:]
    draft.last_line = line


def _without_bold(text: str, start: int) -> tuple[str, list[Span]]:
    if "**" not in text:
        return text, [(start, start + len(text))]
    spans: list[Span] = []
    position = 0
    for piece in text.split("**"):
        if piece:
            spans.append((start + position, start + position + len(piece)))
        position += len(piece) + 2
    return text.replace("**", ""), spans


def _width(line: Line) -> int:
    return display_width(line.raw[:400].rstrip())


def opens_block(line: Line) -> bool:
    """True when the line starts a paragraph of its own whatever stands before it."""
    return opens_text(line.text)


def opens_text(text: str) -> bool:
    """True for texts that start a paragraph of their own: list numbers, notes, captions, titles."""
    return (
        read_marker(text) is not None
        or _MARKDOWN.match(text) is not None
        or is_note(text)
        or is_table_label(text)
        or is_table_number(text)
        or is_annex(text)
        or is_contents_title(text)
        or is_date_line(text)
        or is_preface(text)
    )


def _is_closed(draft: _Draft) -> bool:
    """True for lines that no other line goes on with: headings, titles, captions."""
    text = draft.tail
    if draft.heading or is_annex(text) or is_contents_title(text):
        return True
    if is_date_line(text) or is_preface(text):
        return True
    if draft.length > 90 or is_unbalanced(text):
        return False
    if is_title_like(text) or is_table_label(text) or is_table_number(text):
        return True
    if len(text) > _HEADING_LENGTH:
        return False
    return _is_heading(draft.head) or (has_key(text) and not any(c in text for c in "。，；,;、"))


def _is_heading(text: str) -> bool:
    marker = read_marker(text)
    if marker is None or names_figure(text):
        return False
    rest = text[marker.length :]
    return not any(mark in rest for mark in "。；：;:") and rest[-1:] not in _LINKING


def _goes_on(draft: _Draft, line: Line, layout: Layout) -> bool:
    if opens_block(line) or draft.cuts > _MAX_CUTS or is_page_trail(draft.tail):
        return False
    full = _is_full(draft, layout)
    if line.gap == 0 and full is not None:
        if layout.indented and line.indent >= 2:
            return False
        if (
            full and layout.dense and ends_full_stop(draft.tail)
        ):  # the paragraph may end right at the margin
            return not (is_title_like(line.text) or line.text.endswith("表"))
        return full or (not _is_closed(draft) and _is_cut(draft, line))
    if _is_closed(draft):
        return False
    if line.gap == 0 and not layout.dense:
        return _same_paragraph(draft, line)
    return _is_cut(draft, line)


def _is_full(draft: _Draft, layout: Layout) -> bool | None:
    """Whether the last line reaches the margin; None where the text does not wrap."""
    if not layout.width:
        return None
    width = _width(draft.last_line)
    if width > layout.width * 1.25:
        return None
    if width >= layout.width - 3:
        return True
    if width >= layout.width - 10:  # long words and closing marks leave lines short
        return not ends_full_stop(draft.tail) and not _is_closed(draft)
    return False


def _same_paragraph(draft: _Draft, line: Line) -> bool:
    """Two lines without a blank one between, in a text that parts paragraphs by blank lines."""
    if not ends_sentence(draft.tail):
        return True
    return len(draft.run) > 1 and draft.run[-1] >= 0.9 * max(draft.run) and not line.indent


def _is_cut(draft: _Draft, line: Line) -> bool:
    """True when a page end stands between the two halves of a sentence, word or number."""
    text, following = draft.tail, line.text
    if opens_closing(following):
        return not ends_full_stop(text) or following[:1] in "”’）)】》」』"
    if ends_sentence(text):
        return False
    if text[-1:] in "，、,（(《“" or is_unbalanced(text):
        return True
    if draft.length < _LONG_ENOUGH or (text[-1:] in "》）)" and following[:1] == "《"):
        return False
    return not has_key(following)
