"""The clauses of an English question: what each compares with, when, in which unit; and the rest."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cache

from qa.english.phrases import Gloss, Pieces, joined, phrase, said
from qa.english.spans import HEADS
from qa.english.terms import Kind, Term, bag, move_keys
from qa.english.tokens import Sort, Token, as_verb, with_verbs
from qa.words.lexicon import derived

DO = "(?:do|does|did|have|has|had|will|would|can|could|should|may|might|must)"
BE = "(?:(?:has|have|had|will|would|should|to) be(?:en)?|be|is|are|was|were|been|being)"
_THE = "(?:(?:the|a|an|its|their|this|that|these|those) )?"
_MACROS = {
    "DO": DO,
    "BE": BE,
    "THE": _THE,
    "VERB": r"(?P<v>~[^\s']+)",  # the plain form
    "DONE": r"(?P<v>~\S+)",
    "SUP": r"(?P<sup>\^\S+)",
    "DEG": r"(?P<deg>\+\S+)",
    "FILLS": r"~(?:account_for|make_up|represent|constitute|take_up|form)'?",
    "GETS": r"(?:have|has|had|~(?:get|receive|obtain|achieve|reach|score|record|report|show|earn|see|win)'?)",
    "PART": "(?:percentage|percent|per cent|share|proportion|fraction|part|%)",
    "IT": "(?:it|that|this|they|those|these)",
    "SHARE": "(?:what|which|how (?:large|big|much)(?: a)?) PART",
    "PERCENTAGE": "(?:by )?(?:what|how many|how much) (?:percentage|percent|per cent|percentage_point|ratio)",
    "WHICHTIME": "(?:(?:in|on|at|for|during|by) )?(?:which|what) (?P<w>year|month|date|day|quarter)",
    "MOVENOUN": "(?:change|increase|decrease|rise|fall|drop|decline|growth|reduction)",
}


class Keys:
    """Tokens as a line of their keys, in which patterns find stretches of tokens."""

    def __init__(self, tokens: Sequence[Token]) -> None:
        self.tokens = list(tokens)
        self.line = " ".join(token.key for token in self.tokens)
        self._starts: dict[int, int] = {}
        at = 0
        for number, token in enumerate(self.tokens):
            self._starts[at] = number
            at += len(token.key) + 1
        self._starts[len(self.line) + 1] = len(self.tokens)

    def span(self, match: re.Match[str], name: str | int = 0) -> tuple[int, int]:
        """First token and the one after the last of a stretch."""
        start, end = match.span(name)
        return self._starts[start], self._starts[end + 1]

    def slot(self, match: re.Match[str], name: str) -> list[Token]:
        """The tokens of a named stretch; none where the pattern left it out."""
        if name not in match.re.groupindex or match[name] is None:
            return []
        start, end = self.span(match, name)
        return self.tokens[start:end]

    def without(self, match: re.Match[str]) -> list[Token]:
        start, end = self.span(match)
        return self.tokens[:start] + self.tokens[end:]


@derived
@cache
def pattern(text: str) -> re.Pattern[str]:
    """A pattern over keys: `<x>` is a stretch of tokens, `<x*>` one that may be missing.

    Words in capitals are macros; a macro or word ends at a blank.
    """
    macros = {**_MACROS, "MOVE": f"(?P<v>~(?:{'|'.join(move_keys())})'?)"}
    text = re.sub(r" ?<(\w+)\*>", r"(?: (?P<\1>\\S+(?: \\S+)*))?", text)
    text = re.sub(r"(?<!\?P)<(\w+)>", r"(?P<\1>\\S+(?: \\S+)*?)", text)
    for _ in range(2):  # a macro may hold another one
        text = text.replace("THE ", _THE)
        text = re.sub(r"\b[A-Z]{2,}\b", lambda m: macros.get(m.group(), m.group()), text)
    return re.compile(text)


@dataclass(slots=True)
class Clause:
    """A clause under way: the tokens that patterns read, and what was taken out of them."""

    tokens: list[Token]
    unit: str = ""
    basis: Pieces = field(default_factory=list)
    total: bool = False
    percent: bool = False
    average: bool = False
    times: Pieces = field(default_factory=list)
    ends: tuple[Gloss, Gloss] | None = None  # from the first to the second
    share_of: Pieces = field(default_factory=list)
    included: Pieces = field(default_factory=list)

    @property
    def keys(self) -> Keys:
        return Keys(self.tokens)

    @property
    def moves(self) -> bool:
        line = self.keys.line
        verb = re.search(r"(?<!\S)" + pattern("MOVE").pattern + r"(?!\S)", line)
        return bool(verb or re.search(rf"(?:what|the) {_MACROS['MOVENOUN']}(?!\S)", line))

    def take(self, text: str) -> tuple[Keys, re.Match[str]] | None:
        """Finds a stretch and takes its tokens out of the clause."""
        keys = self.keys
        match = re.compile(rf"(?<!\S){pattern(text).pattern}(?!\S)").search(keys.line)
        if match is None:
            return None
        self.tokens = keys.without(match)
        return keys, match


ASKING = bag("how what which who whom whose when where why")
_TOLD = re.compile(r"(?<!\S)(?:tell|~?give|~?show|know)(?!\S)")
_POLITE = (
    r"^(?:(?:please|kindly|so|then|well|hi|hello|ok|yes|also|now|but|can|could|would|will|you|"
    r"(?:~?give'?|tell|~?show'?|let) (?:me|us)(?: know)?|"
    r"i (?:would like|want|need|~need|like) to know|do you know|know) ?)+(?= |$)"
)
_LOOSE = r"(?:roughly|approximately|exactly|actually|overall|around(?= how)|about(?= how))"
_TOTAL = r"(?:in (?:total|all)|altogether|together|combined)"
_COMPARED = (
    r"(?:~compare'? (?:with|to)|relative to|in comparison (?:with|to)|against|versus|vs|"
    r"than (?:in|for|that of|THE(?=@T)))"
)


def clause_of(tokens: Sequence[Token]) -> Clause:
    """A clause with its unit, basis of comparison, times and so on taken out."""
    clause = Clause(with_verbs(_bounded(_denied(tokens))))
    _drop(clause)
    _take_unit(clause)
    _take_sides(clause)
    _take_ends(clause)
    _take_basis(clause)
    _take_times(clause)
    return clause


def _denied(tokens: Sequence[Token]) -> list[Token]:
    """Tokens without ``not``; the next verb is one of not doing."""
    kept: list[Token] = []
    denied, skipped = False, -1
    for i, token in enumerate(tokens):
        following = tokens[i + 1] if i + 1 < len(tokens) else None
        if token.key == "not" and following is not None and following.form in _REGARDING:
            kept.append(
                replace(following, sort=Sort.LINK, key="without", zh="", term=None, verb=None)
            )
            skipped = i + 1
            continue
        if i == skipped:
            continue
        if token.sort is Sort.LINK and (token.key == "not" or token.key.endswith("n't")):
            denied = True
            if token.key != "not":
                kept.append(replace(token, key=token.key[:-3]))
        elif denied and (token.sort is Sort.VERB or token.verb is not None):
            term = token.verb if token.sort is not Sort.VERB else token.term
            if kept[-1:] and kept[-1].key in _HELPING and len(kept) > 1 and _subject_asked(kept):
                kept.pop()
            verb = as_verb(token, term) if term is not None else token
            kept.append(replace(verb, zh="未" + verb.zh))
            denied = False
        else:
            kept.append(token)
    return kept


_BOUNDS = {
    **dict.fromkeys(("more", "above", "higher", "over", "greater", "up"), "不低于"),
    **dict.fromkeys(("less", "below", "lower", "under", "fewer"), "不超过"),
}


def _bounded(tokens: Sequence[Token]) -> list[Token]:
    """``90% or more`` is at least 90%."""
    result = list(tokens)
    for i in range(len(result) - 2):
        number, joint, bound = result[i : i + 3]
        word = _BOUNDS.get(bound.form)
        if number.sort is Sort.NUMBER and joint.key in ("or", "and") and word:
            term = Term("bound", (word,), Kind.COMPARE)
            first = replace(bound, sort=Sort.TERM, key=">bound", zh=word, term=term, verb=None)
            of = i - 1 if i and result[i - 1].key == "of" else i
            result[of : i + 3] = [first, number, *[replace(joint, key="the")] * (i - of + 1)]
            return result
    return result


_REGARDING = bag("counting including")  # what is not counted is left out
_HELPING = bag("do does did has have had")


def _subject_asked(kept: Sequence[Token]) -> bool:
    """``which indicators did not …``: the asking word is the subject."""
    return kept[0].key in ("which", "what", "who") and kept[-1].sort is Sort.LINK


def _drop(clause: Clause) -> None:
    while len(clause.tokens) > 1 and clause.tokens[0].key in ("and", "but", "so", "then"):
        if not any(t.key in ASKING for t in clause.tokens):
            break
        del clause.tokens[0]
    told = False
    for text in (_POLITE, _LOOSE, r"out of @D", r"~?back(?= (?:in|from) )"):
        while found := clause.take(text):
            told = told or bool(_TOLD.search(found[1].group()))
    if told and not any(t.key in ASKING for t in clause.tokens):
        at = clause.tokens[0].start if clause.tokens else 0
        clause.tokens[:0] = [Token(at, at, Sort.LINK, key) for key in ("what", "was")]
    line = clause.keys.line
    if re.match(r"how many (?!@U)", line):
        clause.tokens = [_counted(token) for token in clause.tokens]
    elif re.search(r"~(?:spend|pay)'?|(?:spending|expenditure|expense|cost) (?:on|for)", line):
        clause.tokens = [_spent_on(token) for token in clause.tokens]
    clause.average = clause.take(r"on average") is not None
    if clause.average:
        clause.tokens = [_on_average(token, clause) for token in clause.tokens]
    clause.percent = clause.take(r"(?:in|as) THE (?:percentage|percent)(?: terms?)?") is not None
    if clause.take(_TOTAL + "(?!$ $)"):
        clause.total = True


def _on_average(token: Token, clause: Clause) -> Token:
    """What is reckoned per thing on average: 平均每场."""
    if not clause.average or not token.zh.startswith("每"):
        return token
    clause.average = False
    return replace(token, zh="平均" + token.zh)


def _counted(token: Token) -> Token:
    """What is counted is no money: 公务接待费 is 公务接待."""
    metric = token.term is not None and token.term.kind is Kind.METRIC
    if metric and len(token.zh) > 2 and token.zh.endswith("费"):
        return replace(token, zh=token.zh[:-1])
    return token


def _spent_on(token: Token) -> Token:
    """What money is spent on is an item of the economic classification: 会议费, 培训费."""
    return replace(token, zh=token.zh + "费") if token.zh in _ITEMS else token


_ITEMS = bag("会议 培训 差旅 印刷 公务接待 办公 维修 咨询 劳务 租赁 取暖 福利")


_UNITS = bag(
    "公里 千米 米 毫米 平方米 平方公里 立方米 公顷 亩 吨 万吨 天 小时 分钟 人 户 册 万册 人次 万人次 千瓦时"
)


def _stated_unit(clause: Clause) -> str:
    """A unit that stands in brackets, or in words (in hectares); it is taken out."""
    tokens = clause.tokens
    for i, token in enumerate(tokens):
        if token.sort is Sort.UNIT and token.form:
            clause.tokens = [*tokens[:i], *tokens[i + 1 :]]
            return token.zh
        behind = tokens[i + 1 : i + 3]
        measure = token.key == "in" and bool(behind) and behind[0].zh in _UNITS
        if measure and (len(behind) < 2 or behind[1].sort in (Sort.STOP, Sort.LINK)):
            clause.tokens = [*tokens[:i], *tokens[i + 2 :]]
            return behind[0].zh
    return ""


def _take_unit(clause: Clause) -> None:
    stated = _stated_unit(clause)
    _take_money(clause)
    clause.unit = clause.unit or stated


def _take_money(clause: Clause) -> None:
    found = clause.take(r"(?:in|into|to|in (?:term|unit) of) (?P<u>@U)")
    if found is None:
        many = Keys(clause.tokens)
        match = re.search(r"how (many|much) (?P<u>@U)", many.line)
        if match:
            clause.unit = many.slot(match, "u")[0].zh
            at = many.span(match)[0]
            clause.tokens[at + 1] = replace(clause.tokens[at + 1], key="much")
            del clause.tokens[at + 2]
        return
    clause.unit = found[0].slot(found[1], "u")[0].zh


def _take_sides(clause: Clause) -> None:
    """``as a share of B``, ``with B included``, ``excluding B``."""
    found = clause.take(r"as THE PART of (?P<x>\S+(?: \S+)*)$")
    if found:
        clause.share_of = phrase(found[0].slot(found[1], "x"))
    for text, word in (
        (r"with <x> ~include'(?=$)", "含"),
        (r"with <x> ~exclude'(?=$)", "不含"),
        (r"~include' (?P<x>\S+(?: \S+)*)$", "含"),
        (r"(?:~exclude'|without|not counting|with <y> ~exclude') (?P<x>\S+(?: \S+)*)$", "不含"),
    ):
        if clause.keys.line.startswith(("what ~", "who ~")):
            continue
        found = clause.take(text)
        if found:
            inside = phrase(found[0].slot(found[1], "x"))
            clause.included = [said(word, inside[:1]), *inside]


def _take_ends(clause: Clause) -> None:
    """From when to when something changed; years without a change are a range."""
    found = clause.take(r"(?:between|from) THE (?P<a>@T) (?:and|to|until|through) THE (?P<b>@T)")
    if found:
        a, b = (found[0].slot(found[1], name)[0] for name in "ab")
        first, last = Gloss(a.start, a.end, a.zh), Gloss(b.start, b.end, b.zh)
    else:
        ranged = re.search(r"(?<!\S)@T(?!\S)", clause.keys.line) and next(
            (t for t in clause.tokens if t.sort is Sort.TIME and "至" in t.zh), None
        )
        if not ranged:
            return
        clause.tokens = [t for t in clause.tokens if t is not ranged]
        if not clause.moves:
            clause.times = [Gloss(ranged.start, ranged.end, ranged.zh)]
            return
        one, other = ranged.zh.split("至")
        first, last = (Gloss(ranged.start, ranged.end, text) for text in (one, other))
    year = re.match(r"\d{4}年(?=年)", last.text)
    if year and first.text.startswith(year.group()):
        first = replace(first, text=first.text[5:])
    if clause.moves or "年初" in first.text or "difference" in clause.keys.line:
        clause.ends = (first, last)
    else:
        clause.times = [Gloss(first.start, last.end, f"{first.text}至{last.text}")]


def _take_basis(clause: Clause) -> None:
    if clause.take(r"(?:year-on-year|year_on_year|over_the_same_period)"):
        clause.basis = [said("上年")]
        return
    found = clause.take(rf"{_COMPARED} (?P<b>\S+(?: (?!in @T$)\S+)*)")
    if found is None and (clause.moves or "+" in clause.keys.line):
        found = _earlier(clause)
    if found is None and clause.take(r"than ~(?:budget|plan)'"):
        clause.basis = [said("预算")]
    if found is not None:
        clause.basis = phrase(found[0].slot(found[1], "b"))


def _earlier(clause: Clause) -> tuple[Keys, re.Match[str]] | None:
    """``over the previous year``, ``from 2021``: one year, and no stretch of years."""
    text = r"(?:from|over|than|on) THE (?P<b>@T)"
    keys = clause.keys
    match = re.search(rf"(?<!\S){pattern(text).pattern}(?!\S)", keys.line)
    year = (
        re.fullmatch(r"上年|\d{4}年(?:年[初末])?", keys.slot(match, "b")[0].zh) if match else None
    )
    return clause.take(text) if year else None


def _take_times(clause: Clause) -> None:
    """The time of the whole clause; left in place where there are several."""
    while True:
        listed = re.search(r"(?<!\S)@T(?: ,)?(?: and)? (?:the )?@T(?!\S)", clause.keys.line)
        if not listed:
            break
        start, end = clause.keys.span(listed)
        times = [t for t in clause.tokens[start:end] if t.sort is Sort.TIME]
        year_before = not re.search(r"[和、,]| and|,", listed.group())
        merged = ("" if year_before else "和").join(t.zh for t in times)
        whole = replace(times[0], end=times[-1].end, zh=merged)
        clause.tokens[start:end] = [whole]
    since = clause.take(r"since (?:\S+ )*?(?:in )?(?:the )?(?P<t>@T)")
    if since:
        token = since[0].slot(since[1], "t")[0]
        clause.times = [Gloss(token.start, token.end, token.zh + "以来")]
    text = (
        r"(?:in|at|for|by|during|on|of|over|as of|throughout|within|through|until|up to|"
        r"at THE end of) THE (?P<t>@T)"
    )
    keys = clause.keys
    found = [
        match
        for match in re.finditer(rf"(?<!\S){pattern(text).pattern}(?!\S)", keys.line)
        if not _modifies(keys, keys.span(match)[1])
    ]
    last = re.search(r"(?<= )(?P<t>@T)$", keys.line)
    if not found and last and len(keys.tokens) > 2:
        found = [last]
    if len(found) == 1 and not clause.times:
        token = keys.slot(found[0], "t")[0]
        clause.tokens = keys.without(found[0])
        clause.times = [Gloss(token.start, token.end, token.zh)]


def _modifies(keys: Keys, after: int) -> bool:
    """Whether a time stands right before its noun (of the 2023 budget)."""
    return after < len(keys.tokens) and keys.tokens[after].sort in _NOUNS


_NOUNS = (Sort.TERM, Sort.GLOSS, Sort.QUOTE, Sort.NAME, Sort.HAN, Sort.UNKNOWN)


_BODY_END = re.compile(r"(?<=..)(?:局|委员会|委|办公室|厅|院|中心|政府)$")


def names_first(pieces: Pieces) -> int:
    """How many pieces at the front are names and years."""
    count = 0
    for piece in pieces:
        name = re.search(HEADS, piece.text, re.IGNORECASE) or _BODY_END.search(piece.text)
        if not name and not re.fullmatch(r"\d{4}年|的", piece.text):
            break
        count += 1
    while count and pieces[count - 1].text == "的":
        count -= 1
    return count


_BOUND = re.compile(r"(?:[由比和与、，]|中)$")


_LEVELS = ("区县", "县区", "市县", "乡镇", "镇街")


def names_to_front(pieces: Pieces) -> Pieces:
    """The one body or place that a clause names before all else, as Chinese has it."""
    names = [i for i, p in enumerate(pieces) if re.match(r"[A-Z][a-z]", p.text)]
    if len(names) != 1 or not names[0]:
        return pieces
    at = names[0]
    if _BOUND.search(joined(pieces[:at])):
        return pieces
    after = at + 2 if pieces[at + 1 : at + 2] and pieces[at + 1].text == "的" else at + 1
    # A place and 区县 would be another place's name.
    apart = [said("的")] if joined(pieces[:at]).startswith(_LEVELS) else []
    return [pieces[at], *apart, *pieces[:at], *pieces[after:]]


def with_times(clause: Clause, pieces: Pieces) -> Pieces:
    """The clause's time behind the names at its front."""
    pieces = names_to_front(pieces)
    if not clause.times or joined(clause.times) in joined(pieces):
        return pieces
    at = names_first(pieces)
    return [*pieces[:at], *clause.times, *pieces[at:]]


def with_average(clause: Clause, pieces: Pieces) -> Pieces:
    """平均 before what is asked, behind names and times."""
    if not clause.average:
        return pieces
    at = names_first(pieces)
    return [*pieces[:at], said("平均", pieces[:at]), *pieces[at:]]
