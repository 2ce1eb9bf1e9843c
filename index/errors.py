"""The one error of the library."""

from __future__ import annotations


class LibraryError(Exception):
    """The library cannot do what was asked.

    The message is one Chinese line for the user: what happened, where, and what to do.

    Attributes:
        retryable: True when the same call may succeed later (another process is writing).
        english: the message in English, "" where there is none.
    """

    def __init__(self, message: str, *, retryable: bool = False, english: str = "") -> None:
        super().__init__(message)
        self.retryable = retryable
        self.english = english


class VectorsError(Exception):
    """Chroma cannot work with its files. The vectors can be made anew from the ledger."""


class VectorsUnreachableError(LibraryError):
    """The Chroma server does not answer. Questions go on by words alone; changes are refused."""


class LedgerUnreachableError(LibraryError):
    """The database server that holds the ledger does not answer. Nothing can be read or changed
    until it does; then the same library goes on."""
