"""What a question says of another figure of the same paragraph than the one in hand."""

from __future__ import annotations

import re
from functools import lru_cache

from ingest.model import Document, Figure
from qa.naming.regions import unlisted_at
from qa.plan import Target
from qa.words.matching import squeeze

# 4A, 5G, PM2.5
_TOKEN = re.compile(r"\d+(?:\.\d+)?[a-z]+|[a-z]+\d+(?:\.\d+)?")
# A band of those that are counted, without its last character: 60岁以(上), 规模以(上), 硕士及以(上).
_BAND = re.compile(
    r"(?:\d+周?岁|规模|限额|[省市县区镇]级|[大本]科|硕士|研究生|高中|中专|[初中高]级)[及或]?以(?=[上下])"
)
# Towns and villages: 城关镇, 东风街道; no 下乡, 城乡, 农村.
_LOWER = re.compile(
    r"(?=([一-鿿]{2,3}(?:镇|街道|(?<![下返家城回入归])乡|(?<![农乡新全本各])村))(?!振兴|民|级))"
)
_LEAST = 3  # characters of a place
_WHOLE = re.compile(r"^[全本我各该]")  # 全市, 各县: no name
_NEAR = 12  # figures of one paragraph on either side


def told_beside(target: Target, document: Document, figure: Figure) -> bool:
    """Whether a target names a place, a grade or a band that a neighbour of a figure bears, and it not.

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
        for name in _names(squeeze(f"{other.metric}，{other.subject}"))
    )


_LISTED_PART = re.compile(
    r"(?:其中[:：,，]?|、)(?P<name>(?![^\d、,，;；。]{0,8}(?:占|比|增|减))[一-鿿]{2,8}?)(?:共|有|为)?\d"
)
_BEFORE = 90  # characters of a paragraph before a figure


def parts_before(document: Document, figure: Figure) -> tuple[str, ...]:
    """Names of parts that a paragraph lists before a figure which is of none of them.

    毕业生3,286人，其中本科3,174人、研究生112人；落实率91.37%: the rate is not that of 研究生.
    """
    if figure.locator.table is not None:
        return ()
    text = document.blocks[figure.block].text
    clauses = re.split("[,，;；。]", text[max(figure.start - _BEFORE, 0) : figure.start])
    earlier = "，".join(clauses[:-1]) + "，"
    own = squeeze(f"{figure.metric}{figure.subject}{clauses[-1]}")
    found = (match["name"] for match in _LISTED_PART.finditer(earlier))
    return tuple(dict.fromkeys(name for name in found if squeeze(name) not in own))


def names_beside(document: Document, figure: Figure) -> tuple[str, ...]:
    """What the figures behind a figure in its sentence are called."""
    if figure.locator.table is not None:
        return ()
    others = (
        other.metric
        for other in document.figures[figure.no + 1 : figure.no + _NEAR]
        if other.block == figure.block and other.sentence == figure.sentence
    )
    return tuple(dict.fromkeys(name for name in others if name and name != figure.metric))


@lru_cache(maxsize=8192)
def _names(text: str) -> frozenset[str]:
    return frozenset((*_TOKEN.findall(text), *_BAND.findall(text), *_places(text)))


def _places(text: str) -> set[str]:
    """Places in a text; of one that something stands before without a gap, its end."""
    found = {unlisted_at(text, at) for at in range(len(text))} | set(_LOWER.findall(text))
    ends = {name[at:] for name in found for at in range(len(name) - _LEAST + 1)}
    return {name for name in ends if not _WHOLE.match(name)}
