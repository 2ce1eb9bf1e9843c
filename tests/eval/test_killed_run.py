"""A run whose process is killed, and one of ten thousand cases."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from eval import evaluation
from eval.bench.measure import peak_memory_mb
from eval.evaluation import carry_out, check_unchanged, prepare
from eval.ground import Opened
from eval.judging import open_run
from eval.runlog import LOG, Options, entries, torn
from eval.tally import tally
from ingest.settings import Settings, load_settings
from qa.model import Answer, Check, Source, Value
from qa.model import Outcome as Shown
from tests.eval.test_evaluation import REPORT, SUITE

ROOT = Path(__file__).resolve().parents[2]
REPEAT = 40
GOUJI = "import sys; from ui.cli import main; sys.exit(main())"


def lines(log: Path) -> int:
    return log.read_bytes().count(b"\n") if log.is_file() else 0


@pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGKILL")
@pytest.mark.parametrize("workers", [1, 2])
def test_a_killed_run_is_taken_up_and_comes_to_the_same(tmp_path: Path, workers: int) -> None:
    (tmp_path / "reports").mkdir()
    (tmp_path / "reports" / "edu.txt").write_text(REPORT, encoding="utf-8")
    suite = tmp_path / "edu.yaml"
    suite.write_text(SUITE, encoding="utf-8")
    whole = prepare(
        [suite],
        Options(reports=(str(tmp_path / "reports"),), memory=True, repeat=REPEAT),
        settings := load_settings(None, tmp_path / "data", {}),
        tmp_path / "runs",
        "whole",
    )
    carry_out(whole, settings)
    command = [sys.executable, "-c", GOUJI, "--data", "data", "eval", "run", "edu.yaml"]
    command += ["--reports", "reports", "--memory", "--repeat", str(REPEAT), "--name", "killed"]
    command += ["--out", "runs", "--workers", str(workers)]
    environ = {**os.environ, "PYTHONPATH": str(ROOT)}
    process = subprocess.Popen(command, cwd=tmp_path, env=environ, stderr=subprocess.DEVNULL)
    folder = tmp_path / "runs" / "killed"
    began = time.monotonic()
    while lines(folder / LOG) < 20 and time.monotonic() - began < 120:
        assert process.poll() is None, "ended before it was killed"
        time.sleep(0.01)
    process.send_signal(signal.SIGKILL)
    process.wait(60)
    kept = lines(folder / LOG) - 1
    assert 0 < kept < 4 * REPEAT
    # As if the kill had come in the middle of writing.
    with (folder / LOG).open("ab") as log:
        log.write(b'{"suite":"edu.yaml","case":"b","rep')
    assert torn(folder)
    check_unchanged(folder, settings)
    asked: list[str] = []
    progress = carry_out(
        folder,
        settings,
        listener=lambda event: (
            asked.append(event.last.case.id)
            if isinstance(event, evaluation.Progress) and event.last
            else None
        ),
    )
    assert progress.whole
    assert len(asked) == 4 * REPEAT - kept
    one, other = tally(open_run(whole).judged()), tally(open_run(folder).judged())
    assert one.everything == other.everything
    assert one.types == other.types
    assert one.ids == other.ids
    assert {entry.key for entry in entries(whole)} == {entry.key for entry in entries(folder)}


CASES = 10_000
ANSWER_SIZE = 10_000  # bytes


class Verbose:
    """Answers with a long quotation."""

    def ask(self, question: str, **_given: object) -> Answer:
        shown = Value("数", question[1:-1], "元", "", "", None, "", Check.STATED)
        quote = question[:1] * (ANSWER_SIZE // 3 + 1)
        return Answer(
            question, Shown.ANSWERED, "答", (shown,), (Source("r.txt", quote, start=0, end=1),)
        )


@contextmanager
def verbose(*_given: object) -> Iterator[Opened]:
    yield Opened(Verbose())


def ask_many(folder: Path) -> dict[str, int]:
    """Ask, score, keep and count ten thousand cases; megabytes held at most before and after."""
    suite = folder / "many.jsonl"
    suite.write_text(
        "".join(
            f'{{"id": "{n}", "type": "t", "question": "第{n}问", '
            f'"expect": {{"number": "{n - n % 2}", "unit": "元"}}}}\n'
            for n in range(1, CASES + 1)
        ),
        encoding="utf-8",
    )
    (folder / "r.txt").write_text(REPORT, encoding="utf-8")
    evaluation.answering = verbose  # type: ignore[attr-defined, assignment]
    options = Options(reports=(str(folder / "r.txt"),), memory=True)
    settings = Settings()
    run = prepare([suite], options, settings, folder / "runs", "many")
    before = peak_memory_mb()
    progress = carry_out(run, settings)
    counts = tally(open_run(run).judged()).everything
    return {
        "before": before,
        "after": peak_memory_mb(),
        "right": progress.right,
        "wrong": counts.wrong,
        "log": (run / LOG).stat().st_size // 1_000_000,
    }


@pytest.mark.slow
def test_ten_thousand_cases_run_in_bounded_memory(tmp_path: Path) -> None:
    """More than 100 MB of answers take less than 40 MB beyond what the suite itself takes."""
    code = "import json, sys; from pathlib import Path; from tests.eval.test_killed_run import ask_many"
    code += "; print(json.dumps(ask_many(Path(sys.argv[1]))))"
    done = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
        timeout=600,
    )
    found = json.loads(done.stdout)
    assert (found["right"], found["wrong"]) == (CASES // 2, CASES // 2)
    assert found["log"] > 100
    assert found["after"] - found["before"] < 40, found
