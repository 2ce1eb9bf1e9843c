"""PDF files made of pages of others."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence

import pikepdf


def picked(pdf: bytes, numbers: Iterable[int]) -> bytes:
    """Those pages of a PDF file that it has, counted from 1."""
    target = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf)) as source, pikepdf.new() as made:
        for number in numbers:
            if number <= len(source.pages):
                made.pages.append(source.pages[number - 1])
        made.save(target)
    return target.getvalue()


def repeated(parts: Sequence[bytes], times: int = 1) -> bytes:
    """PDF files behind each other, all of them several times."""
    target = io.BytesIO()
    with pikepdf.new() as made:
        for part in (*parts,) * times:
            with pikepdf.open(io.BytesIO(part)) as source:
                made.pages.extend(source.pages)
        made.save(target)
    return target.getvalue()


def page_count(pdf: bytes) -> int:
    """The pages of a PDF file."""
    with pikepdf.open(io.BytesIO(pdf)) as source:
        return len(source.pages)
