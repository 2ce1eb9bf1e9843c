"""The log of a run: whole lines only, one writer, bounded memory."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path

import pytest

from eval.runlog import (
    LOG,
    Entry,
    Header,
    Options,
    ReportUsed,
    Retrieved,
    RunLogError,
    SuiteUsed,
    appending,
    begin,
    entries,
    read_header,
    torn,
)

HEADER = Header(
    run="r",
    started="2026-01-02T03:04:05+00:00",
    settings="s",
    data="d",
    versions={"gouji": "0.1.0"},
    reports=(ReportUsed("甲.txt", "aa"),),
    suites=(SuiteUsed("t.yaml", "/x/t.yaml", "bb", 2),),
    options=Options(reports=("/x",), k=3, price=Decimal("2.50"), kinds=(1, 2)),
    asks=2,
)
ENTRIES = (
    Entry("t.yaml", "a", 1, {"question": "甲\n乙", "values": []}, seconds=0.25),
    Entry(
        "t.yaml", "b~typo", 2, None, "断了", None, 12, 1, Decimal("0.00003"),
        (Retrieved("甲.txt", "一段"),),
    ),
)  # fmt: skip


def log(folder: Path) -> Path:
    begin(folder, HEADER)
    with appending(folder) as writer:
        for entry in ENTRIES:
            writer.add(entry)
    return folder / LOG


def test_what_is_written_is_read_back(tmp_path: Path) -> None:
    path = log(tmp_path / "r")
    assert read_header(path.parent) == HEADER
    assert tuple(entries(path.parent)) == ENTRIES
    lines = path.read_text(encoding="utf-8").splitlines()
    assert len(lines) == 3
    assert json.loads(lines[2])["cost"] == "0.00003"  # money travels as text


@pytest.mark.parametrize("cut", [1, 2, 30])
def test_a_last_line_without_its_end_is_dropped_and_cut_off(tmp_path: Path, cut: int) -> None:
    path = log(tmp_path / "r")
    path.write_bytes(path.read_bytes()[:-cut])
    assert torn(path.parent)
    assert tuple(entries(path.parent)) == ENTRIES[:1]
    with appending(path.parent) as writer:
        writer.add(ENTRIES[1])
    assert tuple(entries(path.parent)) == ENTRIES
    assert not torn(path.parent)


def test_a_torn_line_that_is_longer_than_a_look_back_is_cut_off_as_well(tmp_path: Path) -> None:
    path = log(tmp_path / "r")
    with path.open("ab") as file:
        file.write(b'{"suite": "' + b"x" * 200_000)
    with appending(path.parent):
        pass
    assert tuple(entries(path.parent)) == ENTRIES
    assert not torn(path.parent)


def test_a_broken_line_in_the_middle_is_no_torn_one(tmp_path: Path) -> None:
    path = log(tmp_path / "r")
    lines = path.read_bytes().splitlines(keepends=True)
    path.write_bytes(lines[0] + b'{"suite": "t"}\n' + lines[2])
    with pytest.raises(RunLogError, match=r"run\.jsonl:2：记录已损坏"):
        list(entries(path.parent))


def test_one_process_at_a_time_writes(tmp_path: Path) -> None:
    path = log(tmp_path / "r")
    with (
        appending(path.parent),
        pytest.raises(RunLogError, match="另一个进程"),
        appending(path.parent),
    ):
        pass


def test_a_name_is_given_once(tmp_path: Path) -> None:
    begin(tmp_path / "r", HEADER)
    with pytest.raises(RunLogError, match="已存在"):
        begin(tmp_path / "r", HEADER)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (None, "没有评测记录"),
        ("", "不是本程序的评测记录"),
        ('{"cases": []}\n', "不是本程序的评测记录"),
        ('{"format": 2}\n', "不是本程序的评测记录"),
    ],
)
def test_what_is_no_run_is_refused(tmp_path: Path, text: str | None, message: str) -> None:
    if text is not None:
        (tmp_path / LOG).write_text(text, encoding="utf-8")
    with pytest.raises(RunLogError, match=message):
        read_header(tmp_path)
