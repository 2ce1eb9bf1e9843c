"""What a report says that there is none of, against an amount of it in another place."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator

from ingest.equations.claims import closed
from ingest.figures.naming import Names, fact_key
from ingest.model import Assertion, Figure, ReportKind, Role
from ingest.quantity import Dimension
from ingest.structure.texts import Sentence, Texts, agreed, contrary, said_of

_YEAR_END = r"(?:年末|年底|年度|全年|当年|本年|20\d\d年(?:度|末)?)"
_NONE = r"(?:无|没有|未发生|未产生|未形成|不存在|均无)"
_END = r"(?=[,;。)、]|资金|情况|的?情形|,?但|$)"
_REST = r"(?:任何)?(?:结余结转|结转结余|结转和结余|结余和结转|结余|结转)"
# What is said to be none, and the keys of the figures that say how much of it there is.
_ABSENT: tuple[tuple[str, re.Pattern[str], frozenset[str]], ...] = (
    (
        "年末结转结余",
        re.compile(rf"(?:{_YEAR_END}|部门|资金)[^,;。\d]{{0,8}}?{_NONE}{_REST}{_END}"),
        frozenset(("年末结转和结余", "年末结转结余", "年末结余结转", "年末结转结余资金")),
    ),
    (
        "项目结余",
        re.compile(rf"(?:项目|资金)[^,;。\d]{{0,8}}?{_NONE}(?:资金)?{_REST}{_END}"),
        frozenset(
            (
                "结余", "资金结余", "年末结余", "结余资金", "项目结余", "项目资金结余", "年末结转结余", "结转结余",
                "年末结转和结余", "结余结转",
            )
        ),
    ),
    (
        "年末财政拨款结转结余",
        re.compile(rf"{_NONE}财政拨款{_REST}{_END}"),
        frozenset(("年末财政拨款结转和结余", "年末财政拨款结转", "年末财政拨款结转结余")),
    ),
    (
        "政府性基金",
        re.compile(rf"{_NONE}(?:使用|安排)?政府性基金(?:预算)?(?:财政拨款)?(?:收入|支出|收支|安排的支出)?{_END}"),
        frozenset(
            (
                "政府性基金预算财政拨款支出", "政府性基金预算财政拨款收入", "政府性基金预算支出",
                "政府性基金支出", "政府性基金预算财政拨款",
            )
        ),
    ),
    (
        "国有资本经营预算",
        re.compile(rf"{_NONE}(?:使用|安排)?国有资本经营(?:预算)?(?:财政拨款)?(?:收入|支出|收支|安排的支出|收入和支出)?{_END}"),
        frozenset(("国有资本经营预算财政拨款支出", "国有资本经营预算财政拨款收入", "国有资本经营预算财政拨款")),
    ),
    (
        "因公出国（境）费",
        re.compile(rf"(?:{_NONE}|未安排|未组织)因公出国(?:\(境\))?(?:费用?|支出|团组|任务|活动|经费)?(?:支出)?{_END}"),
        frozenset(("因公出国(境)费", "因公出国(境)费用", "因公出国(境)")),
    ),
    (
        "公务用车购置费",
        re.compile(rf"(?:未|没有)(?:新|更新)?(?:购置|购买)公务用车{_END}|{_NONE}公务用车购置(?:费|支出)?{_END}"),
        frozenset(("公务用车购置费", "公务用车购置")),
    ),
    (
        "公务接待费",
        re.compile(rf"{_NONE}公务接待(?:费|支出|费用|费支出)?{_END}"),
        frozenset(("公务接待费", "公务接待")),
    ),
    *(
        (name, re.compile(rf"{_NONE}{name}{_END}"), frozenset((name,)))
        for name in ("上级补助收入", "事业收入", "经营收入", "附属单位上缴收入", "其他收入", "经营支出", "上缴上级支出")
    ),
)  # fmt: skip
_PROJECTS = (ReportKind.PROJECT_EVALUATION, ReportKind.PROJECT_SELF_EVALUATION)
_SIDES = (("支出", "收入"), ("收入", "支出"))
_CONDITION = re.compile(r"(?:如|若|对|凡|是否|除)[^,;。]{0,6}$")
_OTHER_YEAR = re.compile(r"上年|去年|以前年度|上一年|历年|下年|次年|年初")
_SAID = re.compile(r"无|没有|未|不存在")
_YEAR = re.compile(r"(20\d\d)\s*年")


def none_of_it(texts: Texts) -> Iterator[Assertion]:
    """“年末无结转结余”“无政府性基金预算支出”：同一份报告里这一项的金额应为 0。

    来源：决算情况说明、自评报告的结论，部门决算公开表，“三公”经费说明。
    例：问题一节写“年末虽无结转结余”，收支情况写“年末结转结余 109.84 万元”，不一致。
    边界：只查年末结转结余、各预算资金、“三公”各项和各项收入；同一部分、同一年度，金额不为 0 才报；上年、年初的
    和“如无”“是否”不查；部门报告只查部门的结余，项目报告只查项目的。
    """
    known: dict[tuple[int, str, str], list[Figure]] = defaultdict(list)
    for figure in texts.document.figures:
        money = figure.quantity.unit.dimension is Dimension.MONEY and closed(figure)
        if money and figure.role in (Role.VALUE, Role.ACTUAL):
            for key in {Names.key(texts.document, figure), fact_key(figure.subject)}:
                known[figure.part, figure.period, key].append(figure)
    for sentence in texts.sentences:
        if _SAID.search(sentence.words):
            yield from _said_none(texts, sentence, known)


def _said_none(
    texts: Texts, sentence: Sentence, known: dict[tuple[int, str, str], list[Figure]]
) -> Iterator[Assertion]:
    part = texts.parts[sentence.text.block]
    for name, pattern, keys in _ABSENT:
        match = pattern.search(sentence.words)
        if match is None:
            continue
        clause = re.split(r"[,;。]", sentence.words[: match.start()])[-1]
        around = clause + match.group()
        years = _YEAR.findall(around)
        if _CONDITION.search(clause) or _OTHER_YEAR.search(around):
            continue
        if (name == "项目结余") != (part.kind in _PROJECTS) and "结余" in name:
            continue
        if "项目" in around and name != "项目结余":
            continue
        period = years[-1] if years else part.year
        side = next((w for w, o in _SIDES if w in match.group() and o not in match.group()), "")
        wanted = [key for key in keys if not side or side in key] or keys
        figures = [f for key in sorted(wanted) for f in known.get((part.no, period, key), ())]
        if not figures:
            continue
        stated = sentence.said(match.start(), match.end())
        some = [figure for figure in figures if figure.quantity.value]
        if not some:
            yield agreed("none_of_it", part.no, name, stated, (said_of(figures[0]),))
        elif len(some) == len(figures):
            others = tuple(said_of(figure) for figure in some[:3])
            shown = f"{name}{others[0].text}"
            words = f"写“{stated.text}”，另一处{shown}。"
            yield contrary("none_of_it", part.no, name, stated, others, shown, words)
