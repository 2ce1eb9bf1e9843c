"""What the slots of a sentence pattern become in Chinese: amounts, changes, shares, 哪个, 是什么."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from qa.english_clauses import Clause, Keys, names_first
from qa.english_phrases import Gloss, Pieces, action, joined, phrase, said, several
from qa.english_terms import Kind, bag, stem_of
from qa.english_tokens import Sort, Token

# What is a text in the reports and no figure, by its Chinese name.
_TEXT_HEAD = re.compile(
    r"(?:问题|建议|措施|依据|文号|等级|原因|方法|目的|目标|内容|职责|结论|名称|对象|公式|标准|项目|"
    r"指标|供应商|机构|单位|公司|情况|结果|成效|政策|文件|说明|任务|背景|范围|企业|科室|期限|类|表|办法)$"
)
_DATE_HEAD = re.compile(r"日期$")
_PERSON_HEAD = re.compile(r"(?:局长|主任|负责人)$")
_LIGHT = frozenset(("得到", "收到", "有", "产生", "发生"))
_GENERIC = frozenset(("资金", "金额", "总额", "数"))
_WHEN = {
    "year": "哪一年",
    "month": "哪个月",
    "date": "哪一天",
    "day": "哪一天",
    "quarter": "哪个季度",
}
_MEASURED = {"公司": "家", "企业": "家", "供应商": "家", "机构": "家", "单位": "个"}
_NO_BASIS = ("调整", "调减", "缩短")


@dataclass(slots=True)
class Asking:
    """A clause, the pattern's match over its keys, and the way to the Chinese of its slots."""

    clause: Clause
    keys: Keys
    match: re.Match[str]

    def tokens(self, name: str) -> list[Token]:
        return self.keys.slot(self.match, name)

    def pieces(self, name: str) -> Pieces:
        return phrase(self.tokens(name))

    def verb(self) -> Pieces:
        """The verb; what is got of money is income."""
        got = self.keys.line.startswith("how much")
        return [
            Gloss(t.start, t.end, "收入" if got and t.zh in ("得到", "收到") else t.zh)
            for t in self.tokens("v")
        ]


def filled(asking: Asking, name: str) -> Pieces:
    """A slot of a template: one of those below, else the noun phrase of that name."""
    if name in _SPECIAL:
        return _SPECIAL[name](asking)
    return asking.pieces(name)


# ---- amounts


def _ask(asking: Asking) -> Pieces:
    return [said("多少" + asking.clause.unit)]


def _all(asking: Asking) -> Pieces:
    return [said("一共")] if asking.clause.total else []


def _basis(asking: Asking) -> Pieces:
    basis = asking.clause.basis
    return [said("比", basis[:1]), *basis] if basis else []


def _that(asking: Asking) -> Pieces:
    return [said("那")] if asking.clause.unit else []


def _doing(asking: Asking) -> Pieces:
    """``how much N did … V``: the noun, the verb, or both."""
    noun, verb = asking.pieces("n"), asking.verb()
    if joined(noun) in _GENERIC or joined(noun).endswith(joined(verb)):
        return verb
    return noun if joined(verb) in (*_LIGHT, "支出", "收入") else [*verb, *noun]


def _count(asking: Asking) -> Pieces:
    """多少 with the measure word of what is counted."""
    head = _head(asking.tokens("n"))
    measure = head.term.measure if head is not None and head.term is not None else ""
    counted = head.zh if head is not None and _COUNTER.fullmatch(head.zh) else ""
    return [said("多少" + (measure or counted or "个"))]


def _counted(asking: Asking) -> Pieces:
    """The noun that is counted; none where the measure word says it all (多少人)."""
    tokens = asking.tokens("n")
    head = _head(tokens)
    measure = head.term.measure if head is not None and head.term is not None else ""
    if head is not None and (measure == head.zh or _COUNTER.fullmatch(head.zh)):
        return phrase([t for t in tokens if t is not head])
    if joined(phrase(tokens)) == "公务用车":
        return [*phrase(tokens), said("保有量")]  # the number that there are, not a spending
    return phrase(tokens)


_COUNTER = re.compile(r"架次|人次|批次|场次|户次|车次|次|人|天|户")


def _counting(asking: Asking) -> Pieces:
    """What was done to how many: 改造学校多少所, 接待多少人."""
    verb, noun = asking.verb(), _counted(asking)
    head = _head(asking.tokens("n"))
    people = head is not None and head.term is not None and head.term.measure in ("人", "名")
    if joined(verb) == "收到" and people:
        verb = [said("接待", verb)]
    if joined(verb) in _HELD or joined(asking.pieces("o")).endswith(joined(verb)):
        verb = []
    return [*verb, *noun, *_count(asking)]


_HELD = bag("做 举办 开展 进行 发生 有 得到")


def _what(asking: Asking) -> Pieces:
    """多少 of what is reckoned, else 什么."""
    return [said("多少" + asking.clause.unit if joined(asking.verb()) in _RECKONED else "什么")]


_RECKONED = bag("支出 支付 实际完成 计划 预算 下达 拨付 申请 节约 扣 投入 超支 预期")


def _head(tokens: Sequence[Token]) -> Token | None:
    """The noun of a noun phrase: the last term before what follows it."""
    found: Token | None = None
    for token in tokens:
        if found is not None and (token.sort is Sort.VERB or token.sort is Sort.LINK):
            break
        if token.sort in (Sort.TERM, Sort.GLOSS, Sort.QUOTE, Sort.UNKNOWN, Sort.HAN):
            found = token
    return found


# ---- change


def _moved(asking: Asking, how: str = "", verb: Pieces | None = None) -> Pieces:
    """A 比 B 增加多少; from the start to the end of a year: the 年末 figure 比 the 年初 one."""
    clause = asking.clause
    what = [*asking.pieces("s"), *asking.pieces("o")]
    how = how or "百分之几" * clause.percent
    ask = how or "多少" + clause.unit
    verb = verb or asking.verb() or [said("变化")]
    if clause.ends is not None:
        first, last = clause.ends
        at = names_first(what)
        names, rest = what[:at], what[at:]
        again = rest if not re.fullmatch(r"\d{4}年|上年", first.text) else []
        return [*names, last, *rest, said("比", rest), first, *again, *verb, said(ask, verb)]
    basis = _basis(asking)
    if not basis and not how and _against_last_year(asking, verb, what):
        basis = [said("比上年", what)]
    return [*what, *basis, *verb, said(ask, verb)]


def _against_last_year(asking: Asking, verb: Pieces, what: Pieces) -> bool:
    """Whether a change that names no basis is one since the year before: no budget's adjustment."""
    several_years = re.search(r"近|至|历年|每年|两年|和", joined(asking.clause.times))
    return not (verb[0].text in _NO_BASIS or several_years or "预算" in joined(what))


def _moved_percent(asking: Asking) -> Pieces:
    points = "percentage_point" in asking.keys.line
    return _moved(asking, "多少个百分点" if points else "百分之几")


def _moved_either(asking: Asking) -> Pieces:
    """``did it rise or fall``."""
    either = [*asking.verb(), said("还是"), *_plain("b")(asking), said("了")]
    return _moved(asking, verb=either)


def _noun_moved(asking: Asking) -> Pieces:
    """``what was the increase in A``."""
    noun = next((t for t in asking.keys.tokens if t.key in _MOVE_NOUNS), None)
    word = noun.zh if noun is not None else "变化"
    if word == "增长":
        return [*asking.pieces("s"), *_basis(asking), said("增长率是多少")]
    basis = _basis(asking) or [said("比上年")]
    return [*asking.pieces("s"), *basis, said(word + "多少" + asking.clause.unit)]


_MOVE_NOUNS = bag("change increase decrease rise fall drop decline growth reduction")


def _difference(asking: Asking) -> Pieces:
    return [*asking.pieces("s"), *_basis(asking), said("相差多少" + asking.clause.unit)]


def _summed(asking: Asking) -> Pieces:
    amount = "total_amount" in asking.keys.line
    word = "一共" if several(asking.tokens("s")) else "总金额是" if amount else "总额是"
    return [*asking.pieces("s"), said(word + "多少" + asking.clause.unit)]


# ---- shares


def _spent_part(asking: Asking) -> Pieces:
    what = asking.pieces("s")
    spent = [] if joined(what).endswith(("支出", "费", "经费")) else [said("支出", what)]
    return [*what, *spent, said("占"), *asking.pieces("x"), said("的百分之几")]


def _used_part(asking: Asking) -> Pieces:
    whole = asking.pieces("x")
    if "预算" in joined(whole):
        return [*whole, said("执行率是多少", whole)]
    return [*asking.verb(), said("支出占"), *whole, said("的百分之几", whole)]


# ---- which


def _which(asking: Asking) -> Pieces:
    """``which N``: 哪个 N, 哪些 N for several, 哪一个 of those named."""
    tokens = asking.tokens("n")
    if not tokens or tokens[0].key in ("one", "ones"):
        rest = phrase(tokens[1:])
        return [*rest, said("中" * bool(rest) + "哪一个")]
    if tokens[0].key == "of":
        return [*phrase(tokens[1:]), said("中哪一个")]
    head = _head(tokens)
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
    if (joined(verb) in _LIGHT and what) or joined(what).endswith(joined(verb)):
        verb = []
    inside = [*where, said("中", where)] if where else []
    pieces = [*what, *verb] if on else [*verb, *what]
    return [*inside, *who, *pieces, *_superlative_word(asking)]


_INSIDE = frozenset(("in", "of", "at", "among", "within"))


def _which_most(asking: Asking) -> Pieces:
    """``which N had the largest M of B``: B 哪个 N 的 M 最大."""
    rest = asking.tokens("m")
    cut = next((i for i, t in enumerate(rest) if t.key in _INSIDE), len(rest))
    where, what = phrase(rest[cut:]), phrase(rest[:cut])
    of = [said("的", what)] if what else []
    return [*where, *_which(asking), *of, *what, *_superlative_word(asking)]


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
    word = "一共" if several(asking.tokens("s")) else "是"
    return [*what, said(word + "多少" + asking.clause.unit, what)]


def _superlative_word(asking: Asking) -> Pieces:
    return [Gloss(t.start, t.end, t.zh) for t in asking.tokens("sup")]


def _superlative(asking: Asking) -> Pieces:
    """``what was the largest N``: the figure itself, or which of them it is."""
    tokens = asking.tokens("n")
    head = _head(tokens)
    noun, word = phrase(tokens), _superlative_word(asking)
    figure = head is not None and head.term is not None and head.term.kind is Kind.METRIC
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
    head = _head(asking.tokens("n"))
    if head is not None and _MEASURED.get(head.zh[-2:]):
        return [*phrase(rest), said("由"), *_which(asking), *asking.verb()]
    return [*_which(asking), *_action(asking)]


def _action(asking: Asking) -> Pieces:
    return action([*asking.tokens("v"), *asking.tokens("o")])


# ---- what


def _is(asking: Asking) -> Pieces:
    return _is_what(asking.tokens("n"), asking.clause)


def _is_what(tokens: Sequence[Token], clause: Clause) -> Pieces:
    """是多少 of a figure; 是什么, 有哪些, 是谁 of a text."""
    head = _head(tokens)
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
        return [*phrase(tokens), *_basis(asking), said("变化" + "多少" + clause.unit)]
    return [*phrase(tokens), *_all(asking), *_is_what(tokens, clause)]


def _listed(asking: Asking) -> Pieces:
    tokens = asking.tokens("n")
    head = _head(tokens)
    figure = head is not None and head.term is not None and head.term.kind is Kind.METRIC
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


def _plain(name: str) -> Callable[[Asking], Pieces]:
    return lambda asking: [Gloss(t.start, t.end, t.zh) for t in asking.tokens(name)]


_SPECIAL: dict[str, Callable[[Asking], Pieces]] = {
    "v": Asking.verb,
    "cn": _counted,
    "passive": _passive,
    "which_most": _which_most,
    "which_is": _which_is,
    "moved_either": _moved_either,
    "tops": _tops,
    "amounts": _amounts,
    "ask": _ask,
    "all": _all,
    "basis": _basis,
    "那": _that,
    "和": _with,
    "either": _either,
    "inside": _inside,
    "doing": _doing,
    "counting": _counting,
    "what": _what,
    "count": _count,
    "moved": _moved,
    "moved_percent": _moved_percent,
    "noun_moved": _noun_moved,
    "difference": _difference,
    "summed": _summed,
    "spent_part": _spent_part,
    "used_part": _used_part,
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
    "a": _plain("a"),
    "b": _plain("b"),
}
