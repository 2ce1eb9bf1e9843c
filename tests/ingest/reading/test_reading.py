"""Which numbers are quantities, with which unit, value, interval and place."""

from __future__ import annotations

import re
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.quantity import PERCENT, SCORE, WAN_YUAN, YUAN, Dimension, Quantity, Unit
from ingest.reading.docs import numbers_page
from ingest.reading.masks import MASKS
from ingest.reading.reader import default_unit_of, parse_unit, read_cell, read_quantities

ROOT = Path(__file__).resolve().parents[3]

# (text, what is read: "printed unit approx" in order; approx left out where there is none)
READ: tuple[tuple[str, tuple[str, ...]], ...] = (
    # money
    ("总收入18,982.94万元", ("18,982.94 万元",)),
    ("项目总投资约\n\n1.5 亿元。", ("1.5 亿元 约",)),
    ("中小企业合同金额805.68万\n\n元，占98.7%", ("805.68 万元", "98.7 %")),
    ("资产原值合计 2110003.55 元", ("2110003.55 元",)),
    ("投资3亿2000万元", ("3亿2000 万元",)),
    ("安排资金三百万元", ("三百 万元",)),
    ("合同价人民币100万元整（¥1,000,000.00）", ("100 万元", "1,000,000.00 元")),
    ("人民币壹佰贰拾万元整", ("壹佰贰拾 万元",)),
    ("5百万元、3千元、2万亿元", ("5 百万元", "3 千元", "2 万亿元")),
    ("１２，３４５．６７万元", ("１２，３４５．６７ 万元",)),
    ("补助1,200元/人·年，30元/吨", ("1,200 元/人·年", "30 元/吨")),
    ("接受捐赠20万美元", ("20 万美元",)),
    # rates
    ("下降５．７％", ("５．７ %",)),
    ("提高2个百分点，环比降 0 .5 个 百分点", ("2 个百分点", "0 .5 个百分点")),
    ("是上年的1.8倍", ("1.8 倍",)),
    ("达到百分之九十五，千分之三", ("九十五 %", "三 ‰")),
    ("执行率-60%为负，增长-3.5%", ("-60 %", "-3.5 %")),
    ("增加（减少）-364.43万元，增减率△3.21%", ("-364.43 万元", "△3.21 %")),
    ("增幅为负5.2%", ("负5.2 %",)),
    ("(执行率-60%)÷(100%-60%)×17", ("60 %", "100 %", "60 %")),
    # counts
    ("380 万条，6 万份，2.9 万名", ("380 万条", "6 万份", "2.9 万名")),
    ("近1500场，超34万家，12万余宗", ("1500 场 近", "34 万家 超", "12 万宗 余")),
    ("900多个，30余项，980万余次", ("900 个 多", "30 项 余", "980 万次 余")),
    ("接待人数共51人，0人次", ("51 人", "0 人次")),
    ("设备0台（套），3（台、套）", ("0 台(套)", "3 台、套")),
    ("参与人次近 70 万。", ("70 万人次 近",)),
    ("安全扫描1.9\n\n万余次", ("1.9 万次 余",)),
    ("可办理本地5370事项，34项目绩效自评", ("5370 事项", "34 项目")),
    ("累计飞行 2746 架次，监控42535 路", ("2746 架次", "42535 路")),
    ("处理12,345件", ("12,345 件",)),
    ("项目分别为12、13和14个", ("12 个", "13 个", "14 个")),
    ("收、支总计各是4125.49,4143.91万元", ("4125.49 万元", "4143.91 万元")),
    # Chinese numerals
    ("经过两次预算调减", ("两 次",)),
    ("三家网络运营商", ("三 家",)),
    ("十二个月、七个工作日", ("十二 个月", "七 个工作日")),
    ("一千多名党员，二十多个村", ("一千 名 多", "二十 个 多")),
    ("更换直流屏一 台、安健环一套；", ("一 台", "一 套")),
    ("每超过一个百分点扣0.5分", ("一 个百分点 超过", "0.5 分")),
    ("得五分，扣两分", ("五 分", "两 分")),
    # scores
    ("评价得分为\n\n9分；", ("9 分",)),
    ("得分在10-15分之间", ("10-15 分",)),
    ("90～100分为优，60分以下为差", ("90～100 分", "60 分 以下")),
    ("90(含)-100分", ("90(含)-100 分",)),
    ("项目管理（27分）", ("27 分",)),
    # durations and measures
    ("上班时间 10 分 钟内", ("10 分钟 内",)),
    ("间隔时间约 4 个月", ("4 个月 约",)),
    ("节省办证时间7个工作日以上", ("7 个工作日 以上",)),
    ("有效期5年，分三年实施", ("5 年", "三 年")),
    ("24小时内办结，1小时到场", ("24 小时 内", "1 小时")),
    ("清理废旧线约77.2吨，12.5公里，15.6㎡，4.3m", ("77.2 吨 约", "12.5 公里", "15.6 ㎡", "4.3 m")),
    ("容量500GB、带宽100Mbps", ("500 GB", "100 Mbps")),
    # thresholds and approximations
    ("≥90%，不低于95%，≤10次", ("90 % ≥", "95 % 不低于", "10 次 ≤")),
    ("不超过10件，不足2个，至少3次", ("10 件 不超过", "2 个 不足", "3 次 至少")),
    ("单位价值100万元以上设备", ("100 万元 以上",)),
    ("5%左右，３％以内，10万+人次", ("5 % 左右", "３ % 以内", "10 万 +")),
    ("50%-80%的2个，20%至30%的3个", ("50%-80 %", "2 个", "20%至30 %", "3 个")),
    ("由100万元至200万元", ("100 万元", "200 万元")),
    ("节约100万元", ("100 万元",)),  # 约 belongs to 节约
    # quotes
    ("指标值“5 个”。指标值“100%”", ("5 个", "100 %")),
    ("“完成12场”", ("12 场",)),
    # no unit, but stated
    (
        "执行率98.5%，得分9.85；总分值100，总得分：95.2。",
        ("98.5 %", "9.85 分", "100 分", "95.2 分"),
    ),
    ("人均GDP12.5万元，CPI上涨1.5%，PPI1.2%", ("12.5 万元", "1.5 %", "1.2 %")),
    ("有效投诉量为 10 件，实际有效投诉量为 0。", ("10 件", "0 ")),
    # ASCII punctuation beside numbers
    ("优等次,20%为良,42 个部门", ("20 %", "42 个")),
    ("\t100%\t5个\n", ("100 %", "5 个")),
)


def shown(text: str, unit: Unit | None = None) -> tuple[str, ...]:
    found = read_quantities(text, unit=unit)
    return tuple(
        f"{r.quantity.printed} {r.quantity.unit.symbol}"
        + (f" {r.quantity.approx}" if r.quantity.approx else "")
        for r in found
    )


@pytest.mark.parametrize(("text", "expected"), READ, ids=[text[:24] for text, _ in READ])
def test_reads(text: str, expected: tuple[str, ...]) -> None:
    assert shown(text) == expected


NOT_READ: tuple[str, ...] = (
    # dates, years, times
    "2023年度", "2021-2023 年", "（2022-2024）", "2024-2025年度", "2022、2023和2024年",
    "2023年6月20日", "截至12月31日", "6月初", "1-12月", "5—8月", "2023.6.20", "2023-06",
    "202212-202311", "20210301-20230228", "15:30", "8:00-11:30", "9时30分", "2022 年 6 月 1 日",
    "二〇二三年九月", "二零二三年度", "星期三", "2 年级", "90年代", "5周年",
    # numbers of documents, ordinals, labels, list numbers
    "〔2023〕55号", "（2020）10号", "财预[2020]10号文第3条", "第七届", "第2次", "第一季度", "第一至第四季度",
    "第十七届政府188次常务会议", "第三方机构", "第三十二条", "表1 项目支出明细表", "附件 4", "附件10 项目",
    "1. 政府网站运维；2. 云中心", "（3）个人部分", "①项目", "3、个人和家庭", "1 项目概况", "2.1 项目资金情况",
    "前三名", "前10名", "排名由78位上升至43位", "位居全国第2",
    # codes, names, slogans
    "2010301 行政运行", "20805款行政事业单位", "208类", "“1310”", "“1+1+4”", "“1312”思路", "1+6+N",
    "5G基站", "4G", "4A级", "RPA", "数字政府2.0建设", "“粤盾-2024”", "2F 机房", "PM2.5", "ISO9001",
    "ZC2023-088", "《24小时智慧政务大厅建设规范》", "24小时自助办理", "7×24小时", "15分钟便民服务圈",
    "“15分钟办结”", "“八个一”", "“四个意识”", "八项规定", "二十大", "二十届三中全会", "十四五", "三公经费",
    "四同步", "两会", "三年行动计划", "近三年", "前三季度", "“3个100工程”", "四套班子",
    # articles and vague numbers
    "一个方面", "一项重要工作", "一是", "一级指标", "二级", "一般公共预算", "一体化", "一次性", "唯一一家",
    "十分重要", "百分制", "三分之一", "几十个", "数百次", "上百家", "三四个", "十几项", "两个半小时", "百余家",
    "两人一组", "二期工程",
    # not amounts
    "--%", "--（基数为0，不可比）", "020-12345678", "邮编511400", "http://www.example.cn/2023/100个",
    "1920×1080", "×100%", "±5%", "7.5/10万", "DN300个", "A50万元",
    "3/4", "按1:1.5配套", "8核", "3层", "10KV", "1.2.3", "1,234,56个",
    "手机13800138000", "0755", "007个", "支出1 234.56万元", "编制数12，实有人数10", "",
    # words that only look like a unit
    "20 分析", "3 分别", "2 本年支出", "4 处理", "30 人员经费", "5 条件", "100 户籍",
)  # fmt: skip


@pytest.mark.parametrize("text", NOT_READ)
def test_does_not_read(text: str) -> None:
    assert shown(text) == ()


@pytest.mark.parametrize(
    ("name", "text"), [(mask.name, text) for mask in MASKS for text in mask.examples]
)
def test_examples_of_the_masks(name: str, text: str) -> None:
    assert shown(text) == (), name


CELLS: tuple[tuple[str, Unit | None, str | None], ...] = (
    ("7,511.89", WAN_YUAN, "7511.89 万元"),
    ("0.00", WAN_YUAN, "0.00 万元"),
    ("-", WAN_YUAN, None),
    ("--", WAN_YUAN, None),
    ("—", WAN_YUAN, None),
    ("/", WAN_YUAN, None),
    ("", WAN_YUAN, None),
    (" ", WAN_YUAN, None),
    ("(12.30)", WAN_YUAN, "-12.30 万元"),
    ("（12.30）", WAN_YUAN, "-12.30 万元"),
    ("△3", WAN_YUAN, "-3 万元"),
    ("－1,234.00", YUAN, "-1234.00 元"),
    ("- 1,234.00", YUAN, "-1234.00 元"),
    ("−5.2", PERCENT, "-5.2 %"),
    ("-0.00", WAN_YUAN, "0.00 万元"),
    ("5 ,700.00", YUAN, "5700.00 元"),
    ("11,466.\n07", WAN_YUAN, "11466.07 万元"),
    ("84.40%", WAN_YUAN, "84.40 %"),
    ("100%", None, "100 %"),
    ("84.4", PERCENT, "84.4 %"),
    ("≥90%", None, "90 %"),
    ("100%完成", None, "100 %"),
    ("5个", SCORE, "5 个"),
    ("5个", None, "5 个"),
    ("三次", None, "3 次"),
    ("10-15分", SCORE, "10 分"),
    ("约50", YUAN, "50 元"),
    ("95-100", SCORE, "95 分"),
    ("90～100分", None, "90 分"),
    ("2022-2024", YUAN, None),
    ("202212-202311", YUAN, None),
    ("100-95", SCORE, None),
    ("95-100", None, None),
    ("＝100%", None, "100 %"),
    ("3,200元整", None, "3200 元"),
    ("≥1次/年", None, "1 次/年"),
    ("95分以上", None, "95 分"),
    ("减少5.3", WAN_YUAN, None),
    ("12.3万", YUAN, "12.3 万元"),
    ("12.3万元", YUAN, "12.3 万元"),
    ("4G", None, None),
    ("4", None, "4 "),
    ("4", SCORE, "4 分"),
    ("3.5", SCORE, "3.5 分"),
    ("2,123,592.15", YUAN, "2123592.15 元"),
    ("4285434.4", YUAN, "4285434.4 元"),
    ("¥120.00", None, "120.00 元"),
    ("１２３．４５", YUAN, "123.45 元"),
    ("2023年", None, None),
    ("2023.6.20", YUAN, None),
    ("1-12月", None, None),
    ("0755", YUAN, None),
    ("1.2.3", YUAN, None),
    ("12 34", YUAN, None),
    ("(12", YUAN, None),
    ("保障网络通畅。", None, None),
    ("完成5个项目，验收3个", None, None),
    ("#DIV/0!", YUAN, None),
    ("1" * 40, YUAN, None),
)


@pytest.mark.parametrize(("text", "unit", "expected"), CELLS)
def test_cells(text: str, unit: Unit | None, expected: str | None) -> None:
    quantity = read_cell(text, unit)
    found = None if quantity is None else f"{quantity.value} {quantity.unit.symbol}"
    assert found == expected


INTERVALS: tuple[tuple[str, str | None, str | None], ...] = (
    ("7,511.89万元", "7511.885", "7511.895"),
    ("800万元", "799.5", "800.5"),
    ("0万元", "0", "0"),
    ("0.00元", "0", "0"),
    ("3%", "2.5", "3.5"),
    ("0%", "-0.5", "0.5"),
    ("87.38分", "87.38", "87.38"),
    ("51人", "51", "51"),
    ("2.9万名", "2.85", "2.95"),
    ("7个工作日", "7", "7"),
    ("1.2天", "1.15", "1.25"),
    ("77.2吨", "77.15", "77.25"),
    ("约4个月", "3.80", "4.20"),
    ("近1500场", "1425", "1500"),
    ("超34万家", "34", None),
    ("12万余宗", "12", None),
    ("100万元以上", "100", None),
    ("≤10次", None, "10"),
    ("60分以下", None, "60"),
    ("10—15分", "10", "15"),
    ("约900多个", "855", None),
    ("-3.5%", "-3.55", "-3.45"),
    ("约-100万元", "-105", "-95"),
)


@pytest.mark.parametrize(("text", "low", "high"), INTERVALS)
def test_intervals(text: str, low: str | None, high: str | None) -> None:
    (reading,) = read_quantities(text)
    expected = tuple(None if bound is None else Decimal(bound) for bound in (low, high))
    assert (reading.quantity.low, reading.quantity.high) == expected


def test_place_leaves_approximating_words_out() -> None:
    text = "共受理业务\n\n近２.4 万 宗以上。"
    (reading,) = read_quantities(text)
    assert text[reading.start : reading.end] == "２.4 万 宗"
    assert text[reading.number_start : reading.number_end] == reading.quantity.printed == "２.4"


def test_default_unit_applies_to_bare_numbers_only() -> None:
    assert shown("合计 4285434.4，其中80%", unit=YUAN) == ("4285434.4 元", "80 %")
    assert shown("2023 项目", unit=YUAN) == ()


@pytest.mark.parametrize(
    ("text", "symbol"),
    [
        ("单位：万元", "万元"),
        ("（单位：元）", "元"),
        ("金额单位：人民币万元", "万元"),
        ("单位 万元", "万元"),
        ("单位：万 元", "万元"),
        ("部门：某某局 单位：亿元", "亿元"),
        ("金额单位：元（列至角分）", "元"),
        ("支付金额（元）", "元"),
        ("支付金额/万元", "万元"),
        ("占比（％）", "%"),
        ("数量（台）", "台"),
        ("得分", "分"),
        ("分值（100分）", "分"),
        ("自评得分", "分"),
        ("得分率", None),
        ("评分标准", None),
        ("单位名称：某某局", None),
        ("单位：某某局", None),
        ("单位：万元、%", None),
        ("备注", None),
        ("", None),
    ],
)
def test_default_unit_of(text: str, symbol: str | None) -> None:
    unit = default_unit_of(text)
    assert (unit.symbol if unit else None) == symbol


@pytest.mark.parametrize(
    ("symbol", "dimension", "factor", "noun"),
    [
        ("万元", Dimension.MONEY, 10_000, ""),
        ("百万元", Dimension.MONEY, 1_000_000, ""),
        ("RMB", Dimension.MONEY, 1, ""),
        ("％", Dimension.PERCENT, 1, ""),
        ("个百分点", Dimension.POINT, 1, ""),
        ("万人次", Dimension.COUNT, 10_000, "人次"),
        ("公顷", Dimension.MEASURE, 10_000, "平方米"),
        ("小时", Dimension.DURATION, 60, "分钟"),
        ("元/人", Dimension.MEASURE, 1, "元/人"),
        ("万元/人", Dimension.MEASURE, 10_000, "元/人"),
    ],
)
def test_parse_unit(symbol: str, dimension: Dimension, factor: int, noun: str) -> None:
    unit = parse_unit(symbol)
    assert unit is not None
    assert (unit.dimension, unit.factor, unit.noun) == (dimension, Decimal(factor), noun)


@pytest.mark.parametrize("symbol", ["", "万", "abc", "万元人", "多个", "5个"])
def test_unknown_units(symbol: str) -> None:
    assert parse_unit(symbol) is None


def test_the_page_of_rules_is_up_to_date() -> None:
    page = (ROOT / "docs" / "numbers.md").read_text(encoding="utf-8")
    assert page == numbers_page(), "run: python -m ingest.reading.docs > docs/numbers.md"


# -- properties -----------------------------------------------------------------------------------

UNITS = (
    "元",
    "万元",
    "亿元",
    "%",
    "个百分点",
    "个",
    "万宗",
    "人次",
    "分",
    "平方米",
    "个工作日",
    "倍",
)
WIDE = str.maketrans("0123456789.%", "０１２３４５６７８９．％")
NUMBERS = st.decimals(
    min_value=0, max_value=Decimal("99999999999"), places=2, allow_nan=False, allow_infinity=False
) | st.integers(min_value=0, max_value=10**11).map(Decimal)


def _printed(value: Decimal, separators: bool) -> str:
    return f"{value:,f}" if separators else f"{value:f}"


@given(
    value=NUMBERS,
    unit=st.sampled_from(UNITS),
    separators=st.booleans(),
    gap=st.sampled_from(["", " ", "\n", "\n\n", "　"]),
    wide=st.booleans(),
    before=st.sampled_from(["支出", "为", "共计 ", "：", "（"]),
)
def test_round_trip(
    value: Decimal, unit: str, separators: bool, gap: str, wide: bool, before: str
) -> None:
    printed = _printed(value, separators)
    if wide:
        printed = printed.replace(",", "，" if separators else ",").translate(WIDE)
    text = f"{before}{printed}{gap}{unit}。"
    (reading,) = read_quantities(text)
    assert reading.quantity.value == value
    assert reading.quantity.unit == parse_unit(unit)
    assert reading.quantity.printed == printed
    assert text[reading.start : reading.end] == f"{printed}{gap}{unit}"
    assert reading.quantity.low is not None
    assert reading.quantity.high is not None
    assert reading.quantity.low <= value <= reading.quantity.high


@given(value=NUMBERS, negative=st.sampled_from(["", "-", "－", "△", "(", "（"]))
def test_cell_round_trip(value: Decimal, negative: str) -> None:
    closing = {"(": ")", "（": "）"}.get(negative, "")
    quantity = read_cell(f" {negative}{value:,f}{closing} ", WAN_YUAN)
    assert quantity is not None
    assert quantity.value == (-value if negative else value)
    assert quantity.unit == WAN_YUAN


PIECES = st.sampled_from(
    [*'0123456789,.%-—~+×÷=:：，。；、（）()《》“”"\n\t 约近超余多一二三十百万亿元个项分年月日第号']
)
ANY_TEXT = st.text(max_size=60) | st.lists(PIECES, max_size=60).map("".join)


@settings(max_examples=400)
@given(text=ANY_TEXT)
def test_never_raises_and_spans_hold(text: str) -> None:
    position = 0
    for reading in read_quantities(text):
        assert position <= reading.start <= reading.number_start < reading.number_end
        assert reading.number_end <= reading.end <= len(text)
        assert text[reading.number_start : reading.number_end] == reading.quantity.printed
        _check_interval(reading.quantity)
        position = reading.end
    read_cell(text, YUAN)
    default_unit_of(text)
    parse_unit(text)


def _check_interval(quantity: Quantity) -> None:
    if quantity.low is not None:
        assert quantity.low <= quantity.value
    if quantity.high is not None:
        assert quantity.value <= quantity.high


HARD = (
    "1",
    "1,",
    "111,",
    "1.",
    "1 ",
    "1-",
    "一",
    "万",
    "1+",
    "第",
    "《",
    "“",
    '"',
    "(",
    "1、",
    "分别1、",
    "约",
)


@pytest.mark.parametrize("piece", HARD)
def test_work_grows_with_the_length_only(piece: str) -> None:
    """A pass of 60,000 characters ends; a quadratic one would run for minutes."""
    text = piece * (60_000 // len(piece))
    read_quantities(text, unit=YUAN)
    assert read_cell(text, YUAN) is None


def test_numbers_page_lists_every_mask() -> None:
    page = numbers_page()
    assert all(mask.name in page for mask in MASKS)
    assert not re.search(r"\| +\|", page.split("## 不读成数量的写法")[1].split("## 精度")[0])
