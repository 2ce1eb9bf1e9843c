"""Reports read straight into memory: what the engine needs of a library, without one on disk.

For runs that judge reading and answering alone; storing and searching are left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cached_property
from pathlib import Path

from index.aliases import Alias, StatedName, stated_name
from index.ledger import identity_of
from ingest.identity.renames import names_told
from ingest.model import Document
from ingest.pipeline import read_document
from ingest.reading.text import fold
from qa.model import PartRef


class MemoryAliases:
    """What documents state of names, read once."""

    def __init__(self, documents: Sequence[Document]) -> None:
        self._stated = tuple(
            stated_name(number, identity_of(document).entity, document, each)
            for number, document in enumerate(documents)
            for each in names_told(document)
        )

    def stated(self) -> Sequence[StatedName]:
        """All statements, in the order of the reports."""
        return self._stated

    def decided(self) -> Sequence[Alias]:
        """Nothing."""
        return ()


class MemoryLibrary:
    """Documents and their parts; report numbers follow the order of the files."""

    def __init__(self, files: Iterable[Path]) -> None:
        self._documents = [read_document(path.read_bytes(), path.name) for path in files]

    @classmethod
    def of(cls, documents: Sequence[Document]) -> MemoryLibrary:
        """A library of documents that are read already."""
        library = cls(())
        library._documents = list(documents)
        return library

    def document(self, report: int) -> Document:
        """The document of a report number."""
        return self._documents[report]

    @cached_property
    def flat(self) -> str:
        """All texts as one, folded and without white space: to look whether a word stands anywhere."""
        return re.sub(r"\s", "", fold("".join(document.text for document in self._documents)))

    @cached_property
    def aliases(self) -> MemoryAliases:
        """What the documents state of names; nobody decides anything here."""
        return MemoryAliases(self._documents)

    def parts(self) -> Sequence[PartRef]:
        """Every part of every report."""
        return [
            PartRef(
                report=number,
                part=part.no,
                report_name=document.name,
                kind=part.kind.value,
                title=part.title.value,
                entity=part.entity.value,
                project=part.project.value,
                year=part.year,
                carriers=part.carriers,
            )
            for number, document in enumerate(self._documents)
            for part in document.parts
        ]
