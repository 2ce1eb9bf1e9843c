"""What comes back on the pages and is no text of the report: headers, footers, page numbers."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from ingest.readers.lines import is_page_number
from ingest.readers.pdf_layout import TextLine
from ingest.structure.markers import is_table_label

_BAND = 0.14  # of the page's height at its top and foot
_REPEATED = 0.3  # of the pages that a header stands on
_DIGITS = re.compile(r"\d+")


def without_furniture(pages: Sequence[list[TextLine]]) -> list[list[TextLine]]:
    """The lines of each page without page numbers and what is printed on many pages alike."""
    counts: Counter[str] = Counter()
    for lines in pages:
        counts.update({_mask(line) for line in lines if _in_band(line)})
    needed = max(3, _REPEATED * len(pages))
    return [
        [
            line
            for line in lines
            if not (
                _in_band(line)
                and (is_page_number(line.text) or counts[_mask(line)] >= needed)
                and not is_table_label(line.text)
            )
        ]
        for lines in pages
    ]


def _in_band(line: TextLine) -> bool:
    return line.bottom < _BAND * line.height or line.top > (1 - _BAND) * line.height


def _mask(line: TextLine) -> str:
    return _DIGITS.sub("#", line.key)
