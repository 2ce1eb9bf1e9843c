"""What an English question is made of, and which of its words are verbs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from qa.english.terms import Kind, Term, bag, expects_noun, stem_of


class Sort(StrEnum):
    """What a token is; its letter stands in the keys that sentence patterns read."""

    NAME = "@N"
    QUOTE = "@Q"
    GLOSS = "@G"
    TIME = "@T"
    NUMBER = "@D"
    UNIT = "@U"
    TERM = "term"
    VERB = "verb"
    LINK = "link"
    HAN = "@H"
    UNKNOWN = "@X"
    STOP = "stop"


@dataclass(frozen=True, slots=True)
class Token:
    """A stretch of the question.

    Attributes:
        key: what sentence patterns read: a linking word itself, the stem of a term, ``~stem`` of
            a verb, else the letters of the sort.
        zh: its Chinese; empty for words that only link or are not known.
        verb: the verb that a word can be beside a noun (cost, budget), until the clause decides.
        form: the word as written, in lower case.
        inside: words in a quotation that are not understood.
    """

    start: int
    end: int
    sort: Sort
    key: str
    zh: str = ""
    term: Term | None = None
    verb: Term | None = None
    form: str = ""
    inside: tuple[str, ...] = ()

    @property
    def participle(self) -> bool:
        """Whether a verb has a form that can follow its noun (funds allocated to …)."""
        return self.key.startswith("~") and self.key.endswith("'")


def as_verb(token: Token, verb: Term) -> Token:
    """A token as a verb; a past form or participle is marked in its key."""
    same = stem_of(token.form.split(" ")[0]) == stem_of(verb.key.split("_")[0])
    return replace(
        token,
        sort=Sort.VERB,
        key="~" + verb.key + ("" if same else "'"),
        zh=verb.chinese[0],
        term=verb,
        verb=token.term,
    )


# ---- nouns or verbs

_DO = bag("do does did will would can could should may might must")


def with_verbs(tokens: Sequence[Token]) -> list[Token]:
    """The tokens of a clause with words that can be noun or verb decided."""
    links = {token.key for token in tokens if token.sort is Sort.LINK}
    finite = bool(links & _DO)
    tokens = [_as_modifier(tokens, i) for i in range(len(tokens))]
    for i in range(2, len(tokens)):
        if tokens[i - 1].key == "to" and tokens[i - 2].sort in _NOUNS:
            verb = tokens[i].verb  # what caused income to rise
            tokens[i] = as_verb(tokens[i], verb) if verb and _bare(tokens[i], verb) else tokens[i]
    sure = any(t.sort is Sort.VERB and not (finite and t.participle) for t in tokens)
    candidates = [i for i in range(len(tokens)) if tokens[i].verb and _may_be_verb(tokens, i)]
    if sure or not candidates:
        return tokens
    if not finite and not links & {"which", "who", "what", "that", "to", "how"}:
        return tokens
    if links & {"is", "are", "was", "were"} and not finite:
        candidates = [i for i in candidates if tokens[i].form.endswith("ed")]
    for i in _likely(tokens, candidates) if finite else candidates[-1:]:
        verb = tokens[i].verb
        tokens[i] = as_verb(tokens[i], verb) if verb is not None else tokens[i]
        other = tokens[i - 2] if i > 1 and tokens[i - 1].key == "or" else None
        if other is not None and other.verb is not None:  # did it increase or decrease
            tokens[i - 2] = as_verb(other, other.verb)
    return tokens


def _likely(tokens: Sequence[Token], candidates: Sequence[int]) -> Sequence[int]:
    """The verb of a clause with ``did``: the last word that can be one (did the towns report in a survey)."""
    last = candidates[-1]
    verb = tokens[last].verb
    if verb is not None and verb.kind is Kind.MOVE:
        return candidates[-1:]
    for at in candidates[:-1]:
        own, behind = tokens[at].verb, tokens[at + 1]
        subject = tokens[at - 1].sort in (*_NOUNS, Sort.HAN)
        if own is not None and subject and _bare(tokens[at], own) and behind.key in _LEADING:
            return [at]
    return candidates[-1:]


_LEADING = bag("in for under at during on from by with as to")
_NOUNS = (Sort.TERM, Sort.NAME, Sort.GLOSS, Sort.QUOTE)


def _bare(token: Token, verb: Term) -> bool:
    """Whether a word is the plain form of its verb."""
    return token.sort is Sort.TERM and token.form == verb.key.replace("_", " ")


def _may_be_verb(tokens: Sequence[Token], at: int) -> bool:
    if not at or tokens[at].form.endswith("ing"):
        return False
    before = tokens[at - 1]
    return not (before.sort is Sort.LINK and expects_noun(before.key)) and (
        before.sort is not Sort.STOP
    )


_SAYING = frozenset(("写明", "填报", "给出", "显示"))  # the stated rate is the rate


def _as_modifier(tokens: Sequence[Token], at: int) -> Token:
    """A participle between an article and a noun is part of the noun (the completed projects)."""
    token = tokens[at]
    if token.sort is not Sort.VERB or not token.participle or at + 1 >= len(tokens):
        return token
    if token.zh in _SAYING and at and tokens[at - 1].sort is Sort.LINK:
        return replace(token, sort=Sort.LINK, key="the")
    before = tokens[at - 1] if at else None
    first = before is None or (
        before.sort is Sort.LINK and expects_noun(before.key) and before.key != "what"
    )
    noun = tokens[at + 1].sort in (Sort.TERM, Sort.UNKNOWN, Sort.GLOSS, Sort.QUOTE)
    if not (first and noun):
        return token
    return replace(token, sort=Sort.TERM, key=token.key.strip("~'"), verb=token.term)
