"""Other names of a project, known by the figures that stand beside both.

A main report may call a project by its budget line (“信息化运维服务经费”) while the annexed
evaluation has another title. Where a passage with the one name and the part under the other state
the same two or more distinctive amounts, they are about one project; the answer says so.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from decimal import Decimal

from ingest.model import Document, Figure
from ingest.quantity import Dimension
from qa.model import PartKey
from qa.words.matching import squeeze

_QUOTED = re.compile(r"[“\"「]([^”\"」]{3,40})[”\"」]")
_DIGITS = 4  # an amount with fewer significant digits is no fingerprint
_SHARED = 2  # so many equal amounts tie two names together


def quoted_names(question: str) -> tuple[str, ...]:
    """Phrases in quotes, in order."""
    return tuple(match[1] for match in _QUOTED.finditer(question))


def parts_called(name: str, documents: Collection[tuple[int, Document]]) -> Iterator[PartKey]:
    """Project parts that share amounts with a passage that calls a project `name`."""
    wanted = squeeze(name)
    for report, document in documents:
        beside = _amounts(
            f
            for f in document.figures
            if wanted in squeeze(document.blocks[f.block].text) and len(wanted) >= 3
        )
        if len(beside) < _SHARED:
            continue
        for part in document.parts:
            if not part.project.value:
                continue
            own = _amounts(f for f in document.figures if f.part == part.no)
            if len(own & beside) >= _SHARED:
                yield (report, part.no)


def _amounts(figures: Iterator[Figure]) -> set[Decimal]:
    return {
        figure.quantity.base
        for figure in figures
        if figure.quantity.unit.dimension is Dimension.MONEY
        and len(figure.quantity.value.normalize().as_tuple().digits) >= _DIGITS
    }
