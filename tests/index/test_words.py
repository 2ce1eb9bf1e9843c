"""The word index: terms, questions, filters, removal."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as how
from hypothesis import strategies as st
from sqlalchemy import Connection

from index import words
from index.database import writing
from index.ledger_home import open_ledger
from index.migrations import migrate
from ingest.settings import Settings

BOTH_LEDGERS = True

REPORTS = count(1)  # a number is never given twice, as in a library


@pytest.fixture
def connection(settings: Settings) -> Iterator[Connection]:
    settings.data_dir.mkdir()
    engine = open_ledger(settings, settings.data_dir)
    migrate(engine)
    with writing(engine) as opened:
        yield opened
    engine.dispose()


def put(connection: Connection, *texts: str, report: int = 1) -> list[words.Text]:
    added = [words.Text(report, no, text) for no, text in enumerate(texts)]
    words.add(connection, words.PASSAGES, added)
    return added


def found(connection: Connection, question: str, total: int = 0, **more: object) -> list[int]:
    hits = words.search(connection, words.PASSAGES, question, total=total, **more)  # type: ignore[arg-type]
    return [hit.no for hit in hits]


@pytest.mark.parametrize(
    ("text", "chars", "pairs"),
    [
        ("收入合计", "收 入 合 计", "收入 入合 合计"),
        ("收", "收", "收"),
        ("7,511.89万元", "7511.89 万 元", "7511.89 万元"),
        ("1，234，567元", "1234567 元", "1234567 元"),
        ("１２．５％", "12.5", "12.5"),
        ("100,20", "100 20", "100 20"),
        ("3,14,159", "3 14159", "3 14159"),  # read as 3 and 14,159
        ("表1-2 GDP_x", "表 1-2 gdp_x", "表 1-2 gdp_x"),
        ("“三公”经费", "三 公 经 费", "三公 经费"),
        ("Café", "caf é", "caf é"),
        ("", "", ""),
        ("\x00。，\udcff", "", ""),
    ],
)
def test_terms(text: str, chars: str, pairs: str) -> None:
    assert words.grams(text) == (chars.split(), pairs.split())


@pytest.mark.parametrize(
    ("question", "stripped"),
    [
        ("机关运行经费是多少？", "机关运行经费是 ？"),
        ("哪些项目未完成", " 项目未完成"),
        ("多少", "多少"),
        ("", ""),
    ],
)
def test_question_words_go(question: str, stripped: str) -> None:
    assert words.strip_question(question) == stripped


def test_thousands_separators_match_either_way(connection: Connection) -> None:
    put(connection, "支出7,511.89万元", "支出7511.89万元", "支出7511万元")
    assert sorted(found(connection, "7,511.89")) == sorted(found(connection, "7511.89")) == [0, 1]


def test_pairs_rank_above_scattered_characters(connection: Connection) -> None:
    put(connection, "入库的收成与支付的出路", "收入支出总表", "完全无关")
    assert found(connection, "收入支出") == [1, 0]


def test_frequent_terms_are_dropped_from_large_tables(
    connection: Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(connection, *["预算"] * 30, "预算绩效")
    assert len(found(connection, "绩预", total=31)) == 31
    monkeypatch.setattr(words, "_DROP_FROM", 31)
    assert found(connection, "绩预", total=31) == [30]
    assert len(found(connection, "预算", total=31)) == 31  # nothing else to look for


def test_removed_texts_leave_nothing(connection: Connection) -> None:
    first = put(connection, "收入合计", "支出合计")
    put(connection, "收入总计", report=2)
    words.remove(connection, words.PASSAGES, first)
    assert words.indexed(connection, words.PASSAGES) == {(2, 0)}
    assert found(connection, "支出") == []
    rows = connection.exec_driver_sql("SELECT term, texts FROM term_counts")
    assert {row[0]: row[1] for row in rows} == dict.fromkeys(words.terms_of("收入总计"), 1)
    assert words.problems(connection) == []


@pytest.mark.parametrize("wanted", [[1], [2, 3], [1, 3], list(range(1, 400, 2)), []])
def test_filter(connection: Connection, wanted: list[int]) -> None:
    for report in range(1, 400):
        put(connection, "收入合计", report=report)
    hits = words.search(connection, words.PASSAGES, "收入", total=0, reports=wanted, limit=500)
    assert sorted(hit.report for hit in hits) == sorted(wanted)


def test_text_number_that_does_not_fit(connection: Connection) -> None:
    with pytest.raises(ValueError, match="at most"):
        words.add(connection, words.PASSAGES, [words.Text(1, words.MOST_TEXTS, "收入")])


@how(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(text=st.text(), question=st.text(), also=st.lists(st.text(), max_size=3))
def test_no_text_is_a_syntax_error(
    connection: Connection, text: str, question: str, also: list[str]
) -> None:
    added = [words.Text(next(REPORTS), 0, text)]
    words.add(connection, words.PASSAGES, added)
    words.search(connection, words.PASSAGES, question, total=0, also=also)
    words.search(
        connection, words.PASSAGES, question, total=10**6, also=also, reports=[added[0].report]
    )
    words.remove(connection, words.PASSAGES, added)
    assert words.indexed(connection, words.PASSAGES) == set()
    assert words.problems(connection) == []


@how(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(text=st.text(alphabet=st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5), min_size=1))
def test_a_text_is_found_by_itself(connection: Connection, text: str) -> None:
    added = [words.Text(next(REPORTS), 0, text)]
    words.add(connection, words.PASSAGES, added)
    assert found(connection, text) == [0]
    words.remove(connection, words.PASSAGES, added)


def test_long_question(connection: Connection) -> None:
    put(connection, "收入合计")
    assert found(connection, "收入合计" * 50_000) == [0]
