"""Values that stand beside their label: ``项目主管部门：某某局``, or a label cell and its neighbour."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import lru_cache
from itertools import pairwise

from qa.texts.index import OWN, Index, index_of, scope_parts
from qa.texts.model import Confidence, Place, ScopedDocument, TextFinding
from qa.texts.search import MEDIUM_SHARE, make_finding, source_text
from qa.texts.terms import Profile, pairs, squeezed

_PAIR = re.compile(
    r"(?:^|(?<=[。；;\n])|(?<=\s\s))\s*(?:[（(]?[\d一二三四五六七八九十]{1,2}[)）.、．]\s"
    r"*)?(?P<label>[^\s：:，。；,;《》]{2,16})\s*[:：]\s*(?P<value>[^\n]{1,80}?"
    r")\s*(?=$|[。；;]|\s\s)"
)


# What stands in a cell that tells nothing: 公开时略, /, ***.
_WITHHELD = re.compile(
    r"[（(]?(?:公开时?)?(?:省?略|不公开|隐去|保密|无|空|暂无)[)）]?|[\s/\-—*xX×]+"
)


@lru_cache(maxsize=64)
def labels(index: Index) -> tuple[tuple[str, Place, Place], ...]:
    """(squeezed label, place of label and value, place of the value) of the whole report."""
    found: list[tuple[str, Place, Place]] = []
    for block in index.document.blocks:
        if block.table is not None:
            found.extend(_of_table(index, block.table))
            continue
        for match in _PAIR.finditer(block.text):
            whole = Place(block.no, match.start("label"), match.end("value"))
            value = Place(block.no, *match.span("value"))
            found.append((squeezed(match["label"]), whole, value))
    return tuple(found)


_WITH = re.compile("(?:及|和|与|、)?(?:联系)?(?:电话|方式|号码)$|姓名$|名称$")


def _bare(label: str) -> str:
    """``项目负责人及电话`` names the person in charge."""
    bare = label.removeprefix("项目").removeprefix("报告") if len(label) > 3 else label
    shorter = _WITH.sub("", bare)
    return shorter if len(shorter) > 1 else bare


def _of_table(index: Index, number: int) -> Iterator[tuple[str, Place, Place]]:
    """Neighbouring cells of the header and of rows that have no column header of their own."""
    table = index.document.tables[number]
    grids = [(-1 - r, row) for r, row in enumerate(table.header)]
    grids += [(r, row) for r, row in enumerate(table.rows)]
    for no, row in grids:
        filled = [(c, cell.text) for c, cell in enumerate(row) if cell.text.strip()]
        for (_, label), (column, value) in pairwise(filled):
            if _is_label(label) and value != label and any(ch.isalpha() for ch in value):
                place = Place(table.block, 0, len(value), table.no, no, column)
                yield squeezed(label), place, place
        for column, text in filled:  # 项目负责人：某某 in one cell
            pair = _PAIR.fullmatch(text.strip())
            if pair is not None and _is_label(pair["label"]):
                start = text.rindex(pair["value"])
                end = start + len(pair["value"])
                inner = Place(table.block, start, end, table.no, no, column)
                yield squeezed(pair["label"]), replace(inner, start=0, end=len(text)), inner


def _is_label(text: str) -> bool:
    return 2 <= len(squeezed(text)) <= 16 and not any(ch.isdigit() for ch in text)


def labelled_values(
    scope: ScopedDocument, profile: Profile, want: Callable[[str], bool] = lambda _: True
) -> list[TextFinding]:
    """Values whose label is what the question names, and nothing more."""
    index, wanted = index_of(scope.document), scope_parts(scope)
    found: dict[str, TextFinding] = {}
    for label, whole, value in labels(index):
        if wanted is not None and index.parts[whole.block] not in wanted:
            continue
        if not any(pair in label for pair in profile.pairs):
            continue
        coverage = profile.cover(((OWN, label),))
        own = pairs(_bare(label))
        named = sum(pair in profile.pairs for pair in own) / len(own) if own else 0.0
        text = source_text(index, value)[value.start : value.end]
        if _WITHHELD.fullmatch(text.strip()):
            continue
        within = len(label) >= 4 and any(label in term.text for term in profile.terms)
        if (coverage.share < MEDIUM_SHARE and not within) or named < 0.5 or not want(text):
            continue
        sure = coverage.share >= 0.92 and named >= 0.7
        level = Confidence.HIGH if sure else Confidence.MEDIUM
        made = make_finding(scope, whole, level, coverage, answer=text)
        found.setdefault(squeezed(text), made)
    return sorted(found.values(), key=lambda f: (f.confidence.rank, -f.score))
