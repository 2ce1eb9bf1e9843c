"""From bytes to a Document: read, find figures, find equations and assertions. The table of contents of ingest."""

from __future__ import annotations

from dataclasses import replace

from ingest.assertions.families import find_assertions
from ingest.equations.doubts import settled
from ingest.equations.families import find_equations
from ingest.figures.finding import find_figures
from ingest.files import read_bytes
from ingest.model import Document
from ingest.readers.content import PageProgress, silent


def read_document(data: bytes, name: str, progress: PageProgress = silent) -> Document:
    """A report with its figures, equations and assertions.

    Args:
        data: the file's bytes; the format is told from them, never from the name.
        name: the file's name, as shown to readers.
        progress: told of pages done and their total, where the format has pages.

    Raises:
        ingest.readers.errors.UnreadableFile: the bytes are no report that can be read; the
            message says why and what to do.
    """
    document = read_bytes(data, name, progress)
    document = replace(document, figures=find_figures(document))
    document = replace(document, equations=find_equations(document))
    document = replace(document, assertions=find_assertions(document))
    return settled(document)
