"""The one error of reading a file."""

from __future__ import annotations


class UnreadableFile(Exception):  # noqa: N818 - it names the finding, not the fault
    """A file that cannot be read as a report at all.

    The message is one Chinese line for the user: what is wrong, where, and what to do.
    """
