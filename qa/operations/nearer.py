"""The figure of a sentence whose own words are those asked for, in the place of its neighbour.

新增5G基站1800座，累计建成5G基站15493座: of 累计建成多少 the first is not meant, though its name is near.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from ingest.model import Document, Figure, Role
from qa.figures.evidence import Cluster
from qa.plan import Target
from qa.words.matching import grams, squeeze

_NEAR = 6  # figures of one sentence on either side
_BETTER = 2  # grams by which a neighbour's own words must fit better
_ROLES = (Role.VALUE, Role.ACTUAL)


def nearer(target: Target, chosen: Cluster) -> Cluster:
    """The neighbour of the same kind that the asked words name whole; the figure itself where none is.

    Args:
        target: what is asked for.
        chosen: the figure that fits it best, as far as names go.
    """
    best = chosen.best
    figure, document = best.figure, best.document
    wanted = grams(squeeze(target.key))
    if figure.locator.table is not None or figure.role not in _ROLES or not wanted:
        return chosen
    before = _words_before(document, figure)
    own = grams(before)
    if _CHANGED_TO.search(before):  # 网点由28个增至41个
        return chosen
    fits = [
        other
        for other in _siblings(document, figure)
        if _fits(wanted, grams(_words_before(document, other)), own, behind=other.no > figure.no)
    ]
    if len(fits) != 1 or len(wanted & own) > len(wanted) - _BETTER:
        return chosen
    candidate = replace(best, figure=fits[0], match=replace(best.match, figure=fits[0].no))
    return Cluster(candidate, (candidate,))


def told_by_column(target: Target, rivals: Sequence[Cluster]) -> Cluster | None:
    """Of the cells of one row the one whose column alone says a word asked for; None where none does.

    Of 应配套, 已到位 and 欠配套 in a table of 配套资金, 到位的配套 is the second, though it is not so called.
    """
    first = rivals[0].best
    place, document = first.figure.locator, first.document
    if place.table is None or not all(
        each.best.report == first.report and _in_row(each.best.figure, first.figure)
        for each in rivals
    ):
        return None
    row = [f for f in document.figures if _in_row(f, first.figure)]
    wanted = grams(squeeze(target.key))
    said = {f.no: grams(squeeze("".join(f.column_path[-1:]))) & wanted for f in row}
    alone = [
        f for f in row if said[f.no] - frozenset().union(*(said[o.no] for o in row if o.no != f.no))
    ]
    if len(alone) != 1 or alone[0].role not in (*_ROLES, Role.TARGET, Role.BUDGET):
        return None
    table = document.tables[place.table]
    title = grams(squeeze("".join((table.title, *alone[0].row_path, *alone[0].column_path))))
    lacking = frozenset().union(*said.values()) - said[alone[0].no] - title
    if lacking or alone[0].period != first.figure.period:
        return None
    candidate = replace(first, figure=alone[0], match=replace(first.match, figure=alone[0].no))
    return Cluster(candidate, (candidate,))


def _in_row(figure: Figure, other: Figure) -> bool:
    mine, its = figure.locator, other.locator
    return mine.table is not None and (mine.table, mine.row) == (its.table, its.row)


def _fits(
    wanted: frozenset[str], words: frozenset[str], own: frozenset[str], *, behind: bool
) -> bool:
    """Whether a neighbour's words are those asked for; a noun may stand with the first alone.

    新增5G基站1800座，累计建成15493座: the second does not say again what was built.
    """
    if wanted <= words:
        return len(wanted) >= _TELLING
    if not words <= wanted:  # 累计建成, and not a word more
        return False
    told = wanted & (words | own)
    # 工程 of 政府采购工程 is what is asked for; a whole stands before its parts.
    if own <= wanted or not behind:
        return False
    return len(told) >= _MOSTLY * len(wanted) and len(wanted & words - own) >= _BETTER


_TELLING = 4  # grams of a name that few other things have
_MOSTLY = 0.8  # of the asked grams: those across two words stand nowhere


def _siblings(document: Document, figure: Figure) -> list[Figure]:
    """The other figures of its sentence in the same unit."""
    first = max(figure.no - _NEAR, 0)
    unit = figure.quantity.unit
    return [
        other
        for other in document.figures[first : figure.no + _NEAR]
        if other.no != figure.no
        and other.block == figure.block
        and other.sentence == figure.sentence
        and other.role in _ROLES
        and other.period == figure.period
        and other.quantity.unit.compatible(unit)
        and other.quantity.unit.noun == unit.noun
    ]


def _words_before(document: Document, figure: Figure) -> str:
    """What the sentence says between the figure before and this one."""
    before = [
        each.end
        for each in document.figures[max(figure.no - _NEAR, 0) : figure.no]
        if each.block == figure.block and each.end <= figure.start
    ]
    text = document.blocks[figure.block].text
    words = squeeze(_STOPS.split(text[max(before, default=0) : figure.start])[-1])
    return _OF_WHICH.sub("", words)


_OF_WHICH = re.compile("^(?:其中|包括|含|分别为|分别是)+")
_STOPS = re.compile("[。，,；;、：:]")
_CHANGED_TO = re.compile("(?:增|减|降|升|提高|扩大|缩|调)[加少低长]?[至到为]")
