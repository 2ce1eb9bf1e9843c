"""A library in a temporary folder, and a reader of a tiny report language.

A line ``@unit year project`` says what the report is about, ``# title`` opens a section, any other
line is a paragraph; each ``<number>万元`` in it is a figure. ``!!`` makes a file unreadable.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from index.library import Library
from ingest.model import (
    Assertion,
    Block,
    BlockKind,
    Document,
    Equation,
    Fact,
    Figure,
    Locator,
    Part,
    ReportKind,
    Said,
    Section,
    Verdict,
)
from ingest.quantity import WAN_YUAN, Quantity
from ingest.readers.content import PageProgress
from ingest.readers.errors import UnreadableFile
from ingest.settings import Settings
from tests.postgres_server import PostgresServer

_AMOUNT = re.compile(r"(\d+(?:\.\d+)?)万元")


def read_tiny(data: bytes, name: str, _progress: PageProgress) -> Document:
    text = data.decode("utf-8")
    if "!!" in text:
        raise UnreadableFile(f"{name}：无法读取；请换一个文件")
    blocks: list[Block] = []
    sections = [Section(0, 0, "", None, 0)]
    figures: list[Figure] = []
    facts = ["", "", ""]
    start = 0
    for line in text.splitlines():
        span = (start, start + len(line))
        kind = BlockKind.PARAGRAPH
        if line.startswith("@"):
            facts = [*line[1:].split(), "", "", ""][:3]
            kind = BlockKind.TITLE
        elif line.startswith("# "):
            sections.append(Section(len(sections), 1, line, 0, len(blocks)))
            kind = BlockKind.HEADING
        blocks.append(Block(len(blocks), kind, line, (span,), len(sections) - 1, page=1))
        figures += _figures(line, start, blocks[-1], len(figures), facts[1])
        start = span[1] + 1
    unit, year, project = facts
    part = Part(
        0,
        ReportKind.FINAL_ACCOUNTS,
        Fact(f"{year}年{unit}决算", Locator(((0, 1),), page=1)),
        Fact(unit),
        Fact(project),
        (Fact(year),) if year else (),
        0,
        len(blocks),
    )
    equations = (
        (Equation(0, "same", "a = b", Verdict.EXACT, 0, (0,), value=Decimal("1.50")),)
        if figures
        else ()
    )
    said = Said("今", Locator(((0, 1),), page=1), 0)
    assertions = tuple(
        Assertion(
            0, "words", "今", Verdict.EXACT, 0, said, (replace(said, figure=0),), "今", "一致"
        )
        for _ in figures[:1]
    )
    return Document(
        name=name,
        sha256=hashlib.sha256(data).hexdigest(),
        media_type="text/plain",
        encoding="utf-8",
        text=text,
        blocks=tuple(blocks),
        sections=tuple(sections),
        tables=(),
        parts=(part,),
        figures=tuple(figures),
        equations=equations,
        assertions=assertions,
    )


def _figures(line: str, start: int, block: Block, first: int, year: str) -> list[Figure]:
    found = []
    for offset, match in enumerate(_AMOUNT.finditer(line)):
        value = Decimal(match[1])
        span = (start + match.start(), start + match.end())
        found.append(
            Figure(
                no=first + offset,
                quantity=Quantity(value, WAN_YUAN, value, value, match[1]),
                locator=Locator((span,), page=1),
                part=0,
                block=block.no,
                section=block.section,
                start=match.start(),
                end=match.end(),
                metric=line[: match.start()].lstrip("# "),
                period=year,
                scope=("决算",),
                sentence=line,
            )
        )
    return found


Make = Callable[..., Library]


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Modules with ``BOTH_LEDGERS`` run once with SQLite and once with PostgreSQL."""
    if "settings" in metafunc.fixturenames and getattr(metafunc.module, "BOTH_LEDGERS", False):
        metafunc.parametrize("settings", ["sqlite", "postgresql"], indirect=True)


@pytest.fixture
def settings(request: pytest.FixtureRequest, tmp_path: Path) -> Settings:
    """A library with its ledger in SQLite, or in PostgreSQL where asked for."""
    if getattr(request, "param", "sqlite") == "sqlite":
        return Settings(data_dir=tmp_path / "data")
    server: PostgresServer = request.getfixturevalue("postgres_server")
    return server.settings(tmp_path / "data")


@pytest.fixture
def on_server(postgres_server: PostgresServer, tmp_path: Path) -> Settings:
    """A library with its ledger in PostgreSQL."""
    return postgres_server.settings(tmp_path / "data")


def opened(settings: Settings) -> Library:
    """A library that reads tiny reports."""
    return Library.open(settings, reader=read_tiny)


@pytest.fixture
def library(settings: Settings) -> Iterator[Library]:
    with Library.open(settings, reader=read_tiny) as opened:
        yield opened


@pytest.fixture
def reopen(settings: Settings) -> Iterator[Make]:
    """Opens the library of `settings` anew, with other settings where given."""
    opened: list[Library] = []

    def make(other: Settings | None = None) -> Library:
        opened.append(Library.open(other or settings, reader=read_tiny))
        return opened[-1]

    yield make
    for each in opened:
        each.close()
