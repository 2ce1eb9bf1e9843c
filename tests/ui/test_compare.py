"""`gouji compare`: the screen, JSON, and files that are safe to open in a spreadsheet and to print."""

from __future__ import annotations

import csv
import json
import xml.etree.ElementTree as ET
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from types import SimpleNamespace

import pytest
from matplotlib import font_manager
from openpyxl import load_workbook

from eval.memory import MemoryLibrary
from qa.compare.model import Comparison
from qa.compare.request import Request
from qa.engine import Engine
from ui import compare_chart
from ui.cli import main
from ui.compare_chart import FONTS, chart, chinese_fonts, write_chart
from ui.compare_csv import write_csv
from ui.compare_xlsx import write_xlsx
from ui.errors import RequestError
from ui.sheets import inert

DATA = Path(__file__).parent.parent / "qa" / "data" / "compare"
QUESTION = "比较临江区水务管理局2021到2023年的本年收入合计、三公经费、机关运行经费"


@pytest.fixture(scope="module")
def comparison() -> Comparison:
    library = MemoryLibrary(sorted(DATA.glob("*.txt")))
    return Engine(library, SimpleNamespace(abstain_threshold=0.55)).compare(Request(QUESTION))


@pytest.fixture
def folder(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> str:
    data = str(tmp_path / "library")
    assert main(["--data", data, "ingest", str(DATA)]) == 0
    capsys.readouterr()
    return data


def test_the_screen_shows_values_changes_and_what_to_mind(
    folder: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["--data", folder, "compare", QUESTION]) == 0
    shown = capsys.readouterr().out
    for words in ("2,310.40", "+238.20", "+10.31%", "报告写明更名", "不一致", "已换算为万元"):
        assert words in shown, words


def test_a_guess_is_called_one_on_the_screen(
    folder: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["--data", folder, "compare", "--project", "河道清淤整治项目"]) == 0
    shown = capsys.readouterr().out
    assert "推测：" in shown
    assert "推测同一" in shown


def test_json_and_files_are_written_together(
    folder: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    paths = [tmp_path / name for name in ("a.xlsx", "a.csv", "a.svg")]
    names = ("--xlsx", "--csv", "--chart")
    options = [word for pair in zip(names, map(str, paths), strict=True) for word in pair]
    assert main(["--data", folder, "compare", QUESTION, "--json", *options]) == 0
    captured = capsys.readouterr()
    assert json.loads(captured.out)["columns"] == ["2021", "2022", "2023"]
    assert all(path.stat().st_size for path in paths)
    assert captured.err.count("已写入") == 3


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ((), 2),
        (("比较海州市教育局的三公经费",), 1),
        (("--unit", "临江区河道管理局", "--years", "去年"), 2),
        ((QUESTION, "--chart", "a.jpg"), 2),
    ],
)
def test_what_cannot_be_compared_says_so(
    folder: str,
    words: tuple[str, ...],
    code: int,
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["--data", folder, "compare", *words]) == code
    captured = capsys.readouterr()
    assert captured.err.strip() or captured.out.strip()


def test_numbers_of_a_workbook_are_numbers(comparison: Comparison, tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    write_xlsx(comparison, path)
    book = load_workbook(path)
    assert book.sheetnames == ["比较", "明细", "请注意"]
    details = book["明细"]
    heads = [cell.value for cell in details[1]]
    first = dict(zip(heads, details[2], strict=True))
    assert first["数值"].value == 2310.4
    assert first["数值"].number_format == "#,##0.00"
    assert str(first["出处"].value).startswith("river_2021.txt")
    assert "2,310.40万元" in str(first["原文"].value)
    assert first["年度"].data_type == "s"
    rows = list(details.iter_rows(min_row=2, values_only=True))
    assert len(rows) == 9
    assert "110.16" in str(rows[6])


HOSTILE = '=HYPERLINK("http://x")'
STARTS = ("=1+1", "+1", "-1+1", "@SUM(A1)", "\t=1", "\r=1", "  =1", "\n=1", "\ufeff=1")


@pytest.mark.parametrize("text", STARTS)
def test_a_text_like_a_formula_is_inert_in_csv(text: str) -> None:
    assert inert(text).startswith("'")
    assert "\n" not in inert(text)


@pytest.mark.parametrize(("value", "text"), [(Decimal("-1.50"), "-1.50"), (None, ""), ("a=1", "a=1")])  # fmt: skip
def test_numbers_and_plain_texts_stay(value: str | Decimal | None, text: str) -> None:
    assert inert(value) == text


def hostile(comparison: Comparison, text: str) -> Comparison:
    """The comparison with a text of a report that would be a formula."""
    row = comparison.rows[0]
    cell = row.cells[0]
    assert cell.value is not None
    source = replace(cell.value.sources[0], quote=text, report=text)
    cell = replace(cell, value=replace(cell.value, sources=(source,)), name=text, entity=text)
    rows = (replace(row, entity=text, metric=text, cells=(cell, *row.cells[1:])),)
    return replace(comparison, rows=rows, question=text)


@pytest.mark.parametrize("text", [HOSTILE, *STARTS])
def test_no_text_of_a_report_becomes_a_formula(
    comparison: Comparison, text: str, tmp_path: Path
) -> None:
    found = hostile(comparison, text)
    write_xlsx(found, tmp_path / "a.xlsx")
    for sheet in load_workbook(tmp_path / "a.xlsx"):
        for cells in sheet.iter_rows():
            assert all(cell.data_type != "f" for cell in cells)
    write_csv(found, tmp_path / "a.csv")
    with (tmp_path / "a.csv").open(encoding="utf-8-sig", newline="") as file:
        for line in csv.reader(file):
            for value in line:
                assert not value.lstrip().startswith(("=", "@", "\t", "\r")), value
                assert value[:1] not in "+-" or not value or Decimal(value) is not None


def test_csv_has_its_mark_and_a_row_a_cell(comparison: Comparison, tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    write_csv(comparison, path)
    assert path.read_bytes().startswith(b"\xef\xbb\xbf")
    with path.open(encoding="utf-8-sig", newline="") as file:
        heads, *lines = list(csv.reader(file))
    first = dict(zip(heads, lines[0], strict=True))
    assert (first["年度"], first["数值"], first["计量单位"]) == ("2021", "2310.40", "万元")
    assert sum(line[0] == "请注意" for line in lines) == len(comparison.warnings)


def texts_of(tree: ET.Element) -> list[str]:
    found = tree.iter("{http://www.w3.org/2000/svg}text")
    return ["".join(each.itertext()).strip() for each in found]


def test_texts_of_an_svg_are_text_and_its_numbers_those_of_the_cells(
    comparison: Comparison,
) -> None:
    tree = ET.fromstring(chart(comparison, "svg"))  # noqa: S314  (our own output)
    texts = texts_of(tree)
    for words in ("2021年", "海州市临江区水务管理局 三公经费（万元）", "12.80", "9.8", "116.16✗"):
        assert words in texts, (words, texts)
    assert not list(tree.iter("{http://www.w3.org/2000/svg}script"))


def test_a_chart_is_the_same_each_time_and_black_on_white(comparison: Comparison) -> None:
    first, second = chart(comparison, "svg"), chart(comparison, "svg")
    assert first == second
    assert chart(comparison, "png").startswith(b"\x89PNG")


def test_every_axis_has_its_zero_and_rows_keep_their_order(comparison: Comparison) -> None:
    texts = texts_of(ET.fromstring(chart(comparison, "svg")))  # noqa: S314  (our own output)
    assert texts.count("0") == 3
    heads = [text.partition(" ")[2] for text in texts if text.startswith("海州市")]
    assert heads == ["本年收入合计（万元）", "三公经费（万元）", "机关运行经费（万元）"]


def test_several_units_stand_side_by_side_with_a_key(comparison: Comparison) -> None:
    rows = tuple(replace(comparison.rows[1], entity=f"{n}号局") for n in range(8))
    drawn = chart(replace(comparison, rows=rows), "svg")
    texts = texts_of(ET.fromstring(drawn))  # noqa: S314  (our own output)
    assert [text for text in texts if text.endswith("号局")] == [f"{n}号局" for n in range(8)]
    assert texts.count("三公经费（万元）") == 2
    assert b"pattern" in drawn


def test_a_font_that_is_newer_than_the_list_of_fonts_is_found(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    if not chinese_fonts():
        pytest.skip("no Chinese font on this machine")
    manager = font_manager.fontManager
    new = {entry.fname for entry in manager.ttflist if entry.name in FONTS}
    old = [entry for entry in manager.ttflist if entry.fname not in new]
    monkeypatch.setattr(manager, "ttflist", old)
    chinese_fonts.cache_clear()
    assert chinese_fonts()
    monkeypatch.undo()
    chinese_fonts.cache_clear()


@pytest.mark.filterwarnings("ignore:Glyph")
def test_a_picture_without_a_chinese_font_says_so(
    comparison: Comparison, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[str] = []
    drawn = compare_chart._drawn

    def listening(found: Comparison, panels: object, notes: list[str]) -> object:
        told.extend(notes)
        return drawn(found, panels, notes)  # type: ignore[arg-type]

    monkeypatch.setattr(compare_chart, "_drawn", listening)
    monkeypatch.setattr(compare_chart, "chinese_fonts", tuple)
    chart(comparison, "svg")
    assert not any("font" in note for note in told)
    chart(comparison, "png")
    assert sum("No Chinese font" in note for note in told) == 1


def test_bars_of_one_year_have_hatches(comparison: Comparison) -> None:
    one = replace(
        comparison,
        columns=comparison.columns[:1],
        rows=tuple(
            replace(row, entity=f"{n}号局", cells=row.cells[:1], changes=(), overall=None)
            for n, row in enumerate(comparison.rows[:1] * 3)
        ),
    )
    assert b"pattern" in chart(one, "svg")


def test_markup_in_a_name_stays_text_in_a_chart(comparison: Comparison) -> None:
    found = hostile(comparison, "<script>$x_1$</script>")
    tree = ET.fromstring(chart(found, "svg"))  # noqa: S314  (our own output)
    assert not list(tree.iter("script"))
    assert "<script>$x_1$</script>" in "".join(tree.itertext())


def test_nothing_to_draw_is_one_line(comparison: Comparison, tmp_path: Path) -> None:
    with pytest.raises(RequestError):
        chart(replace(comparison, rows=()), "svg")
    with pytest.raises(RequestError, match="svg"):
        write_chart(comparison, tmp_path / "a.gif")
