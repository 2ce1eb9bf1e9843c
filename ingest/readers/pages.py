"""Counting pages by the breaks that a flowing document keeps."""

from __future__ import annotations

from dataclasses import dataclass

_LINE = 35  # characters of a line, and lines of a page, in the larger print of such reports
_PAGE = 40


@dataclass(slots=True)
class Pages:
    """The page that the text has come to, from 1.

    Breaks are of two kinds: those that the author set, and those that the word processor found
    when it last laid the document out. `known` says whether they give the pages: where the
    second kind is missing, only as long as no text between two breaks is longer than a page.
    """

    page: int = 1
    known: bool = True
    _fresh: bool = True  # nothing is written on the page yet
    _set: bool = False  # the page began with a break of the author's
    _breaks: int = 0
    _rendered: int = 0
    _lines: float = 0
    _length: int = 0  # characters of the paragraph or row under way

    def turn(self) -> None:
        """A break that the author set."""
        self.end_paragraph()
        self.page += 1
        self._breaks += 1
        self._fresh, self._set, self._lines = True, True, 0

    def begin(self) -> None:
        """A paragraph that starts a page, unless it stands at the head of one already."""
        if not self._fresh:
            self.turn()

    def rendered(self) -> None:
        """A break that was found in laying out; it follows each of the author's breaks."""
        self._rendered += 1
        if self._fresh and self._set:
            self._set = False
            return
        if not (self._fresh and self.page == 1):
            self.page += 1
            self._breaks += 1
        self._fresh = True

    def write(self, text: str) -> None:
        """Text that stands on the page."""
        self._length += len(text)
        if text.strip():
            self._fresh = self._set = False

    def end_paragraph(self, beside: int = 1) -> None:
        """A paragraph ends, or a row of a table with so many cells beside each other."""
        self._lines += 1 + self._length / _LINE / beside
        self._length = 0
        if self._lines > _PAGE and not self._rendered:
            self.known = False

    @property
    def count(self) -> int | None:
        """How many pages there are; None where the document does not say."""
        if self._rendered:
            return self.page
        return self.page if self._breaks and self.known else None
