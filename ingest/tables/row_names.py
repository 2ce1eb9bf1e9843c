"""Which columns of texts name the rows of a table: by their headers, and by what tells rows apart."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest.reading.text import compact
from ingest.tables.cellsyntax import is_placeholder

_NAME_LENGTH = 30  # characters of a row's name at most
LABEL_WORD = re.compile(
    r"项目|科目|名称|指标(?!值)|单位|部门|类别|内容|类型|收入$|支出$|经费$|事项|年度$|姓名|资产|分类|栏次"
)
TEXT_WORD = re.compile(
    r"标准|情况|说明|备注|原因|措施|依据|时间|日期|方式|方法|来源|意见|目标$|解释|存在问题|描述|结果$|(?<!指标)(?<!项目)内容"
)
TARGET_WORD = re.compile(r"指标值|目标值|预期|计划值|完成值|实际值|完成数|计划数|实际完成|年度值")
SUM_WORD = re.compile(r"(?:合计|总计|小计|共计)$")
_ATTRIBUTE_WORD = re.compile(r"单位|部门|类型|类别|属性|分类|级别")
NAME_WORD = re.compile(r"指标|科目|项目|名称")


_MONTH = re.compile(r"(?:1[0-2]|0?[1-9])月份?")


def are_months(leaf: str, texts: Sequence[str]) -> bool:
    """1月, 2月, …: the rows of a table over a year."""
    told = [compact(text) for text in not_sums(texts)]
    named = re.search(r"月份?$|时间$|时段$|^$|项目$", leaf) is not None
    return (
        named and len(told) > 1 and len(set(told)) == len(told) and all(map(_MONTH.fullmatch, told))
    )


def tells_apart(above: Sequence[str] | None, texts: Sequence[str]) -> bool:
    """True where the texts of a column left of it already name each row by itself."""
    told = not_sums(above or ())
    return bool(told) and len(set(told)) == len(told) >= len(texts)


def not_sums(texts: Sequence[str]) -> list[str]:
    """The texts without blanks and those of sums."""
    return [text for text in texts if text and not SUM_WORD.search(compact(text))]


def names_rows(leaf: str, texts: Sequence[str], above: Sequence[str] | None) -> bool:
    """Whether the texts of a column name its rows.

    Args:
        leaf: the innermost header.
        texts: the filled cells.
        above: the texts of the last label column left of it; None without one.
    """
    if TEXT_WORD.search(leaf) or TARGET_WORD.search(leaf) or _compares(texts):
        return False
    if above is None:
        return bool(LABEL_WORD.search(leaf)) or sum(map(len, texts)) / len(texts) <= 30
    if NAME_WORD.search(leaf):
        return True
    if names_parts(texts, above):
        return True
    unique = tells_apart(above, texts)
    return bool(LABEL_WORD.search(leaf)) and not (unique and _ATTRIBUTE_WORD.search(leaf))


_COMPARES = re.compile(
    r"[≥≧＞>≤≦＜<＝=═±]{1,2}|(?:大于|小于)?等于|[大小]于|不[低高少多]于|不超过|定[性量](?:指标)?|[正反]向(?:指标)?"
)


def _compares(texts: Sequence[str]) -> bool:
    """True for 指标性质 | ≧ | ＝: how a value is held against its aim names nothing.

    A last row of another shape (总分 | 100 | 96 | 优) may stand below them.
    """
    marks = sum(_COMPARES.fullmatch(compact(text)) is not None for text in texts)
    return bool(texts) and marks >= len(texts) - 1 and marks > len(texts) / 2


def names_parts(texts: Sequence[str], above: Sequence[str]) -> bool:
    """True for names in more rows than the column left of them has: parts of what it names."""
    return len(not_sums(above)) < len(texts) and are_names(texts)


# What is said of a thing is no name of a part of it.
_SAID_OF = re.compile(
    r"标准|情况|说明|备注|原因|措施|依据|时间|日期|方式|方法|来源|意见|目标|解释|问题|描述|结果|等级|状态|规格|型号|期限|"
    r"负责|责任|联系|电话|地址|地点|供应商|承办|施工|监理"
)


def names_within(leaf: str, cells: Sequence[str], above: Sequence[str] | None) -> bool:
    """True for names that tell apart the rows of the groups on their left, which come back in
    each: 上游护坡, 溢洪道改建 of one reservoir and the next.

    A group's own name stands in each of its rows, or in the first of them alone.
    """
    if above is None or _ATTRIBUTE_WORD.search(leaf) or TARGET_WORD.search(leaf):
        return False
    if _SAID_OF.search(leaf) or _compares([cell for cell in cells if cell]):
        return False
    group, pairs = "", []
    for name, cell in zip(above, cells, strict=True):
        group = name or group
        if cell and not is_placeholder(cell) and not SUM_WORD.search(compact(group)):
            pairs.append((group, cell))
    groups = {name for name, _ in pairs}
    short = all(len(cell) <= _NAME_LENGTH and not re.search("[。；]", cell) for _, cell in pairs)
    several = len(pairs) >= 2 * len(groups)
    return short and several and len(groups) > 1 and len(set(pairs)) == len(pairs)


def are_short(texts: Sequence[str]) -> bool:
    """True for names of firms, places and the like that stand between names and figures."""
    return bool(texts) and all(len(text) <= _NAME_LENGTH for text in texts)


def are_names(texts: Sequence[str]) -> bool:
    """True for texts that are mostly short, differ, and are no sentences."""
    short = sum(len(text) <= _NAME_LENGTH and not re.search("[。；]", text) for text in texts)
    return bool(texts) and short >= 0.8 * len(texts) and len(set(texts)) > 0.6 * len(texts)


def within(above: Sequence[str] | None, cells: Sequence[str]) -> list[str]:
    """The labels of a column with those of the column left of them, which hold until the next."""
    group, found = "", []
    for name, cell in zip(above or [""] * len(cells), cells, strict=True):
        group = name or group
        found.append(f"{group}\n{cell}" if group and cell else cell)
    return found
