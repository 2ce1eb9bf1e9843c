"""A suite as a task of Inspect: asked, judged, written into its log and read back."""

from __future__ import annotations

import math
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.eval.test_evaluation import REPORT
from tests.eval.test_pytest_plugin import CASES

ROOT = Path(__file__).resolve().parents[2]

# Streams of Inspect's own display are left to the garbage collector.
pytestmark = pytest.mark.filterwarnings("ignore:Unclosed <MemoryObject:ResourceWarning")


@pytest.fixture
def place(tmp_path: Path) -> Path:
    (tmp_path / "reports").mkdir()
    (tmp_path / "reports" / "edu.txt").write_text(REPORT, encoding="utf-8")
    (tmp_path / "edu.yaml").write_text(CASES, encoding="utf-8")
    return tmp_path


def logged(place: Path) -> Any:
    """The log of the suite, read back from its file."""
    inspect_ai = pytest.importorskip(
        "inspect_ai", reason="没有 inspect_ai：pip install '.[inspect]'"
    )
    from inspect_ai.log import read_eval_log

    from eval.inspect_task import suite

    task = suite(str(place / "edu.yaml"), str(place / "reports"), memory=True)
    (log,) = inspect_ai.eval(
        task, model=None, display="none", log_dir=str(place / "logs"), log_format="eval",
        ctl_server=False,
    )  # fmt: skip
    assert log.location.endswith(".eval")
    return read_eval_log(log.location)


def test_verdicts_stand_apart_in_the_log(place: Path) -> None:
    log = logged(place)
    assert log.status == "success"
    (scores,) = log.results.scores
    shares = {name: each.value for name, each in scores.metrics.items()}
    assert shares["right"] == pytest.approx(0.6)
    assert shares["wrong"] == pytest.approx(0.2)
    assert shares["abstained"] == pytest.approx(0.2)
    samples = {sample.id: sample for sample in log.samples}
    values = {name: sample.scores["known_answers"].value for name, sample in samples.items()}
    assert values == {"a": "C", "b": "C", "c": "I", "d": "C", "f": "N"}
    wrong = samples["c"].scores["known_answers"]
    assert wrong.answer.startswith("300万元")
    assert wrong.metadata["gaps"][0]["difference"] == "−1万元"
    assert samples["c"].target == "301万元"
    assert samples["a"].store["gouji_answer"]["values"][0]["number"] == "1200"
    assert "1200万元" in samples["a"].output.completion


def test_failing_to_ask_is_unscored(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_arguments: object, **_named: object) -> None:
        raise RuntimeError("断了")

    monkeypatch.setattr("qa.engine.Engine.ask", fail)
    log = logged(place)
    found = [sample.scores["known_answers"] for sample in log.samples]
    assert all(math.isnan(score.value) for score in found)
    assert {score.explanation for score in found} == {"RuntimeError: 断了"}


def test_without_the_extra_one_line_says_what_to_install() -> None:
    code = (
        "import sys; sys.modules['inspect_ai'] = None\n"
        "try:\n    import eval.inspect_task\nexcept ImportError as error:\n    print(error)\n"
    )
    done = subprocess.run(
        [sys.executable, "-X", "utf8", "-c", code], cwd=ROOT, capture_output=True, text=True,
        encoding="utf-8", check=True,
    )  # fmt: skip
    assert done.stdout.strip().endswith("pip install 'gouji[inspect]' (Inspect is not installed)")
