"""Who asked and changed what: one line of JSON each, appended to `journal.jsonl` of the library."""

from __future__ import annotations

import json
import threading
from datetime import UTC, datetime
from pathlib import Path

FILE = "journal.jsonl"


class Journal:
    """Appends; never rewrites."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / FILE
        self._guard = threading.Lock()

    def note(self, who: str, what: str, about: str = "") -> None:
        """One entry: who (empty for local use), what was done, about which question or report."""
        at = datetime.now(UTC).isoformat(timespec="seconds")
        line = json.dumps({"at": at, "who": who, "what": what, "about": about}, ensure_ascii=False)
        with self._guard, self._path.open("a", encoding="utf-8") as file:
            file.write(line + "\n")
