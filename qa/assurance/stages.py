"""Whether figures are of the stage, the grade, the year and the row that the question names.

Money is planned, issued, received and spent; things are of a class A or B; a share is of one row or
one column of a table.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ingest.model import Role
from qa.assurance.beside import alone, single
from qa.assurance.model import Asked, Doubt, Doubts
from qa.assurance.told import labels, printed
from qa.model import Check, Value
from qa.plan import Operation
from qa.planning.periods import year_before_asked
from qa.words import cues
from qa.words.matching import grams, squeeze

# Stages of money: how a question names one for certain, and how columns and rows name it.
_STAGES = (
    (
        re.compile(
            r"(?:实际|已经?)?(?:支付|使用)了?(?=多少|几|的?金额|合计|一共)|实际支出|实付|已经?(?:支出|花)|花了?(?=多少|几)"
        ),
        re.compile("支出|支付|使用|执行|决算|付|用|花|完成"),
    ),
    (re.compile(r"到位(?!率)"), re.compile("到位|到账|拨付|拨入|收到")),
    (re.compile(r"结算(?:价|额|金额)|审定(?:价|额|金额)"), re.compile("结算|审定")),
    (re.compile(r"申请(?:了|金额|数)|申报(?:了|金额|数)"), re.compile("申请|申报")),
)
_ALLOTTED = re.compile("安排|分配|下达|批复")  # of a title: its amounts are of that stage
_OF_A_STAGE = re.compile(
    "到位|到账|下达|分配|核定|计划|预算|年初|目标|合同|中标|结算|审定|申请|申报|支出|支付|执行"
)


# （非到位金额）
_NOT_SO = re.compile(r"(?:不是|并非|而非|非)[^,，。;；()（）]{2,12}")


def other_stage(asked: Asked) -> Iterator[Doubt]:
    """What was spent is asked for, and the column is of what was issued, or came in."""
    value = alone(asked)
    if value is None and asked.plan.operation is Operation.SUM and not asked.contradicted:
        value = asked.figures[0] if asked.figures else None
    if value is None:
        return
    question = _NOT_SO.sub(" ", cues.unquoted(asked.plan.text))
    said = [(found, names) for stage, names in _STAGES if (found := stage.search(question))]
    if len(said) != 1:
        return
    for source in value.sources:
        own = labels((source,))
        if source.table is None or said[0][1].search(own):
            return
        title = f"{source.table}{asked.ground.lead}"
        if not _OF_A_STAGE.search(own) and not (
            _ALLOTTED.search(title) and not said[0][1].search(title)
        ):
            return
    if value.sources:
        yield Doubt("opposed", said[0][0].group())


_GRADE = "优秀|良好|合格|不合格|优|良|中|差"
_GRADE_ASKED = re.compile(
    rf"[“\"](?P<grade>{_GRADE})[”\"]|等[级次](?:只|仅|都)?[是为](?P<bare>{_GRADE})(?=的|[?？。]|$)"
)
_GRADE_TOLD = re.compile(rf"：[“\"]?(?P<grade>{_GRADE})[”\"]?(?:。|$)")


def other_grade(asked: Asked) -> Iterator[Doubt]:
    """Which are 良 is asked, and 优 is the answer."""
    wanted = _GRADE_ASKED.search(asked.plan.question)
    told = _GRADE_TOLD.search(asked.answer.text.partition("\n")[0])
    if wanted and told and not asked.figures:
        grade = wanted["grade"] or wanted["bare"]
        corrected = f"不是“{grade}”" in asked.answer.text
        if told["grade"] != grade and not corrected:
            yield Doubt("substituted", grade)


_GRADE_COUNTED = re.compile(
    rf"(?:为|是|得|评|[级次果])[“\"]?(?P<grade>{_GRADE})[”\"]?(?:等级|等次)?的?[^,，。?？]{{0,4}}?(?:有|共|是)?(?:几|多少)"
)
_GRADE_BEFORE = re.compile(rf"(?P<grade>{_GRADE})[”\"]?(?:等级|等次)?的?(?:项目)?(?:有|共|为)?$")


def counted_grade(asked: Asked) -> Iterator[Doubt]:
    """How many are 良 is asked, and the number of those that are 优 is given."""
    wanted = _GRADE_COUNTED.search(squeeze(asked.plan.question))
    for value in asked.figures[:1] if wanted else ():
        for source in value.sources[:1]:
            before, number, _ = source.quote.partition(printed(value.number, source.quote))
            told = _GRADE_BEFORE.search(squeeze(before)) if number else None
            if wanted and told and told["grade"] != wanted["grade"]:
                yield Doubt("substituted", wanted["grade"])


_LETTER = re.compile(r"(?<![A-Za-z])([A-Z])(?=[类级等组座区栋档包])")


def lettered(asked: Asked) -> Iterator[Doubt]:
    """A类 is asked for, and nothing that the figures are called has that letter."""
    own = "".join(map(_placed, asked.figures))
    missing = [letter for letter in _LETTER.findall(asked.plan.question) if letter not in own]
    if asked.figures and missing:
        yield Doubt("numbered", missing[0])


def _placed(value: Value) -> str:
    """What a figure is called, and the titles of its tables."""
    titles = "".join(source.table or "" for source in value.sources)
    return value.metric + labels(value.sources) + titles


_YEAR = re.compile(r"(?<!\d)20\d\d(?!\d)")


def of_another_year(asked: Asked) -> Iterator[Doubt]:
    """One year is asked for, and the one figure is of another."""
    years = set(_YEAR.findall(asked.plan.question))
    if len(years) != 1 or len(asked.figures) != 1 or asked.contradicted:
        return
    if asked.plan.years and year_before_asked(asked.plan.question):
        return
    value = asked.figures[0]
    other = value.check is not Check.DERIVED and _YEAR.fullmatch(value.period or "")
    if other and value.period not in years:
        yield Doubt("year", "、".join(years))


_NUMBER_OF = re.compile(
    r"(?:单位|乡镇|街道|项目|指标|学校|小区|机构|镇|村|企业|科目|线路|部门)的?(?:数量|个数|数)(?:是|为|有)?(?:多少|几)"
    r"|有(?:多少|几)[个家项所条](?:单位|乡镇|街道|项目|指标|学校|小区|机构|村|企业|科目|线路|部门)?(?:[?？。]|$)"
)


def number_of_things(asked: Asked) -> Iterator[Doubt]:
    """How many units are below 95 % is asked, and a rate or an amount is given."""
    found = _NUMBER_OF.search(cues.unquoted(asked.plan.question))
    if (
        found
        and len(asked.figures) == 1
        and asked.figures[0].unit in ("%", "元", "万元", "亿元", "分")
    ):
        yield Doubt("unit", found.group())


def crossed(asked: Asked) -> Iterator[Doubt]:
    """A share over a figure of another row and another column, of which the question has no word."""
    if asked.plan.operation not in (Operation.SHARE, Operation.RATIO) or not asked.figures:
        return
    value = asked.figures[0]
    if value.check is not Check.DERIVED or len(value.sources) != 2:
        return
    part, whole = value.sources
    if part.table is None or part.table != whole.table:
        return
    if part.row == whole.row or part.column == whole.column:
        return
    question = grams(asked.plan.text)
    label = squeeze((whole.row or "").rpartition(" / ")[2])
    if not grams(label) & question:
        yield Doubt("another_row", label)


def unlike_pair(asked: Asked) -> Iterator[Doubt]:
    """Growth or a gap between a row of a table and a figure of a sentence that has no word of it."""
    if asked.plan.operation not in (Operation.GROWTH, Operation.DIFFERENCE):
        return
    for value in asked.figures[:1]:
        if value.check is not Check.DERIVED or len(value.sources) != 2:
            return
        told = [source for source in value.sources if source.table is None]
        cells = [source for source in value.sources if source.table is not None]
        row = squeeze((cells[0].row or "").rpartition(" / ")[2]) if len(told) == 1 else ""
        if len(row) < _A_NAME or _ANY_SENTENCE.search(f"{row}{told[0].quote}"):
            return
        if not grams(row) & grams(squeeze(told[0].quote)):
            yield Doubt("another_row", row)


_A_NAME = 2  # characters
# The row of a total, and the sentence under the heading of an account, are called by what is above.
_ANY_SENTENCE = re.compile("合计|总计|年初预算|支出决算")
_CERTIFIED = re.compile("(?:拿到?了?|取得?了?|领到?了?|获得?了?|考到?了?|持有?)(?:的)?证")


def certified(asked: Asked) -> Iterator[Doubt]:
    """Those who got a certificate are asked for, and the figure is of all who were trained."""
    value = alone(asked)
    found = _CERTIFIED.search(cues.unquoted(asked.plan.text))
    if value is None or found is None:
        return
    own = _placed(value)
    own += "".join(source.quote for source in value.sources if source.table is None)
    if "证" not in own:
        yield Doubt("opposed", found.group())


_LEFT = re.compile("未(?:支出|使用|支付|拨付|执行|完成|到位|安排)")
_LEFT_ASKED = re.compile("未|没|不|剩|结余|结转|差|尚|收回|余额|缺口|欠")


def of_what_was_left(asked: Asked) -> Iterator[Doubt]:
    """What was spent is asked for, and 未支出的337.20万元 is given or computed with."""
    if _LEFT_ASKED.search(asked.plan.question) or asked.contradicted:
        return
    for value in asked.figures[:1]:
        found = _LEFT.search(value.metric)
        if found and found.group() not in asked.plan.question:
            yield Doubt("opposed", found.group())


_BOUNDED = ("不超过", "不低于", "不少于", "不高于", "≤", "≥", "至少", "不得超过")
_BOUND_ASKED = re.compile(
    "不超|不低|不少|不高|≤|≥|至少|至多|最[多少高低]|上限|下限|控制|标准|目标|要求|指标值|计划|限|预期|应|规定|门槛|红线"
)


_REACHED = re.compile("实际(?:达到|完成|支|发|执行|上)")


_AIMS = ("以上", "以下", "以内", "≥", "≤")


def of_a_bound(asked: Asked) -> Iterator[Doubt]:
    """How much it is is asked, and 不超过70万元 is given."""
    value, question = single(asked), asked.plan.question
    bound_asked = _BOUND_ASKED.search(question) and not _REACHED.search(question)
    if value is not None and value.approx in _BOUNDED and not bound_asked:
        yield Doubt("passage", value.approx)
    reached = _REACHED.search(question) and Role.ACTUAL not in asked.ground.roles
    if value is not None and reached and value.approx in _AIMS:
        yield Doubt("role", f"{value.number}{value.unit}{value.approx}")  # 达到90%以上: an aim


DOUBTS: tuple[Doubts, ...] = (
    other_stage,
    other_grade,
    counted_grade,
    lettered,
    of_another_year,
    number_of_things,
    crossed,
    unlike_pair,
    certified,
    of_what_was_left,
    of_a_bound,
)
