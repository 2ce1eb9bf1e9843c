"""What the slots of a sentence pattern become in Chinese: amounts, counts, changes, shares."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from qa.english.clauses import Clause, Keys, names_first
from qa.english.phrases import Gloss, Pieces, joined, phrase, said, several
from qa.english.terms import bag
from qa.english.tokens import Sort, Token

LIGHT = frozenset(("得到", "收到", "有", "产生", "发生"))
_GENERIC = frozenset(("资金", "金额", "总额", "数"))
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


Slot = Callable[[Asking], Pieces]


def plain(name: str) -> Slot:
    """A slot whose tokens stand as they are."""
    return lambda asking: [Gloss(t.start, t.end, t.zh) for t in asking.tokens(name)]


# ---- amounts


def _ask(asking: Asking) -> Pieces:
    """多少 with the unit asked for; what was paid is money, also where none is named."""
    paid = "v" in asking.match.re.groupindex and joined(plain("v")(asking)).endswith(_PAID)
    money = (paid or _of_money(asking)) and asking.keys.line.startswith("how much")
    return [said("多少" + (asking.clause.unit or "钱" * money))]


def _of_money(asking: Asking) -> bool:
    """``how much money``: no number of cases."""
    head = head_of(asking.tokens("n")) if "n" in asking.match.re.groupindex else None
    return head is not None and head.key in ("money", "cash", "fiscal_money")


_PAID = ("支付", "支出", "拨付", "下达")


def altogether(asking: Asking) -> Pieces:
    """一共, where the question says in total."""
    return [said("一共")] if asking.clause.total else []


def compared(asking: Asking) -> Pieces:
    """比 what the question compares with."""
    basis = asking.clause.basis
    return [said("比", basis[:1]), *basis] if basis else []


def _that(asking: Asking) -> Pieces:
    return [said("那")] if asking.clause.unit else []


def _doing(asking: Asking) -> Pieces:
    """``how much N did … V``: the noun, the verb, or both."""
    noun, verb = asking.pieces("n"), asking.verb()
    if joined(noun) in _GENERIC or joined(noun).endswith(joined(verb)):
        return verb
    return noun if joined(verb) in (*LIGHT, "支出", "收入") else [*verb, *noun]


def _count(asking: Asking) -> Pieces:
    """多少 with the unit asked for, else the measure word of what is counted."""
    if asking.clause.unit:
        return [said("多少" + asking.clause.unit)]
    head = head_of(asking.tokens("n"))
    measure = head.term.measure if head is not None and head.term is not None else ""
    counted = head.zh if head is not None and _COUNTER.fullmatch(head.zh) else ""
    return [said("多少" + (measure or counted or "个"))]


def _counted(asking: Asking) -> Pieces:
    """The noun that is counted; none where the measure word says it all (多少人)."""
    tokens = asking.tokens("n")
    head = head_of(tokens)
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
    head = head_of(asking.tokens("n"))
    people = head is not None and head.term is not None and head.term.measure in ("人", "名")
    guests = joined(noun) in _GUESTS and joined(verb) in ("收到", "接待")
    if joined(verb) == "收到" and (people or guests):
        verb = [said("接待", verb)]
    if guests:
        verb = [] if joined(asking.pieces("o")).endswith("接待") else verb
        return [*verb, said("多少" + (asking.clause.unit or "人"))]
    if joined(verb) in _HELD or joined(asking.pieces("o")).endswith(joined(verb)):
        verb = []
    if noun and _said_by(noun, asking.tokens("v")):
        verb = []
    return [*verb, *noun, *_count(asking)]


_GUESTS = frozenset(("来宾", "来访人员", "客人", "宾客", "访客"))


def _said_by(noun: Pieces, verbs: Sequence[Token]) -> bool:
    """Whether a noun says what was done: new ones that were added, 受理业务 that were accepted."""
    text = joined(noun)
    done = {t.zh for t in verbs} | {w for t in verbs if t.term for w in t.term.chinese}
    return text.startswith(tuple(word for word in done if len(word) > 1)) or (
        text.startswith("新") and bool(done & _MADE)
    )


_MADE = frozenset(("新增", "增加", "设立", "建设", "安装", "建成", "购置", "投放", "建立"))
_HELD = bag("做 举办 开展 进行 发生 有 得到 记录")


def _what(asking: Asking) -> Pieces:
    """多少 of what is reckoned, else 什么."""
    reckoned = joined(asking.verb()).endswith(tuple(_RECKONED))
    return [said("多少" + asking.clause.unit if reckoned else "什么")]


_RECKONED = bag("支出 支付 实际完成 计划 预算 下达 拨付 申请 节约 扣 投入 超支 预期")


def head_of(tokens: Sequence[Token]) -> Token | None:
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
    if not how and joined(verb) == "增长":
        verb = [replace(verb[0], text="增加")]
    if clause.ends is not None:
        first, last = clause.ends
        at = names_first(what)
        names, rest = what[:at], what[at:]
        again = rest if not re.fullmatch(r"\d{4}年|上年", first.text) else []
        return [*names, last, *rest, said("比", rest), first, *again, *verb, said(ask, verb)]
    basis = compared(asking)
    if not basis and not how and _against_last_year(asking, verb, what):
        basis = [said("比上年", what)]
    return [*what, *basis, *verb, said(ask, verb)]


def _against_last_year(asking: Asking, verb: Pieces, what: Pieces) -> bool:
    """Whether a change that names no basis is one since the year before: no budget's adjustment."""
    several_years = re.search(r"近|至|历年|每年|两年|和", joined(asking.clause.times))
    return not (verb[0].text in _NO_BASIS or several_years or "预算" in joined(what))


def _moved_percent(asking: Asking) -> Pieces:
    return _moved(asking, _points(asking)[0].text)


def _points(asking: Asking) -> Pieces:
    """多少个百分点 or 百分之几, as the question has it."""
    points = "percentage_point" in asking.keys.line
    return [said("多少个百分点" if points else "百分之几")]


def _moved_either(asking: Asking) -> Pieces:
    """``did it rise or fall``."""
    either = [*asking.verb(), said("还是"), *plain("b")(asking), said("了")]
    return _moved(asking, verb=either)


def _noun_moved(asking: Asking) -> Pieces:
    """``what was the increase in A``."""
    noun = next((t for t in asking.keys.tokens if t.key in _MOVE_NOUNS), None)
    word = noun.zh if noun is not None else "变化"
    if word == "增长":
        return [*asking.pieces("s"), *compared(asking), said("增长率是多少")]
    basis = compared(asking) or [said("比上年")]
    return [*asking.pieces("s"), *basis, said(word + "多少" + asking.clause.unit)]


_MOVE_NOUNS = bag("change increase decrease rise fall drop decline growth reduction")


def _difference(asking: Asking) -> Pieces:
    return [*asking.pieces("s"), *compared(asking), said("相差多少" + asking.clause.unit)]


def _summed(asking: Asking) -> Pieces:
    amount = "total_amount" in asking.keys.line
    each = re.search(r"[、和]", joined(asking.pieces("s")))
    word = "一共" if each or several(asking.tokens("s")) else "总金额是" if amount else "总额是"
    return [*asking.pieces("s"), said(word + "多少" + asking.clause.unit)]


# ---- shares


def _spent_part(asking: Asking) -> Pieces:
    """What was spent on something, or is its part of a price or a number."""
    what, whole = asking.pieces("s"), asking.pieces("x")
    money = not joined(whole).endswith(_NO_SPENDING)
    money = money and not joined(what).endswith(("支出", "费", "经费"))
    spent = [said("支出", what)] if money else []
    return [*what, *spent, said("占"), *whole, said("的百分之几")]


_NO_SPENDING = ("价", "价格", "数", "数量", "面积", "人数", "人次", "量", "额度", "里程", "长度")


def _used_part(asking: Asking) -> Pieces:
    whole = asking.pieces("x")
    if "预算" in joined(whole):
        return [*whole, said("执行率是多少", whole)]
    return [*asking.verb(), said("支出占"), *whole, said("的百分之几", whole)]


SLOTS: dict[str, Slot] = {
    "v": Asking.verb,
    "cn": _counted,
    "moved_either": _moved_either,
    "ask": _ask,
    "all": altogether,
    "basis": compared,
    "那": _that,
    "doing": _doing,
    "counting": _counting,
    "what": _what,
    "count": _count,
    "moved": _moved,
    "moved_percent": _moved_percent,
    "points": _points,
    "noun_moved": _noun_moved,
    "difference": _difference,
    "summed": _summed,
    "spent_part": _spent_part,
    "used_part": _used_part,
    "a": plain("a"),
    "b": plain("b"),
    "cmp": plain("cmp"),
}
