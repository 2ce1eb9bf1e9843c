"""A run as JUnit XML, in the shape that build servers read (testsuites, testsuite, testcase).

Wrong is a failure, abstained and unscored are skipped with their reason, and a wrong answer that
was shown as checked is marked as such in the type of its failure. It is written as it is read: no
more than one answer is held.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack
from decimal import Decimal
from typing import IO
from xml.sax.saxutils import escape as escaped
from xml.sax.saxutils import quoteattr

from eval.judging import Judged
from eval.report import Totals, details
from eval.reports.collected import Collected
from eval.reports.inert import inert, one_line
from eval.score import Verdict

_IN_MEMORY = 1 << 20
_LONGEST = 8000  # characters about one answer


def junit_report(found: Collected, file: IO[str]) -> None:
    """Write the file. Each suite is a ``testsuite`` whose cases stand in the order of the log."""
    every = found.summary.everything
    seconds = sum((time for _, time in found.suites.values()), Decimal(0))
    # The published schema knows no `skipped` here.
    whole = {"tests": every.cases, "failures": every.wrong, "errors": 0, "time": f"{seconds:.3f}"}
    file.write('<?xml version="1.0" encoding="utf-8"?>\n')
    file.write(f"<testsuites{_attributes(name='gouji', **whole)}>\n")
    with ExitStack() as stack:
        for name, written in _by_suite(found, stack).items():
            totals, time = found.suites[name]
            about = _attributes(name=name, timestamp=found.header.started.partition("+")[0])
            file.write(f"  <testsuite{about}{_counts(totals, time)}>\n")
            file.write(f"    <properties>\n{''.join(_properties(found))}    </properties>\n")
            written.seek(0)
            shutil.copyfileobj(written, file)
            file.write("  </testsuite>\n")
    file.write("</testsuites>\n")


def _by_suite(found: Collected, stack: ExitStack) -> dict[str, IO[str]]:
    """The cases of each suite, on disk where they are many: a log may mix its suites."""
    written: dict[str, IO[str]] = {
        name: stack.enter_context(
            tempfile.SpooledTemporaryFile(  # noqa: SIM115 - the stack closes it
                _IN_MEMORY, "w+", encoding="utf-8", newline="\n"
            )
        )
        for name in found.suites
    }
    for judged in found.run.judged():
        written[judged.entry.suite].write(_case(judged))
    return written


def _counts(totals: Totals, seconds: Decimal) -> str:
    return _attributes(
        tests=totals.cases,
        failures=totals.wrong,
        errors=0,
        skipped=totals.abstained + totals.unscored,
        time=f"{seconds:.3f}",
    )


def _properties(found: Collected) -> Iterator[str]:
    header = found.header
    given = {
        "run": header.run,
        "model": header.options.model,
        "settings": header.settings,
        "data": header.data,
        "gouji": header.versions.get("gouji", ""),
    }
    for name, value in given.items():
        yield f"      <property{_attributes(name=name, value=value)}/>\n"


def _case(judged: Judged) -> str:
    outcome, score = judged.outcome, judged.outcome.score
    name = judged.entry.case
    name += f" #{judged.entry.repeat}" if judged.entry.repeat > 1 else ""
    about = _attributes(
        classname=f"{judged.entry.suite}.{outcome.case.type}",
        name=name,
        time=f"{Decimal(str(judged.entry.seconds or 0)):.3f}",
    )
    head = f"    <testcase{about}"
    if score.verdict is Verdict.RIGHT:
        return f"{head}/>\n"
    reason = one_line(score.reason)
    if score.verdict is Verdict.WRONG:
        kind = "checked_wrong" if score.checked_wrong else "wrong"
        mark = "CHECKED_WRONG: " if score.checked_wrong else ""
        inner = f"<failure{_attributes(message=mark + reason, type=kind)}>{_text(judged)}</failure>"
    else:
        why = f"{score.verdict.value}: {reason}" if reason else score.verdict.value
        inner = f"<skipped{_attributes(message=why)}/>"
        if outcome.answer is not None:
            inner += f"\n      <system-out>{_text(judged)}</system-out>"
    return f"{head}>\n      {inner}\n    </testcase>\n"


def _text(judged: Judged) -> str:
    return escaped(inert(details(judged.outcome), _LONGEST))


def _attributes(**given: object) -> str:
    return "".join(f" {name}={quoteattr(one_line(str(value)))}" for name, value in given.items())
