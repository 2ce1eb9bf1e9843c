"""Answers that were given elsewhere, made into a run: scored, shown and compared like any other."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from eval.evaluation import versions
from eval.ground import data_sum
from eval.judging import keep_scores, open_run
from eval.runlog import Entry, Header, Options, RunLogError, appending, begin
from eval.runs import keep_suites, named, new_name, used
from eval.selection import NoSuchCaseError, wanted, with_wordings
from eval.suites.suite import load_suites


def take_in(
    suites: Sequence[Path], options: Options, answers: Path, runs: Path, name: str = ""
) -> Path:
    """A whole run of kept answers; nothing is asked, and a case without an answer is unscored.

    Args:
        suites: files.
        options: which cases count.
        answers: lines of `gouji ask --batch`, the ids being those of the cases.
        runs: folder that the run's folder is made in.
        name: of the run; one made of the time when empty.

    Returns:
        the run's folder.

    Raises:
        SuiteError: a suite cannot be read.
        NoSuchCaseError: there is no such case.
        RunLogError: a line is no answer, or there is a run of that name.
    """
    read, found = load_suites(suites), read_answers(answers)
    cases = {
        case.id: suite_name
        for suite_name, suite in named(read).items()
        for case in with_wordings(suite.cases, options)
    }
    chosen = wanted(
        (case for suite in read for case in with_wordings(suite.cases, options)), options
    )
    if not chosen:
        raise NoSuchCaseError("没有符合条件的题目")
    started = datetime.now(UTC)
    header = Header(
        run=name or new_name(started),
        started=started.isoformat(timespec="seconds"),
        settings="",
        data=data_sum(()),
        versions=versions(),
        reports=(),
        suites=used(read),
        options=options,
        asks=len(chosen),
    )
    folder = runs / header.run
    begin(folder, header)
    keep_suites(folder, header.suites)
    with appending(folder) as log:
        for case in chosen:
            log.add(_entry(cases[case.id], case.id, found.get(case.id)))
    keep_scores(open_run(folder))
    return folder


def _entry(suite: str, case: str, answer: Mapping[str, Any] | None) -> Entry:
    if answer is None:
        return Entry(suite, case, 1, None, "没有答案")
    if "error" in answer:
        return Entry(suite, case, 1, None, str(answer["error"]))
    seconds = answer.get("seconds")
    known = seconds if isinstance(seconds, int | float) else None
    return Entry(suite, case, 1, dict(answer), seconds=known)


def read_answers(path: Path) -> dict[str, dict[str, Any]]:
    """Answers by case id, from the lines of `gouji ask --batch`.

    Raises:
        RunLogError: the file cannot be read, or a line is no JSON object with an id.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise RunLogError(f"{path}：无法读取（{error}）") from error
    found: dict[str, dict[str, Any]] = {}
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip():
            continue
        try:
            answer = json.loads(line)
            found[str(answer["id"])] = answer
        except (json.JSONDecodeError, KeyError, TypeError) as error:
            raise RunLogError(f"{path}:{number}：不是带 id 的 JSON 答案（{error}）") from error
    return found
