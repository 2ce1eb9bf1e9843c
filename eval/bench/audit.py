"""`python -m eval.bench.audit`: what an audit finds of known slips, and what it says of true things.

Three sets: the five real reports, against what a reader found in them; made-up reports with planted
slips and traps, an open half and one that is kept back from tuning. A slip is found when a finding
stands on its place, named when a finding elsewhere sets its place against its own. A finding that
touches no quote of a slip is a false alarm; one on a trap is listed as such.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from eval.library import SHARED
from ingest.model import Document, Span
from ingest.pipeline import read_document
from qa.audit.report import AuditedReport, audit
from qa.model import Source

AUDIT = Path(__file__).resolve().parents[2] / "tests" / "gold" / "audit"


@dataclass(frozen=True, slots=True)
class Known:
    """A slip that is known, or a true statement that looks like one (a trap).

    `quotes` stand in the report, that of the wrong statement first.
    """

    id: str
    report: str
    quotes: tuple[str, ...]
    kind: str
    right: str = ""


@dataclass(frozen=True, slots=True)
class Case:
    """Reports with what is known of them. `doubtful` slips count neither for nor against."""

    name: str
    documents: tuple[Document, ...]
    slips: tuple[Known, ...]
    traps: tuple[Known, ...]
    doubtful: tuple[Known, ...] = ()


@dataclass(slots=True)
class Outcome:
    """How a case came out. `found` are slips on whose place a finding stands, `named` those that
    a finding elsewhere sets against its own place."""

    name: str
    slips: int = 0
    found: int = 0
    named: int = 0
    right: int = 0  # of those found, with the right value recomputed
    findings: int = 0
    traps: int = 0
    trapped: int = 0
    false_alarms: list[str] = field(default_factory=list)
    missed: list[str] = field(default_factory=list)
    kinds: dict[str, list[int]] = field(default_factory=dict)  # kind: [slips, found or named]

    def to_json(self) -> dict[str, Any]:
        """The counts, for docs/quality.md."""
        return {
            "set": self.name,
            "slips": self.slips,
            "found": self.found,
            "named": self.named,
            "right": self.right,
            "missed": self.slips - self.found - self.named,
            "findings": self.findings,
            "false_alarms": len(self.false_alarms),
            "traps": self.traps,
            "trapped": self.trapped,
            "kinds": self.kinds,
        }


def cases(kept: bool) -> Iterator[Case]:
    """The sets that exist on this machine."""
    if (SHARED / "reports").is_dir():
        yield _real(AUDIT / "real_findings.yaml")
    yield _planted(AUDIT / "open.yaml")
    if kept:
        yield _planted(AUDIT / "kept.yaml")


def _real(path: Path) -> Case:
    content = yaml.safe_load(path.read_text(encoding="utf-8"))
    known: dict[bool, list[Known]] = {True: [], False: []}
    for each in content["findings"]:
        slip = Known(each["id"], each["report"], tuple(each["quotes"]), each["family"])
        known[each["certainty"] == "certain"].append(slip)
    traps = [Known(t["id"], t["report"], tuple(t["quotes"]), "trap") for t in content["traps"]]
    files = sorted((SHARED / "reports").glob("*.txt"))
    return Case("real reports", _read(files), tuple(known[True]), tuple(traps), tuple(known[False]))


def _planted(path: Path) -> Case:
    content = yaml.safe_load(path.read_text(encoding="utf-8"))
    slips = [
        Known(s["id"], s["report"], (s["quote"], *s["also"]), s["kind"], s["right"])
        for s in content["slips"]
    ]
    traps = [Known(t["id"], t["report"], (t["quote"],), "trap") for t in content["traps"]]
    files = sorted(each for each in path.with_suffix("").iterdir() if each.is_file())
    return Case(f"planted, {path.stem}", _read(files), tuple(slips), tuple(traps))


def _read(files: Sequence[Path]) -> tuple[Document, ...]:
    return tuple(read_document(path.read_bytes(), path.name) for path in files)


class Places:
    """The parts of a report's text that known quotes stand in: those of the wrong statements, and
    all of them."""

    def __init__(self, document: Document, known: Sequence[Known]) -> None:
        self.own: dict[str, list[Span]] = {}
        self.all: dict[str, list[Span]] = {}
        for each in known:
            if each.report == document.name:
                spans = [list(_occurrences(document.text, quote)) for quote in each.quotes]
                self.own[each.id] = spans[0] if spans else []
                self.all[each.id] = [span for found in spans for span in found]


def _occurrences(text: str, quote: str) -> Iterator[Span]:
    start = text.find(quote)
    while start >= 0:
        yield start, start + len(quote)
        start = text.find(quote, start + 1)


def _span(source: Source) -> Span:
    return (source.start, source.end)


def _touch(first: Iterable[Span], second: Iterable[Span]) -> bool:
    """True where a span of the one overlaps one of the other."""
    return any(a < d and c < b for a, b in first for c, d in second)


def judge(case: Case) -> Outcome:
    """Set the findings of every report of a case against what is known of it."""
    outcome = Outcome(case.name, slips=len(case.slips), traps=len(case.traps))
    hits: dict[str, str] = {}
    rights: set[str] = set()
    trapped: set[str] = set()
    for document in case.documents:
        report = audit(document)
        outcome.findings += len(report.findings)
        _judge_report(case, document, report, hits, rights, trapped, outcome)
    outcome.found = sum(how == "found" for how in hits.values())
    outcome.named = len(hits) - outcome.found
    outcome.right = len(rights)
    outcome.trapped = len(trapped)
    kinds: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    for slip in case.slips:
        kinds[slip.kind][0] += 1
        kinds[slip.kind][1] += slip.id in hits
    outcome.kinds = dict(sorted(kinds.items()))
    outcome.missed = [
        f"{slip.id} [{slip.kind}] {slip.quotes[0][:90]}"
        for slip in case.slips
        if slip.id not in hits
    ]
    return outcome


def _judge_report(
    case: Case,
    document: Document,
    report: AuditedReport,
    hits: dict[str, str],
    rights: set[str],
    trapped: set[str],
    outcome: Outcome,
) -> None:
    slips = Places(document, case.slips)
    others = Places(document, case.doubtful)
    traps = Places(document, case.traps)
    by_id = {slip.id: slip for slip in case.slips}
    for finding in report.findings:
        own = [finding.mark, *map(_span, finding.repeated)]
        beside = [_span(finding.source), *(_span(each.source) for each in finding.operands)]
        hit = False
        for slip, spans in slips.own.items():
            if _touch(own, spans):
                hits[slip] = "found"
                hit = True
                if by_id[slip].right and by_id[slip].right in finding.recomputed:
                    rights.add(slip)
            elif _touch(beside, spans):
                hits.setdefault(slip, "named")
                hit = True
        if hit or _near((*own, *beside), slips) or _near((*own, *beside), others):
            continue
        on_traps = [name for name, spans in traps.own.items() if _touch(own, spans)]
        trapped.update(on_traps)
        trap = f" (trap {', '.join(on_traps)})" if on_traps else ""
        outcome.false_alarms.append(
            f"{document.name} [{finding.family}] {finding.message[:200]}{trap}"
        )


def _near(spans: Sequence[Span], places: Places) -> bool:
    """True where a place stands on any quote of a known slip."""
    return any(_touch(spans, known) for known in places.all.values())


COLUMNS = ("set", "slips", "found", "named", "right", "missed", "findings", "false_alarms", "traps")


def measure(kept: bool) -> dict[str, Any]:
    """Every set's counts, as a table, and what was missed by kind."""
    outcomes = [judge(case).to_json() for case in cases(kept)]
    return {
        "summary": "A slip is found where a finding stands on it, named where one elsewhere sets its "
        "place against its own; right: with the true value recomputed. What the kept half gave "
        "before it was opened is in tests/gold/audit/README.md.",
        "columns": list(COLUMNS),
        "rows": [[each[name] for name in COLUMNS] for each in outcomes],
    }


def main(arguments: Sequence[str] | None = None) -> int:
    """The command line; see the module's text."""
    parser = argparse.ArgumentParser(prog="python -m eval.bench.audit", description="测核查")
    parser.add_argument("--kept", action="store_true", help="也测留出的一半")
    parser.add_argument("-v", action="store_true", help="列出误报和漏报")
    parser.add_argument("--json", action="store_true", help="输出 JSON")
    options = parser.parse_args(arguments)
    if options.json:
        json.dump(measure(options.kept), sys.stdout, ensure_ascii=False, indent=1)
        return 0
    outcomes = [judge(case) for case in cases(options.kept)]
    for outcome in outcomes:
        counts = {k: v for k, v in outcome.to_json().items() if k != "kinds"}
        print("  ".join(f"{name} {value}" for name, value in counts.items()))
        missed = Counter({kind: n - hit for kind, (n, hit) in outcome.kinds.items() if n > hit})
        print("  missed by kind:", dict(missed))
        if options.v:
            for title, lines in (("false", outcome.false_alarms), ("missed", outcome.missed)):
                for line in lines:
                    print(f"  {title}: {line}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
