"""English for the Chinese texts of comparisons and aliases: their commands, screens and files."""

from __future__ import annotations

COMPARE_ENGLISH = {
    # the command
    "比较单位、项目的各项数在各年的值：复算增减、增长率和占比，指明缺漏、口径差别和矛盾。": (
        "Compare units and projects over the years: changes, growth and shares recomputed; gaps, "
        "differing scope and contradictions named."
    ),
    "单位，可重复": "a unit; may be repeated",
    "项目，可重复": "a project; may be repeated",
    "指标（如 三公经费），可重复": "a metric (such as 三公经费); may be repeated",
    "年度，如 2022-2024 或 2021,2023": "years, such as 2022-2024 or 2021,2023",
    '请说明比较什么，如 gouji compare "比较某局2022到2024年的三公经费"，或用 --unit、--project。': (
        'Say what to compare, for instance gouji compare "比较某局2022到2024年的三公经费", or use '
        "--unit or --project."
    ),
    "--years 应写成 2022-2024 或 2021,2023。": "--years is written 2022-2024 or 2021,2023.",
    "写成 Excel，出处另列": "write a workbook, sources in columns of their own",
    "写成 CSV（UTF-8，带 BOM），出处另列": "write CSV (UTF-8 with BOM), sources in columns of their own",
    "画成图（.svg 或 .png，黑白打印可读）": "draw a chart (.svg or .png) that reads in black and white",
    # files
    "指标": "metric",
    "年度": "year",
    "数值": "value",
    "计量单位": "unit of account",
    "核对": "check",
    "原文数": "as printed",
    "比前一年增减": "change on the year before",
    "增长率（%）": "growth (%)",
    "占比（%）": "share (%)",
    "对照数": "against",
    "说明": "remarks",
    "报告里的单位": "unit in the report",
    "报告里的名称": "name in the report",
    "原文": "quote",
    "比较": "comparison",
    "明细": "details",
    "事项": "about",
    "首尾增减": "change, first to last",
    "首尾增长（%）": "growth, first to last (%)",
    "  增长率（%）": "  growth (%)",
    "  占所列各行合计（%）": "  share of the rows shown (%)",
    "口径": "scope",
    "报告种类": "kind of report",
    "名称": "name",
    "名称对应": "names joined",
    "识别存疑": "not surely recognised",
    "口径调整": "restated",
    "图的文件名应以 .svg 或 .png 结尾。": "a chart's file name ends in .svg or .png",
    "没有可以画的数。": "there is no number to draw",
    "✗ 与报告里的另一数矛盾，见表": "✗ contradicted by another number, see the table",
    "* 推算、取自他年报告或按相近名称对齐，见表": (
        "* worked out, from another year's report, or aligned by a like name: see the table"
    ),
    "缺：{missing}": "Missing: {missing}",
    # aliases
    "单位、项目的旧名和别名：列出、增加、确认、否定、撤销。": (
        "Old and other names of units and projects: list, add, confirm, reject, undo."
    ),
    "列出按同一单位、同一项目对待的名称，及其依据；推测的标明是推测。": (
        "List the names that are taken for one unit or project, with the evidence; a guess is "
        "called a guess."
    ),
    "只列单位或只列项目": "list only units or only projects",
    "改为列出所作决定的历史": "list the history of decisions instead",
    "认定两个名称是同一单位（项目）：旧名或别名在前。": (
        "Decide that two names are one unit (project): the old or other name first."
    ),
    "是项目的名称": "they are names of projects",
    "依据或说明": "the evidence, or a remark",
    "确认一条推测（或再次确认一条已写明的）：两个名称，或 list 里的编号。": (
        "Confirm a guess (or what is stated): two names, or the number in the list."
    ),
    "否定：两个名称不是同一个；可用两个名称，或 list 里的编号。": (
        "Reject: two names are not one; by two names, or by the number in the list."
    ),
    "撤销最近一次 add、confirm 或 remove。": "Take back the latest add, confirm or remove.",
    "没有可以撤销的决定。": "there is no decision to take back",
    "已撤销：{action}“{first}”与“{second}”": "Taken back: {action} “{first}” and “{second}”",
    "增加": "add",
    "否定": "reject",
    "确认": "confirm",
    "没有这一条；请用 gouji alias list 查看编号，或写出两个名称。": (
        "there is no such entry; see gouji alias list for the numbers, or write both names"
    ),
    "请写出两个不同的名称。": "write two different names",
    "资料库里没有叫这两个名称的单位或项目": "the library has no unit or project of either name",
    "，最接近的是“{close}”": "; the nearest is “{close}”",
    "已认定“{first}”与“{second}”是同一个。": "“{first}” and “{second}” are now one.",
    "已认定“{first}”与“{second}”不是同一个。": "“{first}” and “{second}” are now two.",
    "没有旧名或别名。": "There are no old or other names.",
    "还没有作过决定。": "Nothing was decided yet.",
    "已写明": "said so",
    "用户认定": "by the user",
    "用户否定": "rejected by the user",
    "按名称推定": "by its name",
    "推测": "guess",
    "单位": "unit",
    "项目": "project",
    "已撤销": "taken back",
    # the screen
    "{year}年": "{year}",
    "首尾相比": "first to last",
    "  增减": "  change",
    "  增长": "  growth",
    "  占所列各行合计": "  share of the rows shown",
    "缺": "missing",
    "不确定": "uncertain",
    "他年报告": "another year's report",
    "推算": "worked out",
    "推测同一": "guessed to be the same",
    "另：": "other: ",
    "不可比": "not comparable",
    "请注意": "Mind",
    "另有 {n} 处，全部见 --json": "{n} more places; --json has all",
}
