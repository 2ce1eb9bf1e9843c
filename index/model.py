"""What the library gives back: frozen values, no framework in them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

from ingest.model import Document
from ingest.readers.content import PageProgress

Reader = Callable[[bytes, str, PageProgress], Document]
"""Turns the bytes and the name of a file into a Document, telling the pages done; see
ingest.pipeline.read_document."""

Progress = Callable[[str, int, int], None]
"""Called with a stage in Chinese, how much of it is done, and how much there is."""

Expand = Callable[[str], Sequence[str]]
"""Further words that mean what a question says, for the word index."""

State = Literal["staged", "ready", "superseded"]
Status = Literal["added", "unchanged", "superseded", "failed", "skipped"]


@dataclass(frozen=True, slots=True)
class Identity:
    """What a report is about; a corrected edition has the identity of the old one."""

    kind: str
    title: str
    entity: str
    project: str
    year: str


@dataclass(frozen=True, slots=True)
class ReportInfo:
    """A loaded report, without its content.

    `kind` is a value of `ingest.model.ReportKind`; `title`, `entity`, `project` and `year` are
    those of the first part. `added_at` is UTC, ISO 8601. `superseded_by` is the id of the
    corrected edition that took its place.
    """

    id: int
    name: str
    sha256: str
    state: State
    kind: str
    title: str
    entity: str
    project: str
    year: str
    parts: int
    figures: int
    equations: int
    problems: int
    pages: int | None
    size: int
    added_at: str
    superseded_by: int | None = None


@dataclass(frozen=True, slots=True)
class PartInfo:
    """A part of a loaded report: who, what, when."""

    report: int
    part: int
    report_name: str
    kind: str
    title: str
    entity: str
    project: str
    year: str
    carriers: tuple[str, ...] = ()  # other units that it states itself to be of


@dataclass(frozen=True, slots=True)
class Added:
    """What became of a file.

    ``added``: it is in. ``superseded``: it is in, and took the place of an older edition.
    ``unchanged``: these bytes were in already. ``failed``: it is not in, `problem` says why.
    ``skipped``: a file in an archive, of a kind that is not looked for.
    `replaced` are the ids of the older editions.
    """

    status: Status
    report: ReportInfo | None
    problem: str
    seconds: float
    replaced: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class FailureInfo:
    """A file that could not be added; `path` is "" where its bytes came without a path."""

    name: str
    sha256: str
    path: str
    reason: str
    failed_at: str


@dataclass(frozen=True, slots=True)
class FigureHit:
    """A figure whose description fits a question; a higher score fits better."""

    report: int
    figure: int
    score: float


@dataclass(frozen=True, slots=True)
class PassageHit:
    """A passage that fits a question. It covers blocks ``first_block <= no < last_block``."""

    report: int
    no: int
    first_block: int
    last_block: int
    text: str
    section_path: tuple[str, ...]
    score: float


@dataclass(frozen=True, slots=True)
class Disagreement:
    """A figure that the stored bytes no longer say; `figure` is None for a whole file."""

    report: int
    report_name: str
    figure: int | None
    stored: str
    found: str


@dataclass(frozen=True, slots=True)
class Verified:
    """How many figures were read again from the stored bytes, and which disagree."""

    figures: int
    agreed: int
    disagreements: tuple[Disagreement, ...] = ()
