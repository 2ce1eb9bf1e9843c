"""Files that were uploaded, on their way into the library: one after the other, in the background.

A file lies in the folder `uploads` of the library until it is in; one that could not be read stays
there, so that it can be tried again.
"""

from __future__ import annotations

import logging
import queue
import secrets
import shutil
import threading
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from index.library import READING
from index.model import Added, Progress
from ui.errors import RequestError, known_errors, one_line
from ui.texts import t

log = logging.getLogger(__name__)

FOLDER = "uploads"
_KEPT = 500  # items that are listed; the oldest finished ones go first
ENDED = frozenset({"added", "unchanged", "superseded", "failed", "skipped"})


AddAll = Callable[[Sequence[Path], Progress], Iterator[tuple[Path, Added]]]


@dataclass(frozen=True, slots=True)
class Item:
    """One file: where it is on its way.

    `state` is ``waiting``, ``reading``, or a status of `index.model.Added`; `done` and `total` are
    pages while it is read. `report` is its number once it is in; `other` names the loaded report
    that has the same content under another name.
    """

    number: int
    name: str
    path: Path
    state: str = "waiting"
    done: int = 0
    total: int = 0
    problem: str = ""
    report: int | None = None
    other: str = ""


class Uploads:
    """The queue and its one worker."""

    def __init__(
        self,
        add_all: AddAll,
        folder: Path,
        prepare: Callable[[Collection[int]], None] = lambda _: None,
    ) -> None:
        """Args:
        prepare: called with the reports that came in, before the next files are read.
        """
        self._add_all = add_all
        self._prepare = prepare
        self.preparing = False
        self._folder = folder / FOLDER
        self._items: list[Item] = []
        self._guard = threading.Lock()
        self._waiting: queue.Queue[list[Item]] = queue.Queue()
        self._numbers = iter(range(1, 1 << 60))
        self._worker: threading.Thread | None = None

    def items(self) -> list[Item]:
        """All that are listed, the latest batch first."""
        with self._guard:
            return list(reversed(self._items))

    @property
    def busy(self) -> bool:
        """True while a file waits or is read, or what came in is made ready."""
        return self._waiting.unfinished_tasks > 0

    def take(self, files: Sequence[Path], *, most: int, megabytes: int) -> None:
        """Copy files that were uploaded and put them into the queue.

        Raises:
            RequestError: they are too many or too large together.
        """
        if len(files) > most:
            raise RequestError(t("一次最多上传 {n} 个文件", n=most))
        if sum(path.stat().st_size for path in files) > megabytes * 1024 * 1024:
            raise RequestError(t("一次上传的文件合计不能超过 {n} MB", n=megabytes))
        kept = []
        for path in files:
            target = self._folder / secrets.token_hex(8) / path.name
            target.parent.mkdir(parents=True)
            shutil.copyfile(path, target)
            kept.append(target)
        self.enqueue(kept)

    def pass_over(self, names: Sequence[str]) -> None:
        """List files that are not read for their type."""
        passed = [Item(next(self._numbers), name, Path(name), state="skipped") for name in names]
        with self._guard:
            self._items += passed

    def enqueue(self, paths: Sequence[Path]) -> None:
        """Put files that stay where they are into the queue."""
        batch = [Item(next(self._numbers), path.name, path) for path in paths]
        with self._guard:
            self._items += batch
            ended = [item for item in self._items if item.state in ENDED]
            dropped = {item.number for item in ended[: max(len(self._items) - _KEPT, 0)]}
            self._items = [item for item in self._items if item.number not in dropped]
        self._waiting.put(batch)
        with self._guard:
            if self._worker is None or not self._worker.is_alive():
                self._worker = threading.Thread(target=self._work, daemon=True, name="uploads")
                self._worker.start()

    def _work(self) -> None:
        while True:
            try:
                batch = self._waiting.get(timeout=30)
            except queue.Empty:
                with self._guard:
                    if not self._waiting.empty():
                        continue
                    self._worker = None
                    return
            try:
                self._made_ready(self._add(batch))
            except known_errors() as error:
                self._fail(batch, one_line(error))
            except Exception:
                log.exception("taking in uploads failed")
                self._fail(batch, t("程序出错；详情已记入日志。"))
            finally:
                self._waiting.task_done()

    def _made_ready(self, reports: Collection[int]) -> None:
        if reports:
            self.preparing = True
            try:
                self._prepare(reports)
            finally:
                self.preparing = False

    def _add(self, batch: list[Item]) -> set[int]:
        """Add files; gives the reports that are new in the library."""
        new: set[int] = set()
        by_path = {item.path: item.number for item in batch}
        names = {item.name: item.number for item in batch}

        def tell(stage: str, done: int, total: int) -> None:
            number = names.get(stage.removeprefix(f"{READING} "))
            if number is not None:
                self._change(number, state="reading", done=done, total=total)

        for path, added in self._add_all(list(by_path), tell):
            number = by_path.get(path)
            if number is None:  # a file of an archive
                item = Item(next(self._numbers), path.name, path)
                with self._guard:
                    self._items.append(item)
                number = item.number
            self._finish(number, path, added)
            if added.report is not None and added.status in ("added", "superseded"):
                new.add(added.report.id)
        for item in batch:  # archives themselves
            if self._state(item.number) not in ENDED:
                self._change(item.number, state="added")
                _drop(item.path, self._folder)
        return new

    def _finish(self, number: int, path: Path, added: Added) -> None:
        report = added.report.id if added.report is not None else None
        problem = added.problem.removeprefix(f"{path.name}：")
        name = added.report.name if added.report is not None else ""
        other = name if added.status == "unchanged" and name != path.name else ""
        self._change(number, state=added.status, problem=problem, report=report, other=other)
        if added.status != "failed":
            _drop(path, self._folder)

    def _fail(self, batch: list[Item], problem: str) -> None:
        for item in batch:
            if self._state(item.number) not in ENDED:
                self._change(item.number, state="failed", problem=problem)

    def _state(self, number: int) -> str:
        return next((item.state for item in self.items() if item.number == number), "failed")

    def _change(self, number: int, **changed: object) -> None:
        with self._guard:
            self._items = [
                replace(item, **changed) if item.number == number else item  # type: ignore[arg-type]
                for item in self._items
            ]

    def forget(self, number: int) -> Item | None:
        """Take an ended item off the list, and give it."""
        with self._guard:
            found = next((i for i in self._items if i.number == number and i.state in ENDED), None)
            self._items = [item for item in self._items if item is not found]
        return found

    def retry(self, number: int) -> None:
        """Try a file again that could not be read."""
        item = self.forget(number)
        if item is not None and item.state == "failed" and item.path.is_file():
            self.enqueue([item.path])


def _drop(path: Path, folder: Path) -> None:
    """Delete a file of ours and the folder made for it."""
    if path.parent.parent == folder:
        path.unlink(missing_ok=True)
        shutil.rmtree(path.parent, ignore_errors=True)
