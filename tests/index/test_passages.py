"""Cutting documents into passages."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from index.passages import cut_passages
from ingest.model import (
    Block,
    BlockKind,
    Cell,
    Column,
    ColumnRole,
    Document,
    Fact,
    Part,
    ReportKind,
    Row,
    Section,
    Table,
)
from ingest.pipeline import read_document
from ingest.quantity import WAN_YUAN

REPORTS = sorted((Path(__file__).parents[3] / "shared" / "reports").glob("*.txt"))
P, H, C, T = BlockKind.PARAGRAPH, BlockKind.HEADING, BlockKind.CONTENTS, BlockKind.TABLE


def make(*blocks: tuple[BlockKind, str, int], tables: tuple[Table, ...] = ()) -> Document:
    made = tuple(
        Block(no, kind, text, (), section, table=0 if kind is T else None)
        for no, (kind, text, section) in enumerate(blocks)
    )
    sections = (
        Section(0, 0, "报告", None, 0),
        Section(1, 1, "一、收入", 0, 0),
        Section(2, 2, "（一）拨款", 1, 0),
    )
    unit, year = Fact("某市财政局"), (Fact("2023"),)
    part = Part(0, ReportKind.OTHER, Fact(""), unit, Fact(""), year, 0, len(made))
    return Document("n", "", "", "", "", made, sections, tables, (part,))


def test_short_section_is_one_passage_with_its_path() -> None:
    found = cut_passages(make((H, "一、收入", 1), (P, "甲。", 1), (P, "乙。", 1)))
    assert [(p.text, p.path, p.first_block, p.last_block) for p in found] == [
        ("甲。\n乙。", ("报告", "一、收入"), 1, 3)
    ]
    assert found[0].indexed == "某市财政局 2023\n报告\n一、收入\n甲。\n乙。"


def test_sections_are_never_joined() -> None:
    found = cut_passages(make((P, "甲。", 1), (P, "乙。", 2), (P, "丙。", 1)))
    assert [p.text for p in found] == ["甲。", "乙。", "丙。"]
    assert [p.no for p in found] == [0, 1, 2]


@pytest.mark.parametrize(
    ("blocks", "texts"),
    [
        ([(H, "一、收入", 1), (H, "（一）拨款", 2), (P, "甲。", 2)], ["甲。"]),
        ([(H, "（一）拨款", 2)], ["（一）拨款"]),  # says something that nothing else says
        ([(C, "一、收入……3", 0), (P, "甲。", 1)], ["甲。"]),
        ([(P, "", 1), (P, "  ", 1)], []),
    ],
)
def test_headings_and_contents(blocks: list[tuple[BlockKind, str, int]], texts: list[str]) -> None:
    assert [p.text for p in cut_passages(make(*blocks))] == texts


def test_long_paragraph_is_cut_at_the_ends_of_sentences() -> None:
    sentence = "这是一个关于预算执行情况的句子，共有二十五个字左右。"
    found = cut_passages(make((P, sentence * 40, 1)))
    assert "".join(p.text for p in found) == sentence * 40
    assert all(p.text.endswith("。") and 200 <= len(p.text) <= 400 for p in found[:-1])
    endless = cut_passages(make((P, "字" * 2000, 1)))
    assert max(len(p.text) for p in endless) <= 400
    assert "".join(p.text for p in endless) == "字" * 2000


def test_tables_carry_their_header_into_every_piece() -> None:
    rows = tuple((Cell(f"科目{no}的名称"), Cell(f"{no}.00")) for no in range(200))
    columns = (Column(("项目",), ColumnRole.LABEL), Column(("支出", "合计"), ColumnRole.VALUE))
    infos = tuple(Row((f"科目{no}",)) for no in range(200))
    table = Table(0, 1, "支出决算表", WAN_YUAN, columns, rows, infos)
    found = cut_passages(make((P, "见下表。", 1), (T, "", 1), tables=(table,)))
    assert found[0].text == "见下表。"
    assert len(found) > 5
    assert all(p.text.startswith("支出决算表 单位：万元 项目 支出 合计\n") for p in found[1:])
    assert "".join(p.text for p in found).count("的名称") == 200
    assert all((p.first_block, p.last_block) == (1, 2) for p in found[1:])


def test_document_without_parts_or_sections() -> None:
    document = replace(make((P, "甲。", 0)), parts=(), sections=())
    assert [p.text for p in cut_passages(document)] == ["甲。"]


@pytest.mark.skipif(not REPORTS, reason="the real reports are not here")
@pytest.mark.parametrize("path", REPORTS, ids=lambda path: path.stem)
def test_real_report_is_covered(path: Path) -> None:
    document = read_document(path.read_bytes(), path.name)
    found = cut_passages(document)
    covered = {no for p in found for no in range(p.first_block, p.last_block)}
    lacking = [
        block
        for block in document.blocks
        if block.no not in covered
        and block.kind in (BlockKind.PARAGRAPH, BlockKind.NOTE, BlockKind.TABLE)
        and (block.text.strip() or block.table is not None)
    ]
    assert lacking == []
    assert max(len(p.text) for p in found) <= 1200
