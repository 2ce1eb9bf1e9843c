"""Questions whether two places of a report agree, and plain ones about what they differ in."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from eval.memory import MemoryLibrary
from ingest.pipeline import read_document
from ingest.settings import Settings
from qa.engine import Conversation, Engine
from qa.model import Answer, Outcome

REPORT = """青禾县2023年老旧小区改造项目绩效评价报告

项目单位：青禾县住房和城乡建设局
评价年度：2023年

一、项目概况

全县计划改造小区65个，实际完成改造小区63个，惠及户数7,998户。

二、专任教师情况

培训中心有教职工131人，其中专任教师118人（双师型教师64人）。双师型教师占专任教师的比例为54.24%。

表1 2023年各镇完成情况

| 镇 | 完成改造小区（个） | 惠及户数（户） |
| --- | --- | --- |
| 东镇 | 22 | 3,120 |
| 西镇 | 39 | 4,878 |
| 合计 | 61 | 7,998 |
"""


@pytest.fixture(scope="module")
def ask() -> Callable[[str], Answer]:
    engine = Engine(MemoryLibrary.of([read_document(REPORT.encode(), "a.md")]), Settings())
    return lambda question: engine.ask(question, conversation=Conversation())


@pytest.mark.parametrize(
    "question",
    [
        "青禾县2023年实际完成改造小区多少个？",
        "青禾县2023年完成改造小区数，正文和表格对得上吗？",
        "青禾县2023年老旧小区改造，正文说实际完成63个，表1写61个，到底哪个对？",
        "青禾县2023年完成改造小区，正文跟表1是不是一个数？",
    ],
)
def test_both_places_are_told(ask: Callable[[str], Answer], question: str) -> None:
    answer = ask(question)
    assert answer.outcome is Outcome.CONTRADICTED
    assert "63个" in answer.text
    assert "61个" in answer.text


@pytest.mark.parametrize(
    "question",
    [
        "青禾县2023年惠及户数，正文和表1写的一样吗？",
        "青禾县2023年双师型教师占专任教师54.24%，和人数对得上吗？",
    ],
)
def test_what_agrees_is_said_to_agree(ask: Callable[[str], Answer], question: str) -> None:
    answer = ask(question)
    assert answer.outcome is Outcome.ANSWERED
    assert "一致" in answer.text
