"""Comparisons and audits of a conversation, without a page: what is asked, shown and exported."""

from __future__ import annotations

import logging
import queue
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path
from urllib.parse import urlencode

from markupsafe import Markup

from index.library import Library
from ingest.model import Document
from qa.compare.model import Comparison
from qa.compare.request import Request
from qa.engine import Engine
from qa.model import Check
from ui.audit_html import html_paper
from ui.audit_paper import Paper
from ui.audit_run import Chosen, audited
from ui.audit_xlsx import write_xlsx
from ui.errors import known_errors, one_line
from ui.texts import language, set_language, t
from ui.web.audit_html import Audit, audit_html, finding_html, nothing_chosen, progress_html
from ui.web.audit_html import welcome as audit_welcome
from ui.web.compare_html import comparison_html, welcome
from ui.web.conversations import Conversations
from ui.web.evidence import nothing, value_html
from ui.web.journal import Journal
from ui.web.kept import Kept
from ui.web.places import Places, Spot
from ui.web.suggestions import comparisons

log = logging.getLogger(__name__)

LONGEST = 2000
"""Characters of a question."""


def _csv() -> Callable[[Comparison, Path], None]:
    from ui.compare_csv import write_csv

    return write_csv


def _xlsx() -> Callable[[Comparison, Path], None]:
    from ui.compare_xlsx import write_xlsx as write_comparison

    return write_comparison


def _png() -> Callable[[Comparison, Path], None]:
    from ui.compare_chart import write_chart

    return write_chart


# Each is loaded when it is asked for: drawing alone costs half a second to import.
_WRITERS = {"csv": _csv, "xlsx": _xlsx, "png": _png}
FILES = tuple(_WRITERS)
_DRAWING = threading.Lock()


class Checking:
    """The part of `ui.web.services.Services` that compares and audits."""

    library: Library
    engine: Engine
    talks: Conversations
    places: Places
    journal: Journal
    root: str
    _compared: Kept[list[str]]

    # Comparing

    def compare(
        self,
        owner: str,
        name: str,
        question: str,
        units: Sequence[str],
        projects: Sequence[str],
        metrics: Sequence[str],
        years: Sequence[str],
    ) -> Markup:
        """Compare what was asked in words or chosen; the result is kept with the conversation."""
        words = question.strip()[:LONGEST]
        if not words and not units and not projects:
            return welcome(self._comparisons(), t("请写一句话，或至少选一个单位或项目。"))
        spoken = ",".join(sorted(years))
        request = Request(
            words, tuple(units), tuple(projects), tuple(metrics), (spoken,) if spoken else ()
        )
        talk = self.talks.of(owner, name)
        self.journal.note(owner, "compare", request.words)
        talk.comparison = self.engine.compare(request)
        return comparison_html(talk.comparison, self._files(name))

    def comparison_html(self, owner: str, name: str) -> Markup:
        """The comparison as it stands, or what can be compared."""
        comparison = self.talks.of(owner, name).comparison
        if comparison is None:
            return welcome(self._comparisons())
        return comparison_html(comparison, self._files(name))

    def _files(self, name: str) -> Callable[[str], str]:
        query = urlencode({"c": name, "language": language()})
        return lambda ending: f"{self.root}/export/comparison.{ending}?{query}"

    def comparison_file(self, owner: str, name: str, ending: str, spoken: str) -> bytes:
        """The comparison as ``xlsx``, ``csv`` or, its chart, ``png``, with sources where they fit."""
        set_language("en" if spoken == "en" else "zh")
        comparison = self.talks.of(owner, name).comparison or Comparison("")
        with tempfile.TemporaryDirectory(prefix="gouji-compare-") as folder:
            path = Path(folder, f"comparison.{ending}")
            with _DRAWING:  # the library of charts keeps its style for the whole process
                _WRITERS[ending]()(comparison, path)
            return path.read_bytes()

    def _comparisons(self) -> list[str]:
        """Comparisons of what is loaded, found anew where that has changed."""
        key = tuple(report.id for report in self.library.reports())

        def found() -> list[str]:
            parts = self.library.parts()
            return comparisons(parts, lambda each: self.engine.compare(Request(each)))

        return self._compared.get(key, found)

    def cell(self, owner: str, name: str, ref: str) -> Markup:
        """What proves the cell ``row.column`` or ``row.column.spot`` of the comparison."""
        comparison = self.talks.of(owner, name).comparison
        row, column, spot = parsed(ref)
        if comparison is None or row >= len(comparison.rows) or column is None:
            return nothing()
        cells = comparison.rows[row].cells
        value = cells[column].value if column < len(cells) else None
        if value is None:
            return nothing()
        spots = self.places.spots(value)
        for rival in cells[column].rivals:
            found = (self.places.spot(source) for source in rival.sources)
            spots += [replace(each, role="other") for each in found if each is not None]
        other = "；".join(rival.shown for rival in cells[column].rivals)
        if other:
            value = replace(value, check=Check.FAILS, other=other)
        return value_html(
            value,
            spots,
            spot,
            self.document_of(spots, spot),
            (),
            ref=f"{row}.{column}",
            root=self.root,
            event="cell",
        )

    # Auditing

    def audit(self, owner: str, name: str, reports: Sequence[int], spoken: str) -> Iterator[Markup]:
        """Audit reports, all of the library where none is named; tells how far it is. The result
        is kept with the conversation."""
        infos = [each for each in self.library.reports() if not reports or each.id in reports]
        self.journal.note(owner, "audit", "、".join(i.name for i in infos[:20]))
        chosen = [Chosen(i.name, partial(self.library.document, i.id)) for i in infos]
        done: queue.SimpleQueue[Audit | None] = queue.SimpleQueue()

        def run() -> None:
            set_language(spoken)
            try:
                found, failures = audited(chosen, lambda: done.put(None))
            except known_errors() as error:
                found, failures = [], [one_line(error)]
            except Exception:
                log.exception("an audit failed")
                found, failures = [], [t("程序出错；详情已记入日志。")]
            done.put(Audit(tuple(found), tuple(failures)))

        threading.Thread(target=run, daemon=True, name="audit").start()
        count, finished = 0, None
        while finished is None:
            set_language(spoken)
            yield progress_html(
                count, len(infos), infos[min(count, len(infos) - 1)].name if infos else ""
            )
            finished, count = _drained(done, count)
        self.talks.of(owner, name).audit = finished

    def audit_html(self, owner: str, name: str, levels: Sequence[str], family: str) -> Markup:
        """The audit as it stands, narrowed; the welcome where nothing was audited."""
        audit = self.talks.of(owner, name).audit
        return audit_html(audit, levels, family, self._papers(name)) if audit else audit_welcome()

    def _papers(self, name: str) -> Callable[[str], str]:
        query = urlencode({"c": name, "language": language()})
        return lambda ending: f"{self.root}/export/audit.{ending}?{query}"

    def audit_families(self, owner: str, name: str) -> list[str]:
        """The families of checks that the findings belong to."""
        audit = self.talks.of(owner, name).audit
        return sorted({each.family for _, each in audit.findings()}) if audit else []

    def finding(self, owner: str, name: str, ref: str) -> Markup:
        """Both sides of the finding ``number`` or ``number.spot``."""
        audit = self.talks.of(owner, name).audit
        number, spot, _ = parsed(ref)
        findings = audit.findings() if audit else []
        if number >= len(findings):
            return nothing_chosen()
        _, finding = findings[number]
        spots = self.places.of_finding(finding)
        chosen = spot or 0
        document = self.document_of(spots, chosen)
        return finding_html(finding, spots, chosen, document, ref=str(number), root=self.root)

    def paper(self, owner: str, name: str, ending: str, spoken: str) -> bytes:
        """The working paper of the audit: ``xlsx`` or ``html``."""
        set_language("en" if spoken == "en" else "zh")
        audit = self.talks.of(owner, name).audit or Audit(())
        paper = Paper(audit.reports, t("指定的报告"), date.today())
        if ending == "html":
            return html_paper(paper).encode()
        with tempfile.TemporaryDirectory(prefix="gouji-paper-") as folder:
            path = Path(folder, "paper.xlsx")
            write_xlsx(paper, path)
            return path.read_bytes()

    def document_of(self, spots: Sequence[Spot], chosen: int) -> Document | None:
        return self.library.document(spots[chosen].report) if chosen < len(spots) else None


def _drained(
    done: queue.SimpleQueue[Audit | None], count: int, seconds: float = 0.4
) -> tuple[Audit | None, int]:
    """What has come in for a while: how many reports are done, and the audit once it is."""
    until = time.monotonic() + seconds
    while (left := until - time.monotonic()) > 0:
        try:
            came = done.get(timeout=left)
        except queue.Empty:
            break
        if came is not None:
            return came, count
        count += 1
    return None, count


def parsed(ref: str) -> tuple[int, int | None, int]:
    """``2.0.3`` as turn 2, value 0, spot 3; ``2.c`` as turn 2 and its citations."""
    pieces = [*ref.split("."), "0", "0"]
    turn, which, spot = (int(p) if p.isdecimal() and len(p) < 6 else None for p in pieces[:3])
    return turn or 0, which, spot or 0
