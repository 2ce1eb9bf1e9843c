"""Suites as tasks of Inspect (inspect_ai), so that its log viewer can be used.

``inspect eval eval/inspect_task.py@suite --model none -T suite=$PWD/FILE -T reports=$PWD/DIR``. The
model that Inspect is given is not asked: Gouji answers. Nothing else imports this module, so that the
package does without Inspect until somebody wants it.
"""

from __future__ import annotations

import atexit
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import Any

import anyio
import anyio.to_thread

from eval.hosted import Host, ground_of
from eval.report import expected_text
from eval.reports.gaps import gaps
from eval.runner import Outcome, judge, unscored
from eval.score import Verdict
from eval.suites.suite import Case, load_suite
from qa.codec import answer_to_json

try:
    from inspect_ai import Task, task
    from inspect_ai.dataset import MemoryDataset, Sample
    from inspect_ai.model import ModelOutput
    from inspect_ai.scorer import (
        CORRECT,
        INCORRECT,
        NOANSWER,
        Metric,
        SampleScore,
        Score,
        Scorer,
        Target,
        metric,
        scorer,
    )
    from inspect_ai.solver import Generate, Solver, TaskState, solver
except ImportError as error:
    raise ImportError(
        "需要 inspect_ai：pip install 'gouji[inspect]' (Inspect is not installed)"
    ) from error

_ANSWER, _ERROR, _SECONDS = "gouji_answer", "gouji_error", "gouji_seconds"
_VALUES = {
    Verdict.RIGHT: CORRECT,
    Verdict.WRONG: INCORRECT,
    Verdict.ABSTAINED: NOANSWER,
}


@task(name="suite")
def suite(
    suite: str, reports: str | list[str] = "", memory: bool = False, gouji_model: str = ""
) -> Task:
    """A suite as a task.

    Args:
        suite: its file. Inspect loads a task in the folder of its file: paths count from there.
        reports: folders and files to ask; the configured library when empty.
        memory: the reports are only read into memory, nothing is stored or searched.
        gouji_model: language model beside the rules; none when empty.

    Raises:
        SuiteError: the suite cannot be read.
    """
    path = Path(suite).resolve()
    folders = [reports] if isinstance(reports, str) else reports
    asked = [str(Path(folder).resolve()) for folder in folders if folder]
    return Task(
        dataset=MemoryDataset([_sample(each) for each in load_suite(path).cases], name=path.name),
        solver=ask(str(path), asked, memory, gouji_model),
        scorer=known_answers(str(path)),
    )


def _sample(case: Case) -> Sample:
    about: dict[str, Any] = {"type": case.type, "kind": case.kind, "tags": list(case.tags)}
    if case.followup_of:
        about["followup_of"] = case.followup_of
    return Sample(input=case.question, target=expected_text(case), id=case.id, metadata=about)


@solver
def ask(suite: str, reports: list[str], memory: bool = False, gouji_model: str = "") -> Solver:
    """Puts the question of a sample to Gouji; what it follows is put before it."""
    read = load_suite(Path(suite))
    cases = {case.id: case for case in read.cases}
    host = Host(ground_of(tuple(map(Path, reports)), memory=memory, model=gouji_model))
    atexit.register(host.close)
    # One question at a time: how long each takes is measured.
    turn = anyio.CapacityLimiter(1)

    async def solve(state: TaskState, generate: Generate) -> TaskState:  # noqa: ARG001
        case = cases[str(state.sample_id)]
        outcome = await anyio.to_thread.run_sync(host.ask, read, case, limiter=turn)
        if outcome.answer is None:
            state.store.set(_ERROR, outcome.score.reason)
        else:
            state.store.set(_ANSWER, answer_to_json(outcome.answer))
            state.store.set(_SECONDS, outcome.seconds)
        text = outcome.answer.text if outcome.answer is not None else ""
        state.output = ModelOutput.from_content("gouji", text)
        state.messages.append(state.output.message)
        state.completed = True
        return state

    return solve


def _share(wanted: Callable[[Score], bool]) -> Metric:
    def measured(scores: list[SampleScore]) -> float:
        return sum(wanted(each.score) for each in scores) / len(scores) if scores else 0.0

    return measured


@metric(name="right", scores="unreduced")
def right() -> Metric:
    """The share of right answers among those that could be scored."""
    return _share(lambda score: score.value == CORRECT)


@metric(name="wrong", scores="unreduced")
def wrong() -> Metric:
    """The share of wrong answers."""
    return _share(lambda score: score.value == INCORRECT)


@metric(name="abstained", scores="unreduced")
def abstained() -> Metric:
    """The share without an answer."""
    return _share(lambda score: score.value == NOANSWER)


@metric(name="checked_wrong", scores="unreduced")
def checked_wrong() -> Metric:
    """The share of answers that are wrong and shown as checked."""
    return _share(lambda score: bool((score.metadata or {}).get("checked_wrong")))


@scorer(metrics=[right(), wrong(), abstained(), checked_wrong()])
def known_answers(suite: str) -> Scorer:
    """Judges the answer in a sample's store by the suite as it is now: also for `inspect score`.

    Right is C, wrong is I, abstained is N; what could not be judged is unscored with its reason
    and stays out of the shares.
    """
    cases = {case.id: case for case in load_suite(Path(suite)).cases}

    async def judged(state: TaskState, target: Target) -> Score:  # noqa: ARG001
        case = cases.get(str(state.sample_id))
        if case is None:
            return Score.unscored(reason="scoring_failed", explanation="题库中已没有这道题")
        answer = state.store.get(_ANSWER)
        if answer is None:
            why = str(state.store.get(_ERROR, "没有答案"))
            return _score(unscored(case, why))
        return _score(judge(case, answer, state.store.get(_SECONDS)))

    return judged


def _score(outcome: Outcome) -> Score:
    found = outcome.score
    if found.verdict is Verdict.UNSCORED:
        return Score.unscored(reason="scoring_failed", explanation=found.reason)
    answer = outcome.answer
    shown = [f"{value.number}{value.unit}" for value in answer.values[:3]] if answer else []
    return Score(
        value=_VALUES[found.verdict],
        answer="；".join(shown) or (answer.text if answer else ""),
        explanation=found.reason or None,
        metadata={
            "verdict": found.verdict.value,
            "checked_wrong": found.checked_wrong,
            "stated_wrong": found.stated_wrong,
            "outcome": answer.outcome.value if answer else None,
            "planner": answer.planner if answer else None,
            "checks": [value.check.value for value in answer.values] if answer else [],
            "gaps": [asdict(gap) for gap in gaps(outcome)],
        },
    )
