"""Words that ask for what a report does not print but that follows from two of its figures.

What is not (无效, 没办结: the whole less the part) and an amount per thing (每人次, 人均). Patterns only.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from qa.words.numerals import number_of

_UNDONE = r"(?:没有?|未能?|尚未|还没有?)"
# How that is called which is not: each with the word for that which is.
_NEGATED: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"无效|作废|废卷|废票|失效"), "有效"),
    (re.compile(rf"{_UNDONE}(?:能|被)?(?:收回|回收|收(?![入支到]))(?:回?来|到)?"), "回收"),
    (re.compile(rf"{_UNDONE}(?:能|被)?付(?:出去|完|掉|清)(?!率)"), "支付"),
    (
        re.compile(
            rf"{_UNDONE}(?:被|能|得到)?(?P<verb>办结|办完|完成|达标|合格|通过|整改|修复|登记|开工|完工|竣工|验收|执行|答复|处理|销号|兑付|发放|更换|安装"
            r"|追回|追缴|扣回|退回|退还|归还|偿还|到位|到账|支付|拨付|采纳|落实|备案|建档|入库|清退|查处|解决|上线|接通|签订)"
            r"(?:完|成|好|掉|回来|来|出去)?(?!率)"
        ),
        "",
    ),
)
_THING = r"批次|人次|公里|平方米|人|批|次|户|家|辆|班|亩|处|所|名|位|件|宗|场|份|套|台|座|站|期|块"
PER = re.compile(
    rf"(?:平均|均)?每(?:一|个|接待一个?|接待)?(?P<noun>{_THING})(?:[车生]|学[员生]|来宾|客人|干部|职工)?|"
    rf"平均(?:接待)?(?:每|一)?(?P<one>人|批|辆)(?![均员])|(?P<head>人次均|次均|人均|户均|班均|车均)"
)
"""How an amount per thing is asked for."""

MEASURE_WORDS = (
    r"架次|镇街|街镇|乡镇|立方米|公顷|床位|"
    rf"{_THING}|个|起|吨|天|张|卷|条|项|只|头|盏|笔|间|棵|株|米"
)
"""Measure words of things of which there may be an average, longer ones first."""

_HEADS = {
    "人均": "人", "户均": "户", "班均": "班", "车均": "辆", "人次均": "人次", "次均": "次",
}  # fmt: skip


class Negated(NamedTuple):
    """A word for what is not, as the question says it, and the word for what is."""

    said: str
    positive: str


def negated(text: str) -> list[Negated]:
    """The words for what is not, in the order of the text."""
    found = [
        (match.start(), Negated(match.group(), positive or match["verb"]))
        for pattern, positive in _NEGATED
        for match in pattern.finditer(text)
    ]
    return [each for _, each in sorted(found)]


def per_thing(text: str) -> tuple[str, str] | None:
    """How a text asks for an amount per thing, and the measure word of the thing; None if it does not."""
    match = PER.search(text)
    if match is None:
        return None
    return match.group(), match["noun"] or match["one"] or _HEADS[match["head"]]


_LESS = re.compile(r"(?:扣|刨|减|去)(?:掉|除|去)|剔除|除去")


def without_worked_out(text: str, formulas: str) -> str:
    """A question less the words that the calculations shown answer to."""
    if "−" in formulas:
        for each in negated(text):
            text = text.replace(each.said, " " * len(each.said))
        text = _LESS.sub(" ", text)
    if "÷" not in formulas:
        return text
    if "100%" in formulas:
        text = _CARRIED_OUT.sub(" ", text)
    return _PER_ANY.sub(lambda found: f" {found['verb'] or ''} ", PER.sub(" ", text))


# Spent over budget, done over planned: neither place says so.
_CARRIED_OUT = re.compile(r"(?:预算|支出|目标|任务|计划)?(?:执行|完成)(?:率|进度|比例)")
_PER_ANY = re.compile(
    rf"(?:平均)?(?:到|对应)?每(?:(?P<verb>[一-鿿]{{1,4}}?)一|一)?(?:{MEASURE_WORDS})|平均(?:一(?:{MEASURE_WORDS}))?"
    r"|除以|对应|摊到|人均"
)


_REST = re.compile(
    r"结余|节余|结转|剩余?|用剩|(?:没有?|未|尚未)(?:花|用|支出?|使用|执行|支付|拨付)(?!率)"
)


def rest_asked(text: str) -> bool:
    """``结余最多的县``: what was left decides."""
    return bool(_REST.search(text))


_MEMBERS = re.compile(
    r"(?<![前第最\d])(?P<n>[两二三四五六七八九十]|\d+)(?:个|项|类|家)(?P<kind>子项|项目|三级指标|指标|区县|县区|科目|类别|方向|单位|地区)"
    r"(?=[里中,，、内]|当中|之中)"
)


def members_said(text: str) -> int | None:
    """How many members a question says that there are to choose from (22个子项里); None: it does not."""
    match = _MEMBERS.search(text)
    return None if match is None else number_of(match["n"])
