"""The page `docs/numbers.md`, written from the tables that the reader itself uses."""

from __future__ import annotations

from decimal import Decimal
from typing import Final

from ingest.quantity import Dimension, Quantity, is_range
from ingest.reading.bounds import ABOUT_SHARE
from ingest.reading.masks import MASKS
from ingest.reading.reader import read_cell, read_quantities
from ingest.reading.units import parse_unit
from ingest.reading.units_table import CHINESE_COUNTED, COUNTERS, DURATIONS, MEASURES, MONEY

_FORMS: Final = (
    "7,511.89万元",
    "约1.5 亿元",
    "1亿2000万元",
    "三百万元",
    "¥1,200.00",
    "98.07%",
    "百分之九十五",
    "2个百分点",
    "1.2倍",
    "得87.38分",
    "10—15分",
    "380 万条",
    "近1500场",
    "超34万家",
    "12万余宗",
    "900多个",
    "≥90%",
    "不低于95%",
    "不超过10件",
    "100万元以上",
    "30分钟内",
    "三次",
    "七个工作日",
    "0台（套）",
    "1,200元/人·年",
    "15.6㎡",
    "增长-3.5%",
    "分别为120、130和150万元",
    "投诉量为0。",
)
_CELLS: Final = (
    ("7,511.89", "万元"),
    ("0.00", "万元"),
    ("(12.30)", "万元"),
    ("△3", "万元"),
    ("－1,234.00", "元"),
    ("5 ,700.00", "元"),
    ("84.40%", "万元"),
    ("84.4", "%"),
    ("5个", "分"),
    ("12.3万", "元"),
    ("4", "分"),
    ("", "万元"),
    ("--", "万元"),
    ("/", "万元"),
    ("4G", ""),
)
_LIMITS: Final = (
    "没有单位又没有“为、是、达、共”等词引出的数（`编制数12`）不读；给出默认单位时才读。",
    "数后面不认识的名词不当单位（`8核`、`3层`、`100M`）：宁可不读。",
    "“一个、一项、一次”按冠词处理；位于分句末尾、跟在名词后的“一台、一套”按数量读。",
    "“几十、数百、上千、百余、十几、三四个”没有确定的值，不读。",
    "《》里的数属于名称，不读；短引号里只读整个引号就是一个数量的（“100%”）。",
    "被空格或换行切断、不能确定全貌的数（`1 234.56`）不读。",
    "增加、减少、上升、下降不改变读出的符号；符号以印出的负号、△、负、括号（仅表格）为准。",
    "区间（`10—15分`）是一个数量：下限、上限为两端，`value` 为下端。",
)
_DIMENSIONS: Final = {
    Dimension.MONEY: "金额",
    Dimension.PERCENT: "百分数",
    Dimension.POINT: "百分点",
    Dimension.SCORE: "分数",
    Dimension.COUNT: "计数",
    Dimension.DURATION: "时长",
    Dimension.MULTIPLE: "倍数",
    Dimension.MEASURE: "计量",
    Dimension.NUMBER: "无单位",
}


def numbers_page() -> str:
    """`docs/numbers.md`: what is read as a quantity, what is not, and with which precision."""
    return "\n".join(
        [
            "# 读数规则",
            "",
            "<!-- 由 ingest/reading/docs.py 生成，请勿手改。 -->",
            "",
            "报告里的每个数读成一个数量：数值、单位、印出的精度所允许的闭区间、近似词、位置。",
            "",
            "## 读成数量的写法",
            "",
            *_forms(),
            "",
            "## 表格单元格",
            "",
            "整个单元格是一个数量才读；单元格自带的单位优先于列或表头的单位。",
            "",
            *_cells(),
            "",
            "## 不读成数量的写法",
            "",
            *_masks(),
            "",
            *(f"- {limit}" for limit in _LIMITS),
            "",
            "## 精度",
            "",
            *_precision(),
            "",
            "## 单位",
            "",
            *_units(),
            "",
        ]
    )


def _row(*cells: str) -> str:
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"


def _bound(bound: Decimal | None) -> str:
    return "不限" if bound is None else f"{bound.normalize():f}"


def _interval(quantity: Quantity) -> str:
    if quantity.exact:
        return "精确"
    return f"{_bound(quantity.low)} 至 {_bound(quantity.high)}"


def _described(quantity: Quantity) -> tuple[str, ...]:
    value = f"{quantity.value:f}" + ("（区间下端）" if is_range(quantity) else "")
    kind = _DIMENSIONS[quantity.unit.dimension]
    return value, quantity.unit.symbol or "—", kind, _interval(quantity), quantity.approx or "—"


def _forms() -> list[str]:
    lines = [_row("原文", "数值", "单位", "类别", "区间", "近似词"), "|---" * 6 + "|"]
    for text in _FORMS:
        lines += [_row(f"`{text}`", *_described(r.quantity)) for r in read_quantities(text)]
    return lines


def _cells() -> list[str]:
    lines = [_row("单元格", "列单位", "数值", "单位", "类别", "区间"), "|---" * 6 + "|"]
    for text, symbol in _CELLS:
        quantity = read_cell(text, parse_unit(symbol))
        shown = _described(quantity)[:4] if quantity else ("不是数量", "", "", "")
        lines.append(_row(f"`{text}`" if text else "（空白）", symbol or "—", *shown))
    return lines


def _masks() -> list[str]:
    lines = [_row("规则", "例"), "|---" * 2 + "|"]
    lines += [_row(mask.name, "；".join(f"`{text}`" for text in mask.examples)) for mask in MASKS]
    return lines


def _precision() -> list[str]:
    share = f"{ABOUT_SHARE * 100:f}".rstrip("0").rstrip(".")
    return [
        "- 印出的数 ± 最后一位的半个单位，闭区间：`3%` 是 2.5 至 3.5，"
        "`800万元` 是 799.5 至 800.5 万元。",
        "- 精确的点：分数；不带万、亿的计数；整数时长；印成零的金额、计数、计量（`0.00`）。"
        "百分数印成 `0%` 仍是 -0.5 至 0.5。",
        f"- 约、大约、左右、上下：两侧放宽 {share}%；近、将近、接近：以该数为上限，"
        f"下侧放宽 {share}%。",
        "- 超、逾、余、多、以上、≥、不低于、至少：以该数为下限，上不限。",
        "- 不足、低于、以下、≤、不超过、以内：以该数为上限，下不限。"
        "严格与否（超过 / 达到）不区分。",
        "- 四舍五入一律“五入”（half-up）。",
    ]


def _units() -> list[str]:
    groups = (
        ("金额", [symbol for symbol, _, _ in MONEY]),
        ("时长", [symbol for symbol, *_ in DURATIONS]),
        ("计量", [symbol for symbol, *_ in MEASURES]),
        ("计数", [symbol for symbol, _ in COUNTERS]),
        ("中文数字后面可读的量词", sorted(CHINESE_COUNTED)),
    )
    lines = [f"- {name}：{'、'.join(symbols)}" for name, symbols in groups]
    lines.append("- 百分数：%、‰、成；百分点：个百分点、百分点；倍数：倍；分数：分")
    lines.append(
        "- 单位前可带十、百、千、万、亿（`万元`、`亿条`）；后可带 `/人`、`/月` 等，成为计量。"
    )
    return lines


if __name__ == "__main__":
    print(numbers_page(), end="")
