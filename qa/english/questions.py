"""Questions in English as Chinese ones that the rules can read: clause by clause, by patterns.

No model and no grammar of English: sentence patterns (`qa.english_patterns`) give the order, the
glossary (`qa/data/english.tsv`) the words. What stands in Chinese in the question stays as it is;
names of bodies and places stay in English, `qa.naming.names` reads them there.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from qa.english.asking import asked
from qa.english.clauses import ASKING as _ASKING
from qa.english.clauses import Clause, clause_of, with_average, with_times
from qa.english.glosses import GLOSS, without_asides
from qa.english.phrases import Gloss, Pieces, action, joined, phrase, said, with_quotations
from qa.english.reading import tokens_of
from qa.english.terms import bag
from qa.english.tokens import Sort, Token
from qa.english.wording import Wording, as_reported

_HAN = re.compile(r"[\u4e00-\u9fff]")
_LATIN_WORD = re.compile(r"[A-Za-z]{2,}")
_QUOTED = re.compile(r"[“\"「《][^”\"」》]*[”\"」》]")
_SENTENCE = 4  # English words beside what is quoted that make a sentence
_PLAIN = 3  # likewise where the first of them begins an English sentence
_FIRST = bag(
    """is are was were do does did has have had list express convert rank sort add name
    ~list ~give ~show ~compare ~define ~explain ~calculate ~compute ~state ~identify
    ~determine ~find ~rank ~report ~provide ~derive please can could tell i"""
)
_AUXILIARY = bag("was were is are did does do has have")
_MEANWHILE = frozenset(("and", "but", "or"))
_IDLE = bag("and but or please hi hello thank thanks you yes ok well so")
_FALLBACK = (
    ("how much", "多少"),
    ("how many", "多少个"),
    ("why", "原因是什么"),
    ("when", "什么时候"),
    ("who", "谁"),
    ("where", "在哪里"),
    ("which", "哪个"),
    ("what", "是什么"),
    ("how", "怎样"),
)


@dataclass(frozen=True, slots=True)
class Translated:
    """A Chinese question; `spans` say which words came from where, in order of `text`.

    Attributes:
        unknown: English words with a meaning of their own that nothing stands for, lower case.
        glosses: what the question itself gives in Chinese in brackets, in its order.
    """

    text: str
    spans: tuple[Gloss, ...] = ()
    unknown: tuple[str, ...] = ()
    glosses: tuple[str, ...] = ()


_ENGLISH_HEAD = re.compile(
    r"\W*(?:wh(?:at|ich|o|om|ose|y|en|ere)|how|d(?:id|oes|o)|is|are|was|were|ha[sd]|have|can|could|please"
    r"|list|give|show|tell|name|compare|explain|in|for|by|according|under|of|on|from|between|the)\b",
    re.IGNORECASE,
)
_CHINESE_ASKS = re.compile("什么|多少|哪|谁|几|[吗呢嘛]|为何|如何|怎|是否|请")


def language_of(question: str) -> str:
    """`en` when the question's own words are English; Chinese glosses do not make it Chinese.

    Nor do the names of bodies and projects that an English sentence has in Chinese.
    """
    words = len(_LATIN_WORD.findall(question))
    if words >= _PLAIN and _ENGLISH_HEAD.match(question) and not _CHINESE_ASKS.search(question):
        return "en"
    outside = GLOSS.sub(" ", question)
    unquoted = _QUOTED.sub(" ", outside)
    outside = unquoted if len(_LATIN_WORD.findall(unquoted)) >= _SENTENCE else outside
    han = len(_HAN.findall(outside))
    latin = len(_LATIN_WORD.findall(outside))
    return "en" if latin and (not han or (latin >= 2 and latin > han / 2)) else "zh"


def to_chinese(question: str, wording: Wording | None = None) -> Translated:
    """Turn an English question into a Chinese one; a Chinese one is returned unchanged.

    A gloss in brackets takes the place of the words that it explains. English words that have no
    Chinese are left out of the text and named in `unknown`. Of several Chinese words for an English
    one the reports' own is taken, where their `wording` is given, else the first of the glossary.
    """
    if language_of(question) == "zh":
        return Translated(question, (Gloss(0, len(question), question),) if question else ())
    tokens = with_quotations(tokens_of(without_asides(question)), wording)
    tokens = as_reported(tokens, wording) if wording is not None else tokens
    pieces = _sentence(_clauses(tokens))
    return Translated(
        _IN_UNIT.sub(r"多少\g<unit>", joined(pieces)),
        tuple(piece for piece in pieces if piece.start < piece.end),
        tuple(dict.fromkeys(word for token in tokens for word in _not_understood(token))),
        tuple(next(group for group in match if group) for match in GLOSS.findall(question)),
    )


_IN_UNIT = re.compile(r"多少钱，(?P<unit>[万亿]?元)$")  # …, in 万元?


def _not_understood(token: Token) -> tuple[str, ...]:
    return (token.form,) if token.sort is Sort.UNKNOWN else token.inside


# ---- clauses


def _clauses(tokens: Sequence[Token]) -> list[list[Token]]:
    """The tokens cut at commas that part clauses, and before ``and how much``."""
    cut: list[list[Token]] = [[]]
    for i, token in enumerate(tokens):
        following = tokens[i + 1] if i + 1 < len(tokens) else None
        if (token.sort is Sort.STOP and not _enumerates(tokens, i)) or (
            token.key in _MEANWHILE and cut[-1] and following and _begins_asking(tokens, i + 1)
        ):
            cut.append([])
        else:
            cut[-1].append(token)
    return [clause for clause in cut if any(t.key not in _IDLE for t in clause)]


def _begins_asking(tokens: Sequence[Token], at: int) -> bool:
    keys = [token.key for token in tokens[at : at + 2]]
    if keys[0] in ("by", "in", "at", "for", "on") and len(keys) > 1:
        keys = keys[1:]
    return keys[0] in _ASKING or (keys[0] in _AUXILIARY and _asked_before(tokens, at))


def _asked_before(tokens: Sequence[Token], at: int) -> bool:
    """``what was the target, and was it met``: a second question that begins with its verb."""
    following = tokens[at + 1] if at + 1 < len(tokens) else None
    subject = following is not None and following.sort is not Sort.VERB
    return subject and any(token.key in _ASKING for token in tokens[: at - 1])


def _enumerates(tokens: Sequence[Token], at: int) -> bool:
    """Whether a comma parts entries of a list (A, B and C) and no clauses."""
    if tokens[at].key not in (",", "，", "、"):
        return False
    segments: list[list[Token]] = [[]]
    for token in tokens[at + 1 :]:
        if token.sort is Sort.STOP:
            if token.key not in (",", "，", "、"):
                break
            segments.append([])
        else:
            segments[-1].append(token)
    for segment in segments:
        keys = {token.key for token in segment}
        if not segment or keys & _ASKING or segment[0].key in (*_FIRST, "with"):
            return False
        if keys & {"and", "or"}:
            return True
        if any(t.sort is Sort.VERB for t in segment) or len(segment) > 8:
            return False
    return False


def _asks(clause: Sequence[Token]) -> bool:
    keys = [token.key for token in clause]
    return bool(_ASKING & set(keys)) or keys[0] in _FIRST


# ---- the sentence


def _sentence(clauses: Sequence[Sequence[Token]]) -> Pieces:
    """The clauses in Chinese; what leads to an asking clause goes before or into it."""
    result: Pieces = []
    waiting: list[Token] = []
    clauses = _with_afterthoughts(clauses)
    asking = any(_asks(clause) for clause in clauses)
    for number, tokens in enumerate(clauses):
        last = number == len(clauses) - 1
        if not _asks(tokens) and not last and _goes_into(tokens):
            waiting += tokens
            continue
        if not last and _SUM_UP.match(" ".join(t.key for t in tokens)):
            waiting += _summed_up(tokens)
            continue
        if last and _TAG.fullmatch(" ".join(token.key for token in tokens)):
            result += [said("，对吗", result)] if result else []
            continue
        if not _asks(tokens) and asking:
            if _only_source(tokens, clauses):
                continue
            lead, comma = _beside(tokens, before=not last)
            result = _with_comma(result) if last else result
            result += lead
            result += [said("，", lead)] if comma and lead else []
            continue
        clause = _main([*tokens, *waiting])
        result = _with_comma(result) if number and _ended(result) else result
        result += clause
        waiting = []
    return _tidy(result)


def _with_afterthoughts(clauses: Sequence[Sequence[Token]]) -> list[list[Token]]:
    """``what was the budget, in yuan``: what only qualifies goes into the asking clause before it."""
    merged: list[list[Token]] = []
    for tokens in _whole(_sharing(clauses)):
        line = " ".join(token.key for token in tokens)
        after = bool(merged) and _asks(merged[-1]) and not _asks(tokens)
        if after and tokens[-1].key in ("~include'", "~exclude'") and len(tokens) < _SHORT_CLAUSE:
            merged[-1] += [
                replace(tokens[0], sort=Sort.LINK, key="with", zh="", term=None),
                *tokens,
            ]
        elif after and (
            _goes_into(tokens)
            or re.fullmatch(r"(?:in|as) (?:the |a )?(?:@U|percent\S*)(?: terms?)?", line)
        ):
            merged[-1] += tokens
        else:
            merged.append(list(tokens))
    return merged


_TAG = re.compile(
    r"(?:is (?:that|it|this) )?(?:right|correct|true)|(?:is|was|were|are|did|does|has|have)(?:n't)? "
    r"(?:it|they)|no|yes"
)
_SHORT_CLAUSE = 6  # tokens
_ON = bag("is are was were do does did has have had will would can could")


def _sharing(clauses: Sequence[Sequence[Token]]) -> list[list[Token]]:
    """``how many groups and how many people did A receive``: both of what A received."""
    shared = [list(tokens) for tokens in clauses]
    for first, second in pairwise(shared):
        _with_noun(first, second)
    for i in range(len(shared) - 2, -1, -1):
        first, second = shared[i], shared[i + 1]
        both = all(_begins_counting(tokens) for tokens in (first, second))
        on = next((n for n, t in enumerate(second) if t.key in _ON), None)
        bare = not any(t.key in _ON or t.sort is Sort.VERB for t in first)
        if both and bare and on is not None:
            shared[i] = [*first, *second[on:]]
    return shared


def _with_noun(first: Sequence[Token], second: list[Token]) -> None:
    """``how many forms were sent and how many were returned``: forms in both."""
    keys = [token.key for token in second]
    start = 1 if keys[:1] and keys[0] in _MEANWHILE else 0
    if not _begins_counting(first) or keys[start : start + 2] != ["how", "many"]:
        return
    at = start + 2
    ones = next((i for i in range(at, min(at + 3, len(keys))) if keys[i] in ("one", "ones")), None)
    if ones is None and (at >= len(keys) or keys[at] not in _ON):
        return
    begin = 1 + [token.key for token in first].index("many")
    ends = (i for i, t in enumerate(first) if i > begin and (t.key in _ON or t.sort is Sort.VERB))
    noun = first[begin : next(ends, begin)]
    second[ones if ones is not None else at : at if ones is None else ones + 1] = noun


_ELLIPTIC = re.compile(
    r"(?:and )?(?:which|how many|who)(?: \S+)?(?: of them)? "
    r"(?:do|does|did|have|has|had|is|are|was|were)(?P<no> not|n't)?"
)


def _whole(clauses: Sequence[Sequence[Token]]) -> list[list[Token]]:
    """``how many passed, and which did not``: the verb is the one before."""
    whole: list[list[Token]] = []
    for tokens in clauses:
        match = _ELLIPTIC.fullmatch(" ".join(token.key for token in tokens))
        before = [t for t in (whole[-1] if whole else ()) if t.sort is Sort.VERB]
        if match and before:
            verb = replace(before[-1], key=before[-1].key.rstrip("'"))
            whole.append([*(t for t in tokens if t.key not in _MEANWHILE), verb])
        else:
            whole.append(list(tokens))
    return whole


def _begins_counting(tokens: Sequence[Token]) -> bool:
    keys = [token.key for token in tokens if token.key not in _MEANWHILE][:2]
    return len(keys) > 1 and keys[0] == "how" and keys[1] in ("many", "much")


def _ended(result: Pieces) -> bool:
    """Whether an asking clause stands before."""
    return bool(re.search(r"多少|几|什么|哪|谁|是否|有没有|吗", joined(result)))


def _with_comma(result: Pieces) -> Pieces:
    if not result or result[-1].text.endswith("，"):
        return result
    return [*result, said("，", result)]


_INTO = re.compile(
    r"(?:(?:in|by|for|during|at|as of|since|from|between) (?:the )?@T|~compare'? |relative |versus |"
    r"on average$|in (?:total|all)$|altogether$|together$|overall$|"
    r"as (?:a |the )?(?:share|percentage|percent|proportion|fraction) |~include' |~exclude' |than |year-on-year)"
)


def _goes_into(tokens: Sequence[Token]) -> bool:
    """Whether a clause before the asking one only gives its time or what it compares with."""
    line = " ".join(token.key for token in tokens)
    match = _INTO.match(line)
    if match is None:
        return False
    if match.group().endswith(("average", "total", "all", "altogether", "together", "overall")):
        return True
    return not match.group().endswith("@T") or all(t.sort in (Sort.TIME, Sort.LINK) for t in tokens)


def _main(tokens: Sequence[Token]) -> Pieces:
    """An asking clause, or words that ask for nothing."""
    clause = clause_of(tokens)
    rest = [t for t in clause.tokens if t.sort is not Sort.LINK]
    said_keys = {t.key for t in tokens}
    asks = bool(_ASKING & said_keys) and "about" not in said_keys
    if not rest and (clause.times or clause.basis) and not asks:
        basis = [said("比"), *clause.basis] if clause.basis else []
        return [said("那" if clause.times else ""), *clause.times, *basis, said("呢")]
    pieces = asked(clause)
    if pieces is None:
        pieces = _unlike_any(clause)
    pieces = with_average(clause, with_times(clause, pieces))
    if clause.included:
        pieces = [*pieces, said("，", pieces), *clause.included]
    return pieces


def _unlike_any(clause: Clause) -> Pieces:
    """A clause that no pattern fits: its words in Chinese order, the asking word last."""
    line = " ".join(t.key for t in clause.tokens if t.sort is Sort.LINK)
    words = action(clause.tokens)
    word = next((chinese for english, chinese in _FALLBACK if english in line), "")
    if word.startswith("多少"):
        word += clause.unit
    basis = [said("比"), *clause.basis] if clause.basis else []
    word = word or ("是多少" + clause.unit) * bool(clause.unit)
    return [*words, *basis, *([said(word, words)] if word else [])]


_NAMING = (Sort.NAME, Sort.TIME, Sort.LINK, Sort.GLOSS, Sort.HAN)
_SOURCE = re.compile(r"(?:\d{4}年|的|依据|根据|部门|单位|决算|报告|说明)*")


def _only_source(tokens: Sequence[Token], clauses: Sequence[Sequence[Token]]) -> bool:
    """``going by the 2021 accounts, … in 2020``: where it is read in a report of another year."""
    own = {t.zh for t in tokens if t.sort is Sort.TIME}
    asked = {
        t.zh for clause in clauses if clause is not tokens for t in clause if t.sort is Sort.TIME
    }
    by = " ".join(token.key for token in tokens).startswith(_BY)
    return by and bool(own and asked - own) and bool(_SOURCE.fullmatch(joined(action(tokens))))


_BY = ("according", "based", "going by", "judging by", "per ", "under", "by ")
_WHEN = {"after": "后", "following": "后", "before": "前"}
_WHERE = bag("in of among within from on amongst")
_SUM_UP = re.compile(r"(?:add|adding|~add'?) (?:up |together )?")


def _summed_up(tokens: Sequence[Token]) -> list[Token]:
    """``adding up A and B, how much was paid``: how much was paid on A and B in total."""
    what = [t for i, t in enumerate(tokens) if i > 1 or t.sort is not Sort.LINK]
    at = what[0].start
    on, altogether = (Token(at, at, Sort.LINK, key) for key in ("on", "altogether"))
    return [on, *what, altogether]


def _beside(tokens: Sequence[Token], *, before: bool) -> tuple[Pieces, bool]:
    """A clause that does not ask, and whether a comma parts it from the next one."""
    clause = clause_of(tokens)
    line = " ".join(token.key for token in tokens)
    words = with_times(clause, action(clause.tokens))
    if not before or not words:
        return [*clause.included, *words], before
    if joined(words) == "报告":
        return [], False
    if not line.startswith(_BY) and all(t.sort in _NAMING for t in tokens):
        return words, False
    if line.startswith(("according", "based", "as ~state")) or tokens[0].key in _WHERE:
        plain = all(t.sort in (Sort.NAME, Sort.TIME, Sort.LINK) for t in tokens)
        return (words, False) if plain else ([*words, said("中", words)], True)
    if tokens[0].key == "under":
        return [said("按"), *words], True
    if tokens[0].key in _WHEN:
        return [*words, said(_WHEN[tokens[0].key], words)], True
    return words, tokens[0].sort is not Sort.LINK


def _tidy(pieces: Pieces) -> Pieces:
    """Without commas at the ends and doubled ones."""
    kept: Pieces = []
    for piece in pieces:
        if piece.text.startswith("，") and (not kept or kept[-1].text.endswith("，")):
            piece = replace(piece, text=piece.text[1:])
        if piece.text:
            kept.append(piece)
    while kept and kept[-1].text == "，":
        kept.pop()
    return kept


__all__ = ["Gloss", "Translated", "language_of", "phrase", "to_chinese"]
