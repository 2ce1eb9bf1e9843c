"""Made-up reports in any number: units, years, layouts, formats and figures vary, sums hold.

For measuring how the program fares with many reports. The same number gives the same report. Names
are put together from syllables, so that no real unit is meant.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from eval.material.editions import edition
from ingest.pipeline import read_document
from ingest.quantity import round_half_up

_FIRST = "青安永宁海云龙凤金玉长平新泰嘉兴瑞祥明远清源松柏丹霞白石临江滨湖"
_SECOND = "河山川岭泽原阳陵城桥塘溪浦洲峰谷林田湾港"
_PLACES = ("市", "县", "区")
_BODIES = (
    "财政局", "教育局", "民政局", "司法局", "水利局", "审计局", "统计局", "林业局", "农业农村局",
    "交通运输局", "卫生健康委员会", "文化和旅游局", "应急管理局", "市场监督管理局", "医疗保障局",
    "自然资源局", "生态环境局", "住房和城乡建设局", "人力资源和社会保障局", "退役军人事务局",
    "发展和改革委员会", "科学技术局", "公安局", "档案馆", "图书馆", "气象局", "商务局", "信访局",
)  # fmt: skip
_WORKS = (
    "校舍维修改造", "农村公路养护", "水库除险加固", "基层医疗设备更新", "文化惠民演出", "路灯节能改造",
    "老旧小区改造", "职业技能培训补贴", "垃圾分类宣传", "河道清淤整治", "智慧停车建设", "食品安全抽检",
    "森林防火监测", "公共图书购置", "社区养老服务", "种质资源保护", "防汛物资储备", "政务系统运维",
)  # fmt: skip
_SHARES = ("综合科", "业务科", "执法队", "信息中心")
YEARS = ("2021", "2022", "2023", "2024")
FORMATS = ("txt", "md", "html", "docx", "xlsx")
_OFFICE_EVERY = 40  # one report of so many is in an office format


@dataclass(frozen=True, slots=True)
class Subject:
    """Whose report it is, and the figures that it must say."""

    number: int
    entity: str
    year: str
    project: str
    kind: str  # accounts, self_evaluation, evaluation, form
    budget: Decimal  # 万元, two decimals
    adjusted: Decimal
    paid: Decimal
    score: Decimal
    care: Decimal  # 三公经费

    @property
    def rate(self) -> Decimal:
        """预算执行率, two decimals."""
        return round_half_up(self.paid / self.adjusted * 100, 2)


@dataclass(frozen=True, slots=True)
class Made:
    """A made-up report: a file's name and bytes, and what it says."""

    name: str
    data: bytes
    subject: Subject


def reports(count: int, seed: int = 1, *, office: bool = True) -> Iterator[Made]:
    """The first `count` made-up reports.

    Args:
        count: how many.
        seed: another seed gives other figures to the same units.
        office: whether some are in the formats of office programs; else all are text.
    """
    for number in range(count):
        yield report(number, seed, office=office)


def report(number: int, seed: int = 1, *, office: bool = True) -> Made:
    """One made-up report."""
    chance = random.Random(f"{seed}:{number}")  # noqa: S311 - no secret
    subject = subject_of(number, chance)
    text = _WRITERS[subject.kind](subject, chance)
    stem = f"{number:05d}_{subject.kind}_{subject.year}"
    suffix = ".md" if "|" in text else ".txt"
    if office and number % _OFFICE_EVERY == _OFFICE_EVERY - 1:
        document = read_document(text.encode(), stem + suffix)
        name = FORMATS[2 + number // _OFFICE_EVERY % 3]
        if name != "xlsx" or document.tables:
            return Made(f"{stem}.{name}", edition(document, name), subject)
    return Made(stem + suffix, text.encode(), subject)


def write(folder: Path, count: int, seed: int = 1, *, office: bool = True) -> list[Path]:
    """Write made-up reports into a folder, hundreds to a sub-folder; those there are kept."""
    paths = []
    for made in reports(count, seed, office=office):
        path = folder / f"{made.subject.number // 500:03d}" / made.name
        if not path.exists():
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(made.data)
        paths.append(path)
    return paths


def subject_of(number: int, chance: random.Random) -> Subject:
    """Whose report the number is: each unit has reports of several years and of its projects."""
    unit, turn = divmod(number, 6)
    budget = Decimal(chance.randint(3_000, 900_000)) / 10
    moved = Decimal(chance.choice((0, 0, chance.randint(-200, 300)))) / 1000
    adjusted = round_half_up(budget * (1 + moved), 2)
    paid = round_half_up(adjusted * Decimal(chance.randint(620, 1000)) / 1000, 2)
    return Subject(
        number=number,
        entity=entity_of(unit),
        year=YEARS[(unit + turn) % len(YEARS)],
        project="" if turn < 4 else _WORKS[(unit * 7 + turn) % len(_WORKS)],
        kind=("accounts", "accounts", "accounts", "self_evaluation", "evaluation", "form")[turn],
        budget=round_half_up(budget, 2),
        adjusted=adjusted,
        paid=paid,
        score=Decimal(chance.randint(700, 995)) / 10,
        care=Decimal(chance.randint(100, 6_000)) / 100,
    )


def entity_of(unit: int) -> str:
    """The name of a unit: places take turns before bodies do, so that names differ early."""
    places = len(_FIRST) * len(_SECOND)
    place = unit * 17 % places
    body = (unit + unit // places) % len(_BODIES)
    first, second = _FIRST[place % len(_FIRST)], _SECOND[place // len(_FIRST)]
    return f"{first}{second}{_PLACES[unit % len(_PLACES)]}{_BODIES[body]}"


def _money(value: Decimal) -> str:
    return f"{round_half_up(value, 2):,}"


def _accounts(subject: Subject, chance: random.Random) -> str:
    """Final accounts: narrative in one of two orders, with or without a table of 三公."""
    basic = round_half_up(subject.paid * Decimal(chance.randint(30, 70)) / 100, 2)
    works = subject.paid - basic
    before = round_half_up(subject.paid / Decimal(chance.randint(90, 115)) * 100, 2)
    moved = subject.paid - before
    growth = round_half_up(abs(moved) / before * 100, 2)
    word = ("增加", "增长") if moved >= 0 else ("减少", "下降")
    running = Decimal(chance.randint(1_000, 40_000)) / 100
    care = _care(subject, chance)
    parts = [
        f"一、收入支出决算情况\n\n{subject.year}年度本年支出合计{_money(subject.paid)}万元，比上年{word[0]}"
        f"{_money(abs(moved))}万元，{word[1]}{growth}%。其中：基本支出{_money(basic)}万元，"
        f"项目支出{_money(works)}万元。",
        f"二、“三公”经费支出情况\n\n{care}",
        f"三、机关运行经费支出情况\n\n{subject.year}年度机关运行经费支出{_money(running)}万元。",
        f"四、预算绩效情况\n\n部门整体支出年初预算{_money(subject.budget)}万元，"
        f"全年预算数{_money(subject.adjusted)}万元，执行数{_money(subject.paid)}万元，"
        f"预算执行率{subject.rate}%。",
    ]
    head = f"{subject.entity}{subject.year}年度部门决算"
    duty = (
        f"第一部分 部门概况\n\n{subject.entity}内设{'、'.join(_SHARES[: chance.randint(2, 4)])}。"
    )
    return "\n\n".join([head, duty, "第二部分 部门决算情况说明", *parts]) + "\n"


def _care(subject: Subject, chance: random.Random) -> str:
    """三公经费 in a sentence or a table."""
    cars = round_half_up(subject.care * Decimal(chance.randint(50, 90)) / 100, 2)
    guests = subject.care - cars
    budget = round_half_up(subject.care * Decimal(chance.randint(95, 140)) / 100, 2)
    rate = round_half_up(subject.care / budget * 100, 2)
    line = (
        f"{subject.year}年度“三公”经费支出全年预算为{_money(budget)}万元，"
        f"支出决算为{_money(subject.care)}万元，完成全年预算的{rate}%。"
    )
    if chance.random() < 0.5:
        return f"{line}其中：公务用车运行维护费{_money(cars)}万元，公务接待费{_money(guests)}万元。"
    rows = (("公务用车运行维护费", cars), ("公务接待费", guests), ("合计", subject.care))
    table = "\n".join(f"| {name} | {_money(value)} |" for name, value in rows)
    return f"{line}\n\n| 项目 | 决算数（万元） |\n|---|---|\n{table}"


def _self_evaluation(subject: Subject, chance: random.Random) -> str:
    """A unit's own evaluation, with a score sheet."""
    sheet = _sheet(subject.score, chance, ("履职效能", "管理效率", "社会效应"))
    return (
        f"# {subject.entity}{subject.year}年度部门整体支出绩效自评报告\n\n"
        f"## 一、预算执行情况\n\n{subject.year}年度部门整体支出年初预算{_money(subject.budget)}万元，"
        f"调整后预算{_money(subject.adjusted)}万元，实际支出{_money(subject.paid)}万元，"
        f"预算执行率{subject.rate}%。\n\n"
        f"## 二、自评结论\n\n部门整体支出绩效自评得分{subject.score}分，"
        f"评价等级为“{_grade(subject.score)}”。\n\n{sheet}"
    )


def _evaluation(subject: Subject, chance: random.Random) -> str:
    """A project evaluated by others."""
    name = f"{subject.project}项目"
    sheet = _sheet(subject.score, chance, ("决策", "过程", "产出", "效益"))
    return (
        f"{subject.entity}{subject.year}年度{name}绩效评价报告\n\n一、项目概况\n\n"
        f"{name}由{subject.entity}组织实施。项目年初预算{_money(subject.budget)}万元，"
        f"调整后预算{_money(subject.adjusted)}万元，实际支出{_money(subject.paid)}万元，"
        f"预算执行率{subject.rate}%。\n\n二、评价结论\n\n"
        f"项目综合得分{subject.score}分，评价等级为“{_grade(subject.score)}”。\n\n{sheet}\n"
        f"三、存在问题\n\n一是{chance.choice(('绩效目标不够细化', '资金支付进度偏慢'))}；"
        f"二是{chance.choice(('档案管理不规范', '验收不够及时'))}。\n"
    )


def _form(subject: Subject, chance: random.Random) -> str:
    """A form of 项目支出绩效自评, in 元 or 万元."""
    factor, unit = chance.choice(((1, "万元"), (10_000, "元")))
    amounts = [_money(value * factor) for value in (subject.budget, subject.adjusted, subject.paid)]
    sheet = _sheet(subject.score, chance, ("产出指标", "效益指标", "满意度指标"))
    return (
        f"# {subject.entity}{subject.year}年度项目支出绩效自评表\n\n项目名称：{subject.project}\n\n"
        f"单位：{unit}\n\n| 项目资金 | 年初预算数 | 全年预算数 | 全年执行数 | 执行率 |\n|---|---|---|---|---|\n"
        f"| 年度资金总额 | {' | '.join(amounts)} | {subject.rate}% |\n\n{sheet}\n"
        f"自评得分{subject.score}分，等级为“{_grade(subject.score)}”。\n"
    )


def _sheet(score: Decimal, chance: random.Random, names: tuple[str, ...]) -> str:
    """A score sheet whose rows add up to the score and to 100."""
    marks = [100 // len(names)] * len(names)
    marks[-1] += 100 - sum(marks)
    lost = 100 - score
    rows = []
    for name, mark in zip(names[:-1], marks[:-1], strict=True):
        part = min(Decimal(mark), round_half_up(lost * Decimal(chance.randint(0, 60)) / 100, 1))
        lost -= part
        rows.append((name, mark, mark - part))
    rows.append((names[-1], marks[-1], marks[-1] - lost))
    rows.append(("合计", 100, score))
    lines = "\n".join(f"| {name} | {mark} | {points} |" for name, mark, points in rows)
    return f"| 一级指标 | 分值 | 得分 |\n|---|---|---|\n{lines}\n"


def _grade(score: Decimal) -> str:
    return "优" if score >= 90 else "良" if score >= 80 else "中"


_WRITERS = {
    "accounts": _accounts,
    "self_evaluation": _self_evaluation,
    "evaluation": _evaluation,
    "form": _form,
}
