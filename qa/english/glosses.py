"""Chinese in brackets in an English question: it takes the place of the words that it explains."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from qa.english.terms import Kind, Term, bag
from qa.english.tokens import Sort, Token
from qa.words.pinyin import spelled

GLOSS = re.compile(
    r"\(\s*([^()]*[\u4e00-\u9fff][^()]*?)\s*\)|（\s*([^（）]*[\u4e00-\u9fff][^（）]*?)\s*）"
)
_HAN = re.compile(r"[\u4e00-\u9fff]")
# “业务管理” (operations management): what the Chinese before it already says.
_ENGLISH_GLOSS = re.compile(r"(?<=[\u4e00-\u9fff”\"》])\s*[(（]\s*[A-Za-z][A-Za-z ,'’-]{2,60}[)）]")
# Give the Chinese wording: of the answer, which quotes the report anyway.
_LANGUAGE = re.compile(
    r"[.?!,;]\s*(?:please\s+)?(?:give|quote|state|use|answer(?:\s+in)?|reply\s+in)\s+(?:me\s+)?(?:the\s+)?(?:original\s+)?chinese[^.?!]*[.?!]?\s*$",
    re.I,
)
_REACH = 9  # how many tokens before a gloss it can explain


def without_asides(question: str) -> str:
    """The question with spaces for what only explains its Chinese, or says how to word the answer."""
    text = _ENGLISH_GLOSS.sub(lambda found: " " * len(found.group()), question)
    return _LANGUAGE.sub(lambda found: "?" + " " * (len(found.group()) - 1), text)


def with_glosses(tokens: Sequence[Token]) -> list[Token]:
    """Tokens without those that a Chinese gloss behind them explains."""
    kept: list[Token] = []
    for token in _with_units(tokens):
        if token.sort is Sort.GLOSS and kept and _HAN.search(token.zh):
            before = list(kept)
            start = _explained(kept, token)
            eaten = kept != before and bool(before)
            named = eaten and before[-1].sort is Sort.QUOTE
            project = eaten and before[-1].zh == "项目" and not _PROJECT_END.search(token.zh)
            counted = _counted_as(before, kept, token.zh)
            if counted and not named:
                term = Term("", (token.zh,), Kind.WORD, counted)
                token = replace(token, term=term)
            text = f"“{token.zh}”" if named or (project and _JOINED.search(token.zh)) else token.zh
            token = replace(token, start=start, zh=text + "项目" * project)
        kept.append(replace(token, zh=_SHORT_BRACKETS.sub(r"\1", token.zh)))
    return kept


_MEASURE = (
    r"[十百千万亿]{0,2}(?:元|人次|批次|场次|车次|架次|户次|个百分点|[个人户场册吨亩件宗条台辆套次天篇张份盏株棵头家所座处例项名"
    r"米页卷盒部]|公里|千米|平方米|立方米|公顷|毫米|小时|千瓦时|平方公里)"
)
_UNIT = re.compile(rf"(?:单位[:：]\s*)?(?P<unit>{_MEASURE})")
_WITH_UNIT = re.compile(rf"(?P<said>.+?)\s*[,，、;；]\s*(?:单位[:：]?\s*|in )?(?P<unit>{_MEASURE})")
# English beside the Chinese of a gloss (the second-level indicator 财务管理).
_ENGLISH_WORDS = re.compile(
    r"(?:\b[a-z]+(?:[-'][a-z]+)*\b[\s,]*)+(?=[\u4e00-\u9fff“\"「])|[,，]\s*[a-z][a-z -]+$"
)


# (not 及时率): what is not asked for; other words that limit (吨, not 万吨) are none of a name.
_DENIED = re.compile(r"(?:not|rather than|instead of|as opposed to)\s+(?!counting|including)", re.I)
_LIMITING = re.compile(
    r"\b(?:not|without|excluding|except|including|minus|less|plus|or|and|than)\b", re.I
)


def _with_units(tokens: Sequence[Token]) -> list[Token]:
    """Tokens with the units that stand in glosses (万元; 受理业务, 万宗) as such."""
    result: list[Token] = []
    for token in tokens:
        if token.sort is Sort.GLOSS and _DENIED.match(token.zh):
            continue
        if token.sort is not Sort.GLOSS or _LIMITING.search(token.zh):
            result.append(token)
            continue
        text = _ENGLISH_WORDS.sub("", token.zh) or token.zh
        per = len(result) > 1 and result[-2].key in ("per", "each", "every")
        alone, behind = None if per else _UNIT.fullmatch(text), _WITH_UNIT.fullmatch(text)
        if behind is not None:
            result.append(replace(token, zh=behind["said"]))
        elif alone is None:
            result.append(replace(token, zh=text))
        unit = behind or alone
        if unit is not None and not (alone and result and result[-1].sort is Sort.UNIT):
            at = token.end
            result.append(Token(at, at, Sort.UNIT, Sort.UNIT, unit["unit"], form=unit["unit"]))
    return result


def _counted_as(before: Sequence[Token], kept: Sequence[Token], gloss: str) -> str:
    """The measure word of the noun that a gloss takes the place of, where it means people or the same."""
    gone = [t for t in before if t not in kept and t.sort is Sort.TERM and t.term is not None]
    noun = gone[-1] if gone else None
    if noun is None or noun.term is None:
        return ""
    people = noun.term.measure in ("人", "名")
    return noun.term.measure if people or (len(noun.zh) > 1 and noun.zh in gloss) else ""


_PROJECT_END = re.compile(
    r"(?:项目|专项|资金|工程|计划|经费|费|率|数|额|值|分|支出|收入|补助|补贴)[)）]?$"
)
_JOINED = re.compile(r"[和与及、]")
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
        if kept[i].sort in (Sort.LINK, Sort.STOP) and _between(i, own, kept)
    }
    kept[:] = [token for i, token in enumerate(kept) if i not in own | linked]
    return start


def _between(at: int, own: set[int], kept: Sequence[Token]) -> bool:
    """Whether a linking word stands between words that a gloss explains, with nothing else there."""
    left = right = at
    while left >= 0 and left not in own and kept[left].sort in _JOINTS:
        left -= 1
    while right < len(kept) and right not in own and kept[right].sort in _JOINTS:
        right += 1
    return left in own and (right in own or right == len(kept))


_JOINTS = (Sort.LINK, Sort.STOP)


def _owned_by(kept: Sequence[Token], gloss: Token) -> set[int]:
    own: set[int] = set()
    chain, at = True, len(kept) - 1
    while at >= max(0, len(kept) - _REACH):
        token = kept[at]
        if token.sort is Sort.STOP:
            # The entries of a list that the gloss has as well (短信、上网和专线费用) go with it.
            if token.key != "," or not own or not at or not _held(kept[at - 1], gloss.zh):
                break
            at -= 1
            continue
        said = _held(token, gloss.zh)
        if token.sort in (Sort.NAME, Sort.QUOTE):
            beside = chain and (not own or (token.sort is Sort.QUOTE and not token.zh))
            mine, chain = beside or said or _begins(token, gloss.zh), False
        else:
            noun = _is_noun(token) and (said or token.key not in _SELECTING)
            noun = noun or (bool(own) and chain and _before_noun(kept, at))
            verb = token.sort is Sort.VERB and not (at and _leads_to(kept, at))
            nearest = token.participle and not own and at == len(kept) - 1
            counts = bool(own) and token.key in _COUNTS and kept[at + 1].key == "of"
            mine = (chain and noun) or nearest or counts
            mine = mine or (said and token.sort is not Sort.TIME and not verb)
            mine = mine or _leads_on(kept, at, own) or _hyphened(kept, at, own)
            chain = chain and (noun or nearest)
        if mine:
            own.add(at)
        elif token.sort is Sort.VERB or (
            token.sort is Sort.LINK and token.key not in _REACHED_OVER
        ):
            break
        at -= 1
    return own


def _leads_to(kept: Sequence[Token], at: int) -> bool:
    """Whether a verb stands for a noun (to review the works, by merging systems)."""
    gerund = kept[at].form.endswith("ing") and kept[at - 1].key in ("by", "of", "for", "in", "and")
    return gerund or kept[at - 1].key == "to"


_COUNTS = bag("number amount total_amount value quantity rate")
_REACHED_OVER = bag("of to for in on the its their a an and")


# They say which figure of what the gloss names is meant.
_SELECTING = bag("actual planned average cumulative initial original adjusted revised new")


def _begins(token: Token, gloss: str) -> bool:
    """Whether a gloss begins with a name (Luoxi Bridge (罗溪大桥))."""
    name = re.sub(r"[^a-z]", "", token.zh.lower()) if token.sort is Sort.NAME else ""
    return len(name) > 3 and spelled(gloss).startswith(name)


_DOING = bag("do does did will to would can could")
_DETERMINING = bag("the a an its their of in at for on under many much")


def _before_noun(kept: Sequence[Token], at: int) -> bool:
    """Whether a word that can be a verb stands inside a noun phrase (city study rooms)."""
    if kept[at].sort is not Sort.VERB or not at:
        return False
    before = kept[at - 1]
    if kept[at].participle:
        return before.key in _DETERMINING or before.form.endswith(("ly", "'s", "’s"))
    inside = before.sort in (Sort.TERM, Sort.UNKNOWN) or before.key in _DETERMINING
    helped = next((t for t in reversed(kept[:at]) if t.sort is Sort.VERB or t.key in _DOING), None)
    return inside and (helped is None or helped.sort is Sort.VERB)


def _leads_on(kept: Sequence[Token], at: int, own: set[int]) -> bool:
    """Whether a word that nothing stands for belongs to what the gloss explains.

    ``the transformation and diffusion of achievements (成果转化与扩散)``: a gloss is there because its
    words are hard to tell in English.
    """
    if not own or kept[at].sort is not Sort.UNKNOWN:
        return False
    return all(i in own or kept[i].sort is Sort.LINK for i in range(at + 1, max(own)))


def _hyphened(kept: Sequence[Token], at: int, own: set[int]) -> bool:
    """Whether a number is joined to a word that a gloss explains (24-hour machines)."""
    behind = [token.key for token in kept[at + 1 : at + 2]]
    return kept[at].sort is Sort.NUMBER and behind == ["-"] and at + 2 in own


def _is_noun(token: Token) -> bool:
    """A noun or adjective; what ranks or compares is never part of a gloss."""
    if token.sort is Sort.UNKNOWN:
        return True
    return token.sort is Sort.TERM and token.key[:1] not in "^+>"


def _held(token: Token, gloss: str) -> bool:
    """Whether a gloss holds most of the Chinese of a token."""
    if token.sort in (Sort.NUMBER, Sort.NAME) and token.zh in gloss:
        return True
    words = (*(token.term.chinese if token.term else ()), token.zh)
    if token.term is not None and any(len(word) == 1 and word in gloss for word in words):
        return True
    return any(
        word and 2 * sum(char in gloss for char in word) > len(word) and len(word) > 1
        for word in words
    )
