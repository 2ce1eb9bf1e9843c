"""What prevents an event of the page, as one line in the page instead of a bare "error"."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator
from functools import wraps
from typing import Any

import gradio as gr

from ui.errors import known_errors, one_line


def tell_troubles(blocks: gr.Blocks) -> None:
    """Make every event of a page tell errors that a person can mend; others stay what they are."""
    for each in blocks.fns.values():
        if each.fn is not None:
            each.fn = telling(each.fn)


def telling(handler: Callable[..., Any]) -> Callable[..., Any]:
    """The handler of an event, whose known errors gradio shows."""
    if inspect.isgeneratorfunction(handler):

        @wraps(handler)
        def step(*given: Any, **named: Any) -> Iterator[Any]:
            try:
                yield from handler(*given, **named)
            except known_errors() as error:
                raise _shown(error) from error

        return step
    if not inspect.isroutine(handler) or inspect.iscoroutinefunction(handler):
        return handler

    @wraps(handler)
    def once(*given: Any, **named: Any) -> Any:
        try:
            return handler(*given, **named)
        except known_errors() as error:
            raise _shown(error) from error

    return once


def _shown(error: Exception) -> gr.Error:
    return gr.Error(one_line(error), print_exception=False)
