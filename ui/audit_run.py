"""Reports audited one by one and then against one another, for the command and for the page."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ui.errors import RequestError
from ui.texts import t

if TYPE_CHECKING:
    from ingest.model import Document
    from qa.audit.report import AuditedReport


@dataclass(frozen=True, slots=True)
class Chosen:
    """A report to audit, from the library or from a file; or why it cannot be read."""

    name: str
    read: Callable[[], Document | str]


def audited(
    chosen: Sequence[Chosen], done: Callable[[], None]
) -> tuple[list[AuditedReport], list[str]]:
    """The reports audited in their order and against one another, and a line for each that
    cannot be read.

    Args:
        chosen: what to audit.
        done: called after each report.
    """
    from qa.audit.across import joined
    from qa.audit.report import audit
    from qa.compare.across import compare
    from qa.compare.across_facts import Reported, reported

    found: dict[int, AuditedReport] = {}
    facts: list[Reported] = []
    failures: list[str] = []
    for key, each in enumerate(chosen):
        read = each.read()
        if isinstance(read, str):
            problem = read.removeprefix(f"{each.name}：")
            failures.append(t("✗ {name}：{problem}", name=each.name, problem=problem))
        else:
            found[key] = audit(read)
            facts += filter(None, [reported(key, read)])
        done()
    together = joined(found, list(compare(facts)), lambda key: _document(chosen[key]))
    return list(together.values()), failures


def _document(chosen: Chosen) -> Document:
    """A document that was read before."""
    read = chosen.read()
    if isinstance(read, str):
        raise RequestError(read)
    return read
