"""`gouji eval`: questions with known answers, asked, judged, compared."""

from __future__ import annotations

import click

from ui.eval_lint import lint_suites
from ui.eval_new import new_cases
from ui.eval_report import report
from ui.eval_run import run
from ui.eval_show import diff, list_evaluations, score, show


@click.group("eval", help="评测：按题库提问、评分、比较，看有多少已知答案答得对。")
def evaluate() -> None:
    """The group itself does nothing."""


for command in (run, show, score, diff, list_evaluations, report, lint_suites, new_cases):
    evaluate.add_command(command)
