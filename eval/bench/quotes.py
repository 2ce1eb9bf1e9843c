"""Where a suite's quotes stand in a text, whatever the white space."""

from __future__ import annotations

from collections.abc import Iterator

Span = tuple[int, int]


class QuoteIndex:
    """A text without its white space, with the place of every character kept."""

    def __init__(self, text: str) -> None:
        self._places = [at for at, char in enumerate(text) if not char.isspace()]
        self._text = "".join(text[at] for at in self._places)

    def occurrences(self, quote: str) -> Iterator[Span]:
        """Half-open spans of the text that read as `quote`, overlapping ones too."""
        wanted = "".join(quote.split())
        start = self._text.find(wanted) if wanted else -1
        while start >= 0:
            yield self._places[start], self._places[start + len(wanted) - 1] + 1
            start = self._text.find(wanted, start + 1)
