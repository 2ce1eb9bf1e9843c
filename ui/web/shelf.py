"""The library as the page handles it: files in, reports listed and removed, names decided."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from pathlib import Path

from markupsafe import Markup

from index.library import Library
from ingest.settings import Settings
from qa.engine import Engine
from ui.alias_decide import Opened, decide, entry_of, evidence_of, look_up, take_back
from ui.errors import RequestError, known_errors, one_line
from ui.paths import SUFFIXES
from ui.texts import t
from ui.web.alias_view import SHOWN, aliases_html
from ui.web.journal import Journal
from ui.web.kept import Kept
from ui.web.library_view import failures_html, items_html, reports_html
from ui.web.markup import EMPTY
from ui.web.parse_view import empty, parse_html
from ui.web.suggestions import examples
from ui.web.uploads import Uploads


class Shelf:
    """The part of `ui.web.services.Services` that keeps the library."""

    library: Library
    settings: Settings
    engine: Engine
    journal: Journal
    uploads: Uploads
    root: str
    _examples: Kept[list[str]]
    _looked_up: Kept[Opened]

    def examples(self) -> list[str]:
        """Questions about what is loaded, found anew where that has changed."""
        key = tuple(report.id for report in self.library.reports())
        return self._examples.get(key, lambda: examples(self.library.parts(), self.engine.ask))

    def prepare(self, reports: Collection[int]) -> None:
        """Do now what the first question about new reports would else wait for."""
        self.engine.prepare(reports)
        self.examples()

    # Files

    def upload_folder(self, owner: str, files: Sequence[Path]) -> str:
        """Take in the files of a folder whose types are read; the others are listed."""
        seen = [path for path in files if not path.name.startswith(".")]
        readable = [path for path in seen if path.suffix.lower() in SUFFIXES]
        trouble = self.upload(owner, readable) if readable else t("文件夹里没有可读取的文件。")
        if not trouble:
            self.uploads.pass_over([path.name for path in seen if path not in readable])
        return trouble

    def upload(self, owner: str, files: Sequence[Path]) -> str:
        """Take uploaded files in; returns what is wrong with them, "" where nothing is."""
        settings = self.settings
        self.journal.note(owner, "upload", "、".join(path.name for path in files[:50]))
        try:
            self.uploads.take(files, most=settings.upload_files, megabytes=settings.upload_mb)
        except known_errors() as error:
            return one_line(error)
        return ""

    def uploads_html(self) -> Markup:
        """Files on their way, and those that could not be read."""
        items = self.uploads.items()
        listed = {item.name for item in items if item.state == "failed"}
        failures = [each for each in self.library.failures() if each.name not in listed]
        preparing = self.uploads.preparing
        return items_html(items, preparing=preparing) + failures_html(failures)

    def reports_html(self, wanted: str) -> Markup:
        """The loaded reports that fit `wanted`."""
        return reports_html(self.library.reports(include_superseded=True), wanted)

    def parse_html(self, report: str, page: str) -> Markup:
        """A page of a report beside what was read of it."""
        number = int(report) if report.isdecimal() and len(report) < 10 else -1
        infos = self.library.reports(include_superseded=True)
        info = next((each for each in infos if each.id == number), None)
        if info is None:
            return empty()
        at = int(page) if page.isdecimal() and len(page) < 7 else 1
        return parse_html(info, self.library.document(number), at, self.root)

    def remove(self, owner: str, report: str) -> str:
        """Remove a report; returns what prevents it, "" where nothing does."""
        self.journal.note(owner, "remove", report)
        try:
            self.library.remove(int(report) if report.isdecimal() else -1)
        except known_errors() as error:
            return one_line(error)
        return ""

    # Names

    def aliases_html(self, *, edits: bool, unfolded: bool = False) -> Markup:
        """Names that may be one, for review; nothing in an empty library."""
        infos = self.library.reports()
        if not infos:
            return EMPTY
        history = self.library.aliases.history()
        numbers = {info.name: info.id for info in infos}
        entries = self._names().entries
        return aliases_html(entries, history, numbers, edits=edits, unfolded=unfolded)

    def _names(self) -> Opened:
        """The names of the library, gone through again only where it has changed."""
        parts, decided = self.library.parts(), self.library.aliases.decided()
        return self._looked_up.get((parts, decided), self._look_up)

    def _look_up(self) -> Opened:
        """The names, the first guesses with the places where a report bears each of the two."""
        opened = look_up(self.library)
        guesses = [each for each in opened.entries if each.guessed][:SHOWN]
        known = {each: replace(each, sources=evidence_of(opened, each)) for each in guesses}
        return replace(opened, entries=tuple(known.get(each, each) for each in opened.entries))

    def decide_alias(self, owner: str, does: str, first: str, second: str) -> str:
        """Confirm or reject that two listed names are one; returns what prevents it."""
        try:
            opened = self._names()
            entry = entry_of(opened, first, second)
            if entry is None or does not in ("confirm", "remove"):
                raise RequestError(t("这一条已经不在列表里了。"))
            decide(opened, does, entry, joined=does == "confirm")
        except known_errors() as error:
            return one_line(error)
        self.journal.note(owner, f"alias {does}", f"{first} / {second}")
        return ""

    def undo_alias(self, owner: str) -> str:
        """Take back the latest decision on names; returns what prevents it."""
        try:
            step = take_back(self.library)
        except known_errors() as error:
            return one_line(error)
        pair = step.after or step.before
        self.journal.note(owner, "alias undo", f"{pair.first} / {pair.second}" if pair else "")
        return ""
