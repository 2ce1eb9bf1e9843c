"""What role, counted noun, scope and place of a figure add to how well its words fit a target."""

from __future__ import annotations

import re

from ingest.figures.finding import heading_name
from ingest.model import Document, Figure, ReportKind, Role
from ingest.quantity import Dimension
from qa.figures.fitting import ALTERNATIVES, MONEY_NAME
from qa.figures.word_index import FigureIndexCache
from qa.plan import Plan, Target
from qa.planning.carried import column_measure, ending_measure
from qa.words.matching import asked_grams, squeeze

# What it costs a figure to be of this role when the question names none.
_UNASKED: dict[Role, float] = {
    Role.CHANGE: 0.5,
    Role.GROWTH: 0.5,
    Role.ADJUSTMENT: 0.4,
    Role.ADJUSTMENT_RATE: 0.4,
    Role.SHARE: 0.3,
    Role.COMPLETION: 0.2,
    Role.SCORE_RATE: 0.35,
    Role.SCORE: 0.3,
    Role.FULL_MARK: 0.35,
    Role.DEDUCTION: 0.2,
    Role.TARGET: 0.12,
    Role.BUDGET: 0.12,
}
NARROW = (
    "一般公共预算",
    "政府性基金",
    "国有资本经营",
    "财政拨款",
    "基本支出",
    "项目支出",
    "人员经费",
    "公用经费",
    "上年",
)
FUNDS = ("一般公共预算", "政府性基金", "国有资本经营")
# Columns that say how marks are given; their numbers are thresholds.
RUBRIC_COLUMN = re.compile(
    r"评分标准|评分依据|评分细则|评价标准|计分|计算公式|指标说明|评分方法|扣分原因|偏差原因|扣分说明"
)
# Of these, columns that say what was planned and done.
_REASONS = re.compile(r"扣分原因|偏差原因|扣分说明")
_ABOUT_RUBRIC = re.compile(
    r"标准|规定|公式|细则|怎么扣|如何扣|应扣|要扣|扣几分|应设|才能得|可以得|低于多少"
)


def adjustment(document: Document, figure: Figure, target: Target, plan: Plan) -> float:
    """What role, noun, scope and part add to or take from a figure's score."""
    worth = 0.0
    if target.role is not None:
        exact = figure.role is target.role
        worth += 0.3 if exact else -ALTERNATIVES[target.role].get(figure.role, 0.5)
    else:
        worth -= _UNASKED.get(figure.role, 0.0)
    if target.noun and figure.quantity.unit.noun == target.noun:
        worth += 0.2
    if target.basis and target.role in (Role.CHANGE, Role.GROWTH):
        worth += 0.25 if _same_basis(target.basis, figure.basis) else -0.4
    question = squeeze(f"{target.said or plan.question} {target.key}")
    if MONEY_NAME.search(squeeze(target.key)) and target.dimension is None:
        worth -= {Dimension.MONEY: 0.0, Dimension.NUMBER: 0.2, Dimension.COUNT: 0.8}.get(
            figure.quantity.unit.dimension, 0.4
        )
    worth -= 0.07 * narrower(figure, question)
    worth -= 0.3 * _total_of_a_part(document, figure, question)
    worth -= 0.6 * (_from_abroad(figure, question) or _from_within(figure, question))
    worth -= 0.3 * any(fund in question and not of_fund(figure, fund) for fund in FUNDS)
    worth -= _of_one_fund(figure, question)
    worth -= 0.3 * _basic_only(document, figure, question)
    rubric = any(RUBRIC_COLUMN.search(label) for label in figure.column_path)
    if rubric and not _ABOUT_RUBRIC.search(question):
        said = figure.role in (Role.TARGET, Role.ACTUAL) and figure.role is target.role
        reasons = said and any(_REASONS.search(label) for label in figure.column_path)
        worth -= 0.1 if reasons else 1.0
    part = document.part_of(figure.block)
    if part.project.value and not plan.projects and len(document.parts) > 1:
        worth -= 0.08
    worth -= 0.2 * other_side(document, figure, target.key)
    worth -= 0.3 * _flows(figure, question)
    worth -= 0.25 * _below_asked(figure, squeeze(target.key))
    if target.role is not Role.TARGET and figure.role is Role.VALUE:
        worth -= 0.15 * _among_aims(document, figure, question)
    if target.where:
        worth -= 0.45 * (1 - _held(document, figure, target.where))
    return worth


_OTHER_STAGE = {"年初预算": "全年预算", "全年预算": "年初预算"}


def other_stage(key: str) -> str:
    """The stage of a budget that is no answer to a phrase: 全年预算 to one that ends in 年初预算."""
    return _OTHER_STAGE.get(ending_measure(key), "")


def stage_of(figure: Figure) -> str:
    """Which stage of a budget a figure says it is, by its column or its name."""
    column = column_measure(figure.column_path[-1]) if figure.column_path else ""
    return column or ending_measure(figure.metric)


_BY_OTHERS = r"(?:部门|重点|财政|第三方|上级)(?:绩效)?评价"
EVALUATED = re.compile(rf"自评|{_BY_OTHERS}")


_SELF_RATED = (ReportKind.PROJECT_SELF_EVALUATION, ReportKind.UNIT_SELF_EVALUATION)


def by_others(document: Document, figure: Figure, label: str) -> bool:
    """True for a score of another evaluation: 自评 is asked and the figure is of a 部门评价."""
    place = figure.locator
    title = document.tables[place.table].title if place.table is not None else ""
    above = document.section_path(figure.section)[-1:]
    own = f"{figure.metric}{figure.sentence}{title}{''.join((*figure.column_path, *above))}"
    own_self, own_other = "自评" in own, bool(re.search(_BY_OTHERS, own))
    if own_self and own_other:
        return False
    if not own_self and not own_other:  # its words do not say: of the evaluation that its report is
        kind = document.part_of(figure.block).kind
        own_self, own_other = kind in _SELF_RATED, kind is ReportKind.PROJECT_EVALUATION
    return own_other if "自评" in label else own_self


def _below_asked(figure: Figure, asked: str) -> bool:
    """True for a line below the one that is asked for by its last words (养老支出)."""
    own, *above = [squeeze(label) for label in reversed(figure.row_path)] or [""]
    return len(asked) > 2 and asked not in own and any(label.endswith(asked) for label in above)


_FLOW = re.compile(r"购置|新购|新增|报废|处置|更新|招聘|招录|新招|引进|调入|调出|离岗|离职|辞职")


def _flows(figure: Figure, question: str) -> bool:
    """True for what came or went (更新购置用车1辆) where the question says nothing of the kind."""
    counted = figure.quantity.unit.dimension is Dimension.COUNT and not figure.column_path
    return counted and bool(_FLOW.search(figure.metric)) and not _FLOW.search(question)


# The three accounts of 三公经费 stand in the table of basic spending (30217, 30231, 30212) as well,
# which says what of them was basic spending, and not what they came to.
_THREE_ACCOUNTS = re.compile(r"公务接待费|公务用车|因公出国")
BASIC_ASKED = re.compile(r"基本支出|公用经费|明细|经济分类|科目|30\d{3}")


def _basic_only(document: Document, figure: Figure, question: str) -> bool:
    """True for one of the three accounts in the table of basic spending, which is not asked for."""
    place = figure.locator
    title = document.tables[place.table].title if place.table is not None else ""
    account = bool(figure.row_path) and bool(_THREE_ACCOUNTS.search(figure.row_path[-1]))
    return account and "基本支出" in title and not BASIC_ASKED.search(question)


def _of_one_fund(figure: Figure, question: str) -> float:
    """What it costs to be one fund's part of 财政拨款 where 财政拨款 is asked for as a whole."""
    if "财政拨款" not in question or any(fund in question for fund in FUNDS):
        return 0.0
    held = [fund for fund in FUNDS if any(fund in scope for scope in figure.scope)]
    main, *_ = FUNDS
    return 0.0 if not held else 0.2 if main in held else 0.6


def of_fund(figure: Figure, fund: str) -> bool:
    """Whether a figure is of a fund's money: by its table, or by its own words."""
    own = f"{figure.metric}{figure.sentence}{figure.subject}{''.join(figure.row_path)}"
    return any(fund in scope for scope in figure.scope) or fund in own


def narrower(figure: Figure, question: str) -> int:
    """How many restrictions (财政拨款, 基本支出) a figure is under that the question does not name."""
    asked = squeeze(question)
    return sum(word in figure.scope and word not in asked for word in NARROW)


_ABROAD = re.compile(r"外宾|国外|境外|外事|国\(境\)外")


def _from_abroad(figure: Figure, question: str) -> bool:
    """True for visitors from abroad where those from within the country are asked for."""
    own = squeeze(f"{figure.metric}{figure.subject}")
    return "国内" in question and "国内" not in own and bool(_ABROAD.search(own))


def _from_within(figure: Figure, question: str) -> bool:
    """True for visitors from within the country where those from abroad are asked for."""
    own = squeeze(f"{figure.metric}{figure.sentence}{''.join(figure.row_path)}")
    return "国内" in own and bool(_ABROAD.search(question)) and not _ABROAD.search(own)


_TOTAL_ROW = re.compile(r"(?:合计|总计|小计)$")


def of_a_part(title: str, row: str, asked: str) -> str:
    """What a table holds alone, for its total where the question does not name it; else "".

    The total of 主要项目支出情况 is no answer to 部门整体支出.
    """
    total = _TOTAL_ROW.search(squeeze(row))
    if not total or _named_total(squeeze(row), squeeze(asked)):
        return ""
    held = [word for word in _HELD_ALONE if word in squeeze(title)]
    return held[0] if len(held) == 1 and _HELD_ALONE[held[0]] not in asked else ""


def _named_total(row: str, asked: str) -> bool:
    """Whether a total has a name of its own that the question says (公用经费合计)."""
    name = _SUMMED.sub("", row)
    return len(name) > _SHORT_TOTAL and name in asked


_SUMMED = re.compile("合计|总计|小计")
_SHORT_TOTAL = 2  # characters; 支出合计 has no name of its own

# What a table holds alone, and the word by which a question means it.
_HELD_ALONE = {
    "项目支出": "项目",
    "基本支出": "基本",
    "政府性基金": "基金",
    "国有资本经营": "国有",
    "三公": "三公",
}


def _total_of_a_part(document: Document, figure: Figure, asked: str) -> bool:
    place = figure.locator
    if place.table is None or not figure.row_path or document.part_of(figure.block).project.value:
        return False
    return bool(of_a_part(document.tables[place.table].title, figure.row_path[-1], asked))


_AIMS = re.compile(r"(?:目标|计划)(?:设定|设置|任务)?$")


def _among_aims(document: Document, figure: Figure, question: str) -> bool:
    """True for a number of a section that says what is to be reached, where that is not asked."""
    titles = document.section_path(figure.section)
    aims = bool(titles) and bool(_AIMS.search(heading_name(titles[-1])))
    return aims and "目标" not in question and "计划" not in question


_ENDS = re.compile(r"(?:合计|总计|总额|决算数?|预算数?|金额)+$")  # behind the name of a side


def other_side(document: Document, figure: Figure, key: str) -> bool:
    """True for a figure of income when spending is asked for, and the reverse."""
    if figure.locator.table is None or figure.subject:
        own = _ENDS.sub("", squeeze(figure.metric))
        sides = (("收入", "支出"), ("支出", "收入"))
        return any(a in key and b not in key and own.endswith(b) for a, b in sides)
    columns = " ".join(figure.column_path)
    around = f"{document.tables[figure.locator.table].title} {columns}"
    for asked, other in (("支出", "收入"), ("收入", "支出")):
        if asked in key and other not in key:
            return any(other in text and asked not in text for text in (columns, around))
    return False


def _held(document: Document, figure: Figure, phrase: str) -> float:
    """Share of a phrase's grams that some field of the figure holds."""
    wanted = asked_grams(phrase)
    held = FigureIndexCache.get(document).features[figure.no].weights
    return sum(1 for gram in wanted if gram in held) / len(wanted) if wanted else 1.0


def _same_basis(asked: str, stated: str) -> bool:
    if not stated:
        return asked == "上年"
    last_year = bool(re.search(r"上年|去年|上一年|同期|20\d\d", stated))
    budget = "预算" in stated and not last_year
    return last_year if asked == "上年" else budget
