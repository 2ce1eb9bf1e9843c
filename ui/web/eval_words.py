"""Words of evaluation: verdicts, changes, types of question, operations of a plan."""

from __future__ import annotations

from eval.rundiff import Change
from eval.score import Score, Verdict
from qa.model import Outcome
from qa.plan import Operation
from ui.texts import t

VERDICTS = {
    Verdict.RIGHT: "对",
    Verdict.WRONG: "错",
    Verdict.ABSTAINED: "弃答",
    Verdict.UNSCORED: "未评",
}
COLOURS = {
    Verdict.RIGHT: "exact",
    Verdict.WRONG: "fails",
    Verdict.ABSTAINED: "doubt",
    Verdict.UNSCORED: "stated",
}
CHANGES = {
    Change.BROKEN: "变错或不答",
    Change.WORSE: "不答变错",
    Change.FIXED: "变对",
    Change.BETTER: "错变不答",
    Change.CHANGED: "答案变了，评分未变",
    Change.UNSCORED: "有一次未能评分",
    Change.NEW: "新增",
    Change.GONE: "没有了",
}
"""In the order in which they are shown: what got worse first."""

_TYPES = {
    "abstain": "应弃答",
    "ambiguous": "有歧义",
    "average": "求平均",
    "budget_trail": "预算调整经过",
    "consistency": "前后一致",
    "contradiction": "自相矛盾",
    "count": "计数",
    "cross_doc": "跨报告",
    "cross_year": "跨年度",
    "definition": "名词解释",
    "difference": "求差",
    "disambiguation": "分清同名",
    "explain": "解释原因",
    "feedback": "读者反馈",
    "followup": "追问",
    "growth": "增长率",
    "hierarchy": "科目层级",
    "last_year_value": "推算上年数",
    "list": "列举",
    "lookup_hierarchy": "按科目查数",
    "lookup_table": "查表中的数",
    "lookup_text": "查文中的数",
    "multi_ask": "一问几项",
    "prior_year": "上年数",
    "ranking": "排名",
    "ratio": "比率",
    "reason": "问为什么",
    "rounding": "舍入",
    "rubric": "评分标准",
    "same_project": "同一项目",
    "scope": "口径",
    "score": "得分",
    "series": "逐年逐项",
    "share": "占比",
    "status": "完成情况",
    "sum": "求和",
    "sum_average": "求和与平均",
    "target_actual": "目标与实际",
    "text_fact": "文字事实",
    "unanswerable": "报告未写",
    "unit_conversion": "单位换算",
    "wrong_premise": "前提有误",
}
_OPERATIONS = {
    Operation.LOOKUP: "查一个数",
    Operation.CHANGE: "增减额",
    Operation.GROWTH: "增减率",
    Operation.DIFFERENCE: "两数之差",
    Operation.DEDUCTION: "扣分",
    Operation.RATIO: "两数之比",
    Operation.COMPLETION: "完成率",
    Operation.SHARE: "所占比重",
    Operation.SUM: "合计数",
    Operation.AVERAGE: "平均值",
    Operation.RANK: "排序",
    Operation.FILTER: "按条件筛选",
    Operation.COUNT: "数个数",
    Operation.TEXT: "查文字",
    Operation.VERIFY: "核对说法",
}


def type_name(name: str) -> str:
    """A type of question in Chinese (before `t`), or as the suite's author called it."""
    return _TYPES.get(name, "")


def operation_name(operation: Operation) -> str:
    """An operation in Chinese (before `t`)."""
    return _OPERATIONS[operation]


OUTCOMES = {
    Outcome.ANSWERED: "已作答",
    Outcome.CONTRADICTED: "指出矛盾",
    Outcome.CLARIFY: "给出选项",
    Outcome.ABSTAINED: "不作答",
}


def reason_words(score: Score) -> str:
    """Why an answer counts as it does; an outcome in words."""
    known = {outcome.value: words for outcome, words in OUTCOMES.items()}
    return t(known[score.reason]) if score.reason in known else score.reason
