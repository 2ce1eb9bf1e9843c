"""Every text of the screens has an English one with the same blanks to fill in."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from ui.cli import every_command, set_help_language
from ui.english import ENGLISH
from ui.texts import KIND_NAMES, set_language, t

UI = Path(__file__).resolve().parents[2] / "ui"


@pytest.fixture(autouse=True)
def _back_to_chinese() -> Iterator[None]:
    yield
    set_help_language("zh")


def spoken_texts() -> Iterator[str]:
    """Literals given to t(…), and Chinese literals of tables that t(…) is later given."""
    for path in sorted(UI.rglob("*.py")):
        if path.name.startswith("english") or path.name == "docs.py":
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
                first = node.args[0] if node.args else None
                if node.func.id == "t" and isinstance(first, ast.Constant):
                    yield str(first.value)
            if isinstance(node, ast.Dict):
                for value in node.values:
                    yield from chinese_literals(value)


def chinese_literals(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and re.search(r"[\u4e00-\u9fff]", str(node.value)):
            yield str(node.value)


def helps() -> Iterator[str]:
    for _, command in every_command():
        yield command.help or "a command without help"
        for parameter in command.params:
            if isinstance(parameter, click.Option):
                yield parameter.help or "an option without help"


@pytest.mark.parametrize("text", sorted({*spoken_texts(), *helps(), *KIND_NAMES.values()}))
def test_a_text_has_an_english_one_with_the_same_blanks(text: str) -> None:
    blanks = re.compile(r"\{\w*\}")
    assert sorted(blanks.findall(text)) == sorted(blanks.findall(ENGLISH[text]))


def test_no_english_text_is_left_over() -> None:
    sources = "".join(
        path.read_text(encoding="utf-8")
        for path in UI.rglob("*.py")
        if not path.name.startswith("english")
    )
    # A long text is written in several pieces, one a line.
    joined = re.sub(r'"\n\s*"', "", sources)
    assert [text for text in ENGLISH if text not in joined] == []


def test_two_texts_never_share_an_english_one() -> None:
    assert len(set(ENGLISH.values())) == len(ENGLISH)


def test_language_is_chosen_at_run_time() -> None:
    assert t("第 {page} 页", page=3) == "第 3 页"
    set_language("en")
    assert t("第 {page} 页", page=3) == "page 3"


def test_help_changes_language_and_back() -> None:
    chinese = list(helps())
    set_help_language("en")
    assert list(helps()) == [ENGLISH[text] for text in chinese]
    set_help_language("zh")
    assert list(helps()) == chinese
