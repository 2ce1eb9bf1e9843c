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
    "另：": "other: ",
    "不可比": "not comparable",
    "请注意": "Mind",
    "另有 {n} 处，全部见 --json": "{n} more places; --json has all",
}
