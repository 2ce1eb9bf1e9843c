"""A report of a run in one of four forms, written to a file as a whole or not at all."""

from __future__ import annotations

import io
import os
from pathlib import Path
from typing import IO, Literal

from eval.reports.collected import Collected
from eval.reports.words import Language

Format = Literal["html", "junit", "json", "md"]
FORMATS: tuple[Format, ...] = ("html", "junit", "json", "md")


def write_report(found: Collected, form: Format, file: IO[str], language: Language = "zh") -> None:
    """Write a report of what was collected; JUnit and JSON are the same in every language."""
    if form == "junit":
        from eval.reports.junit import junit_report

        junit_report(found, file)
    elif form == "json":
        from eval.reports.machine import json_report

        json_report(found, file)
    elif form == "md":
        from eval.reports.pull_request import markdown_report

        file.write(markdown_report(found, language))
    else:
        from eval.reports.html import html_report

        file.write(html_report(found, language))


def report_text(found: Collected, form: Format, language: Language = "zh") -> str:
    """A report as text."""
    text = io.StringIO()
    write_report(found, form, text, language)
    return text.getvalue()


def save_report(found: Collected, form: Format, path: Path, language: Language = "zh") -> None:
    """Write a report to a file, which is there only once it is whole.

    Raises:
        OSError: it cannot be written.
    """
    draft = path.with_name(f".{path.name}.{os.getpid()}.new")
    try:
        with draft.open("w", encoding="utf-8", newline="\n") as file:
            write_report(found, form, file, language)
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)
