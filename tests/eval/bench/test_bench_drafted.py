"""Questions drafted over a folder are asked of its reports, and counted by kind."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from eval.bench.drafted import main
from tests.eval.suites.test_suite_drafts import TABLE


def test_a_folder_is_drafted_and_asked(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "f.txt").write_text(TABLE, encoding="utf-8")
    assert main([str(tmp_path), "--count", "9"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert [row[0] for row in found["rows"]] == ["lookup_table", "share", "sum", "all"]
    cases, right, wrong = (int(found["rows"][-1][column]) for column in (1, 2, 4))
    assert cases == 9
    assert right >= 3
    assert len(found["wrong"]) == wrong


def test_nothing_to_draft_is_no_question(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "f.txt").write_text("某局\n\n没有表格。\n", encoding="utf-8")
    assert main([str(tmp_path)]) == 0
    assert json.loads(capsys.readouterr().out)["rows"] == [
        ["all", "0", "0", "-", "0", "0", "0", "0", "0", "0"]
    ]
