"""Which figures speak of a whole unit or project, and not of something in it.

A report gives a rate of execution for the unit, for its 三公 expenses, for each item and each
project. A figure is about the whole where nothing that leads up to it names anything else: its
labels, the sentence before it, the headings above it. Where that is not certain it is not taken.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from ingest.figures.finding import heading_name
from ingest.model import ColumnRole, Document, Figure, Part, ReportKind, Role, Table
from ingest.quantity import Dimension
from ingest.reading.text import compact, fold
from qa.naming.bodies import read_body

UNIT_KINDS = (ReportKind.FINAL_ACCOUNTS, ReportKind.UNIT_SELF_EVALUATION)
PROJECT_KINDS = (ReportKind.PROJECT_EVALUATION, ReportKind.PROJECT_SELF_EVALUATION)

FUNDS = ("一般公共预算财政拨款", "一般公共预算", "政府性基金", "国有资本经营", "财政拨款")
INITIAL = "年初预算"
_SAYS_NOTHING = """
截至 部门 单位 本部门 本单位 我部门 我单位 我局 我委 我院 本级 项目 专项 重点
资金 经费 整体 总体 全年 年度 当年 本年 全部 年初 年中 年末 年底 预算 支出
决算 执行 完成 使用 支付 拨付 到位 安排 下达 批复 财政 市级 区级 县级 省级
中央 本年度 该 本 我 数 率 额 度 年 月 日 底 金额 数额 合计 总计 总额 总
共计 共 实际 累计 计划 申请 调整 调增 调减 追加 核减 压减 后 前 为 的 到 至
从 由 其 是 达 达到 分别 比 较 约 情况 概况 概述 基本 说明 结论 绩效 评价
自评 自我 综合 具体 结果 分析 来源 投入 组织 实施 开展 工作 管理 评分 得分
评定 等级 等次 分值 满分 分数 得 分 总分 及 和 与 一 二 三 四 五 第 次
第一次 第二次 第三次 资金总额 进度 比例 百分 水平 目标 指标 数据 表 附件 公开
报告 部分 如下 方面 有关 相关 主要 其他 重要 事项 应 已 均 共有 核定 指标数
文 号 经 对 按 进行 内 收支 收入支出 元 万元 亿元 个 项 上 总量 调 年份
综述 描述 简要 落实 名称 主管 编码 单位名称 资金情况 根据 按照 提供 明细账 明细
相应 今年 了 净增 未 分配 设置 实现 附表 评分表 评价表 自评表 一览 附 经过
幅度 较大 且 区 市 县 显示 涉及
"""
_GENERIC_WORDS = tuple(_SAYS_NOTHING.split())
_GENERIC = re.compile("|".join(sorted(map(re.escape, _GENERIC_WORDS), key=len, reverse=True)))
_TITLED = re.compile(r"《[^》]*》|[〔\[][^〕\]]*[〕\]]")
_QUOTED = re.compile(r"[“\"「『][^”\"」』]*[”\"」』]")
_HAN = re.compile(r"[一-鿿]")
_KIND = "项目|资金|经费|专项|工程|补助|补贴|基金|指标|支出|收入"
_NAMING = re.compile(
    rf"(?:(?!{_KIND})[一-鿿]){{2,}}(?:{_KIND})|三公|费$|资本|采购|购置|接待|培训|会议|用车|"
    r"(?:局|院|校|所|站|中心|馆|队|处|镇|街道)$"
)
_KINDS_OUT = [word for word in _GENERIC_WORDS if not re.search(_KIND, word)]
_PLAIN = re.compile("|".join(sorted(map(re.escape, _KINDS_OUT), key=len, reverse=True)))
_UNIT_PARTS = re.compile(r"基本支出|(?<!年中)项目|人员经费|公用经费")
_OTHER_YEAR = re.compile(r"上年|上一年|去年|前一年|前年")
_OF_YEARS = re.compile(r"[两三四五六七八九十]年(?:来|间)?(?:累计|合计|共|总)")
_PART_OF = re.compile(r"其中|扣除|除.{1,12}外|剔除")
_RULE = re.compile(
    r"[=×÷≥≤<>]|计分|评分标准|得分标准|按.{0,20}计算|每.{0,8}扣|低于|高于|不足|以上|以下"
)
_WHOLE_UNIT = re.compile(
    r"(?:部门|单位)?整体|(?:部门|单位)(?:支出|预算|全年|年度|年初)|(?:本年|全年|年度)支出|支出合计|支出总计|总支出|"
    r"(?:预算|决算)总|(?:一般公共预算|财政拨款|政府性基金)[^,。;]{0,8}支出"
)
_WHOLE_ROW = re.compile(
    r"(?:年度)?资金总额|合计|总计|总额|本年支出(?:合计)?|支出(?:合计|总计)|(?:部门|单位)整体(?:支出)?|"
    r"(?:年度|全年)?(?:预算|资金|支出)?(?:执行|完成)(?:率|情况|数|进度)?|(?:年初|全年|年度|调整后?)?预算数?|"
    r"总分|总得分|综合得分|(?:评价|自评|最终)?得分|(?:实际)?(?:支出|使用)(?:数|金额)?"
)
_ROLES = frozenset(Role) - {Role.CHANGE, Role.GROWTH, Role.SHARE, Role.TARGET, Role.DEDUCTION}
_DIMENSIONS = frozenset({Dimension.MONEY, Dimension.PERCENT, Dimension.SCORE, Dimension.NUMBER})
_YEARS = re.compile(r"(?:20\d\d)?年?度?(?:20\d\d)?年?")


@dataclass(frozen=True, slots=True)
class Whole:
    """A figure about the whole: the fund that it is limited to, "" for none, and what leads to it."""

    figure: Figure
    fund: str
    lead: str  # the words just before the number, or the labels of the cell


def whole_figures(document: Document, part: Part) -> list[Whole]:
    """The figures of a part that speak of the whole unit or project, in reading order."""
    names = _own_names(part)
    found = [
        _cell(document, part, figure, names)
        if figure.locator.table is not None
        else _prose(document, part, figure, names)
        for figure in document.figures
        if figure.part == part.no and figure.quantity.approx == "" and _may_matter(figure)
    ]
    return [each for each in found if each is not None]


def _may_matter(figure: Figure) -> bool:
    """False for kinds of figures that no metric of a portfolio is made of."""
    return figure.role in _ROLES and figure.quantity.unit.dimension in _DIMENSIONS


def _own_names(part: Part) -> tuple[str, ...]:
    """What the report may call its unit or project without naming anything else, longest first."""
    entity, project = compact(part.entity.value), compact(part.project.value)
    core = read_body(part.entity.value).core if entity else ""
    bare = re.sub(r"(?:专项)?(?:项目|资金|经费)$", "", project)
    place = entity.removesuffix(compact(core))
    own = {entity, compact(core), place, project, bare, *_KIND_OF_BODY.findall(entity)}
    if _SCHOOL.search(entity):
        own.add("学校")
    return tuple(sorted((name for name in own if len(name) >= 2), key=len, reverse=True))


# A school calls itself 学校, a hospital 医院: no other body is meant in its own report.
_SCHOOL = re.compile(r"[学院校]$")
_KIND_OF_BODY = re.compile(r"学校|学院|大学|医院|图书馆|博物馆|法院|检察院")


@lru_cache(maxsize=8192)
def _bare(text: str, names: tuple[str, ...]) -> str:
    """The text without titles of documents and the names of the part itself."""
    plain = _TITLED.sub("", compact(fold(text)))
    for name in names:
        plain = re.sub(rf"[“\"]?{re.escape(name)}[”\"]?", "", plain)
    return plain


@lru_cache(maxsize=8192)
def leftover(text: str) -> str:
    """The Chinese characters that name something: what is left without the generic words."""
    found = named_in(text)
    return found if len(found) > 1 else ""


def named_in(text: str) -> str:
    """The Chinese characters that are left without the generic words, be it one."""
    return "".join(_HAN.findall(_GENERIC.sub("", text)))


@lru_cache(maxsize=8192)
def _names_another(text: str, names: tuple[str, ...]) -> bool:
    """True where a heading, a title or a clause names something else than the whole."""
    plain = _without_funds(_bare(text, names))
    if _QUOTED.search(plain):
        return True
    return bool(leftover(plain)) and bool(_NAMING.search(_PLAIN.sub("", plain)))


def _without_funds(text: str) -> str:
    for fund in FUNDS:
        text = text.replace(fund, "")
    return text


def fund_of(text: str) -> str:
    """The fund that words limit an amount to; "" where they name none."""
    return next((fund for fund in FUNDS if fund in text), "")


def _headings(document: Document, figure: Figure) -> list[str]:
    """The headings above a figure, innermost last, without their numbers."""
    return [heading_name(title) for title in document.section_path(figure.section)]


def _prose(document: Document, part: Part, figure: Figure, names: tuple[str, ...]) -> Whole | None:
    text = fold(document.blocks[figure.block].text)
    head = text[text.rfind("。", 0, figure.start) + 1 : figure.start]
    own = head[head.rfind(";") + 1 :]
    if _RULE.search(head[-40:] + text[figure.end : figure.end + 6]) or _PART_OF.search(own):
        return None
    if _says_another(own, names):
        return None
    headings = _headings(document, figure)
    if any(_names_another(each, names) for each in headings[1:] or headings):
        return None
    positive = _WHOLE_UNIT.search(_bare(own, names))
    of_unit = part.kind not in PROJECT_KINDS
    if of_unit and any(_UNIT_PARTS.search(each) for each in (own, *headings[-1:])):
        return None
    if of_unit and not positive:
        told = part.kind is ReportKind.UNIT_SELF_EVALUATION or any(
            _WHOLE_UNIT.search(each) for each in headings[1:]
        )
        if not told:
            return None
    if not positive and own is not head and _says_another(head, names):
        return None
    last = re.split(r"[,:]", own)[-1]
    if _of_other_year(last, part) or _OF_YEARS.search(own):
        return None
    return Whole(figure, _prose_fund(own, headings, part), last)


def _of_other_year(clause: str, part: Part) -> bool:
    years = re.findall(r"20\d\d(?=年)", clause)
    return bool(_OTHER_YEAR.search(clause)) or any(year != part.year for year in years[-1:])


def _prose_fund(own: str, headings: list[str], part: Part) -> str:
    """The fund of a sentence; for a project, where its money comes from limits nothing."""
    clauses = [clause for clause in re.split(r"[,:]", own) if "来源" not in clause]
    found = fund_of("".join(clauses))
    if found or part.kind in PROJECT_KINDS:
        return found
    if re.search("整体", own):
        return ""
    return next((fund for each in reversed(headings) if (fund := fund_of(each))), "")


def _says_another(head: str, names: tuple[str, ...]) -> bool:
    """True where what leads up to a number names something in the whole."""
    plain = _without_funds(_bare(head, names))
    if _QUOTED.search(plain):
        return True
    clauses = re.split(r"[,:;]", plain)
    for index, clause in enumerate(clauses):
        rest = leftover(clause)
        if not rest:
            continue
        if re.search(r"\d", re.sub(r"20\d\d年", "", clause)) or index == len(clauses) - 1:
            return True
        if _NAMING.search(_PLAIN.sub("", clause)):
            return True
    return False


def _cell(document: Document, part: Part, figure: Figure, names: tuple[str, ...]) -> Whole | None:
    if figure.subject or not (figure.row_path or figure.column_path):
        return None
    table = document.tables[figure.locator.table or 0]
    if not figure.row_path and len(table.rows) > 1:
        return None  # one of several rows, and nothing says which
    row = [_bare(label, names) for label in figure.row_path]
    above = [table.title, *_headings(document, figure)[1:]]
    if any(_names_another(each, names) for each in above):
        return None
    if leftover(_without_funds(_bare("".join(figure.column_path), ()))):
        return None
    fund = fund_of("".join(row[1:]))
    if len(row) > 1 and not fund:
        return None
    labels = [_without_funds(label) for label in row]
    if any(leftover(label) for label in labels) or not _is_whole_row(labels):
        return None
    if part.kind not in PROJECT_KINDS and not _of_unit(part, table, [*above, *row]):
        return None
    if any(label in ("合计", "总计") for label in row) and _rows_are_years(table):
        return None
    return Whole(figure, fund, "".join([*figure.row_path, *figure.column_path]))


def _of_unit(part: Part, table: Table, labels: list[str]) -> bool:
    """Whether a table is about the whole unit: never one of its projects or kinds of spending."""
    heads = ["".join(c.path) for c in table.columns if c.role is ColumnRole.LABEL]
    whole = labels[-1:] and "整体" in labels[-1]
    if any(_UNIT_PARTS.search(each) for each in (*labels, *(() if whole else heads))):
        return False
    told = part.kind is ReportKind.UNIT_SELF_EVALUATION
    return told or bool(_WHOLE_UNIT.search(" ".join(labels)))


def _is_whole_row(labels: list[str]) -> bool:
    kept = [label for label in labels if label]
    return not kept or bool(_WHOLE_ROW.fullmatch(kept[0]))


def _rows_are_years(table: Table) -> bool:
    """True for a table of years: its 合计 is about none of them."""
    labels = [compact(info.path[-1]) for info in table.row_infos if info.path and not info.total]
    return bool(labels) and all(_YEARS.fullmatch(label) for label in labels)
