"""What the events of all tabs have in common."""

from __future__ import annotations

from types import MappingProxyType
from typing import Any

NAMED = "(...all) => [window.gouji.talk(), ...all.slice(1)]"
"""Puts the conversation that the browser is in before the other inputs of an event."""

# An event that changes what is shown at once: no bar, no place in the queue, no endpoint.
QUICK: MappingProxyType[str, Any] = MappingProxyType(
    {"show_progress": "hidden", "queue": False, "api_visibility": "private"}
)
QUICK_NAMED: MappingProxyType[str, Any] = MappingProxyType({**QUICK, "js": NAMED})


def watched(what: str) -> str:
    """The script that tells the browser when a pane of evidence, a case or a parse changes."""
    return f"window.gouji.watch(element, watch, '{what}');"
