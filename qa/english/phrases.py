"""English noun phrases as Chinese ones: what follows its noun in English stands before it in Chinese."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from qa.english.reading import tokens_of
from qa.english.terms import Kind, bag
from qa.english.tokens import Sort, Token, with_verbs
from qa.english.wording import Wording, as_reported

_PREPOSITIONS = bag(
    """of in on at for from by with to into under within during among amongst between
    against about per through since via until after before towards as across"""
)
_JOINS = bag("and or & , 、 ， plus")
_RELATIVE = frozenset(("that", "which", "who", "whose", "where"))
_ARTICLES = bag(
    "the a an this that these those its their our his her your my all any some each every"
)
_MONEY_HEAD = re.compile(r"(?:支出|收入|经费|预算|费|支付|资金|补助|贷款|投入|金额|投资|决算)$")
_GENERIC_HEAD = re.compile(r"^(?:金额|资金|总额|数|值|资产|数量)$")
_COUNTS = re.compile(r"(?:人次|场次|批次|户次|车次|人数|户数|次数)$")
_LATIN_EDGE = re.compile(r"[A-Za-z0-9.]$"), re.compile(r"^[A-Za-z0-9]")
_ALREADY_TOTAL = re.compile(r"^总|总额$|合计$|总计$")


@dataclass(frozen=True, slots=True)
class Gloss:
    """A stretch of an English question and the Chinese words that it became."""

    start: int
    end: int
    text: str


Pieces = list[Gloss]


def joined(pieces: Iterable[Gloss]) -> str:
    """The text of pieces, with a blank where Latin letters or figures would run together."""
    text = ""
    for piece in pieces:
        name = _LATIN_EDGE[0].search(text) and not text[-1:].isdigit()
        follows = _LATIN_EDGE[1].search(piece.text) and not piece.text[:1].isdigit()
        both = bool(_LATIN_EDGE[0].search(text) and _LATIN_EDGE[1].search(piece.text))
        apart = text and text[-1] not in "，、" and (name or follows or both)
        text += " " * bool(apart) + piece.text
    return text


def said(text: str, after: Sequence[Gloss] = ()) -> Gloss:
    """Words of ours, which stand for none of the question."""
    at = after[-1].end if after else 0
    return Gloss(at, at, text)


def phrase(tokens: Sequence[Token]) -> Pieces:
    """A noun phrase in Chinese order: ``A of B in C`` is C B 的 A."""
    tokens = _trimmed(tokens)
    if not tokens:
        return []
    sides = _coordinated(tokens)
    if len(sides) > 1:
        return _joined_sides(sides, tokens)
    cut = _first_link(tokens)
    if cut is None:
        return _chunk(tokens)
    head, link, rest = _chunk(tokens[:cut]), tokens[cut], tokens[cut + 1 :]
    if link.sort is Sort.VERB and link.zh in ("做", "给出", "有"):
        return _owned(phrase(rest), head, "of")
    if _is_run_by(link, rest):
        return _owned(phrase(rest), head, "of")
    if link.sort is Sort.VERB:
        return _owned(action(tokens[cut:]), head, "")
    if link.key in _RELATIVE or (link.key == "to" and rest and rest[0].sort is Sort.VERB):
        return _owned(action(rest), head, "")
    if link.key == "per":
        return [*phrase(rest), *head]
    if link.key in _PREPOSITIONS and _threshold(rest):
        own = rest[0].term is not None and rest[0].term.kind is Kind.COMPARE
        return [*head, *phrase(rest)] if own else _owned(phrase(rest), head, "")
    return _owned(phrase(rest), head, link.key)


# What a body runs or carries out is its own.
_RUN_BY = bag("运行 运营 举办 开展 组织 实施 管理 举行 主办 承办 做 进行")


_HANDED = bag("移交 交由 交给 转移 划转 划入 转入")


def _is_run_by(verb: Token, rest: Sequence[Token]) -> bool:
    return verb.participle and verb.zh in _RUN_BY and bool(rest) and rest[0].key == "by"


def action(tokens: Sequence[Token]) -> Pieces:
    """What is done: ``submit the form to B`` is B 提交 form; words without a verb are a phrase."""
    at = next((i for i, t in enumerate(tokens) if t.sort is Sort.VERB), None)
    if at is None:
        return phrase(tokens)
    verb, rest = tokens[at], tokens[at + 1 :]
    if verb.zh == "授予" and rest and rest[0].key == "to":
        rest = rest[1:]
    cut = next((i for i, t in enumerate(rest) if _is_preposition(t)), len(rest))
    if cut and _keeps_together(rest, cut):
        cut = len(rest)
    where = phrase(rest[cut:])
    object_ = [] if verb.zh == "中标" else phrase(rest[:cut])
    before = phrase(tokens[:at])
    doing = Gloss(verb.start, verb.end, verb.zh)
    if verb.zh in _HANDED and cut < len(rest) and rest[cut].key == "to" and not object_:
        return [*before, doing, *where]
    said_already = joined(where).endswith(verb.zh) and not object_
    said_already = said_already or (len(verb.zh) > 1 and joined(object_).startswith(verb.zh))
    return [*before, *where, *([] if said_already else [doing]), *object_]


def with_quotations(tokens: Sequence[Token], wording: Wording | None = None) -> list[Token]:
    """Quoted English as a Chinese phrase: the name of an indicator or a project."""
    named: list[Token] = []
    for token in tokens:
        if token.sort is Sort.QUOTE and not re.search(r"[\u4e00-\u9fff]", token.form):
            inside = [t for t in tokens_of(token.form) if t.sort is not Sort.STOP]
            inside = as_reported(inside, wording) if wording is not None else inside
            token = replace(token, zh=joined(phrase(with_verbs(inside))).replace("的", ""))
        named.append(token)
    return named


def _keeps_together(rest: Sequence[Token], cut: int) -> bool:
    """Whether the object goes on behind its preposition (cover the cost of the project)."""
    return cut < len(rest) and rest[cut].key == "of"


def _trimmed(tokens: Sequence[Token]) -> list[Token]:
    """Without articles at the front and joints at either end."""
    kept = list(tokens)
    while kept and kept[0].sort in (Sort.LINK, Sort.STOP) and not _is_preposition(kept[0]):
        kept.pop(0)
    while kept and kept[-1].sort in (Sort.LINK, Sort.STOP):
        kept.pop()
    while kept and _is_preposition(kept[0]):
        kept = _trimmed(kept[1:])
    return kept


def _is_preposition(token: Token) -> bool:
    return token.sort is Sort.LINK and token.key in _PREPOSITIONS


def _threshold(rest: Sequence[Token]) -> bool:
    """Whether what follows ``with`` is a condition (with a budget above 5 million yuan)."""
    return any(t.term is not None and t.term.kind is Kind.COMPARE for t in rest)


def _first_link(tokens: Sequence[Token]) -> int | None:
    """Where what follows the noun begins: a preposition, a participle, a relative clause."""
    for i, token in enumerate(tokens):
        if not i:
            continue
        if token.sort is Sort.VERB or _is_preposition(token):
            return i
        if token.sort is Sort.LINK and token.key in _RELATIVE:
            return i
    return None


# ---- A and B


def _joints(tokens: Sequence[Token]) -> list[int]:
    return [
        i
        for i, token in enumerate(tokens)
        if token.sort in (Sort.LINK, Sort.STOP) and token.key in _JOINS
    ]


def _coordinated(tokens: Sequence[Token]) -> list[list[Token]]:
    """The sides of ``A, B and C``; one side where the joint lies inside what follows a noun."""
    joints = _joints(tokens)
    link = _first_link(tokens)
    if not joints or (link is not None and link < joints[0] and not _whole_phrases(tokens, joints)):
        return [list(tokens)]
    edges = [-1, *joints, len(tokens)]
    sides = [list(tokens[a + 1 : b]) for a, b in pairwise(edges)]
    return [side for side in sides if _trimmed(side)]


def _whole_phrases(tokens: Sequence[Token], joints: Sequence[int]) -> bool:
    """Whether each side of a joint has a noun of its own (the income of A and the budget of B)."""
    left, right = tokens[: joints[0]], tokens[joints[0] + 1 :]
    if _first_link(_trimmed(right)) is None or not right:
        return False
    return right[0].key in _ARTICLES or left[0].key == _trimmed(right)[0].key


def _joined_sides(sides: Sequence[Sequence[Token]], tokens: Sequence[Token]) -> Pieces:
    """``A and B of C`` is C 的 A 和 B; the owner of the last side is that of all."""
    *before, last = [_trimmed(side) for side in sides]
    owner: Pieces = []
    cut = _first_link(last)
    shared = cut is not None and all(_first_link(side) is None for side in before)
    if shared and cut is not None and last[cut].sort is not Sort.VERB:
        owner, last = phrase(last[cut + 1 :]), last[:cut]
    heads = [head for side in (*before, last) if (head := phrase(side))]
    if not heads:
        return owner
    heads = _whole_ends(heads)
    word = "或" if any(t.key == "or" for t in tokens) else "和"
    result: Pieces = []
    for n, head in enumerate(heads):
        if n and head:
            result.append(said("、" if n < len(heads) - 1 else word, result))
        result += head
    return _owned(owner, result, "of")


def _whole_ends(heads: list[Pieces]) -> list[Pieces]:
    """``opening and closing balance``: 年初 and 年末结余 are 年初结余 and 年末结余."""
    last = joined(heads[-1])
    for i, head in enumerate(heads[:-1]):
        if joined(head) in ("年初", "年末") and re.match(r"年[初末].", last):
            heads[i] = [*head, said(last[2:], head)]
    return heads


def several(tokens: Sequence[Token]) -> bool:
    """Whether a noun phrase names more than one thing."""
    return len(_coordinated(_trimmed(tokens))) > 1


# ---- owner and owned


def _owned(owner: Pieces, head: Pieces, link: str) -> Pieces:
    """Owner and head, with 的 where Chinese would put it; a head said twice is said once."""
    if not owner or not head:
        return [*owner, *head]
    before, after = joined(owner), joined(head)
    spent = after in ("总支出", "总收入") and before.endswith(after[1:])
    if (
        spent
        or before.endswith(after)
        or (_GENERIC_HEAD.match(after) and _MONEY_HEAD.search(before))
    ):
        return owner
    if after in ("数量", "数") and _COUNTS.search(before):
        return owner
    if not link and _GENERIC_HEAD.match(after):
        return [*owner, *head]
    names = next((i for i, p in enumerate(head) if re.search(r"[\u4e00-\u9fff]", p.text)), 0)
    if names:
        return [*head[:names], *_owned(owner, head[names:], link)]
    close = link in ("on", "for", "from", "to") and _MONEY_HEAD.search(after)
    if close or _plain_owner(owner):
        return [*owner, *head]
    return [*owner, said("的", owner), *head]


def _plain_owner(owner: Pieces) -> bool:
    """Names and years stand right before what is theirs."""
    text = joined(owner)
    return not re.search(r"[\u4e00-\u9fff]", text) or bool(
        re.search(r"[年月日初末局委院厅]$", text)
    )


# ---- words beside each other


def _chunk(tokens: Sequence[Token]) -> Pieces:
    """Words without a link between them, in their order."""
    result: Pieces = []
    tokens = _codes_first(tokens)
    for i, token in enumerate(tokens):
        text = _said_here(tokens, i)
        if not text or (result and _said_before(result[-1].text, text)):
            continue
        if result and i and _is_category(tokens[i - 1]) and _is_spending(result[-1].text, token):
            result[-1] = Gloss(result[-1].start, result[-1].end, result[-1].text[:-2])
        result.append(Gloss(token.start, token.end, text))
    return result


_KINDS = bag("指标 一级指标 二级指标 三级指标 科目 项目 子项目 类 项 表 系统 平台")


def _codes_first(tokens: Sequence[Token]) -> list[Token]:
    """``account 2130306`` is 2130306科目, ``the indicator "pass rate"`` 合格率指标.

    A year goes before a number: ``the five 2023 projects`` are 2023年五个项目.
    """
    turned = list(tokens)
    for i in range(len(turned) - 1):
        if turned[i].sort is Sort.NUMBER and turned[i + 1].sort is Sort.TIME:
            turned[i], turned[i + 1] = turned[i + 1], turned[i]
        named = turned[i].zh in _KINDS and turned[i + 1].sort in (Sort.QUOTE, Sort.GLOSS)
        if named or (turned[i].zh == "科目" and turned[i + 1].sort is Sort.NUMBER):
            turned[i], turned[i + 1] = turned[i + 1], turned[i]
    codes = [i for i, t in enumerate(turned) if t.zh == "项" and _is_code(turned, i + 1)]
    return [t for i, t in enumerate(turned) if i not in codes]


def _is_code(tokens: Sequence[Token], at: int) -> bool:
    return at < len(tokens) and bool(re.fullmatch(r"\d{3,7}", tokens[at].zh))


def _said_before(before: str, text: str) -> bool:
    """Whether a word adds nothing to the one before it (政府采购支出总额 and 支出)."""
    return len(text) > 1 and (
        before.endswith(text) or (text in before and text in ("支出", "收入"))
    )


def _is_category(token: Token) -> bool:
    return token.term is not None and token.term.kind is Kind.CATEGORY


def _is_spending(before: str, token: Token) -> bool:
    """Whether 支出 of a category would part it from its noun (教育支出 and 项目: 教育项目)."""
    noun = token.term is not None and token.term.kind is Kind.WORD
    return noun and before.endswith("支出") and len(before) > 2


def _said_here(tokens: Sequence[Token], at: int) -> str:
    token = tokens[at]
    following = tokens[at + 1] if at + 1 < len(tokens) else None
    if token.key == "total" and following is not None:
        return "总" if len(following.zh) == 2 and not _ALREADY_TOTAL.search(following.zh) else ""
    if token.key == "total":
        return "合计"
    if token.sort is Sort.NUMBER and following is not None and following.term is not None:
        noun = next((t for t in reversed(tokens[at:]) if t.term is not None), following)
        return token.zh + _measure(token.zh, noun.zh if noun.zh else following.zh)
    if token.sort is Sort.UNIT and at and tokens[at - 1].sort is Sort.NUMBER:
        return token.zh
    return "" if token.sort in (Sort.LINK, Sort.STOP, Sort.UNIT) else token.zh


def _measure(number: str, noun: str) -> str:
    """The measure word between a number word and a noun (六类, 三个指标)."""
    if not re.fullmatch(r"[\u4e00-\u9fff]+", number) or len(noun) == 1 or noun.startswith("个"):
        return ""
    return "个"
