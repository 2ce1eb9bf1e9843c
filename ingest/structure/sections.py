"""The tree of numbered sections: 第一部分, 壹、, 一、, （一）, 1., （1）, ① and Markdown headings."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from ingest.model import Section
from ingest.reading.text import tidy
from ingest.structure.markers import Marker, names_figure, read_marker

_MAX_HEADING = 40
_MAX_PART = 80
_MAX_RESTARTS = 2  # a list inside a list of the same style, and no deeper
_INSIDE = re.compile(r"[。！？；;!?](?=.)|[：:](?=.)")
_LEAD = re.compile(r"[：:。；;]")
_SUBJECT = re.compile(  # 教育支出（类）普通教育（款）小学教育（项）
    r"[^，。；：（）()]{2,40}[（(]类[）)](?:[^，。；：]{2,40}[（(]款[）)])?(?:[^，。；：]{2,40}[（(]项[）)])?(?=[。：:；;])"
)
_STYLE_RANK = {"part": 0, "section": 1, "formal": 1}


def heading_title(text: str) -> str:
    """The title of the section that a numbered text opens; "" when it opens none.

    The whole text where it is a heading, else its lead up to the first ：, 。 or ；.
    """
    marker = read_marker(text)
    if marker is None or marker.length >= len(text):
        return ""
    if is_heading(text):
        return tidy(text.rstrip("。；;：:"))
    subject = _SUBJECT.match(text, marker.length)
    if subject:
        return tidy(text[: subject.end()])
    found = _LEAD.search(text, marker.length, marker.length + _MAX_HEADING + 1)
    if found is None:
        return ""
    lead = text[: found.start()]
    return "" if names_figure(lead[marker.length :]) else tidy(lead)


def is_heading(text: str) -> bool:
    """True for a short numbered text without an end mark inside or a figure."""
    marker = read_marker(text)
    if marker is None or marker.length >= len(text):
        return False
    rest = text[marker.length :].strip()
    limit = _MAX_PART if marker.style == "part" else _MAX_HEADING
    if len(rest) > limit or rest.endswith(("；", ";", "：", ":", "，", "、")):
        return False
    if marker.style == "part":
        return not _INSIDE.search(rest)
    return not _INSIDE.search(rest) and not names_figure(rest)


@dataclass(slots=True)
class _Open:
    style: str
    ordinal: int
    section: int
    level: int
    heading: int = 0  # Markdown level of a numbered heading


@dataclass(slots=True)
class SectionTree:
    """The tree under way; section 0 is the root, with an empty title."""

    _sections: list[Section] = field(default_factory=lambda: [Section(0, 0, "", None, 0)])
    _stack: list[_Open] = field(default_factory=list)

    @property
    def current(self) -> int:
        return self._stack[-1].section if self._stack else 0

    def sections(self) -> tuple[Section, ...]:
        return tuple(self._sections)

    def restart(self, title: str, block: int) -> None:
        """Open a section at the top for a report inside the report."""
        self._stack = []
        self._push("annex", 0, title, block)

    def lengthen(self, text: str) -> None:
        """Add a further line to the title of the section just opened."""
        last = self._sections[-1]
        self._sections[-1] = replace(last, title=last.title + text)

    def open(self, text: str, title: str, block: int, heading: int) -> None:
        """Open the section of a heading or numbered paragraph.

        A number that goes on with an open list is its next item; a number one below another
        list starts a list inside it.
        """
        marker = read_marker(text)
        if marker is None:
            self._open_markdown(title, block, heading or 1)
            return
        self._stack = self._stack[: self._place(marker)]
        self._push(marker.style, marker.ordinal, title, block, heading)

    def skip(self, text: str) -> None:
        """Note a numbered paragraph that opens no section: it belongs to its list's section."""
        marker = read_marker(text)
        if marker is None or marker.length >= len(text):
            return
        self._stack = self._stack[: self._place(marker)]
        level = self._stack[-1].level if self._stack else 0
        self._stack.append(_Open(marker.style, marker.ordinal, self.current, level))

    def _place(self, marker: Marker) -> int:
        """How much of the stack stays above the new section."""
        rank = _STYLE_RANK.get(marker.style)
        if rank is not None:
            keep = 0
            while keep < len(self._stack) and (
                self._stack[keep].style == "annex"
                or _STYLE_RANK.get(self._stack[keep].style, 9) < rank
            ):
                keep += 1
            return 0 if rank == 0 else keep
        same = [i for i, known in enumerate(self._stack) if known.style == marker.style]
        for index in reversed(same):
            if self._stack[index].ordinal == marker.ordinal - 1:
                return index
        if not same:
            return len(self._stack)
        restarts = marker.ordinal == 1 and len(same) < _MAX_RESTARTS
        if restarts and same[-1] != len(self._stack) - 1:
            return len(self._stack)
        return same[-1]

    def _open_markdown(self, title: str, block: int, heading: int) -> None:
        level = heading
        keep = 0
        while keep < len(self._stack):
            known = self._stack[keep]
            if known.style == "#" and known.ordinal >= level:
                break
            above = known.style == "annex" or 0 < known.heading < level
            if known.style != "#" and not above:
                break
            keep += 1
        self._stack = self._stack[:keep]
        self._push("#", level, title, block)

    def _push(self, style: str, ordinal: int, title: str, block: int, heading: int = 0) -> None:
        no = len(self._sections)
        parent = self.current
        level = self._stack[-1].level + 1 if self._stack else 1
        self._sections.append(Section(no, level, title, parent, block))
        self._stack.append(_Open(style, ordinal, no, level, heading))
