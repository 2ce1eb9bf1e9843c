"""The one error of the library."""

from __future__ import annotations


class LibraryError(Exception):
    """The library cannot do what was asked.

    The message is one Chinese line for the user: what happened, where, and what to do.

    Attributes:
        retryable: True when the same call may succeed later (another process is writing).
    """

    def __init__(self, message: str, *, retryable: bool = False) -> None:
        super().__init__(message)
        self.retryable = retryable


class VectorsError(Exception):
    """Chroma cannot work with its files. The vectors can be made anew from the ledger."""


class VectorsUnreachableError(LibraryError):
    """The Chroma server does not answer. Questions go on by words alone; changes are refused."""
