"""English for the Chinese texts of audits: their command, screens and working papers."""

from __future__ import annotations

AUDIT_ENGLISH = {
    # the command
    "勾稽核查：找出报告里自相矛盾的数，给出位置、复算、佐证和可能的笔误。": (
        "Audit: find where a report's own figures contradict each other, with places, recomputed "
        "values, what backs either side, and the likely slip."
    ),
    "核查资料库里的全部报告": "audit all reports of the library",
    "只列这一级及更重的发现": "list only findings of this severity and graver ones",
    "写成可打印的底稿（HTML）": "write a printable working paper (HTML)",
    "写成底稿（Excel）": "write a working paper (Excel)",
    "有这一级及更重的发现时退出码为 1；fails：有任何一条不一致时": (
        "exit with 1 where there is a finding of this severity or graver; fails: where anything "
        "at all fails"
    ),
    "请写出要核查的报告（名称、编号或文件），或用 --all 核查全部。": (
        "Name the reports to audit (by name, number or file), or use --all."
    ),
    "资料库里没有符合条件的报告；已载入的报告见 gouji list": (
        "no report of the library fits; see gouji list for what there is"
    ),
    "核查报告": "auditing",
    "已写入 {path}": "wrote {path}",
    # severities, directions, sides
    "高": "high",
    "中": "medium",
    "低": "low",
    "程度": "severity: ",
    "核查等式：": "Checks: ",
    "偏高": "too high",
    "偏低": "too low",
    "复算一边有佐证，所列数没有": "the recomputed side is confirmed, the stated value is not",
    "所列数有佐证，复算所用的数不全有": (
        "the stated value is confirmed, not all of what it was recomputed from"
    ),
    "两边各有佐证": "both sides are confirmed",
    "两边都没有其他佐证": "neither side is confirmed",
    "（{words}）": " ({words})",
    "无法判定": "not known",
    # checks between reports
    "与上年报告": "against last year's report",
    "年初年末衔接": "carry-over from the year before",
    "同一项目两份报告": "one project in two reports",
    # the terminal and the papers
    "没有发现矛盾。": "No contradiction found.",
    "核查内容": "check",
    "合计": "total",
    "报告": "report",
    "勾稽核查底稿": "Working paper: consistency of figures",
    "资料库全部报告": "all reports of the library",
    "指定的报告": "chosen reports",
    "单位：{unit}": "unit: {unit}",
    "年度：{year}": "year: {year}",
    "核查范围": "audited",
    "报告份数": "reports",
    "编制日期": "date of paper",
    "索引号": "reference",
    "编制人": "prepared by",
    "复核人": "reviewed by",
    "复核日期": "reviewed on",
    "发现": "findings",
    "核查情况": "What was checked",
    "发现的问题": "What was found",
    "所列": "stated",
    "复算": "recomputed value",
    "反算": "value solved for",
    "可取": "between",
    "差额（所列 − 复算）": "difference (stated − recomputed)",
    "原文": "quote",
    "所用的数": "operands",
    "此处": "here",
    "另一处": "elsewhere",
    "佐证": "support",
    "也可能有误的数：": "wrong instead may be: ",
    "{number}（{metric}），若为 {right}": "{number} ({metric}), if it were {right}",
    "所列一边：": "for the stated value: ",
    "复算一边：": "for the recomputed value: ",
    "可能的笔误": "likely slip",
    "连带不成立": "fails with it",
    "同样写法": "written the same way",
    "另有 {n} 项，见 Excel 底稿": "{n} more; the workbook lists all",
    "共 {n} 页": "{n} pages",
    "核实意见：": "Verified as: ",
    "核实人：": "Verified by: ",
    "日期：": "On: ",
    "未能核对": "What could not be checked",
    "原因": "reason",
    "方法与限度": "Method and limits",
    "核查的是报告自身的数：合计与各项、比率与增减、得分与分值、表与表、文字与表格。"
    "每条等式按所印位数取区间复算，两个区间不相交才列为不一致，末位尾差不算。": (
        "Checked are a report's own figures against each other: totals and parts, rates and "
        "changes, scores and marks, table and table, text and table. Each equation is recomputed "
        "with the intervals that the printed digits allow; it fails only where these do not meet, "
        "so rounding is no contradiction."
    ),
    "几条等式因同一个数不成立时合为一条发现：改正后能使最多等式成立、又最少破坏其他等式的数"
    "列为可疑；证据相当时，列等式所核对的那个数，并写明两边各有什么佐证。": (
        "Equations that fail because of one figure are one finding: suspected is the figure whose "
        "correction mends most equations and breaks fewest. Where the evidence is even, it is the "
        "one that the equation checks, with what speaks for either side."
    ),
    "“可能的笔误”由确定的规则判断（单位、小数点、数字颠倒、漏字、基数等），只作线索，以原始资料为准。": (
        "The likely slip is told by fixed rules (unit, decimal point, swapped or missing digits, "
        "wrong base …). It is a hint; the original documents decide."
    ),
    "没有列出的不等于正确：报告没有写出可复算关系的数、程序没有读懂的句子和表格，不在核查之内。"
    "本底稿由程序生成，未使用语言模型，须经人核实后才能作为结论。": (
        "What is not listed is not thereby right: figures without a stated relation, and sentences "
        "and tables that the program could not read, are not covered. This paper was made by a "
        "program, without a language model; a person must verify it before anything is concluded."
    ),
    # the workbook
    "汇总": "summary",
    "等式明细": "all checks",
    "行数已达上限，其余未列；请分批核查。": (
        "The sheet is full and the rest is left out; audit fewer reports at a time."
    ),
    "单位、项目、年度": "unit, project, year",
    "严重程度": "severity",
    "可取区间": "interval",
    "差额": "difference",
    "方向": "direction",
    "页": "page",
    "章节路径": "section",
    "表": "table",
    "行": "row",
    "列": "column",
    "所用的数及位置": "operands with places",
    "佐证情况": "which side is confirmed",
    "说明": "in one sentence",
    "核实意见": "verified as",
    "核实人": "verified by",
    "核实日期": "verified on",
    "结论": "verdict",
    "所属发现": "finding",
}
