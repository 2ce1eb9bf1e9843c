"""Wording of questions: folding, slips, colloquial words, English."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qa.question.wording import (
    canonical,
    expand,
    language_of,
    normalise,
    related,
    repair,
    synonym_groups,
    to_chinese,
)
from qa.words.lexicon import rows, words


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("  ２０２３年 收入\u3000是多少？ ", "2023年收入是多少？"),
        ("機關運行經費是多少", "机关运行经费是多少"),
        ("財政撥款收入預算執行率", "财政拨款收入预算执行率"),
        ("乾县2023年收入", "乾县2023年收入"),
        ("“三公”经费（决算）", "“三公”经费（决算）"),
        ("执行率９８．０７％", "执行率98.07%"),
        ("收入\u200b合计\ufeff", "收入合计"),
        ("total  income\nin 2023", "total income in 2023"),
        ("", ""),
    ],
)
def test_one_spelling(question: str, expected: str) -> None:
    assert normalise(question) == expected


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("是啥原应", "是啥原因"),
        ("三工经费一共花了多少", "三公经费一共花了多少"),
        ("年初预蒜是多少", "年初预算是多少"),
        ("绩校评价得分", "绩效评价得分"),
        ("支出决蒜", "支出决算"),
        ("公用经非多少", "公用经费多少"),
        ("政俯采购总额", "政府采购总额"),
        ("基本只出是多少", "基本支出是多少"),
        ("满意渡指标", "满意度指标"),
        ("机关运形经费", "机关运行经费"),
        ("公务结待费", "公务接待费"),
        ("执行绿是多少", "执行率是多少"),
        ("一般公共予算", "一般公共预算"),
        ("总收人是多少", "总收入是多少"),
        ("减少的园因", "减少的原因"),
        ("目标植和实际值", "目标值和实际值"),
        ("政府性机金", "政府性基金"),
        ("比上年增张多少", "比上年增长多少"),
        ("福立费是多少万元", "福利费是多少万元"),
    ],
)
def test_slips_are_repaired(question: str, expected: str) -> None:
    repaired = repair(question, ())
    assert repaired.text == expected
    assert len(repaired.text) == len(question)
    for change in repaired.changes:
        assert question[change.start : change.end] == change.wrong
        assert repaired.text[change.start : change.end] == change.right


@pytest.mark.parametrize(
    "question",
    [
        "报告指出的问题有哪些",
        "付给谁",
        "文体局的支出",
        "节余多少",
        "跟上年比是多了还是少了，差多少？",
        "积分制入户工作共涉及多少人",
        "这块3分只拿了几分",
        "公务接待费减幅较大",
        "视频会议控制台采购项目",
        "随迁人员和特殊技能人员都算上",
        "how much was spent",
        "",
    ],
)
def test_right_text_stays(question: str) -> None:
    assert repair(question, ()).changes == ()


def test_words_of_the_library_are_never_changed() -> None:
    assert repair("绩校评价", ()).changes
    assert repair("绩校评价", {"绩校"}).changes == ()
    assert repair("闸机的采够数量", {"采购数量"}).text == "闸机的采购数量"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("机关运行经费花了多少", "机关运行经费支出多少"),
        ("政数局三公比预算省了多少钱", "政数局三公比预算节约多少钱"),
        ("有多少进账", "有多少收入"),
        ("绩效评价得了多少分", "绩效评价得分多少"),
        ("年初给的钱花完没有", "年初预算预算执行率多少"),
        ("剩了多少没花出去", "剩了多少结余"),
        ("为啥扣了几分", "为什么扣分多少"),
        ("有几台公车", "有公务用车保有量多少辆"),
        ("预算砍了两次", "预算调减两次"),
        ("公务用车购置及运行维护费", "公务用车购置及运行维护费"),
        ("三公经费", "三公经费"),
        ("机关运行经费", "机关运行经费"),
        ("", ""),
    ],
)
def test_colloquial_words_become_those_of_the_reports(text: str, expected: str) -> None:
    assert canonical(text) == expected


@pytest.mark.parametrize(
    ("term", "same", "never"),
    [
        ("三公", "三公经费", "公务接待费"),
        ("支付进度", "预算执行率", "资金到位率"),
        ("公车", "公务用车", "公务用车购置费"),
        ("日常公用经费", "公用经费", "机关运行经费"),
        ("机关运行经费", "机关运行费", "公用经费"),
        ("年初预算", "年初预算数", "年度预算"),
        ("总收入", "收入总计", "本年收入"),
        ("执行数", "实际支出", "决算数"),
        ("好评率", "群众评价满意率", "满意度"),
        ("没有这个词", "没有这个词", "支出"),
    ],
)
def test_only_safe_words_lend_their_numbers(term: str, same: str, never: str) -> None:
    assert expand(term)[0] == term
    assert same in expand(term)
    assert never not in expand(term)


def test_related_words_find_text_and_lend_no_numbers() -> None:
    assert "机关运行经费" in related("公用经费")
    assert "本年收入" in related("总收入")
    assert not set(related("总收入")) & set(expand("总收入"))


@pytest.mark.parametrize(
    ("question", "language"),
    [
        ("番禺区政数局2023年收入", "zh"),
        ("GDP是多少", "zh"),
        ("IT运维费是多少", "zh"),
        ("What was the total income (总收入) in 2023?", "en"),
        ("total income", "en"),
        ("2023?", "zh"),
        ("", "zh"),
    ],
)
def test_language(question: str, language: str) -> None:
    assert language_of(question) == language


def test_data_files_are_sound() -> None:
    organs = [row[0] for row in rows("organs.tsv")]
    assert sorted(organs) == sorted(set(organs))
    assert len(rows("regions.tsv")) > 3000
    assert "三公经费" in words("trade_words.txt")
    terms = [group.term for group in synonym_groups()]
    assert sorted(terms) == sorted(set(terms))


def test_no_word_is_both_safe_and_unsafe_for_one_term() -> None:
    for group in synonym_groups():
        assert not {group.term, *group.same, *group.spoken} & set(group.related), group.term


_TEXT = st.one_of(
    st.text(max_size=60),
    st.text(alphabet="花了多少三公经费绩校预蒜“”()total income 2023", max_size=40),
)


@given(question=_TEXT)
@settings(deadline=None)
def test_any_text_is_read(question: str) -> None:
    plain = normalise(question)
    assert normalise(plain) == plain
    repaired = repair(plain, ())
    assert len(repaired.text) == len(plain)
    canonical(plain)
    for gloss in to_chinese(plain).spans:
        assert 0 <= gloss.start <= gloss.end <= len(plain)
