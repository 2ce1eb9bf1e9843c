"""The words of the reports: Chinese in the code, English looked up here."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Language = Literal["zh", "en"]


@dataclass(frozen=True, slots=True)
class Words:
    """Texts in one language: ``words("对")``, with ``{name}`` filled in from the arguments."""

    language: Language = "zh"

    def __call__(self, chinese: str, **values: object) -> str:
        """The text in the language of the report."""
        text = chinese if self.language == "zh" else ENGLISH[chinese]
        return text.format(**values) if values else text


VERDICTS = {"right": "对", "wrong": "错", "abstained": "弃答", "unscored": "未评分"}
CHECKS = {
    "exact": "已复算",
    "rounding": "舍入内一致",
    "derived": "由原文数算出",
    "stated": "原文数，未复算",
    "fails": "矛盾",
}
OUTCOMES = {
    "answered": "已作答",
    "contradicted": "指出矛盾",
    "clarify": "请用户选择",
    "abstained": "不作答",
}
CHANGES = {
    "fixed": "变对",
    "broken": "变错或不答",
    "worse": "不答变错",
    "better": "错变不答",
    "changed": "答案变了，评分未变",
    "unscored": "有一次未能评分",
    "new": "新增",
    "gone": "没有了",
}
PLANNERS = {"rules": "规则", "model": "语言模型"}
EXPECTED = {"abstain": "应当弃答", "clarify": "应当给出选项"}

ENGLISH = {
    "对": "right",
    "错": "wrong",
    "弃答": "abstained",
    "未评分": "unscored",
    "已复算": "recomputed",
    "舍入内一致": "within rounding",
    "由原文数算出": "derived from the text",
    "原文数，未复算": "stated, not recomputed",
    "矛盾": "contradicted",
    "已作答": "answered",
    "指出矛盾": "contradiction shown",
    "请用户选择": "asked to choose",
    "不作答": "abstained",
    "变对": "fixed",
    "变错或不答": "broken: wrong or silent now",
    "不答变错": "wrong, abstained before",
    "错变不答": "abstains, wrong before",
    "答案变了，评分未变": "another answer, same verdict",
    "有一次未能评分": "unscored in one of the runs",
    "新增": "new",
    "没有了": "gone",
    "规则": "rules",
    "语言模型": "language model",
    "应当弃答": "should abstain",
    "应当给出选项": "should offer choices",
    "评测报告": "Evaluation report",
    "评测 {name}": "Run {name}",
    "尚未做完：{done} / {asks}": "Not finished: {done} of {asks}",
    "题库": "Suites",
    "{n} 题": "{n} cases",
    "{n} 份报告": "{n} reports",
    "报告": "Reports",
    "模型": "Model",
    "不用模型，只用规则": "none, rules alone",
    "设置校验": "Settings",
    "数据校验": "Data",
    "版本": "Versions",
    "选项": "Options",
    "其中显示为已核对": "of them shown as checked",
    "95% 区间 {low}–{high}": "95% interval {low}–{high}",
    "未计入比例": "not in the shares",
    "与 {name} 相比": "Against {name}",
    "两次都有 {n} 题。": "{n} cases are in both runs.",
    "没有差别。": "No difference.",
    "题号": "id",
    "题目": "case",
    "原来": "before",
    "现在": "now",
    "变化": "change",
    "题库的期望已改": "expectation changed",
    "按题型": "By type",
    "按类别": "By kind",
    "按标签": "By tag",
    "按其他问法": "Other wordings",
    "第 {n} 类": "Kind {n}",
    "数量": "cases",
    "对、弃答、错各占的份额；细线为“对”的 95% 区间": (
        "Shares right, abstained, wrong; the thin line is the 95% interval of “right”"
    ),
    "风险与覆盖": "Risk and coverage",
    "只留把握不低于某一程度的答案时：横轴为作答的份额，纵轴为其中错的份额。": (
        "Keeping only answers at least so sure: across, the share of cases answered; "
        "up, the share of those that is wrong."
    ),
    "覆盖（作答的份额）": "coverage (share answered)",
    "风险（其中错的）": "risk (wrong among them)",
    "曲线下面积 {area}": "Area under the curve {area}",
    "没有作答的题，画不出曲线。": "Nothing was answered: there is no curve.",
    "作答时间": "Latency",
    "中位 {median}，95% 不超过 {p95}，共 {n} 次": "Median {median}, 95% within {p95}, {n} answers",
    "没有时间记录。": "No times are recorded.",
    "答案数": "answers",
    "用量": "Usage",
    "{n} 次调用": "{n} calls",
    "费用 {n}": "cost {n}",
    "未答对的题": "Not right",
    "全部答对。": "Everything is right.",
    "另有 {n} 个答案未列出，见 JSON。": "{n} more answers are left out; the JSON has them.",
    "显示为已核对": "shown as checked",
    "显示为原文数": "shown as stated",
    "仅按所列数算对": "right by the stated value alone",
    "第 {n} 遍": "asked for the {n}th time",
    "追问 {id}": "follows {id}",
    "应": "Expected",
    "得": "Given",
    "差": "Difference",
    "项": "item",
    "无": "nothing",
    "答案原文": "Answer",
    "数值": "Values",
    "名称": "label",
    "数": "number",
    "核对": "check",
    "算式": "formula",
    "复算 {n}": "recomputed {n}",
    "另一数 {n}": "other value {n}",
    "出处": "place",
    "等式": "Equations",
    "引文": "Evidence cited",
    "题库所引": "Evidence in the suite",
    "检索到的段落": "Passages found",
    "解题": "Planned by",
    "原因": "Reason",
    "选择": "Choices",
    "把握": "Confidence",
    "存疑": "Doubts",
    "覆盖报告": "Coverage",
    "{used} / {reports} 份": "{used} of {reports}",
    "用时": "Time",
    "第 {n} 页": "page {n}",
    "备注": "Note",
    "由 gouji eval report 生成；只含文字与图形，不发出任何请求。": (
        "Written by gouji eval report: text and drawings only, no request leaves it."
    ),
    "变差 {n} 题": "{n} worse",
    "没有一题变差": "nothing worse",
    "变好 {n} 题": "{n} better",
    "未答对的 {n} 题": "{n} not right",
    "变差的题": "Worse than before",
    "还有 {n} 题": "{n} more",
    "份额": "share",
    "稳定": "Stability",
    "各遍评分一致 {same} / {n} 题，数值一致 {values} / {n} 题": (
        "over repeats, {same} of {n} cases have one verdict, {values} one value"
    ),
    "各种问法评分一致 {same} / {n} 题，数值一致 {values} / {n} 题": (
        "over wordings, {same} of {n} cases have one verdict, {values} one value"
    ),
    "检索": "Retrieval",
    "前 {k} 段：召回 {recall}，首中倒数 {rank}，nDCG {ndcg}（{n} 题）": (
        "first {k} passages: recall {recall}, reciprocal rank {rank}, nDCG {ndcg} ({n} cases)"
    ),
    "95% 区间": "95% interval",
}
