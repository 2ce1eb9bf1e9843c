"""The parts of the text finders: question kinds, outline, enumerations, words, statements."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.files import read_bytes
from qa.texts.answers import ScopedDocument, TextKind, classify_text, content_terms, find_text
from qa.texts.dates import dates_in
from qa.texts.enumerations import marked_lists, plain_entries, stated_count
from qa.texts.index import index_of, split_clauses
from qa.texts.mentions import mentions
from qa.texts.numbers import number_keys, titles_in
from qa.texts.outline import build_outline, read_mark
from qa.texts.statements import moves_of, statements, subject_of
from qa.texts.terms import make_profile, squeeze, squeezed


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("什么叫项目支出？", TextKind.DEFINITION),
        ("“财政专户”指的是什么", TextKind.DEFINITION),
        ("What is meant by 基本支出?", TextKind.DEFINITION),
        ("这笔支出为啥少了", TextKind.REASON),
        ("为什么只得了6分？", TextKind.REASON),
        ("支出怎么涨了这么多", TextKind.REASON),
        ("Why did it fall?", TextKind.REASON),
        ("中标公司是哪家", TextKind.PERSON_OR_BODY),
        ("由谁负责维护？", TextKind.PERSON_OR_BODY),
        ("Which company did the work?", TextKind.PERSON_OR_BODY),
        ("这个办法的文号是多少", TextKind.DOCUMENT_NUMBER),
        ("谁引用了川财绩〔2020〕9号？", TextKind.DOCUMENT_NUMBER),
        ("合同几月几号签的", TextKind.DATE),
        ("工期从什么时候到什么时候", TextKind.DATE),
        ("When was it accepted?", TextKind.DATE),
        ("最后是什么等次", TextKind.GRADE),
        ("评价等级是多少", TextKind.GRADE),
        ("用了哪些评价方法", TextKind.METHOD),
        ("立项依据是什么", TextKind.METHOD),
        ("有哪些建议", TextKind.LIST),
        ("一级指标分为哪几类", TextKind.LIST),
        ("包括哪5个子项目", TextKind.LIST),
        ("What problems were found?", TextKind.LIST),
        ("项目验收了没有", TextKind.STATUS),
        ("试点进展到哪一步了", TextKind.STATUS),
        ("车辆主要用来做什么", TextKind.FACT),
        ("支出是多少万元", None),
        ("比上年增长百分之几", None),
        ("共有几个项目", None),
        ("哪个项目金额最大", None),
        ("哪几个项目的执行率超过90%", None),
        ("两个数一致吗", None),
        ("How much was spent?", None),
        ("What was the total income in 2021?", None),
        ("2022年三公经费", None),
    ],
)
def test_kind_of_a_question(question: str, kind: TextKind | None) -> None:
    assert classify_text(question) is kind


def test_content_terms_leave_out_question_words_and_years() -> None:
    assert content_terms("2023年的政府采购方式是什么？") == ("政府采购方式",)


@pytest.mark.parametrize(
    ("text", "style", "ordinal"),
    [
        ("一、概况", "han", 1),
        ("（十二）其他", "han_paren", 12),
        ("3.资金", "arabic", 3),
        ("- 4、绩效", "arabic", 4),
        ("（2）过程", "arabic_paren", 2),
        ("③报告", "circled", 3),
        ("二是加强管理", "is", 2),
        ("第三部分 说明", "part", 3),
        ("首先，", "first", 1),
    ],
)
def test_list_numbers(text: str, style: str, ordinal: int) -> None:
    mark = read_mark(text)
    assert mark is not None
    assert (mark.style, mark.ordinal) == (style, ordinal)


@pytest.mark.parametrize("text", ["1.5亿元", "2023年", "一般公共预算", "十四五规划", "5G基站"])
def test_not_list_numbers(text: str) -> None:
    assert read_mark(text) is None


NESTED = """一、总体情况

（一）目标

1.总目标。做好服务。

（二）效能

一、做法甲。内容。

二、做法乙。内容。

（三）效率

二、存在问题

一是进度偏慢。

二是资料不全。
"""


def test_a_number_that_starts_again_opens_an_inner_list() -> None:
    document = read_bytes(NESTED.encode(), "nested.txt")
    outline = build_outline(document)
    titles = {node.title: node for node in outline.nodes}
    assert titles["做法乙"].parent == titles["效能"].no
    assert titles["效率"].parent == titles["总体情况"].no
    assert titles["存在问题"].parent is None
    found = find_text("存在哪些问题", TextKind.LIST, [ScopedDocument(0, "n", document)], ("问题",))
    assert found[0].items == ("进度偏慢", "资料不全")


@pytest.mark.parametrize(
    ("text", "count", "entries"),
    [
        ("办公室、人事科和财务科。", None, ["办公室", "人事科", "财务科"]),
        ("甲项目、乙、丙设备采购项目和丁项目", 3, ["甲项目", "乙、丙设备采购项目", "丁项目"]),
        (
            "软、硬件维护；网络租用；机房电费等3项工作。",
            3,
            ["软、硬件维护", "网络租用", "机房电费"],
        ),
        ("“立项情况”“绩效目标”2个二级指标", 2, ["立项情况", "绩效目标"]),
        ("决策、过程、产出、效益四大类", 4, ["决策", "过程", "产出", "效益"]),
        ("《甲办法》《乙规定》等", None, ["《甲办法》", "《乙规定》"]),
        ("流媒体宣传及朗读者大赛", 2, ["流媒体宣传", "朗读者大赛"]),
        ("只有一个", None, None),
    ],
)
def test_entries_of_an_enumeration(text: str, count: int | None, entries: list[str] | None) -> None:
    found = plain_entries(text, 0, len(text), count)
    assert (found and [text[a:b] for a, b in found.spans]) == entries


def test_marked_lists_start_anew_at_one() -> None:
    text = "问题：一是慢；二是少；三是缺。措施：一是快；二是多。"
    found = marked_lists(text, 0, len(text))
    assert [[text[a:b] for a, b in entries.spans] for entries in found] == [
        ["慢", "少", "缺"],
        ["快", "多"],
    ]
    assert all(entries.contiguous for entries in found)


def test_a_gap_in_the_numbers_is_seen() -> None:
    text = "一是慢；三是缺。"
    assert not marked_lists(text, 0, len(text))[0].contiguous


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("内设科室共5个，分别为", 5),
        ("四大类", 4),
        ("12类", 12),
        ("两个子项目", 2),
        ("2023年度", None),
    ],
)
def test_stated_counts(text: str, count: int | None) -> None:
    assert stated_count(text) == count


@pytest.mark.parametrize(
    ("text", "dates"),
    [
        ("2022 年 6 月 1 日-2025 年 5 月 31 日", ["2022 年 6 月 1 日-2025 年 5 月 31 日"]),
        ("2019年4月底移交，5月6日验收", ["2019年4月底", "5月6日"]),
        ("2024-03-15至2024-04-01", ["2024-03-15至2024-04-01"]),
        ("2023年第三季度", ["2023年第三季度"]),
        ("预算1.5亿元，5G基站15座", []),
    ],
)
def test_dates_in_a_text(text: str, dates: list[str]) -> None:
    assert [text[a:b] for a, b in dates_in(text)] == dates


@pytest.mark.parametrize(
    ("text", "names"),
    [
        (
            "受某县财政局委托，华盛工程咨询有限公司成立工作组",
            ["某县财政局", "华盛工程咨询有限公司"],
        ),
        ("确定了图远软件科技有限公司作为服务商", ["图远软件科技有限公司"]),
        ("由永安区卫生健康局基层卫生科牵头", ["永安区卫生健康局基层卫生科"]),
        ("委托正信会计师事务所（普通合伙）开展", ["正信会计师事务所（普通合伙）"]),
    ],
)
def test_names_in_a_text(text: str, names: list[str]) -> None:
    found = [text[m.start : m.end] for m in mentions(text)]
    assert [name for name in names if name not in found] == []


@pytest.mark.parametrize(
    "text", ["川财绩〔2020〕9号", "川财绩[2020]9 号", "川财绩（2020）第 9号", "川财绩﹝2020﹞09号"]
)
def test_document_numbers_read_alike(text: str) -> None:
    assert number_keys(text) == [("川财绩", "2020", "9")]


def test_titles_may_hold_titles() -> None:
    text = "按《关于印发《甲办法》的通知》和《乙规定》"
    assert [text[a:b] for a, b in titles_in(text)] == ["《关于印发《甲办法》的通知》", "《乙规定》"]


@pytest.mark.parametrize(
    ("statement", "subject"),
    [
        ("其中：基本支出980.00万元，较上年增加12万元", "基本支出"),
        ("与2021年度相比，收、支总计各减少32.1万元", "收、支总计"),
        ("较上年减少4.2万元，下降9.6%", ""),
        ("决算数小于年初预算数", ""),
        ("2.公务接待费1.5万元，比上年减少", "公务接待费"),
    ],
)
def test_what_a_statement_is_about(statement: str, subject: str) -> None:
    assert subject_of(statement) == subject


def test_a_comparison_without_a_subject_is_about_the_one_before() -> None:
    text = "“三公”经费支出45万元，决算数小于预算数；较上年减少4万元，下降8%。"
    document = read_bytes(text.encode(), "s.txt")
    found = statements(index_of(document))
    assert [s.names[0] for s in found] == ["“三公”经费支出", "“三公”经费支出"]
    assert [s.moves[0].basis for s in found] == ["预算", "上年"]


def test_moves_know_their_basis() -> None:
    moves = moves_of("完成预算的88%，比年初预算减少3万元，比上年增加2万元")
    assert [(m.direction.value, m.basis) for m in moves] == [("down", "预算"), ("up", "上年")]


@given(st.text(alphabet="预算支出“”（）() 、。Aa1１", max_size=40))
def test_squeezing_keeps_the_place_of_each_character(text: str) -> None:
    packed, offsets = squeeze(text)
    assert packed == squeezed(text)
    assert len(packed) == len(offsets)
    assert list(offsets) == sorted(set(offsets))


@given(st.text(alphabet="一是二甲乙。；，、 1.（）", max_size=60))
def test_clauses_are_slices_in_order(text: str) -> None:
    spans = split_clauses(text)
    assert all(0 <= a < b <= len(text) for a, b in spans)
    assert all(before[1] <= after[0] for before, after in pairwise(spans))
    kept = "".join(text[a:b] for a, b in spans)
    assert "".join(kept.split()) == "".join(text.split())


@given(st.text(alphabet="一二三是1２3.、；。甲乙丙（）①②", max_size=60))
def test_entries_lie_inside_the_text_in_order(text: str) -> None:
    for entries in marked_lists(text, 0, len(text)):
        ends = [0]
        for start, end in entries.spans:
            assert ends[-1] <= start <= end <= len(text)
            ends.append(end)


def test_scattered_words_count_less_than_the_term() -> None:
    profile = make_profile(("数据中心维护",), lambda _: 1.0)
    together = profile.cover(((1.0, "数据中心维护项目"),))
    scattered = profile.cover(((1.0, "数据安全、中心机房、维护"),))
    assert together.share == pytest.approx(1.0)
    assert scattered.share < 0.92  # never HIGH


def test_no_documents_and_no_words_give_no_findings() -> None:
    assert find_text("存在哪些问题", TextKind.LIST, [], ()) == ()
    empty = read_bytes("附件\n".encode(), "empty.txt")
    scopes = [ScopedDocument(0, "empty", empty)]
    for kind in TextKind:
        assert find_text("这个呢？", kind, scopes, ()) == ()
