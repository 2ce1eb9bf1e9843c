"""The prompts, kept as text files of the package."""

from __future__ import annotations

from functools import cache
from importlib.resources import files


@cache
def prompt(name: str) -> str:
    """The text of `qa/data/prompts/NAME.txt`."""
    return (
        files("qa").joinpath("data", "prompts", f"{name}.txt").read_text(encoding="utf-8").strip()
    )
