"""Follow-ups that ask something else of the same thing, as whole questions: 调增的呢, 等级呢, 倒数第二呢. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence

from qa.question.ellipsis import Completed, Named, chunks, kept


def rewritten(before: str, named: Sequence[Named], question: str, bare: str) -> Completed | None:
    """The whole question that a follow-up without names of its own asks of the same thing.

    Args:
        before: the question of the turn before.
        named: units, projects and years in it.
        question: the follow-up as typed.
        bare: what it names, without the words around.
    """
    if _GRADE.fullmatch(bare):
        return _of_the_whole(before, named, "评价等级是什么")
    ways = (
        _of_that_thing(before, named, question),
        _another_deed(before, bare, question),
        _another_place(before, bare),
        _against_plan(before, named, question),
        _which_ones(before, question),
        _after_changes(before, bare),
    )
    whole = next((way for way in ways if way), "")
    if whole:
        return Completed(whole, kept(before, named, []))
    return _of_the_whole(before, named, f"{bare}是多少", of="") if _PLACED.match(bare) else None


_GRADE = re.compile(r"(?:评价|评定|绩效|自评|绩效评价)?(?:结果)?(?:的)?(?:等级|等次|评级|档次)")


def _of_the_whole(
    before: str, named: Sequence[Named], asked: str, *, of: str = "的"
) -> Completed | None:
    """What is asked of a unit's project as a whole, whatever was asked of it before."""
    if not any(each.kind == "project" for each in named):
        return None
    kept = tuple(dict.fromkeys(before[each.start : each.end] for each in named))
    return Completed(f"{''.join(kept)}{of}{asked}？", kept)


# 哪天验收的 after 某项目的服务时间是哪天到哪天: of the thing that was asked about before.
_WHEN_OR_WHO = re.compile(
    r"^(?:那么?|又)?(?:是|在|由)?(?:哪[天年月家]|什么时候|何时|谁)[一-鿿]{2,8}[?？。\s]*$"
)

_THING_PAID = re.compile(
    r"^(?P<thing>.*[一-鿿”》]{3})(?:一共|共|实际)?(?:花|付|用|支付|支出)了?(?:多少|几)[^,，。]*$"
)
_THING_ASKED = re.compile(
    r"^(?P<thing>.*[一-鿿”》])的[^的,，。]{2,8}?(?:是|为|有|从)*(?:哪|多少|什么|谁|几|何)[^,，。]*$"
)


def _of_that_thing(before: str, named: Sequence[Named], question: str) -> str:
    asks = _WHEN_OR_WHO.match(question)
    asked = _THING_ASKED.match(before) or _THING_PAID.match(before)
    if asks is None or asked is None:
        return ""
    edge = max((each.end for each in named if each.end <= asked.end("thing")), default=0)
    own = re.sub(r"[,，、。\s的]", "", asked["thing"][edge:])
    return f"{asked['thing']}{question.lstrip('那么又')}" if len(own) > _SHORT else ""


# 分别叫什么 after 有几个内设科室: the things that were counted.
_THEIR_NAMES = re.compile(
    r"^(?:那么?|它们|都)?(?:分别|各)?(?:叫什么|叫啥|是什么|是啥|是哪些|是哪几[个项家类]|有哪些|是谁)(?:名字|名称)?[?？。\s]*$"
)
_COUNTED = re.compile(
    r"(?:有|设有?|设了|包括|共有|一共有|共)?(?:多少|几)(?:个|项|家|类|种|名|条|所|处)(?P<noun>[^,，。?？多少几]{2,12})[?？。\s]*$"
)


def _which_ones(before: str, question: str) -> str:
    asks, counted = _THEIR_NAMES.match(question), _COUNTED.search(before)
    if asks is None or counted is None:
        return ""
    return f"{before[: counted.start()]}有哪些{counted['noun']}？"


# 比计划多了多少 after 实际办了多少场培训: of the thing that was counted.
_AGAINST_PLAN = re.compile(
    r"^(?:那么?)?(?:实际)?(?:比|较)(?:年初|当初|原来?|全年)?的?(?P<what>计划|目标|预算|预期|设定|指标值)(?:数|值|的)*"
    r"(?:要|又|还)?(?P<way>多|少|高|低|超)(?:了|出|过|花|办|发|做|完成)*(?:多少|几)(?P<unit>[一-鿿]{0,4})[?？。\s]*$"
)
_ASKED_MUCH = re.compile(
    r"(?:实际|一共|总共|共|全年)*(?:举?办|发布?|开展?|搞|做|印|完成|发生|支出|花|用|投放|配备?)?(?:了|是|为|有|达到?|到)*"
    r"(?:多少|几)(?P<unit>万?(?:人次|公里|[条场次个人份件台套户名项篇宗期]|[万亿]?元))?(?P<object>[一-鿿]{0,12})[?？。\s]*$"
)


def _against_plan(before: str, named: Sequence[Named], question: str) -> str:
    """By how much what was shown is above or below what was planned of it."""
    said, asked = _AGAINST_PLAN.match(question), _ASKED_MUCH.search(before)
    if said is None or asked is None:
        return ""
    edge = max((each.end for each in named if each.end <= asked.start()), default=0)
    own = before[edge : asked.start()].replace("实际", "")
    if not re.search(r"[一-鿿]{2}", own + asked["object"]):
        return ""
    way = "多" if said["way"] == "超" else said["way"]
    return f"{before[:edge]}{own}{asked['object']}实际比{said['what']}{way}多少{said['unit']}？"


# 立项请示里的总投资呢: another figure of another place, of the same project.
_PLACED = re.compile(r"[一-鿿《》“”]{2,14}(?:里|中|上)的[一-鿿]{2,10}$")

_DEED = re.compile(r"的(?:呢|情况呢)[?？。\s]*$")


def _another_deed(before: str, bare: str, question: str) -> str:
    """``调增的呢`` after ``取消的是哪两个子项目``: the question with that deed; "" otherwise."""
    asks = re.search(r"的(?:是|有)?哪(?:些|[一二两三四五六七八九十几]?[个项家类种条])?", before)
    if asks is None or not _DEED.search(question) or not 1 < len(bare) <= _SHORT:
        return ""
    at = asks.start() - len(bare)
    if at < 0 or not re.fullmatch(r"[一-鿿]+", before[at : asks.start()]):
        return ""
    return f"{before[:at]}{bare}的是哪些{before[asks.end() :]}"


_SHORT = 4  # characters of a deed

_CHANGED_BY = re.compile(
    r"(?:比|较|同)(?:上年|去年|上一年|前一年|20\d\d年)?[^,，。;；]{0,6}?(?:同比)?(?:增长|增加|减少|下降|上升|降低)了?"
    r"(?:百分之几|百分之多少|多少|几)(?:个?百分点|%)?(?=[?？。]*$)"
)

# 那2022年的金额呢, after a question for how far something rose or fell: the amount itself.
_THE_AMOUNT = re.compile(r"(?:具体|绝对)?(?:金额|数额|数字|绝对数|绝对值|决算数|数)")


def without_change(before: str, bare: str) -> str:
    """``甲比上年下降了百分之几？`` as ``甲是多少？``, where the follow-up asks for the amount; "" otherwise."""
    if not _THE_AMOUNT.fullmatch(bare):
        return ""
    bare = _CHANGED_BY.sub("是多少", before)
    return "" if bare == before else bare


_ALL_MONEY = re.compile(
    r"全口径|(?:不分|不论|不限|不管)(?:资金)?来源|(?:所有|全部|各类)(?:的)?资金|不限(?:于)?财政拨款|"
    r"(?:含|包括|连同?|算上)(?:上)?(?:事业|经营|其他)收入|其他资金(?:也|都)(?:算|加|包括|一起)"
)

_ASIDE = re.compile(r"[(（][^()（）]*[)）]")

_FUND_OR_TABLE = re.compile(
    r"一般公共预算|政府性基金|资本经营|财政拨款|决算表|"
    r"^(?:本年|决算|只看)?(?:基本|项目)?(?:支出|收入)(?:合计|决算)?数?$"
)


def of_all_money(before: str, before_named: Sequence[Named], question: str) -> Completed | None:
    """``全口径的支出呢`` after an account of one fund: the same account in the table of all money.

    Args:
        before: the question of the turn before.
        before_named: units, projects and years in it.
        question: the follow-up as typed.
    """
    said = _ALL_MONEY.search(question)
    edge = re.search(r"[,，]|$", before)
    lead = [each for each in before_named if edge is None or each.end <= edge.start()]
    rows = [
        span for span in chunks(before, lead) if not _FUND_OR_TABLE.search(before[slice(*span)])
    ]
    if said is None or len(rows) != 1 or not _FUND_OR_TABLE.search(before):
        return None
    names = [each for each in lead if each.end <= rows[0][0]]
    if not names or any(each.kind == "project" for each in before_named):
        return None
    side = "收入" if "收入" in _ALL_MONEY.sub("", _ASIDE.sub("", question)) else "支出"
    row, scope = before[slice(*rows[0])], before[: max(each.end for each in names)]
    text = f"{scope}{side}决算表中，{row}的本年{side}合计是多少？"
    kept = (*(before[each.start : each.end] for each in names), row)
    return Completed(text, tuple(dict.fromkeys(kept)))


_ONE_FUND = re.compile(
    r"^[那么，,\s]*其中[，,]?(?:属于|用|来自)?(?P<fund>一般公共预算|政府性基金预算|国有资本经营预算)(?:财政拨款)?(?P<side>支出|收入)?"
    r"(?:是|有|为|的|占)*(?:多少|几)[一-鿿]{0,3}[?？。\s]*$"
)
# 一般公共预算财政拨款的口径呢, after a row of all money.
_OF_FUND = re.compile(
    r"^(?:那么?|换成|按)*(?P<fund>一般公共预算|政府性基金预算|国有资本经营预算)(?:财政拨款)?(?P<side>支出|收入)?的?(?:口径|部分)(?:下)?(?:的)?(?:呢|是多少)[?？。\s]*$"
)


def of_one_fund(before: str, before_named: Sequence[Named], question: str) -> Completed | None:
    """``其中一般公共预算财政拨款支出多少`` after a row of all money: the same row in the table of that fund.

    Args:
        before: the question of the turn before.
        before_named: units, projects and years in it.
        question: the follow-up as typed.
    """
    said = _ONE_FUND.match(question) or _OF_FUND.match(question)
    if said is None or any(each.kind == "project" for each in before_named):
        return None
    rows = [
        span
        for span in chunks(before, before_named)
        if not _FUND_OR_TABLE.search(before[slice(*span)])
    ]
    named = [each for each in before_named if not rows or each.end <= rows[0][0]]
    if len(rows) != 1 or not named or "财政拨款" in before:
        return None
    row, side = before[slice(*rows[0])], said["side"] or "支出"
    kept = tuple(dict.fromkeys((*(before[each.start : each.end] for each in named), row)))
    scope = "".join(before[each.start : each.end] for each in named)
    return Completed(
        f"{scope}{said['fund']}财政拨款{side}决算表中，{row}的本年{side}合计是多少？", kept
    )


_PLACE = re.compile(
    r"(?:排名?在?|(?P<last>倒数))?第(?P<n>[二三四五六七八九])(?P<way>[高低多少大小])?(?:名|位|的)*"
    r"(?:(?:又|又是|是)?(?:哪一?[个家项所]?|谁|什么)(?:乡镇|镇|县|区|项目|单位|指标|科目|学校)?)?"
    r"呢?(?:[,，](?:[一-鿿]{0,8}?)(?:是|有|为)?(?:多少|几)[一-鿿%]{0,3})?"
)

_OTHER_EXTREME = re.compile(r"最(?P<way>[高低多少大小])的?(?:是(?:哪个|谁|什么|哪一?个?))?")
_EXTREME = re.compile(
    r"最(?:[高大多好]|(?P<low>[低小少差]))|(?P<bottom>垫底|排在?最后|倒数第一)|居首|排第一"
)


# 两次调减以后呢 after 年初下达的预算是多少: the budget of that stage.
_STAGE_AFTER = re.compile(
    r"(?P<deed>(?:[一两二三四]次|年中)?(?:调减|调增|调整|核减|追加))(?:了)?(?:之后|以后|后)"
    r"(?:的)?(?P<what>(?:实际|年度|全年)?预算(?:数|资金)?)?$"
)
_FIRST_BUDGET = re.compile(r"年初(?:下达|安排|批复|核定)?的?(?:年度)?预算(?:数|资金)?")


def _after_changes(before: str, bare: str) -> str:
    said, first = _STAGE_AFTER.fullmatch(bare), _FIRST_BUDGET.search(before)
    if said is None or first is None:
        return ""
    what = said["what"] or "年度预算"
    return f"{before[: first.start()]}{said['deed']}之后的{what}{before[first.end() :]}"


def _another_place(before: str, bare: str) -> str:
    """``倒数第二呢`` after a question for an extreme: the question for that place; "" otherwise."""
    place, extreme = _PLACE.fullmatch(bare), _EXTREME.search(before)
    other = _OTHER_EXTREME.fullmatch(bare)
    if other is not None and extreme is not None:
        return f"{before[: extreme.start()]}最{other['way']}{before[extreme.end() :]}"
    if place is None or extreme is None:
        return ""
    least = extreme["low"] or extreme["bottom"]
    word = place["way"] or ("低" if place["last"] or least else "高")
    return f"{before[: extreme.start()]}第{place['n']}{word}{before[extreme.end() :]}"
