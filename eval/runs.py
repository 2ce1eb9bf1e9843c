"""Folders of runs: a run's name, its copies of the suites, the scores that it was given."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import IO

from pydantic import TypeAdapter, ValidationError

from eval.runlog import LOG, Header, Key, RunLogError, SuiteUsed, read_header
from eval.runner import Outcome
from eval.score import Score
from eval.suites.suite import Suite, load_suites

FOLDER = "evaluations"  # in the folder of the library
LATEST = "latest"
_SUITES = "suites"
_SCORES = "scores.jsonl"


@dataclass(frozen=True, slots=True)
class Scored:
    """The verdict on one answer, in both modes; see `eval.runner.Outcome`."""

    case: str
    repeat: int
    score: Score
    stated: Score


_SCORED = TypeAdapter(Scored)
_USED = TypeAdapter(tuple[SuiteUsed, ...])


def new_name(now: datetime) -> str:
    """A name for a run that sorts by time and that no other has."""
    return f"{now:%Y%m%d-%H%M%S}-{secrets.token_hex(2)}"


def list_runs(runs: Path) -> list[tuple[Path, Header]]:
    """The runs of a folder, the oldest first; what is no run is left out."""
    found = []
    for log in runs.glob(f"*/{LOG}"):
        try:
            found.append((log.parent, read_header(log.parent)))
        except RunLogError:
            continue
    return sorted(found, key=lambda each: (each[1].started, each[1].run))


def find_run(runs: Path, typed: str) -> Path:
    """The folder of the run that `typed` names: its folder, its name or the start of it, `latest`.

    Raises:
        RunLogError: none fits, or several do.
    """
    for place in (Path(typed), runs / typed):
        if (place / LOG).is_file():
            return place
    known = list_runs(runs)
    if typed == LATEST and known:
        return known[-1][0]
    fitting = [folder for folder, header in known if header.run.startswith(typed)]
    if len(fitting) == 1:
        return fitting[0]
    if fitting:
        names = "、".join(folder.name for folder in fitting)
        raise RunLogError(f"“{typed}”对应多次评测，请写全：{names}")
    raise RunLogError(f"{runs} 中没有名为“{typed}”的评测；已有的见 gouji eval list")


def used(suites: Iterable[Suite]) -> tuple[SuiteUsed, ...]:
    """What a log says of suites."""
    found = []
    for name, suite in named(suites).items():
        path = Path(suite.name).resolve()
        found.append(SuiteUsed(name, str(path), _sum(path.read_bytes()), len(suite.cases)))
    return tuple(found)


def named(suites: Iterable[Suite]) -> dict[str, Suite]:
    """Suites by the name of their file, or by its whole path where two files share a name."""
    found: dict[str, Suite] = {}
    for suite in suites:
        short = Path(suite.name).name
        found[suite.name if short in found else short] = suite
    return found


def _sum(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def changed(suites: Iterable[SuiteUsed]) -> list[str]:
    """Names of the suites whose files are gone or other than they were."""
    found = []
    for suite in suites:
        path = Path(suite.path)
        if not path.is_file() or _sum(path.read_bytes()) != suite.sha256:
            found.append(suite.name)
    return found


def keep_suites(run: Path, suites: Sequence[SuiteUsed]) -> None:
    """Copy suite files into a run, so that it can be read when they have changed.

    Raises:
        RunLogError: a file has changed since it was read.
    """
    for suite in suites:
        copy = _copy(run, suite)
        if copy.is_file():
            continue
        data = Path(suite.path).read_bytes()
        if _sum(data) != suite.sha256:
            raise RunLogError(f"{suite.path} 在读取时被改动，请重试")
        copy.parent.mkdir(exist_ok=True)
        copy.write_bytes(data)


def kept_suites(run: Path, suites: Sequence[SuiteUsed]) -> tuple[Suite, ...]:
    """The suites of a run as they were asked (or scored).

    Raises:
        SuiteError: a copy is missing or cannot be read any more.
    """
    loaded = load_suites(_copy(run, suite) for suite in suites)
    return tuple(replace(each, name=suite.path) for suite, each in zip(suites, loaded, strict=True))


def _copy(run: Path, suite: SuiteUsed) -> Path:
    return run / _SUITES / f"{suite.sha256[:12]}-{Path(suite.name).name}"


# Scores


@dataclass(frozen=True, slots=True)
class Scores:
    """The verdicts of a run by case and repeat, and the suites that they were found with."""

    suites: tuple[SuiteUsed, ...]
    by_key: Mapping[Key, Scored]


@dataclass
class ScoreWriter:
    """Appends verdicts."""

    file: IO[bytes]

    def add(self, outcome: Outcome, repeat: int) -> None:
        """Append the verdict on one answer."""
        scored = Scored(outcome.case.id, repeat, outcome.score, outcome.stated)
        self.file.write(_SCORED.dump_json(scored) + b"\n")


@contextmanager
def scoring(run: Path, suites: tuple[SuiteUsed, ...]) -> Iterator[ScoreWriter]:
    """Write a run's scores anew; those there are stay until all is written."""
    keep_suites(run, suites)
    draft = run / f"{_SCORES}.new"
    with draft.open("wb") as file:
        file.write(_USED.dump_json(suites) + b"\n")
        yield ScoreWriter(file)
    draft.replace(run / _SCORES)


def read_scores(run: Path) -> Scores | None:
    """The scores that a run was given last; None where it was stopped before."""
    try:
        with (run / _SCORES).open("rb") as file:
            suites = _USED.validate_json(file.readline(), strict=True)
            scored = [_SCORED.validate_json(line, strict=True) for line in file]
    except FileNotFoundError:
        return None
    except ValidationError as error:
        raise RunLogError(f"{run / _SCORES} 已损坏；请用 gouji eval score 重新评分") from error
    return Scores(suites, {(each.case, each.repeat): each for each in scored})
