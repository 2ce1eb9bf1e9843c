"""`gouji eval new`: cases written by asking for them, from readers' ratings, or drafted."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ingest.settings import Settings
from ui.errors import RequestError
from ui.eval_common import known_trouble
from ui.texts import plain, t

if TYPE_CHECKING:
    from eval.suites.writing import Fields
    from ingest.model import Document

EXPECTATIONS = {
    "number": "数和单位，如 56.4 万元",
    "series": "名称 数 单位，用分号隔开，如 2022年 1.2 万元；2023年 1.5 万元",
    "text_contains": "都要出现的文字，用分号隔开",
    "any_of": "至少出现一个的文字，用分号隔开",
    "list": "都要列出的各项，用分号隔开",
    "contradiction": "报告所写的和另一数值，用分号隔开，如 77.3%；75.48%",
    "abstain": "",
    "clarify": "",
}


@click.command(
    "new",
    help="写题：逐题询问；或由网页上读者的评价得来；或由报告里的数起草。续写在题库文件之后。",
    epilog="起草的题带有 draft 标签和 review: pending，请看过再改为 done。",
)
@click.argument("suite", type=click.Path(path_type=Path), metavar="SUITE")
@click.option(
    "--from-feedback",
    "feedback",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    metavar="FILE",
    help="由网页所记的评价（资料库文件夹里的 feedback.jsonl）得来",
)
@click.option("--draft", is_flag=True, help="由表格的数起草：单元格、两行之和、占比、增长率")
@click.option(
    "--reports",
    multiple=True,
    type=click.Path(exists=True, path_type=Path),
    metavar="DIR",
    help="由此文件夹（或文件）的报告起草，可重复；缺省为资料库",
)
@click.option("--count", type=click.IntRange(1), default=20, metavar="N", help="至多起草 N 题")
@click.option("--seed", type=int, default=0, metavar="N", help="同样的报告和 N 起草同样的题")
@click.pass_obj
def new_cases(
    settings: Settings,
    suite: Path,
    feedback: Path | None,
    draft: bool,
    reports: tuple[Path, ...],
    count: int,
    seed: int,
) -> None:
    if feedback is not None and draft:
        raise RequestError(t("--from-feedback 与 --draft 请只写一个。"))
    if reports and not draft:
        raise RequestError(t("--reports 与 --draft 同用。"))
    with known_trouble():
        taken = _taken(suite)
        if feedback is not None:
            _save(suite, "feedback-", taken, _rated(feedback))
        elif draft:
            _save(suite, "draft-", taken, _drafted(settings, reports, count, seed))
        else:
            _interview(suite, taken)


def _taken(suite: Path) -> list[str]:
    from eval.suites.suite import load_suite

    return [case.id for case in load_suite(suite).cases] if suite.exists() else []


def _save(suite: Path, prefix: str, taken: list[str], cases: list[Fields]) -> None:
    from eval.suites.writing import add_cases, with_ids

    if not cases:
        raise RequestError(t("没有可以写成题的内容。"))
    add_cases(suite, with_ids(cases, prefix, taken))
    click.echo(t("已写入 {n} 题：{path}", n=len(cases), path=plain(str(suite))))


def _rated(path: Path) -> list[Fields]:
    from eval.feedback import FeedbackError, feedback_cases, is_open, kept

    try:
        ratings = kept(path)
    except FeedbackError as error:
        raise RequestError(str(error)) from error
    for rating in filter(is_open, ratings):
        words = t(
            "没有写成题（没有给出正确答案，或离不开前文）：{question}", question=rating.question
        )
        click.echo(plain(words), err=True)
    return feedback_cases(ratings)


def _drafted(settings: Settings, reports: tuple[Path, ...], count: int, seed: int) -> list[Fields]:
    from eval.suites.drafts import drafted

    documents = list(_read(reports) if reports else _loaded(settings))
    return drafted(documents, count, seed)


def _read(reports: tuple[Path, ...]) -> Iterator[Document]:
    from ingest.pipeline import read_document
    from ingest.readers.errors import UnreadableFile
    from ui.paths import find_files

    for path in find_files(tuple(map(str, reports))).files:
        try:
            yield read_document(path.read_bytes(), path.name)
        except UnreadableFile as error:
            click.echo(plain(f"{path.name}：{error}"), err=True)


def _loaded(settings: Settings) -> Iterator[Document]:
    from ui.library import open_library

    with open_library(settings) as library:
        for report in library.reports():
            yield library.document(report.id)


def _interview(suite: Path, taken: list[str]) -> None:
    """Ask for case after case; each is written as soon as it is whole."""
    from eval.suites.suite import SuiteError, parse_suite
    from eval.suites.writing import add_cases, suite_yaml, with_ids

    before: str | None = None
    while True:
        (case,) = with_ids([_asked(before)], "case-", taken)
        try:
            parse_suite(suite_yaml([{**case, "followup_of": None}]), str(suite))
            add_cases(suite, [case])
        except SuiteError as error:
            for line in str(error).splitlines():
                click.echo(plain(line), err=True)
            click.echo(t("这一题没有写入，请重写。"), err=True)
        else:
            before = case["id"]
            taken.append(case["id"])
            click.echo(t("已写入 {n} 题：{path}", n=1, path=plain(str(suite))))
        if not click.confirm(t("再写一题？"), default=True):
            return


def _asked(before: str | None) -> Fields:
    case: Fields = {
        "type": click.prompt(t("题型"), default="lookup"),
        "question": click.prompt(t("问题")),
    }
    if before and click.confirm(t("是对上一题的追问？"), default=False):
        case["followup_of"] = before
    case["expect"] = _expectation()
    file = click.prompt(t("出处：报告的文件名（没有则留空）"), default="", show_default=False)
    if file:
        case["source"] = [{"file": file, "quote": click.prompt(t("出处：原文"))}]
    return case


def _expectation() -> Fields:
    from eval.suites.writing import expected

    while True:
        kind = click.prompt(t("期望"), type=click.Choice(list(EXPECTATIONS)), default="number")
        words = click.prompt(t(EXPECTATIONS[kind])) if EXPECTATIONS[kind] else ""
        found = expected(kind, words)
        if found is not None:
            return found
        click.echo(t("看不懂，请照例子写。"), err=True)
