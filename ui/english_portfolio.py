"""English for the Chinese texts of portfolios: their command, screen and tables."""

from __future__ import annotations

PORTFOLIO_ENGLISH = {
    "汇总一个年度的全部报告：按预算执行率、预算调整、得分、等级或金额排名，给出合计、分布和未列入的原因。": (
        "One metric over all reports of a year: ranked by execution rate, adjustment, score, grade "
        "or an amount, with totals, distribution, and why a report is left out."
    ),
    "比较什么；不写时由问题决定": "what to compare; the question says so where left out",
    "金额的名称，如 三公经费（用于 amount、excess）": (
        "the name of the amount, such as 三公经费 (for amount and excess)"
    ),
    "各单位或各项目": "units or projects",
    "年度，可重复": "year; may be given again",
    "口径，如 全口径、财政拨款、自评": "scope, such as 全口径, 财政拨款, 自评",
    "只列最低的 N 名": "only the N lowest",
    "只列最高的 N 名": "only the N highest",
    "只列高于此值的，如 100万元、80%": "only what is above this value, such as 100万元 or 80%",
    "只列低于此值的，如 100万元、80%": "only what is below this value, such as 100万元 or 80%",
    "金额用什么单位显示": "the unit to show amounts in",
    "写成表格（Excel）": "write a workbook (Excel)",
    "写成表格（CSV）": "write a table (CSV)",
    '请写一个问题（如 gouji portfolio "2023年各部门执行率最低的三个"），或用 --metric。': (
        'Give a question (gouji portfolio "2023年各部门执行率最低的三个"), or --metric.'
    ),
    "--lowest 与 --highest 只能用一个。": "give either --lowest or --highest.",
    "请用 --name 写明金额的名称，如 --name 三公经费。": (
        "name the amount with --name, such as --name 三公经费."
    ),
    "“{typed}”不是数，请写成 100万元 或 80%。": "“{typed}” is no number; write 100万元 or 80%.",
    "汇总报告": "asking the reports",
    "整理排名用的数": "preparing rankings",
    "这个问题不是问全部单位或项目的；请写明“各部门”“所有项目”等，或用 gouji ask。": (
        "this question is not about all units or projects; say 各部门 or 所有项目, or use gouji ask."
    ),
    "口径：{scope}": "scope: {scope}",
    "没有可以列入的。": "nothing to rank.",
    "自相矛盾，未列入排名": "contradicted, not ranked",
    "范围 {reports} 份报告，用到 {used} 份，{outside} 份不属于本次比较": (
        "{reports} reports, {used} used, {outside} of other kinds"
    ),
    "名次": "rank",
    "核对": "how checked",
    "  最低 {a}，下四分位 {b}，中位 {c}，上四分位 {d}，最高 {e}（{unit}）": (
        "  lowest {a}, lower quartile {b}, median {c}, upper quartile {d}, highest {e} ({unit})"
    ),
    "合计与分布": "totals and distribution",
    "未列入": "left out",
    "排名": "ranking",
    "计量单位": "unit of measure",
    "对照值": "other value",
    "未写明": "not stated",
    "计量单位不明": "unit of measure unclear",
    "所属单位不明": "owner unclear",
    "口径不同": "other scope",
    "有几个数，未能确定": "several values",
    "自相矛盾": "contradicts itself",
    "最低": "lowest",
    "下四分位": "lower quartile",
    "中位": "median",
    "上四分位": "upper quartile",
    "最高": "highest",
    "用到": "used",
    "不属于本次比较": "of other kinds",
}
