"""An English question as tokens: names, times, numbers, terms of the trade, words that only link."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from qa.english_spans import EnglishName, english_names, is_place
from qa.english_terms import (
    WORD,
    Found,
    Kind,
    Term,
    bag,
    expects_noun,
    is_link,
    longest_at,
    stem_of,
)
from qa.english_times import number_at, numeral, time_at, unit_at

GLOSS = re.compile(
    r"\(\s*([^()]*[\u4e00-\u9fff][^()]*?)\s*\)|（\s*([^（）]*[\u4e00-\u9fff][^（）]*?)\s*）"
)
_QUOTE = re.compile(r"\"([^\"]+)\"|“([^”]+)”|‘([^’]+)’(?!s)|「([^」]+)」|『([^』]+)』|《([^》]+)》")
_HAN = re.compile(r"[\u4e00-\u9fff]")
_STOPS = frozenset(",;:?.!，。；：？！、")


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
    """

    start: int
    end: int
    sort: Sort
    key: str
    zh: str = ""
    term: Term | None = None
    verb: Term | None = None
    form: str = ""

    @property
    def participle(self) -> bool:
        """Whether a verb has a form that can follow its noun (funds allocated to …)."""
        return self.key.startswith("~") and self.key.endswith("'")


def tokens_of(question: str) -> list[Token]:
    """All tokens of a question, in its order; a Chinese gloss takes the place of what it explains."""
    reader = _Reader(question)
    found: list[Token] = []
    while reader.at < len(reader.words):
        found += reader.next()
    return _with_glosses(found)


class _Reader:
    """Reads a question from left to right, the longest reading first."""

    def __init__(self, question: str) -> None:
        self.question = question
        self.words = list(WORD.finditer(question))
        self.stems = [stem_of(word.group()) for word in self.words]
        self.names = english_names(question)
        self.at = 0

    def next(self) -> list[Token]:
        """The tokens at the present word; moves past them."""
        start = self.words[self.at].start()
        name = next((n for n in self.names if n.start <= start < n.end), None)
        if name is not None:
            return [self._upto(name.end, self._name(name))]
        for pattern, sort in ((GLOSS, Sort.GLOSS), (_QUOTE, Sort.QUOTE)):
            match = pattern.match(self.question, start)
            if match:
                return self._enclosed(match, sort)
        token = self._timed(start) or self._phrase(start) or self._counted(start)
        return [token or self._word()]

    def _upto(self, end: int, token: Token) -> Token:
        while self.at < len(self.words) and self.words[self.at].start() < end:
            self.at += 1
        return token

    def _name(self, name: EnglishName) -> Token:
        text = re.sub(r"['’]s?$", "", name.text)
        return Token(name.start, name.end, Sort.NAME, Sort.NAME, text, form=name.text.lower())

    def _enclosed(self, match: re.Match[str], sort: Sort) -> list[Token]:
        """A gloss or a quotation; quoted words that begin a phrase of the trade are that phrase."""
        inside = next(group for group in match.groups() if group)
        if sort is Sort.QUOTE:
            phrase = self._quoted_phrase(match, inside)
            if phrase is not None:
                return [phrase]
        whole = Token(match.start(), match.end(), sort, sort, inside, form=inside.lower())
        if sort is Sort.QUOTE and not _HAN.search(inside):
            inner = [t for t in tokens_of(inside) if t.sort is not Sort.STOP]
            unknown = [t for t in inner if t.sort is Sort.UNKNOWN]
            self._upto(match.end(), whole)
            shifted = [_moved(t, match.start() + 1) for t in unknown]
            return [replace(whole, zh="".join(t.zh for t in inner)), *shifted]
        if sort is Sort.QUOTE:
            whole = replace(whole, zh=f"“{inside}”")
        return [self._upto(match.end(), whole)]

    def _quoted_phrase(self, match: re.Match[str], inside: str) -> Token | None:
        """``"three public" expenses``: a phrase that goes on behind the quotation mark."""
        own = [stem_of(word.group()) for word in WORD.finditer(inside)]
        behind = [i for i, word in enumerate(self.words) if word.start() >= match.end()][:4]
        found = longest_at([*own, *(self.stems[i] for i in behind)], 0)
        if found is None or found.noun is None or found.length <= len(own):
            return None
        end = self.words[behind[found.length - len(own) - 1]].end()
        return self._upto(end, self._term(match.start(), end, found.noun, None))

    def _timed(self, start: int) -> Token | None:
        read = time_at(self.question, start)
        phrase = longest_at(self.stems, self.at)
        if read is None or (phrase and self.words[self.at + phrase.length - 1].end() > read.end):
            return None
        return self._upto(read.end, Token(start, read.end, Sort.TIME, Sort.TIME, read.text))

    def _phrase(self, start: int) -> Token | None:
        found = longest_at(self.stems, self.at)
        if found and found.noun and found.noun.kind is Kind.COMPARE:
            found = found if self._number_follows(found) else longest_at(self.stems, self.at, 1)
            if found and found.noun and found.noun.kind is Kind.COMPARE:
                found = found if self._number_follows(found) else None
        if found is None:
            return None
        end = self.words[self.at + found.length - 1].end()
        return self._upto(end, self._term(start, end, found.noun, found.verb))

    def _term(self, start: int, end: int, noun: Term | None, verb: Term | None) -> Token:
        form = self.question[start:end].lower().strip('"“”')
        if verb is not None and noun is None:
            return as_verb(Token(start, end, Sort.VERB, "", form=form), verb)
        if noun is None:
            return Token(start, end, Sort.UNKNOWN, Sort.UNKNOWN, form=form)
        key = _SIGILS.get(noun.kind, "") + noun.key
        return Token(start, end, Sort.TERM, key, noun.chinese[0], noun, verb, form)

    def _number_follows(self, found: Found) -> bool:
        """Whether a number stands behind a phrase (more than 90)."""
        behind = self.words[self.at + found.length : self.at + found.length + 1]
        return bool(behind) and (behind[0].group()[0].isdigit() or bool(numeral(behind[0].group())))

    def _counted(self, start: int) -> Token | None:
        read = unit_at(self.question, start)
        if read is not None:
            return self._upto(read.end, Token(start, read.end, Sort.UNIT, Sort.UNIT, read.text))
        read = number_at(self.question, start)
        if read is not None:
            return self._upto(read.end, Token(start, read.end, Sort.NUMBER, Sort.NUMBER, read.text))
        return None

    def _word(self) -> Token:
        match = self.words[self.at]
        start, end, text = match.start(), match.end(), match.group()
        self.at += 1
        low = text.lower().replace("’", "'")
        if _HAN.match(text):
            return Token(start, end, Sort.HAN, Sort.HAN, text)
        if low in _STOPS:
            return Token(start, end, Sort.STOP, low)
        if numeral(low):
            return Token(start, end, Sort.NUMBER, Sort.NUMBER, numeral(low), form=low)
        if is_link(low) or not low[0].isalnum():
            return Token(start, end, Sort.LINK, low, form=low)
        possessive = bool(re.search(r"['’]s$", text)) and text[0].isupper()
        if is_place(self.question, start, text) or possessive or text.isupper():
            return self._place(start, end, text)
        if start and _HAN.match(self.question[:start].rstrip()[-1:]):
            return Token(start, end, Sort.LINK, low, form=low)  # 云窗口 booths: what kind of thing
        return Token(start, end, Sort.UNKNOWN, Sort.UNKNOWN, form=low)

    def _place(self, start: int, end: int, text: str) -> Token:
        """A place's name, with the word for its level."""
        level = _LEVEL.match(self.question, end)
        if level:
            end, text = level.end(), f"{text}{level.group()}"
        bare = re.sub(r"['’]s?(?=\s|$)", "", text)
        return self._upto(end, Token(start, end, Sort.NAME, Sort.NAME, bare, form=text.lower()))


_LEVEL = re.compile(r"\s+(?:District|County|City|Province|Municipality|Town)\b(?:['’]s)?", re.I)
_SIGILS = {Kind.COMPARE: ">", Kind.EXTREME: "^", Kind.DEGREE: "+"}


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


def _moved(token: Token, by: int) -> Token:
    return replace(token, start=token.start + by, end=token.end + by)


# ---- glosses

_REACH = 9  # how many tokens before a gloss it can explain


def _with_glosses(tokens: Sequence[Token]) -> list[Token]:
    """Tokens without those that a Chinese gloss behind them explains."""
    kept: list[Token] = []
    for token in tokens:
        if token.sort is Sort.GLOSS and kept and _HAN.search(token.zh):
            before = list(kept)
            start = _explained(kept, token)
            named = kept != before and bool(before) and before[-1].sort is Sort.QUOTE
            token = replace(token, start=start, zh=f"“{token.zh}”" if named else token.zh)
        kept.append(replace(token, zh=_SHORT_BRACKETS.sub(r"\1", token.zh)))
    return kept


# 因公出国（境）费: the reports print it with and without the brackets, and neither tells figures apart.
_SHORT_BRACKETS = re.compile(r"[(（]([\u4e00-\u9fff])[)）]")


def _explained(kept: list[Token], gloss: Token) -> int:
    """Removes what a gloss explains from the tokens before it; returns where that began.

    These are the words of the noun right before it, a quotation or name right before it, and
    further words whose Chinese the gloss holds; words that link them go with them.
    """
    own = _owned_by(kept, gloss)
    if not own:
        return gloss.start
    start = kept[min(own)].start
    linked = {
        i
        for i in range(min(own), len(kept))
        if kept[i].sort is Sort.LINK and _between(i, own, kept)
    }
    kept[:] = [token for i, token in enumerate(kept) if i not in own | linked]
    return start


def _between(at: int, own: set[int], kept: Sequence[Token]) -> bool:
    """Whether a linking word stands between words that a gloss explains, with nothing else there."""
    left = right = at
    while left >= 0 and left not in own and kept[left].sort is Sort.LINK:
        left -= 1
    while right < len(kept) and right not in own and kept[right].sort is Sort.LINK:
        right += 1
    return left in own and (right in own or right == len(kept))


def _owned_by(kept: Sequence[Token], gloss: Token) -> set[int]:
    own: set[int] = set()
    chain, at = True, len(kept) - 1
    while at >= max(0, len(kept) - _REACH) and kept[at].sort is not Sort.STOP:
        token = kept[at]
        said = _held(token, gloss.zh)
        if token.sort in (Sort.NAME, Sort.QUOTE):
            beside = chain and (not own or (token.sort is Sort.QUOTE and not token.zh))
            mine, chain = beside or said, False
        else:
            noun = token.sort in (Sort.TERM, Sort.UNKNOWN)
            verb = token.sort is Sort.VERB and not (at and kept[at - 1].key == "to")
            mine = (chain and noun) or (said and token.sort is not Sort.TIME and not verb)
            chain = chain and noun
        if mine:
            own.add(at)
        elif token.sort is Sort.VERB or (
            token.sort is Sort.LINK and token.key not in _REACHED_OVER
        ):
            break
        at -= 1
    return own


_REACHED_OVER = bag("of to for in on the its their a an and")


def _held(token: Token, gloss: str) -> bool:
    """Whether a gloss holds most of the Chinese of a token."""
    words = (*(token.term.chinese if token.term else ()), token.zh)
    return any(
        word and 2 * sum(char in gloss for char in word) > len(word) and len(word) > 1
        for word in words
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
    for i in candidates[-1:]:
        verb = tokens[i].verb
        tokens[i] = as_verb(tokens[i], verb) if verb is not None else tokens[i]
    return tokens


_NOUNS = (Sort.TERM, Sort.NAME, Sort.GLOSS, Sort.QUOTE)


def _bare(token: Token, verb: Term) -> bool:
    """Whether a word is the plain form of its verb."""
    return token.sort is Sort.TERM and token.form == verb.key.replace("_", " ")


def _may_be_verb(tokens: Sequence[Token], at: int) -> bool:
    if not at:
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


__all__ = ["GLOSS", "Sort", "Token", "tokens_of", "with_verbs"]
