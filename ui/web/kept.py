"""A value that is dear to make, kept for as long as what it is made of stays the same."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Generic, TypeVar

T = TypeVar("T")


class Kept(Generic[T]):
    """Makes the value in one thread at a time.

    Args:
        stale: whether who comes while it is made anew is given the former value instead of waiting.
    """

    def __init__(self, *, stale: bool) -> None:
        self._stale = stale
        self._kept: tuple[object, T] | None = None
        self._making = threading.Lock()

    def get(self, key: object, make: Callable[[], T]) -> T:
        """The value for `key`; `make` is called where the one at hand is of another key."""
        kept = self._kept
        if kept is not None and kept[0] == key:
            return kept[1]
        if kept is not None and self._stale:
            if not self._making.acquire(blocking=False):
                return kept[1]
        else:
            self._making.acquire()
        try:
            if self._kept is None or self._kept[0] != key:
                self._kept = (key, make())
            return self._kept[1]
        finally:
            self._making.release()
