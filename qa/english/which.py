"""What the slots of a sentence pattern become in Chinese: 哪个, the most and the least, 是什么."""

from __future__ import annotations

import re
from collections.abc import Sequence

from qa.english.clauses import Clause
from qa.english.phrases import Gloss, Pieces, action, joined, phrase, said, several
from qa.english.slots import LIGHT, Asking, Slot, altogether, compared, head_of
from qa.english.terms import Kind, stem_of
from qa.english.tokens import Sort, Token

# What is a text in the reports and no figure, by its Chinese name.
_TEXT_HEAD = re.compile(
    r"(?:问题|建议|措施|依据|文号|等级|原因|方法|目的|目标|内容|职责|结论|名称|对象|公式|标准|项目|"
    r"指标|供应商|机构|单位|公司|情况|结果|成效|政策|文件|说明|任务|背景|范围|企业|科室|期限|类|表|办法)$"
)
_DATE_HEAD = re.compile(r"日期$")
_PERSON_HEAD = re.compile(r"(?:局长|主任|负责人)$")
_WHEN = {
    "year": "哪一年",
    "month": "哪个月",
    "date": "哪一天",
    "day": "哪一天",
    "quarter": "哪个季度",
}
_MEASURED = {
    "公司": "家",
    "企业": "家",
    "供应商": "家",
    "机构": "家",
    "单位": "个",
    "报纸": "家",
    "媒体": "家",
    "银行": "家",
}


# ---- which


def _which(asking: Asking) -> Pieces:
    """``which N``: 哪个 N, 哪些 N for several, 哪一个 of those named."""
    tokens = asking.tokens("n")
    if not tokens or tokens[0].key in ("one", "ones"):
        rest = phrase(tokens[1:])
        word = "哪些" if tokens and tokens[0].key == "ones" else "哪一个"
        return [*rest, said("中" * bool(rest) + word)]
    if tokens[0].key == "of":
        return [*phrase(tokens[1:]), said("中哪一个")]
    head = head_of(tokens)
    if head is None:
        return [*phrase(tokens), said("哪一个")]
    if head.key in _WHEN:
        return [said(_WHEN[head.key])]
    cut = next((i for i, t in enumerate(tokens) if t is head), 0) + 1
    inside, noun = phrase(tokens[cut:]), phrase(tokens[:cut])
    plural = _plural(head) and "sup" not in asking.match.re.groupindex
    word = "哪些" if plural else "哪" + _measure(noun)
    return [*inside, *([said("中", inside)] if inside else []), said(word, inside), *noun]


def _plural(head: Token) -> bool:
    last = head.form.split(" ")[-1]
    return stem_of(last) != last and not re.search(r"['’]s?$", last)


def _which_is(asking: Asking) -> Pieces:
    """``which company was the supplier``: the supplier 是哪家公司; which meet a condition."""
    what = asking.tokens("s")
    if any(t.term is not None and t.term.kind is Kind.COMPARE for t in what):
        return [*_which(asking), *phrase(what)]
    return [*phrase(what), said("是"), *_which(asking)]


def _measure(noun: Pieces) -> str:
    text = joined(noun)
    if len(text) == 1:
        return "一"
    return next((m for end, m in _MEASURED.items() if text.endswith(end)), "个")


def _most_done(asking: Asking) -> Pieces:
    """``which N lost the most points in B``: B 中哪个 N 扣分最多."""
    who = _which(asking) if "n" in asking.match.re.groupindex else [said("谁")]
    verb, rest = asking.verb(), asking.tokens("m")
    cut = next((i for i, t in enumerate(rest) if t.key in _INSIDE), len(rest))
    where = phrase(rest[cut:])
    on = bool(rest[:1]) and rest[0].sort is Sort.LINK
    what = phrase(rest[:cut])
    if joined(what) in ("天", "人", "户", "次"):
        what = [*what, said("数", what)]
    if (joined(verb) in LIGHT and what) or joined(what).endswith(joined(verb)):
        verb = []
    inside = [*where, said("中", where)] if where else []
    pieces = [*what, *verb] if on else [*verb, *what]
    return [*inside, *who, *pieces, *_superlative_word(asking)]


_INSIDE = frozenset(("in", "of", "at", "among", "within"))


def _which_most(asking: Asking) -> Pieces:
    """``which N had the largest M of B``: B 哪个 N 的 M 最大."""
    rest = asking.tokens("m")
    inside = (i for i, t in enumerate(rest) if t.key in _INSIDE and not _numbered(rest, i))
    cut = next(inside, len(rest))
    where, what = phrase(rest[cut:]), phrase(rest[:cut])
    of = [said("的", what)] if what else []
    return [*where, *_which(asking), *of, *what, *_superlative_word(asking)]


def _numbered(tokens: Sequence[Token], at: int) -> bool:
    """``number of visits`` is one thing."""
    return bool(at) and tokens[at].key == "of" and tokens[at - 1].key in ("number", "amount")


def _tops(asking: Asking) -> Pieces:
    """``the top three N of B by M``: B 中 M 最大的前三个 N 是哪些."""
    tokens = asking.tokens("n")
    cut = next((i for i, t in enumerate(tokens) if t.key in _INSIDE), len(tokens))
    where, noun, by = phrase(tokens[cut:]), phrase(tokens[:cut]), asking.pieces("x")
    inside = [*where, said("中，", where)] if where else []
    word = _superlative_word(asking) if "sup" in asking.match.re.groupindex else []
    measure = "" if len(joined(noun)) == 1 else "个"
    number = joined(_number(asking))
    most = [*(by or [said("金额")]), *(word or [said("最大")])]
    return [*inside, *most, said(f"的前{number}{measure}", most), *noun, said("是哪些", noun)]


def _amounts(asking: Asking) -> Pieces:
    what = [*asking.pieces("s"), *asking.pieces("o")]
    times = joined(asking.clause.times)
    both = several(asking.tokens("s")) or ("和" in times and "add_up" in asking.keys.line)
    word = "一共" if both else "是"
    return [*what, said(word + "多少" + asking.clause.unit, what)]


def _superlative_word(asking: Asking) -> Pieces:
    return [Gloss(t.start, t.end, t.zh) for t in asking.tokens("sup")]


def _superlative(asking: Asking) -> Pieces:
    """``what was the largest N``: the figure itself, or which of them it is."""
    tokens = asking.tokens("n")
    head = head_of(tokens)
    noun, word = phrase(tokens), _superlative_word(asking)
    figure = head is not None and head.term is not None and head.term.kind is Kind.METRIC
    figure = figure or bool(asking.clause.unit)
    if figure and not _TEXT_HEAD.search(joined(noun)):
        return [*noun, *word, said("的是" + "多少" + asking.clause.unit, word)]
    return [*noun, said("中", noun), *word, said("的是哪一个", word)]


def _passive(asking: Asking) -> Pieces:
    """What was done to what: marks are taken off something (指标扣2分)."""
    if joined(asking.verb()) == "扣":
        return [*asking.pieces("o"), *asking.verb(), *asking.pieces("s")]
    return [*asking.pieces("s"), *_action(asking)]


def _which_does(asking: Asking) -> Pieces:
    """Who did it, or which meet a condition."""
    rest = asking.tokens("o")
    if any(t.term is not None and t.term.kind is Kind.COMPARE for t in rest):
        return [*_which(asking), *_action(asking)]
    head = head_of(asking.tokens("n"))
    if head is not None and _MEASURED.get(head.zh[-2:]):
        verb = asking.verb()
        done = [said("负责")] if joined(verb) == "实施" else verb
        return [*phrase(rest), said("由"), *_which(asking), *done]
    return [*_which(asking), *_action(asking)]


def _action(asking: Asking) -> Pieces:
    return action([*asking.tokens("v"), *asking.tokens("o")])


# ---- what


def _is(asking: Asking) -> Pieces:
    return _is_what(asking.tokens("n"), asking.clause)


def _is_what(tokens: Sequence[Token], clause: Clause) -> Pieces:
    """是多少 of a figure; 是什么, 有哪些, 是谁 of a text."""
    head = head_of(tokens)
    text = head.zh if head is not None else ""
    if head is not None and _TEXT_HEAD.search(text):
        return [said("有哪些" if _plural(head) else "是什么")]
    if _DATE_HEAD.search(text):
        return [said("是哪一天")]
    if _PERSON_HEAD.search(text):
        return [said("是谁")]
    return [said(("分别" if several(tokens) else "") + "是多少" + clause.unit)]


def _what_is(asking: Asking) -> Pieces:
    """``what is N``: a definition where nothing but a term of the trade is named."""
    tokens = asking.tokens("n")
    if asking.clause.total and not any(t.key == "and" for t in tokens):
        asking.clause.total = False
    bare = len(tokens) == 1 and tokens[0].sort in (Sort.TERM, Sort.QUOTE, Sort.GLOSS)
    present = re.search(r"(?<!\S)(?:is|are)(?!\S)", asking.keys.line)
    clause = asking.clause
    if bare and present and not (clause.unit or clause.times or clause.basis):
        return [*phrase(tokens), said("是什么意思")]
    if clause.basis:
        return [*phrase(tokens), *compared(asking), said("变化" + "多少" + clause.unit)]
    return [*phrase(tokens), *altogether(asking), *_is_what(tokens, clause)]


def _listed(asking: Asking) -> Pieces:
    tokens = asking.tokens("n")
    head = head_of(tokens)
    figure = head is not None and head.term is not None and head.term.kind is Kind.METRIC
    figure = figure or bool(re.search(r"[数量]$", joined(phrase(tokens))))
    if figure and not _TEXT_HEAD.search(joined(phrase(tokens))):
        return [*phrase(tokens), *_is_what(tokens, asking.clause)]
    return [*phrase(tokens), said("有哪些")]


def _either(asking: Asking) -> Pieces:
    """The sides of ``A or B``, which Chinese joins by 和."""
    return [Gloss(p.start, p.end, "和") if p.text == "或" else p for p in asking.pieces("x")]


def _inside(asking: Asking) -> Pieces:
    """``… get in the evaluation of B``: B 的评价中."""
    tokens = asking.tokens("o")
    where = phrase(tokens)
    if where and tokens[0].key in _INSIDE and not joined(where).endswith(("中", "表")):
        return [*where, said("中", where)]
    return where


def _with(asking: Asking) -> Pieces:
    return [said("和")] if asking.tokens("o") else []


def _when(asking: Asking) -> Pieces:
    return [said(_WHEN[asking.match["w"]])]


def _degree(asking: Asking) -> Pieces:
    return [Gloss(t.start, t.end, t.zh) for t in asking.tokens("deg")]


def _number(asking: Asking) -> Pieces:
    return [Gloss(t.start, t.end, t.zh) for t in asking.tokens("d")]


def _led(asking: Asking) -> Pieces:
    """``who led N``: the head of a team, else who is in charge."""
    what = asking.pieces("o")
    team = joined(what).endswith(("组", "队"))
    return [*what, said("组长是谁" if team else "负责人是谁", what)]


SLOTS: dict[str, Slot] = {
    "led": _led,
    "passive": _passive,
    "which_most": _which_most,
    "which_is": _which_is,
    "tops": _tops,
    "amounts": _amounts,
    "和": _with,
    "either": _either,
    "inside": _inside,
    "which": _which,
    "most_done": _most_done,
    "sup": _superlative_word,
    "superlative": _superlative,
    "which_does": _which_does,
    "vo": _action,
    "is": _is,
    "what_is": _what_is,
    "listed": _listed,
    "when": _when,
    "deg": _degree,
    "d": _number,
}
