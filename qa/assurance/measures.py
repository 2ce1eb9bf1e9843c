"""Whether a figure measures what is asked: how many, how much, how fast, and the side of the accounts."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from ingest.model import Role
from qa.assurance.beside import single
from qa.assurance.cells import near_grams
from qa.assurance.clauses import label_in_sentence, own_names
from qa.assurance.model import Asked, Doubt, Doubts
from qa.assurance.sentence import given
from qa.assurance.told import labels
from qa.assurance.words import placed
from qa.model import Check
from qa.plan import Operation
from qa.words import cues
from qa.words.lexicon import words
from qa.words.matching import squeeze

_NUMBER_OF = re.compile(
    "(?:人数|户数|次数|场次|期数|件数|个数|家数|数量)(?:是|为|有)?(?:多少|几)?[?？。]?$"
)
_MOVED = re.compile("(?:下降|增长|上升|增减|变动)(?:率|幅度)|增幅|降幅|涨幅|同比[?？。]?$")
_MOVING = (Role.GROWTH, Role.CHANGE)
_MARKS = (Role.SCORE, Role.FULL_MARK, Role.DEDUCTION)


def rate_for_number(asked: Asked) -> Iterator[Doubt]:
    """死亡人数 is asked for, and 死亡人数下降率12.5% given."""
    value = given(asked)
    said = _NUMBER_OF.search(cues.unquoted(asked.plan.text).strip())
    if value is not None and said and value.unit in ("%", "‰", "个百分点"):
        yield Doubt("unit", said.group())


_OF_MARKS = re.compile(
    r"分|(?:打|得|评)了?(?:多少|几)|权重|成绩|份(?:数)?[?？。]?$|等级|等次|评价|评为|结果"
)


def marks_for_measure(asked: Asked) -> Iterator[Doubt]:
    """爆管次数 is asked for, and the marks are given that an indicator of this name got."""
    value = given(asked)
    if value is None or value.unit != "分" or not set(asked.ground.roles) & set(_MARKS):
        return
    if not _OF_MARKS.search(asked.question) and not _OF_MARKS.search(asked.plan.question):
        yield Doubt("unit", "、".join(each.key for each in asked.plan.targets) or "得分")


def other_measure_word(asked: Asked) -> Iterator[Doubt]:
    """户数 is asked for, and 11个 given."""
    value = given(asked)
    said = re.search(r"(?P<of>[户人场期])数?[?？。]?$", cues.unquoted(asked.plan.text).strip())
    if value is None or said is None or not said.group().rstrip("?？。").endswith("数"):
        return
    unit = value.unit.lstrip("万亿")
    if len(unit) == 1 and unit not in "人名位户场期次" and said["of"] not in "场期":
        yield Doubt("unit", said.group())


def no_move(asked: Asked) -> Iterator[Doubt]:
    """三公经费下降率 is asked for, and the rate of completion is given."""
    value = given(asked)
    said = _MOVED.search(cues.unquoted(asked.plan.text))
    roles = set(asked.ground.roles)
    if value is None or said is None or not roles or roles & set(_MOVING):
        return
    own = own_names(asked, value)
    if not re.search("降|增|升|减|涨|幅|变", own):
        yield Doubt("role", said.group())


_LESS_DONE = re.compile("(?:少|多)(?:完成|培训|建|办|发|做|修|改造|开展)了?(?:多少|几)")


def not_worked_out(asked: Asked) -> Iterator[Doubt]:
    """少完成多少人 is asked, and how many it were is given."""
    found = _LESS_DONE.search(cues.unquoted(asked.plan.question))
    value = given(asked)
    if found and value is not None and not set(asked.ground.roles) & set(_MOVING):
        yield Doubt("operation", found.group())


_CAME_IN = re.compile("到位|收到|下拨|拨款收入|收入")
_WENT_OUT = re.compile("支出|支付|使用|花|执行|决算")


def came_in(asked: Asked) -> Iterator[Doubt]:
    """市级资金支出 is asked for, and 市级资金到位 is given."""
    value = given(asked)
    question = cues.unquoted(asked.plan.text)
    if value is None or "支出" not in question or _CAME_IN.search(question):
        return
    own = own_names(asked, value)
    found = _CAME_IN.search(own)
    if found and not _WENT_OUT.search(own):
        yield Doubt("opposed", "支出")


_MONTHS = re.compile(
    "哪一?个?(?:月|季)|[的]月份|哪些?月|(?:月份|季度)(?:是|为)?(?:哪|什么|[?？。]?$)"
)
_OF_TIME = re.compile(r"[一二三四五六七八九十\d]+月|季度|半年|上旬|中旬|下旬")


def no_month(asked: Asked) -> Iterator[Doubt]:
    """The month with the most is asked for, and the lines of an account are compared."""
    found = _MONTHS.search(cues.unquoted(asked.plan.question))
    if asked.plan.operation is not Operation.RANK or found is None or not asked.figures:
        return
    told = asked.answer.text + "".join(labels(value.sources) for value in asked.figures)
    if not _OF_TIME.search(told):
        yield Doubt("kind", found.group())


_THINGS = re.compile(rf"(?:多少|几)(?:万|亿)?(?P<of>{cues.COUNTERS.pattern})")
_OF_MONEY = re.compile("钱|资金|经费|费用|金额|支出|收入|元|款|价|投资|成本")


def money_for_things(asked: Asked) -> Iterator[Doubt]:
    """少建了多少亩 is asked, and amounts of money are held against each other."""
    found = _THINGS.search(cues.unquoted(asked.plan.question))
    worked = [value for value in asked.figures if value.check is Check.DERIVED]
    money = all(value.unit.endswith("元") for value in asked.figures)
    if found and worked and money and not _OF_MONEY.search(asked.plan.question):
        yield Doubt("unit", found.group())


_GENERAL = re.compile(
    "[(（][^()（）]*[)）]|金额|数额|资金|经费|数量|人数|面积|合计|总计|总|额|数|万元|年度?|本年|全年|实际|计划|年初|完成|支出|收入|预算|决算|执行|投资|费"
)


_SIDES = 2  # of a difference
_A_STAGE = re.compile("目标|指标|计划|实际|完成|预算|下达|决算|应|值$")
_LEFT = re.compile("未|没|剩|结余|结转|余下")


def operand_unasked(asked: Asked) -> Iterator[Doubt]:
    """到位资金比支出多多少 is asked, and 结余 is taken away."""
    if asked.plan.operation is not Operation.DIFFERENCE or asked.contradicted:
        return
    question = squeeze(asked.plan.question)
    for value in asked.figures[:1]:
        if value.check is not Check.DERIVED or len(value.sources) != _SIDES:
            return
        columns = [(source.column or "").rpartition(" / ")[2] for source in value.sources]
        if columns[0] == columns[1] or _LEFT.search(question):
            return
        for column in columns:
            name = _GENERAL.sub("", squeeze(column))
            if name and not _A_STAGE.search(column) and not any(char in question for char in name):
                yield Doubt("another_column", column)
                return


_PLANS = re.compile("预算|年初安排|年初批")
_SPENDING = re.compile("执行|决算|支[出付]|实际|花|用[了掉完去]|使用|完成|结[余转]|剩|省|超")
_ACCOUNTS = re.compile("(?:部门)?整体支出|项目支出|基本支出|财政拨款支出")
_SPENT = re.compile("执行数|决算数|实际(?:支出|使用|支付|执行)|支出决算|全年支出")


def spent_for_planned(asked: Asked) -> Iterator[Doubt]:
    """全年预算比年初预算多多少 is asked, and 年初预算 is taken from what was spent."""
    question = cues.unquoted(asked.plan.question)
    worked = any(value.check is Check.DERIVED for value in asked.figures)
    compared = asked.plan.operation in (Operation.DIFFERENCE, Operation.GROWTH)
    if not worked or not compared or asked.contradicted or len(_PLANS.findall(question)) < _SIDES:
        return
    found = _SPENT.search(asked.answer.text)
    if found is not None and not _SPENDING.search(_ACCOUNTS.sub("", question)):
        yield Doubt("another_column", found.group())


_BARE = re.compile("支出|收入|预算|决算|经费|资金|金额")
_SPECIFIC = re.compile("三公|公务|会议|培训|机关运行|采购|接待|用车|人员经费|公用经费|专项")


def of_one_account(asked: Asked) -> Iterator[Doubt]:
    """支出增幅 is asked for, and that of the 三公 accounts is given."""
    value = single(asked)
    key = squeeze(asked.plan.targets[0].key) if len(asked.plan.targets) == 1 else ""
    found = _SPECIFIC.search(value.metric) if value is not None and _BARE.fullmatch(key) else None
    if found and found.group() not in asked.plan.question:
        yield Doubt("held_alone", found.group())


_OF_ALL = re.compile(
    r"占(?:了|到)?(?:全部|全年|本年|当年|年度|总)*(?P<side>支出|收入)(?:合计|总额|总计|总数)?(?:的|比|多|几|份|$)"
)
_WHOLE_TOLD = re.compile(r"，(?P<name>[^，,。;；]+?)\s*[\d,.]+[万亿]?元。?$")
_SOME_ACCOUNT = re.compile(
    "人员|公用|基本支出|项目支出|工资|商品和服务|三公|公务|接待|会议|培训|差旅|采购|专项|其他支出|上年|结转"
)


def whole_of_a_part(asked: Asked) -> Iterator[Doubt]:
    """项目支出占全年支出的比重 is asked for, and it is held against 人员经费支出."""
    found = _OF_ALL.search(squeeze(asked.plan.question))
    told = _WHOLE_TOLD.search(asked.answer.text.partition("依据：")[2].split("\n")[0])
    if found is None or told is None or asked.plan.operation is not Operation.SHARE:
        return
    if _SOME_ACCOUNT.search(told["name"]):
        yield Doubt("held_alone", told["name"])


def deed_alone(asked: Asked) -> Iterator[Doubt]:
    """Only 新建 is left of what is asked for, and 新建泵站18座 is given."""
    value = given(asked)
    key = squeeze(asked.plan.targets[0].key) if len(asked.plan.targets) == 1 else ""
    if value is None or key not in words("deeds.txt"):
        return
    label = squeeze(label_in_sentence(asked)).replace(key, "")
    if len(label) > 1 and not any(char in asked.plan.question for char in label):
        yield Doubt("held_alone", label)


def standard_for_mean(asked: Asked) -> Iterator[Doubt]:
    """亩均支出 is asked for, and 亩均投资标准 given."""
    value = given(asked)
    said = re.search("[人户亩生次床]均", asked.plan.text)
    own = f"{value.metric}{labels(value.sources[:1])}" if value is not None else ""
    if said and "标准" in own and not re.search("标准|定额|补助|补贴", asked.plan.question):
        yield Doubt("substituted", said.group())


def nothing_spent(asked: Asked) -> Iterator[Doubt]:
    """市级资金支出 is asked for, and the sentence says that 市级资金 was received."""
    value = given(asked)
    found = re.search("[一-鿿]{2,}资金(?:实际)?支出", cues.unquoted(asked.plan.text))
    if value is None or found is None or not value.sources:
        return
    source = value.sources[0]
    told = source.quote if source.table is None else f"{labels([source])}{source.table}"
    if not _WENT_OUT.search(f"{value.metric}{told}"):
        yield Doubt("opposed", "支出")


_A_WORD = 2  # characters
_OF_COLUMNS = re.compile(
    r"[(（][^()（）]*[)）]|金额|资金|经费|数额|数量|[额数]|万元|合计|总计?|小计|[本上全当]年度?|(?:19|20)\d\d年?度?|\d+"
    "|实际|完成|人员|公用|支出|收入|决算|执行|预算|年初|调整后?|计划|年度|指标|目标|预期|值|得分|分值|评价|自评|情况|安排|批复|率|占?比[例重]?|本期"
)


def column_unasked(asked: Asked) -> Iterator[Doubt]:
    """白石乡财政补助 is asked for, and the column is 个人缴费金额."""
    value = given(asked)
    source = value.sources[0] if value is not None and value.sources else None
    if value is None or source is None or source.table is None or not source.column:
        return
    column = _OF_COLUMNS.sub("", squeeze(source.column.rpartition(" / ")[2]))
    if len(column) < _A_WORD or any(char in asked.plan.question for char in column):
        return
    told = squeeze(f"{source.row or ''}{source.column}{source.table}{value.metric}")
    if not any(_two_lacking(held) for _, held in placed(asked, told)):
        return
    heard = "".join(near_grams(asked.plan.text))
    if not any(char in heard for char in column):
        yield Doubt("another_column", source.column)


def _two_lacking(held: Sequence[bool]) -> bool:
    return any(not one and not other for one, other in pairwise(held))


DOUBTS: tuple[Doubts, ...] = (
    rate_for_number,
    marks_for_measure,
    other_measure_word,
    no_move,
    not_worked_out,
    came_in,
    no_month,
    money_for_things,
    operand_unasked,
    spent_for_planned,
    of_one_account,
    whole_of_a_part,
    deed_alone,
    standard_for_mean,
    nothing_spent,
    column_unasked,
)
