"""Cases as text of a suite file, and files that grow by them without being broken."""

from __future__ import annotations

import json
import os
import re
import unicodedata
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import yaml

from eval.suites.suite import Suite, SuiteError, SuiteProblem, load_suite, parse_suite

Fields = dict[str, Any]
_WIDTH = 100
_SIDES = 2  # of a contradiction
_FIGURE = re.compile(r"([-+]?\d[\d,]*(?:\.\d+)?)\s*(\D*)")


def suite_yaml(cases: Sequence[Fields]) -> str:
    """The cases as a YAML suite; "" where there are none."""
    if not cases:
        return ""
    return yaml.safe_dump({"cases": list(cases)}, allow_unicode=True, sort_keys=False, width=_WIDTH)


def add_cases(path: Path, cases: Sequence[Fields]) -> Suite:
    """Write the cases behind those of a suite file, or into a new one; what stood there stays.

    The file is replaced as a whole and only by what can be read again.

    Raises:
        SuiteError: the file, or what it would become, cannot be read; it is left as it was.
    """
    before = load_suite(path).cases if path.exists() else ()
    text = _grown(path, cases)
    suite = parse_suite(text, str(path))
    if len(suite.cases) != len(before) + len(cases):
        raise SuiteError([SuiteProblem(str(path), 0, "cases 不是文件的最后一段，无法续写")])
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    beside.write_text(text, encoding="utf-8")
    beside.replace(path)
    return suite


def with_ids(cases: Sequence[Fields], prefix: str, taken: Iterable[str]) -> list[Fields]:
    """The cases with ids such as ``draft-0007`` that go on behind those taken."""
    ends = [each.removeprefix(prefix) for each in taken if each.startswith(prefix)]
    first = max((int(end) for end in ends if end.isdecimal()), default=0) + 1
    return [{"id": f"{prefix}{number:04d}", **case} for number, case in enumerate(cases, first)]


def expected(kind: str, words: str) -> Fields | None:
    """What was typed for an expectation of a kind, as its fields; None where it cannot be that.

    Figures are typed ``56.4 万元``, series ``2022 1.2 万元；2023 1.5 万元``, contradictions
    ``77.3% ； 75.48%``, words parted by ；.
    """
    parts = [part.strip() for part in re.split("[;；]", words) if part.strip()]
    match kind:
        case "abstain" | "clarify":
            return {kind: True}
        case "number":
            return _figure(words)
        case "series":
            labelled = [(part.partition(" ")[0], _figure(part.partition(" ")[2])) for part in parts]
            items = [{"label": label, **figure} for label, figure in labelled if figure]
            return {"series": items} if items and len(items) == len(parts) else None
        case "contradiction" if len(parts) == _SIDES:
            return {"contradiction": {"stated": parts[0], "recomputed": parts[1]}}
        case "text_contains" | "any_of" | "list" if parts:
            return {kind: parts}
    return None


def _figure(words: str) -> Fields | None:
    match = _FIGURE.fullmatch(unicodedata.normalize("NFKC", words).strip())
    return {"number": match[1].replace(",", ""), "unit": match[2]} if match else None


def _grown(path: Path, cases: Sequence[Fields]) -> str:
    old = path.read_text(encoding="utf-8-sig") if path.exists() else ""
    old = old.rstrip() + "\n" if old.strip() else ""
    if path.suffix.lower() == ".jsonl":
        return old + "".join(json.dumps(case, ensure_ascii=False) + "\n" for case in cases)
    new = suite_yaml(cases)
    if not old:
        return new
    items = new.partition("\n")[2]
    indent = _indent_of(old)
    return old + "".join(indent + line for line in items.splitlines(keepends=True))


def _indent_of(text: str) -> str:
    """What stands before the dash of the file's cases."""
    for line in text.splitlines():
        bare = line.lstrip(" ")
        if bare.startswith("- "):
            return line[: len(line) - len(bare)]
    return ""
