"""A clause that asks, in Chinese: the pattern that fits it, and its parts put into the template."""

from __future__ import annotations

import re

from qa.english import slots as english_slots
from qa.english import which as english_which
from qa.english.clauses import Clause, pattern
from qa.english.phrases import Pieces, joined, said
from qa.english.slots import Asking
from qa.words.lexicon import LexiconError, placed_rows, rows

_SLOT = re.compile(r"\{(\w+)\}")
_SLOTS = english_slots.SLOTS | english_which.SLOTS


def asked(clause: Clause) -> Pieces | None:
    """A clause in Chinese, or None where no pattern fits."""
    keys = clause.keys
    for text, template in rows("english_patterns.tsv"):
        match = pattern(text).fullmatch(keys.line)
        if match:
            pieces = _rendered(Asking(clause, keys, match), template)
            return _with_basis(clause, _with_share(clause, pieces))
    return None


def check_patterns() -> None:
    """Read every pattern.

    Raises:
        LexiconError: a pattern or its template cannot be read.
    """
    for where, (text, template) in placed_rows("english_patterns.tsv"):
        try:
            slots = {*_SLOTS, *pattern(text).groupindex}
        except (re.error, KeyError) as error:
            raise LexiconError(f"{where}:句型“{text}”有误:{error},请更正") from error
        unknown = set(_SLOT.findall(template)) - slots
        if unknown or not template:
            raise LexiconError(f"{where}:没有译文,或译文中有不认识的空位 {sorted(unknown)},请更正")


def _with_basis(clause: Clause, pieces: Pieces) -> Pieces:
    """What is compared with, where the template has no place for it."""
    if not clause.basis or joined(clause.basis) in joined(pieces):
        return pieces
    return [*pieces, said("，比", pieces), *clause.basis]


def _with_share(clause: Clause, pieces: Pieces) -> Pieces:
    """``how much was A as a share of B``: A 占 B 的百分之几."""
    if not clause.share_of:
        return pieces
    while pieces and re.fullmatch(r"是|有|一共|.*多少.*|.*百分之几", pieces[-1].text):
        pieces = pieces[:-1]
    return [*pieces, said("占", pieces), *clause.share_of, said("的百分之几", clause.share_of)]


def _rendered(asking: Asking, template: str) -> Pieces:
    """The template with its slots filled; words of ours stand between them."""
    result: Pieces = []
    at = 0
    for slot in _SLOT.finditer(template):
        _add(result, template[at : slot.start()])
        found = _filled(asking, slot[1])
        last = joined(result)
        if (
            slot[1] in ("v", "doing")
            and found
            and len(found[0].text) > 1
            and last.endswith(found[0].text)
        ):
            found = []
        result += found
        at = slot.end()
    _add(result, template[at:])
    return result


def _filled(asking: Asking, name: str) -> Pieces:
    """A slot of its own kind, else the noun phrase of that name."""
    return _SLOTS[name](asking) if name in _SLOTS else asking.pieces(name)


def _add(result: Pieces, text: str) -> None:
    """Words of ours behind what is there; no 的 where nothing stands before it."""
    if text.startswith("的") and not result:
        text = text[1:]
    if text:
        result.append(said(text, result))
