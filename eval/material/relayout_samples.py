"""What small tables of public-finance reports say, without a layout: funds, districts, years, …"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Sample:
    """What a table says, without a layout: a figure for each row and column.

    `units` and `roles` are those of the columns, a unit "" where the cells or the names of rows
    carry it; `money` is the unit of the whole table, where its amounts share one.
    """

    name: str
    label: str
    rows: tuple[str, ...]
    columns: tuple[str, ...]
    cells: tuple[tuple[str, ...], ...]
    units: tuple[str, ...]
    roles: tuple[str, ...]
    money: str = "万元"
    total: bool = True  # the last row is one

    def expected(self) -> Iterator[tuple[str, str, str, str, str]]:
        """Row, column, digits, unit and role of each figure."""
        for row, cells in zip(self.rows, self.cells, strict=True):
            for index, text in enumerate(cells):
                if text:
                    digits = text.rstrip("%")
                    yield row, self.columns[index], digits, self.units[index], self.roles[index]


SAMPLES = (
    Sample(
        "funds",
        "费用类别",
        ("日常养护", "路面修复", "安防工程", "合计"),
        ("预算数", "执行数", "执行率"),
        (
            ("698.00", "649.65", "93.07%"),
            ("486.00", "452.38", "93.08%"),
            ("168.00", "143.26", "85.27%"),
            ("1,352.00", "1,245.29", "92.11%"),
        ),
        ("万元", "万元", "%"),
        ("budget", "value", "completion"),
    ),
    Sample(
        "districts",
        "县区",
        ("海棠区", "滨北区", "望潮县", "合计"),
        ("补贴人数", "补贴金额", "满意度"),
        (
            ("212", "41.36", "92.1%"),
            ("176", "33.82", "88.4%"),
            ("148", "38.15", "85.7%"),
            ("536", "113.33", "89.3%"),
        ),
        ("人", "万元", "%"),
        ("value", "value", "value"),
    ),
    Sample(
        "years",
        "指标",
        ("粮食产量（万吨）", "新增蓄水能力（万立方米）", "节水灌溉面积（万亩）"),
        ("2021年", "2022年", "2023年"),
        (("31.25", "32.40", "33.18"), ("120.5", "131.7", "146.2"), ("8.62", "9.15", "9.87")),
        ("", "", ""),
        ("value", "value", "value"),
        money="",
        total=False,
    ),
    Sample(
        "indicators",
        "指标",
        ("培训人数", "培训合格率", "培训人均成本"),
        ("年度指标值", "实际完成值", "分值", "得分"),
        (
            ("≥500人", "536人", "20", "20"),
            ("≥95%", "93.2%", "15", "14.5"),
            ("≤1200元", "1186元", "10", "10"),
        ),
        ("", "", "分", "分"),
        ("target", "actual", "full_mark", "score"),
        money="",
        total=False,
    ),
    Sample(
        "sums of years",
        "支出科目",
        ("工资福利支出", "商品和服务支出", "资本性支出", "合计"),
        ("2022年决算数", "2023年预算数", "2023年决算数", "增减额", "增减率"),
        (
            ("861.20", "880.00", "880.38", "19.18", "2.23%"),
            ("341.88", "360.00", "359.51", "17.63", "5.16%"),
            ("40.50", "20.00", "19.57", "-20.93", "-51.68%"),
            ("1,243.58", "1,260.00", "1,259.46", "15.88", "1.28%"),
        ),
        ("万元", "万元", "万元", "万元", "%"),
        ("value", "budget", "value", "change", "growth"),
    ),
    Sample(
        "accounts",
        "科目名称",
        ("社会保障和就业支出", "卫生健康支出", "城乡社区支出", "合计"),
        ("本年支出合计", "基本支出", "项目支出"),
        (
            ("880.38", "880.38", "0.00"),
            ("359.51", "359.51", "0.00"),
            ("4,711.92", "542.55", "4,169.37"),
            ("5,951.81", "1,782.44", "4,169.37"),
        ),
        ("万元", "万元", "万元"),
        ("value", "value", "value"),
    ),
    Sample(
        "projects",
        "项目名称",
        ("河道清淤工程", "防汛物资储备", "水质监测"),
        ("年初预算数", "全年预算数", "全年执行数", "自评得分"),
        (
            ("310.00", "298.60", "294.37", "98.6"),
            ("86.00", "86.00", "81.42", "94.5"),
            ("45.50", "52.30", "52.30", "99.0"),
        ),
        ("万元", "万元", "万元", "分"),
        ("budget", "budget", "value", "score"),
        total=False,
    ),
)
