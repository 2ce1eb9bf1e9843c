"""`python -m eval.run SUITE…`: ask the questions of suites and print how the answers scored."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from eval.paraphrase import agreement_table, original, style_table, wordings
from eval.report import details, latency_line, to_json, verdict_table
from eval.runner import Outcome, Session, judge, unscored
from eval.score import Verdict
from eval.suite import Case, Suite, SuiteError, load_suites

SHOW = ("none", "wrong", "abstained", "all")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; returns 0 whatever the scores are, 2 when nothing could be run."""
    options = _parser().parse_args(arguments)
    try:
        suites = load_suites(options.suites)
        if options.paraphrases:
            suites = tuple(replace(s, cases=(*s.cases, *wordings(s.cases))) for s in suites)
        cases = [case for suite in suites for case in suite.cases]
        wanted = _wanted(cases, options.ids, options.types)
        if options.answers is not None:
            outcomes = rescore(cases, wanted, read_answers(options.answers))
        else:
            outcomes = _ask_all(suites, wanted, options)
    except (SuiteError, AnswersError) as error:
        print(f"错误：{error}", file=sys.stderr)
        return 2
    show(outcomes, options.show)
    if options.out is not None:
        text = json.dumps(to_json(outcomes), ensure_ascii=False, indent=1)
        options.out.write_text(text + "\n", encoding="utf-8")
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m eval.run", description="按题库提问并评分")
    parser.add_argument("suites", nargs="+", type=Path, metavar="SUITE", help="题库文件（YAML）")
    parser.add_argument("--reports", type=Path, metavar="DIR", help="先载入此文件夹中的报告")
    parser.add_argument("--data", type=Path, metavar="DIR", help="资料库；缺省时临时建立")
    parser.add_argument(
        "--memory", action="store_true", help="不建资料库，只把报告读入内存（快，不经检索）"
    )
    parser.add_argument(
        "--answers", type=Path, metavar="FILE", help="不提问，只给 gouji ask --batch 的输出评分"
    )
    parser.add_argument("--out", type=Path, metavar="FILE", help="结果另存为 JSON")
    parser.add_argument("--show", choices=SHOW, default="none", help="逐题列出哪些")
    parser.add_argument("--ids", nargs="+", metavar="ID", help="只问这些题号")
    parser.add_argument("--paraphrases", action="store_true", help="也问题库所给的其他问法")
    parser.add_argument("--types", nargs="+", metavar="TYPE", help="只问这些题型")
    return parser


def _wanted(
    cases: Sequence[Case], ids: Sequence[str] | None, types: Sequence[str] | None
) -> set[str] | None:
    if ids is None and types is None:
        return None
    unknown = set(ids or ()) - {case.id for case in cases}
    unknown |= set(types or ()) - {case.type for case in cases}
    if unknown:
        raise SuiteError(f"题库中没有：{'、'.join(sorted(unknown))}")
    return {
        case.id
        for case in cases
        if (ids is None or {case.id, original(case)} & set(ids))
        and (types is None or case.type in types)
    }


def _ask_all(
    suites: Sequence[Suite], wanted: set[str] | None, options: argparse.Namespace
) -> tuple[Outcome, ...]:
    """Ask the suites, those over the same reports in the same library."""
    # The engine is loaded late: scoring saved answers needs none.
    from eval.library import NoReportsError, open_engine, open_memory
    from qa.engine import Conversation

    outcomes: list[Outcome] = []
    try:
        for folder, cases in _by_folder(suites, options.reports, options.data).items():
            if wanted is not None and not wanted & {case.id for case in cases}:
                continue
            opened = open_memory(folder) if options.memory else open_engine(folder, options.data)
            with opened as loaded:
                print(f"载入 {len(loaded.reports)} 份报告，{loaded.seconds:.1f} 秒")
                for problem in loaded.problems:
                    print(f"未能载入 {problem}", file=sys.stderr)
                outcomes += Session(loaded.engine, Conversation).run(cases, wanted)
    except NoReportsError as error:
        raise AnswersError(str(error)) from error
    return tuple(outcomes)


def _by_folder(
    suites: Sequence[Suite], reports: Path | None, data: Path | None
) -> dict[tuple[Path, ...], list[Case]]:
    from eval.library import reports_for

    found: dict[tuple[Path, ...], list[Case]] = {}
    for suite in suites:
        given = (reports,) if reports is not None else ()
        folders = given if given or data is not None else reports_for(suite)
        if not folders and data is None:
            raise AnswersError(f"{suite.name} 所引的报告不在本机，请用 --reports 指明文件夹")
        found.setdefault(folders, []).extend(suite.cases)
    return found


class AnswersError(ValueError):
    """Answers cannot be had: neither asked for nor read from the file."""


def read_answers(path: Path) -> dict[str, dict[str, Any]]:
    """Answers by case id, from the lines of `gouji ask --batch` or from a run's ``--out`` file.

    Raises:
        AnswersError: a line is no JSON object with an id.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise AnswersError(f"{path}：无法读取（{error}）") from error
    if text.startswith('{\n "totals"'):
        run = json.loads(text)
        return {case["id"]: case["answer"] for case in run["cases"] if case["answer"]}
    found: dict[str, dict[str, Any]] = {}
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip():
            continue
        try:
            answer = json.loads(line)
            found[str(answer["id"])] = answer
        except (json.JSONDecodeError, KeyError, TypeError) as error:
            raise AnswersError(f"{path}:{number}：不是带 id 的 JSON 答案（{error}）") from error
    return found


def rescore(
    cases: Sequence[Case], wanted: set[str] | None, answers: dict[str, dict[str, Any]]
) -> tuple[Outcome, ...]:
    """Score answers that were kept; a case without one is unscored, never zero."""
    chosen = [case for case in cases if wanted is None or case.id in wanted]
    return tuple(
        judge(case, answers[case.id]) if case.id in answers else unscored(case, "没有答案")
        for case in chosen
    )


def show(outcomes: Sequence[Outcome], which: str) -> None:
    """Print the cases asked for, the table per type, the wrong ones by check, and latency."""
    verdicts = {
        "none": set(),
        "wrong": {Verdict.WRONG, Verdict.UNSCORED},
        "abstained": {Verdict.ABSTAINED},
        "all": set(Verdict),
    }[which]
    for outcome in outcomes:
        if outcome.score.verdict in verdicts:
            print(details(outcome), end="\n\n")
    print(verdict_table([o for o in outcomes if original(o.case) == o.case.id]))
    agreed = agreement_table(outcomes)
    if agreed:
        print(f"\n{style_table(outcomes)}\n\n{agreed}")
    for name in ("checked_wrong", "stated_wrong"):
        ids = [o.case.id for o in outcomes if getattr(o.score, name)]
        print(f"{name}: {len(ids)}  {' '.join(ids)}".rstrip())
    for verdict in (Verdict.WRONG, Verdict.ABSTAINED, Verdict.UNSCORED):
        ids = [o.case.id for o in outcomes if o.score.verdict is verdict]
        print(f"{verdict.value}: {len(ids)}  {' '.join(ids)}".rstrip())
    ids = [o.case.id for o in outcomes if o.stated.verdict is Verdict.WRONG]
    print(f"wrong (stated): {len(ids)}  {' '.join(ids)}".rstrip())
    print(latency_line(outcomes))


if __name__ == "__main__":
    sys.exit(main())
