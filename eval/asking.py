"""Chains of questions asked in this process or in several, each answer as a line of the log."""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from decimal import Decimal
from itertools import islice

from pebble import ProcessExpired, ProcessFuture, ProcessPool

from eval.ground import Ground, Opened, answering, loading
from eval.runlog import Entry
from eval.runner import Asked, Session
from eval.selection import Chain
from qa.codec import answer_to_json
from qa.engine import Conversation

_LOOK = 0.2  # seconds between two looks at whether to stop
_MILLION = Decimal(1_000_000)
_NICE = 10  # who asks at the page goes before who evaluates


class WorkerError(ValueError):
    """A process that should answer could not begin; the message is one line and says why."""


@dataclass(frozen=True, slots=True)
class Task:
    """A chain to be asked for the n-th time; `price` is that of a million tokens."""

    chain: Chain
    repeat: int
    price: Decimal | None = None


def ask_chain(opened: Opened, task: Task) -> Iterator[Entry]:
    """Ask the cases of a chain one after another."""
    session = Session(opened.asker, Conversation)
    for asked in session.each(task.chain.cases, task.chain.wanted):
        yield _entry(asked, opened, task)


def _entry(asked: Asked, opened: Opened, task: Task) -> Entry:
    known = asked.tokens is not None and task.price is not None
    return Entry(
        suite=task.chain.suite,
        case=asked.case.id,
        repeat=task.repeat,
        answer=answer_to_json(asked.answer) if asked.answer is not None else None,
        error=asked.error,
        seconds=asked.seconds,
        tokens=asked.tokens,
        calls=asked.calls,
        cost=task.price * (asked.tokens or 0) / _MILLION if known and task.price else None,
        retrieved=opened.retrieved(asked.case.question),
    )


def _lost(task: Task, reason: str) -> list[Entry]:
    return [
        Entry(task.chain.suite, case.id, task.repeat, None, reason)
        for case in task.chain.cases
        if case.id in task.chain.wanted
    ]


def ask_here(opened: Opened, tasks: Iterable[Task], stopped: Callable[[], bool]) -> Iterator[Entry]:
    """Ask in this process, until all is asked or `stopped` says so between two questions."""
    for task in tasks:
        for entry in ask_chain(opened, task):
            yield entry
            if stopped():
                return


def ask_in_processes(
    ground: Ground,
    tasks: Iterable[Task],
    workers: int,
    stopped: Callable[[], bool],
    limit: float | None = None,
) -> Iterator[Entry]:
    """Ask in processes of low priority, each of which opens the reports once and has whole chains.

    Few tasks are on their way at a time, so that neither questions nor answers pile up. A process
    that dies, or takes longer than `limit` seconds a question (None: as long as it wants), leaves
    the cases of its chain without an answer and is replaced.

    Raises:
        WorkerError: a process could not open the reports.
    """
    waiting: deque[tuple[Task, ProcessFuture[list[Entry]]]] = deque()
    rest = iter(tasks)
    # A fork would copy the threads and locks of Chroma and of the tokenizer.
    pool = ProcessPool(
        max_workers=workers,
        context=multiprocessing.get_context("spawn"),
        initializer=_enter,
        initargs=(ground,),
    )
    try:
        while not stopped():
            for task in islice(rest, 2 * workers - len(waiting)):
                most = limit * len(task.chain.cases) if limit is not None else None
                waiting.append((task, pool.schedule(_ask, args=(task,), timeout=most)))
            if not waiting:
                return
            task, future = waiting[0]
            try:
                found = future.result(timeout=_LOOK)
            except TimeoutError:
                if not (future.done() and isinstance(future.exception(), TimeoutError)):
                    continue
                found = _lost(task, f"超过时限（每题 {limit:g} 秒）仍没有答完，已停止")
            except ProcessExpired as error:
                found = _lost(task, f"作答的进程意外结束（{error}）")
            waiting.popleft()
            yield from found
    finally:
        pool.stop()
        pool.join()


_opened: Opened | None = None
_failure = ""
_holding = ExitStack()


def _enter(ground: Ground) -> None:
    """Make this process one that answers: called once, before its first chain.

    What goes wrong is told by the first chain: the pool would start one process after another.
    """
    global _opened, _failure
    if sys.platform != "win32":
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent decides
        os.nice(_NICE)
    try:
        loaded = _holding.enter_context(loading(ground))
        _opened = _holding.enter_context(answering(ground, loaded))
    except Exception as error:  # noqa: BLE001 - raised by _ask, where the parent hears of it
        _failure = f"{type(error).__name__}: {error}"


def _ask(task: Task) -> list[Entry]:
    if _opened is None:
        raise WorkerError(f"作答的进程无法打开报告（{_failure}）")
    return list(ask_chain(_opened, task))
