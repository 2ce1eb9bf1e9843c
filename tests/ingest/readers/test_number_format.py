"""What a cell shows of its number; the expected texts are those of Excel (and LibreOffice)."""

from __future__ import annotations

from decimal import Decimal

import pytest

from ingest.readers.number_format import BUILT_IN, shown_number, shown_text

ACCOUNTING = '_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * "-"??_ ;_ @_ '
SCALED = '[>=100000000]0!.00,,"亿";[>=10000]0!.0,"万";0'


@pytest.mark.parametrize(
    ("value", "code", "shown"),
    [
        ("7511.89", "General", "7511.89"),
        ("7511.889999999999", "General", "7511.89"),
        ("0.30000000000000004", "General", "0.3"),
        ("-0", "General", "0"),
        ("0.3333333333333333", "General", "0.333333333"),
        ("12345678901.23", "General", "12345678901.23"),
        ("123456789012345", "General", "123456789012345"),
        ("1E-7", "General", "0.0000001"),
        ("2010301", "G/通用格式", "2010301"),
        ("3", 'General"元"', "3元"),
        ("7511.89", "#,##0.00", "7,511.89"),
        ("0", "#,##0.00", "0.00"),
        ("-0.001", "0.00", "0.00"),
        ("1.005", "0.00", "1.01"),
        ("2.675", "0.00", "2.68"),
        ("1234567.5", "#,##0", "1,234,568"),
        ("0.583", "0.0%", "58.3%"),
        ("0.58299999999999996", "0.0%", "58.3%"),
        ("1.005", "0%", "101%"),
        ("-12.5", "#,##0.00;[Red](#,##0.00)", "(12.50)"),
        ("-12.5", "0.00_);[红色](0.00)", "(12.50)"),
        ("7511.89", ACCOUNTING, "7,511.89"),
        ("-7511.89", ACCOUNTING, "-7,511.89"),
        ("0", ACCOUNTING, "-"),
        ("0", '0.00;-0.00;""', ""),
        ("5", ";;;", ""),
        ("7511.89", '"¥"#,##0.00', "¥7,511.89"),
        ("-7511.89", "[$￥-804]#,##0.00", "-￥7,511.89"),
        ("7511.89", '#,##0.00"万元"', "7,511.89万元"),
        ("75118900", "#,##0.00,", "75,118.90"),
        ("75118900", '0!.0,"万"', "7511.9万"),
        ("75118900", SCALED, "7511.9万"),
        ("1234567890", SCALED, "12.35亿"),
        ("-5", SCALED, "-5"),
        ("7", "000", "007"),
        ("1234567", "000-0000", "123-4567"),
        ("12", "#.##", "12"),
        ("0.5", "#.##", ".5"),
        ("12.5", "0.0?", "12.5"),
        ("7511.89", "0.00E+00", "7511.89"),
        ("1.5", "# ?/?", "1.5"),
        ("0", '[=0]"无";General', "无"),
        ("-3", '[=0]"无";General', "-3"),
        ("1", '[=1]"是";[=0]"否";General', "是"),
        ("2010301", "@", "2010301"),
        ("1E+300", "0.00", "1" + "0" * 300),
    ],
)
def test_numbers(value: str, code: str, shown: str) -> None:
    assert shown_number(Decimal(value), code) == shown


@pytest.mark.parametrize(
    ("serial", "code", "shown"),
    [
        ("45291", 'yyyy"年"m"月"d"日"', "2023年12月31日"),
        ("45291", r"yyyy\年m\月d\日;@", "2023年12月31日"),
        ("45291", "yyyy-mm-dd", "2023-12-31"),
        ("45291", "[$-804]yyyy年m月", "2023年12月"),
        ("45291", '[DBNum1][$-804]yyyy"年"m"月"d"日"', "二〇二三年十二月三十一日"),
        ("45301", '[DBNum1]m"月"d"日"', "一月十日"),
        ("45291", "m/d/yy", "12/31/23"),
        ("45291", "d-mmm-yy", "31-Dec-23"),
        ("45291", "mmmm", "December"),
        ("45291", "aaaa", "星期日"),
        ("45291", "[$-F800]dddd, mmmm dd, yyyy", "2023年12月31日"),
        ("45291.75", "yyyy/m/d h:mm", "2023/12/31 18:00"),
        ("45291.75", "h:mm AM/PM", "6:00 PM"),
        ("45291.75", "上午/下午h时mm分", "下午6时00分"),
        ("1.5", "[h]:mm", "36:00"),
        ("0.0625", "mm:ss.0", "30:00"),
        ("59", "yyyy-m-d", "1900-2-28"),
        ("61", "yyyy-m-d", "1900-3-1"),
        ("-1", "yyyy-m-d", "-1"),
        ("99999999", "yyyy-m-d", "99999999"),
    ],
)
def test_dates(serial: str, code: str, shown: str) -> None:
    assert shown_number(Decimal(serial), code) == shown


def test_days_from_1904() -> None:
    assert shown_number(Decimal(43829), "yyyy-m-d", date1904=True) == "2023-12-31"


@pytest.mark.parametrize(
    ("text", "code", "shown"),
    [
        ("7,511.89", "0.00", "7,511.89"),
        ("办公费", "@", "办公费"),
        ("办公费", '@"（元）"', "办公费（元）"),
        ("办公费", '0;-0;0;"其中："@', "其中：办公费"),
        ("办公费", "0;-0;0;", ""),
    ],
)
def test_texts(text: str, code: str, shown: str) -> None:
    assert shown_text(text, code) == shown


@pytest.mark.parametrize("number", sorted(BUILT_IN))
def test_built_in_formats_show_something(number: int) -> None:
    assert shown_number(Decimal("45291.25"), BUILT_IN[number])


@pytest.mark.parametrize(
    "code", ["[", '"', "\\", "0.0.0", "%%", "[>]0", "[$]0", ",,,", "??", "0/", "e", ";"]
)
def test_odd_formats_do_no_harm(code: str) -> None:
    shown_number(Decimal("7511.89"), code)
    shown_text("办公费", code)
