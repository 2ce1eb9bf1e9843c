"""`gouji portfolio`: options, JSON, tables that no spreadsheet runs anything of."""

import csv
import json
from pathlib import Path

import pytest
from openpyxl import load_workbook

from ui import sheets
from ui.cli import main

DATA = Path(__file__).parents[1] / "qa" / "data" / "portfolio"


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("library")
    assert main(["--data", str(folder), "ingest", str(DATA), "--json"]) == 0
    return folder


def test_json(library: Path, capsys: pytest.CaptureFixture[str]) -> None:
    command = ["--data", str(library), "portfolio", "--metric", "execution", "--year", "2023"]
    assert main([*command, "--lowest", "3", "--json"]) == 0
    shown = json.loads(capsys.readouterr().out)
    assert [row["value"]["number"] for row in shown["rows"]] == ["74.60", "88.20", "95.00"]
    assert shown["coverage"]["reports"] == 12


def test_a_question_and_the_screen(library: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--data", str(library), "portfolio", "2023年各部门预算执行率最低的三个"]) == 0
    shown = capsys.readouterr().out
    assert "青禾市文化和旅游局" in shown
    assert "自相矛盾，未列入排名" in shown
    assert "口径不同" in shown


def test_english_screen(library: Path, capsys: pytest.CaptureFixture[str]) -> None:
    command = ["--data", str(library), "--lang", "en", "portfolio", "--metric", "grade"]
    assert main([*command, "--over", "projects"]) == 0
    assert "totals and distribution" in capsys.readouterr().out
    main(["--lang", "zh", "--help"])


def test_tables(library: Path, tmp_path: Path) -> None:
    xlsx, table = tmp_path / "p.xlsx", tmp_path / "p.csv"
    command = ["--data", str(library), "portfolio", "--metric", "adjustment", "--year", "2023"]
    assert main([*command, "--xlsx", str(xlsx), "--csv", str(table)]) == 0
    book = load_workbook(xlsx)
    assert book.sheetnames == ["排名", "未列入", "合计与分布"]
    assert {cell.data_type for row in book["排名"].iter_rows() for cell in row if cell.value} == {
        "s"
    }
    with table.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file))
    assert "-100.00" in rows[1]
    assert rows[-1][0] in ("未写明", "自相矛盾")


@pytest.mark.parametrize(
    ("text", "written"),
    [("=1+1", "'=1+1"), ("@x", "'@x"), ("-1.50", "-1.50"), ("-a", "'-a"), ("\t=1", "'\t=1")],
)
def test_csv_runs_no_formula(tmp_path: Path, text: str, written: str) -> None:
    sheets.write_csv(tmp_path / "t.csv", [[text]])
    with (tmp_path / "t.csv").open(encoding="utf-8-sig", newline="") as file:
        assert next(csv.reader(file)) == [written]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["portfolio"], "--metric"),
        (["portfolio", "--metric", "amount"], "--name"),
        (["portfolio", "--metric", "execution", "--lowest", "1", "--highest", "1"], "--lowest"),
        (["portfolio", "--metric", "execution", "--above", "很多"], "不是数"),
        (["portfolio", "青禾市教育局2023年的三公经费是多少"], "gouji ask"),
    ],
)
def test_what_cannot_be_asked_is_one_line(
    library: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], words: str
) -> None:
    assert main(["--data", str(library), *arguments]) == 2
    error = capsys.readouterr().err
    assert words in error
    assert error.count("\n") == 1
