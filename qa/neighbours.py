"""What a question says of another figure of the same paragraph than the one in hand."""

from __future__ import annotations

import re

from ingest.model import Document, Figure
from qa.matching import squeeze
from qa.plan import Target

# 4A, 5G, PM2.5; a place by its ending.
_TOKEN = re.compile(r"\d+(?:\.\d+)?[a-z]+|[a-z]+\d+(?:\.\d+)?")
_PLACE = re.compile(r"(?=([一-鿿]{2,4}(?:县|区|镇|乡|街道|村|州|市)))")
_WHOLE = re.compile(r"^[全本我各该]")  # 全市, 各县: no name
_NEAR = 12  # figures of one paragraph on either side


def told_beside(target: Target, document: Document, figure: Figure) -> bool:
    """Whether a target names a place or a grade that a neighbour of a figure bears, and it not.

    ``全市企业1,346家；所辖桃坪县287家``: asked for 桃坪县, the first is not meant.

    Args:
        target: what is asked for.
        document: a report.
        figure: what was found for it there.
    """
    if figure.locator.table is not None:
        return False
    asked = squeeze(f"{target.where}{target.beside}{target.key}")
    own = squeeze(f"{figure.metric}{figure.subject}")
    first = max(figure.no - _NEAR, 0)
    return any(
        name in asked and name not in own
        for other in document.figures[first : figure.no + _NEAR]
        if other.block == figure.block and other.no != figure.no
        for name in _names(other)
    )


def _names(figure: Figure) -> set[str]:
    own = squeeze(f"{figure.metric}，{figure.subject}")
    places = {name[at:] for name in _PLACE.findall(own) for at in range(len(name) - 2)}
    return {*_TOKEN.findall(own), *(name for name in places if not _WHOLE.match(name))}
