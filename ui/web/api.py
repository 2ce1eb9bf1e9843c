"""What other programs may ask: the same answers, as plain JSON values, for REST, gradio and MCP.

Numbers travel as text, as they were rendered from Decimals, each with its check and its sources.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from qa.audit.codec import audit_to_json
from qa.codec import answer_to_json
from qa.compare.codec import comparison_to_json
from qa.compare.request import Request, read_years
from qa.engine import Conversation
from qa.model import Filters
from ui.audit_run import Chosen, audited
from ui.errors import RequestError
from ui.library import find_report, report_json
from ui.texts import t
from ui.web.checking import LONGEST
from ui.web.services import Services

_MOST_AUDITED = 200
_MOST_FOUND = 50
_NEW = ("added", "superseded")


class Api:
    """The operations. Each raises `RequestError` or `LibraryError` for what a caller can mend.

    Each is noted in the journal under `who`, the login that it was asked with.

    Args:
        via: the door, for the journal: ``api`` or ``mcp``.
    """

    def __init__(self, services: Services, via: str = "api") -> None:
        self._services = services
        self._via = via

    def _note(self, who: str, what: str, about: str) -> None:
        self._services.journal.note(who, f"{self._via} {what}", about)

    def ask(
        self,
        question: str,
        unit: str = "",
        project: str = "",
        year: str = "",
        kind: str = "",
        report: str = "",
        before: Sequence[str] = (),
        model: bool = True,
        who: str = "",
    ) -> dict[str, Any]:
        """The answer to a question, every number with its check, formula and sources.

        Args:
            question: in Chinese or English.
            unit: only reports of this unit; "" for all. So with the next four.
            project: only this project.
            year: only this year.
            kind: only this kind of report, a value of `ingest.model.ReportKind`.
            report: only the report of this name.
            before: the questions asked before in the same conversation, the oldest first; the
                rules answer them.
            model: False keeps the configured language model out; without one it changes nothing.
        """
        words = _words(question)
        engine, filters = self._services.engine, _filters(unit, project, year, kind, report)
        conversation = Conversation()
        for each in [*before][-10:]:
            engine.ask(_words(each), filters=filters, conversation=conversation)
        self._note(who, "ask", words)
        asker = self._services.asker if model else engine
        return answer_to_json(asker.ask(words, filters=filters, conversation=conversation))

    def compare(
        self,
        question: str = "",
        units: Sequence[str] = (),
        projects: Sequence[str] = (),
        metrics: Sequence[str] = (),
        years: str = "",
        who: str = "",
    ) -> dict[str, Any]:
        """Units or projects over the years, with changes, growth, shares and warnings.

        Args:
            question: in words; or name units, projects, metrics and years instead.
            years: ``2022-2024`` or ``2021,2023``.
        """
        if not question and not units and not projects:
            raise RequestError(t("请写一句话，或至少选一个单位或项目。"))
        if years and not read_years(years):
            raise RequestError(t("--years 应写成 2022-2024 或 2021,2023。"))
        asked = Request(
            question[:LONGEST],
            tuple(units),
            tuple(projects),
            tuple(metrics),
            (years,) if years else (),
        )
        self._note(who, "compare", asked.words)
        return comparison_to_json(self._services.engine.compare(asked))

    def audit(self, reports: Sequence[str] = (), who: str = "") -> dict[str, Any]:
        """Figures of reports that contradict each other, with both sides and their places.

        Args:
            reports: names or numbers; none means all, up to 200.
        """
        library = self._services.library
        infos = [find_report(library, each) for each in reports] or library.reports()[
            :_MOST_AUDITED
        ]
        self._note(who, "audit", "、".join(info.name for info in infos[:20]))
        chosen = [Chosen(i.name, lambda i=i: library.document(i.id)) for i in infos]  # type: ignore[misc]
        found, failures = audited(chosen, lambda: None)
        return {"reports": [audit_to_json(each) for each in found], "failures": failures}

    def search(self, query: str, limit: int = 10, who: str = "") -> dict[str, Any]:
        """Passages of the reports that fit a query, best first, with their report and section."""
        library = self._services.library
        names = {info.id: info.name for info in library.reports()}
        words = _words(query)
        self._note(who, "search", words)
        hits = library.search_passages(words, limit=max(1, min(limit, _MOST_FOUND)))
        return {
            "passages": [
                {
                    "report": names.get(hit.report, ""),
                    "section": list(hit.section_path),
                    "text": hit.text,
                    "score": round(hit.score, 4),
                }
                for hit in hits
            ]
        }

    def reports(self) -> dict[str, Any]:
        """The loaded reports: name, kind, unit, project, year."""
        return {"reports": [report_json(each) for each in self._services.library.reports()]}

    def ingest(self, files: Sequence[Path], who: str = "") -> dict[str, Any]:
        """Load files into the library, and say what became of each."""
        settings = self._services.settings
        if len(files) > settings.upload_files:
            raise RequestError(t("一次最多上传 {n} 个文件", n=settings.upload_files))
        self._note(who, "ingest", "、".join(path.name for path in files[:50]))
        outcomes = []
        for path, added in self._services.library.add_all(list(files)):
            outcome: dict[str, Any] = {"file": path.name, "status": added.status}
            if added.problem:
                outcome["problem"] = added.problem
            if added.report is not None:
                outcome["report"] = report_json(added.report)
            outcomes.append(outcome)
        new = {each["report"]["id"] for each in outcomes if each["status"] in _NEW}
        if new:
            self._services.prepare(new)
        return {"files": outcomes}


def _filters(unit: str, project: str, year: str, kind: str, report: str) -> Filters:
    return Filters(unit or None, year or None, project or None, kind or None, report or None)


def _words(question: str) -> str:
    words = question.strip()
    if not words:
        raise RequestError(t("问题是空的。"))
    return words[:LONGEST]
