"""English for the Chinese texts of suites: checking them and writing new cases."""

from __future__ import annotations

SUITES_ENGLISH = {
    # lint
    "检查题库：格式、重复的问题、原文是否在报告里、算式与期望是否相符、追问、单位。": (
        "check suites: format, questions asked twice, quotes that stand in no report, arithmetic "
        "that does not give the expectation, follow-ups, units."
    ),
    "退出码：0 没有错误；1 有；2 无法检查。起草而没有人看过的只作提醒。": (
        "Exit codes: 0 no errors; 1 some; 2 could not check. Drafts that nobody looked at are "
        "notices only."
    ),
    "在此文件夹（或文件）的报告里查对原文，可重复；缺省为题库所引、本机已有的": (
        "look the quotes up in the reports of this folder (or file); may be given again; by "
        "default those at hand that the suites quote"
    ),
    "格式有 {n} 处错误。": "{n} errors of format.",
    "提醒": "notice",
    "错误": "error",
    "没有查对原文：所引的报告不在本机，请用 --reports 指明。": (
        "quotes were not looked up: the reports are not at hand; name them with --reports."
    ),
    "{cases} 题：{n} 处错误，{m} 处提醒。": "{cases} cases: {n} errors, {m} notices.",
    # new
    "写题：逐题询问；或由网页上读者的评价得来；或由报告里的数起草。续写在题库文件之后。": (
        "write cases: by asking for them, from readers' ratings on the page, or drafted from the "
        "figures of reports; they go behind those of the suite file."
    ),
    "起草的题带有 draft 标签和 review: pending，请看过再改为 done。": (
        "Drafts have the tag draft and review: pending; look at them, then write done."
    ),
    "由网页所记的评价（资料库文件夹里的 feedback.jsonl）得来": (
        "from the ratings that the page keeps (feedback.jsonl in the folder of the library)"
    ),
    "由表格的数起草：单元格、两行之和、占比、增长率": (
        "draft from figures of tables: cells, sums of two rows, shares, growth"
    ),
    "由此文件夹（或文件）的报告起草，可重复；缺省为资料库": (
        "draft from the reports of this folder (or file); may be given again; the library by default"
    ),
    "至多起草 N 题": "draft at most N cases",
    "同样的报告和 N 起草同样的题": "the same reports and N draft the same cases",
    "--from-feedback 与 --draft 请只写一个。": "Give either --from-feedback or --draft.",
    "--reports 与 --draft 同用。": "--reports goes with --draft.",
    "没有可以写成题的内容。": "There is nothing to make cases of.",
    "已写入 {n} 题：{path}": "{n} cases written: {path}",
    "没有写成题（没有给出正确答案，或离不开前文）：{question}": (
        "not made a case (no right answer given, or it needs what came before): {question}"
    ),
    "这一题没有写入，请重写。": "This case was not written; write it again.",
    "再写一题？": "Another case?",
    "问题": "question",
    "是对上一题的追问？": "Does it follow up the one before?",
    "出处：报告的文件名（没有则留空）": "source: file name of the report (empty for none)",
    "出处：原文": "source: exact words",
    "期望": "expectation",
    "看不懂，请照例子写。": "Not understood; write it as in the example.",
    "数和单位，如 56.4 万元": "a figure and its unit, such as 56.4 万元",
    "名称 数 单位，用分号隔开，如 2022年 1.2 万元；2023年 1.5 万元": (
        "name, figure and unit, parted by semicolons, such as 2022年 1.2 万元；2023年 1.5 万元"
    ),
    "都要出现的文字，用分号隔开": "words that must all appear, parted by semicolons",
    "至少出现一个的文字，用分号隔开": "words one of which must appear, parted by semicolons",
    "都要列出的各项，用分号隔开": "items that must all be listed, parted by semicolons",
    "报告所写的和另一数值，用分号隔开，如 77.3%；75.48%": (
        "what the report states and the other figure, parted by a semicolon, such as 77.3%；75.48%"
    ),
}
