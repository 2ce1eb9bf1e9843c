"""Search by vectors: Chroma in a folder or on a server, embeddings always passed in.

Chroma holds ids, vectors and fields to filter by; texts stay in the ledger.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

import chromadb
import httpx
import numpy as np
import numpy.typing as npt
from chromadb.config import Settings as ChromaSettings
from chromadb.errors import ChromaError

from index.errors import VectorsError, VectorsUnreachableError

Matrix = npt.NDArray[np.float32]
Key = tuple[int, int]
"""A report's id and the number of a figure or passage in it."""

COLLECTIONS = ("figures", "passages")
_CONFIGURATION: Any = {
    "hnsw": {"space": "cosine", "ef_construction": 200, "ef_search": 200, "max_neighbors": 16}
}
_BATCH = 2000
_PAGE = 10_000
_WIDE_SHARE = 0.2


Fields = Mapping[str, str | int]


class Item(NamedTuple):
    """What is stored beside a vector."""

    no: int
    fields: Fields


def _id(key: Key) -> str:
    return f"{key[0]}:{key[1]}"


def _key(name: str) -> Key:
    report, _, no = name.partition(":")
    return int(report), int(no)


@contextmanager
def guarded() -> Iterator[None]:
    """Turn what Chroma raises over damaged files into VectorsError, and what it raises over a
    server that does not answer into VectorsUnreachableError."""
    try:
        yield
    except httpx.HTTPError as error:
        raise VectorsUnreachableError(
            f"向量服务没有应答（{type(error).__name__}：{error}）；请检查设置 chroma_url 和该服务"
        ) from error
    except (ChromaError, OSError, RuntimeError, ValueError) as error:
        raise VectorsError(f"{type(error).__name__}: {error}") from error
    except BaseException as error:
        # Chroma's native part panics with an exception that is no Exception.
        if type(error).__name__ == "PanicException":
            raise VectorsError(f"PanicException: {error}") from error
        raise


class Vectors:
    """The two collections of a library, with `prefix` before their names; lacking ones are created.

    Raises:
        VectorsError: see `guarded`; so does every method.
    """

    def __init__(self, client: Any, prefix: str = "") -> None:
        self._client = client
        with guarded():
            self._collections: dict[str, Any] = {
                name: client.get_or_create_collection(
                    f"{prefix}{name}", configuration=_CONFIGURATION, embedding_function=None
                )
                for name in COLLECTIONS
            }

    @classmethod
    def in_folder(cls, folder: Path) -> Vectors:
        """Chroma's files in a folder, which is created."""
        folder.mkdir(parents=True, exist_ok=True)
        with guarded():
            settings = ChromaSettings(anonymized_telemetry=False)
            return cls(chromadb.PersistentClient(path=folder, settings=settings))

    def close(self) -> None:
        """Let go of the folder's files or of the connection."""
        self._client.close()

    def add(self, collection: str, report: int, items: Sequence[Item], rows: Matrix) -> None:
        """Store vectors of a report; those of the same number are replaced."""
        for start in range(0, len(items), _BATCH):
            batch = items[start : start + _BATCH]
            with guarded():
                self._collections[collection].upsert(
                    ids=[_id((report, item.no)) for item in batch],
                    embeddings=rows[start : start + _BATCH],
                    metadatas=[{"report": report, **item.fields} for item in batch],
                )

    def remove(self, report: int) -> None:
        """Take out all vectors of a report, if it has any."""
        for collection in self._collections.values():
            with guarded():
                collection.delete(where={"report": report})

    def remove_keys(self, collection: str, keys: Iterable[Key]) -> None:
        """Take out single vectors."""
        names = [_id(key) for key in keys]
        for start in range(0, len(names), _BATCH):
            with guarded():
                self._collections[collection].delete(ids=names[start : start + _BATCH])

    def count(self, collection: str) -> int:
        """How many vectors the collection holds."""
        with guarded():
            return int(self._collections[collection].count())

    def keys(self, collection: str) -> set[Key]:
        """Every vector's key; for checks of consistency."""
        found: set[Key] = set()
        offset = 0
        while True:
            with guarded():
                page = self._collections[collection].get(limit=_PAGE, offset=offset, include=[])
            if not page["ids"]:
                return found
            found.update(map(_key, page["ids"]))
            offset += len(page["ids"])

    def nearest(
        self,
        collection: str,
        query: Matrix,
        count: int,
        reports: Collection[int] | None = None,
        share: float = 1.0,
    ) -> dict[Key, float]:
        """The cosines of the texts nearest to a question, of `reports` only where given.

        Args:
            share: about how much of the collection belongs to `reports`. Chroma filters slowly, so
                a filter that lets much through is applied to a longer result.
        """
        asked: Any = None
        if reports is not None and share < _WIDE_SHARE:
            asked = {"report": {"$in": sorted(reports)}}
        elif reports is not None:
            count = math.ceil(1.5 * count / share)
        with guarded():
            found = self._collections[collection].query(
                query_embeddings=[query], n_results=count, where=asked, include=["distances"]
            )
        pairs = zip(map(_key, found["ids"][0]), found["distances"][0], strict=True)
        return {
            key: 1 - float(distance)
            for key, distance in pairs
            if reports is None or key[0] in reports
        }

    def cosines(self, collection: str, query: Matrix, keys: Collection[Key]) -> dict[Key, float]:
        """The cosines of given texts to a question; texts without a vector are left out."""
        if not keys:
            return {}
        with guarded():
            found = self._collections[collection].get(
                ids=[_id(key) for key in keys], include=["embeddings"]
            )
        if not found["ids"]:
            return {}
        values = np.asarray(found["embeddings"], np.float32) @ query
        return {_key(name): float(v) for name, v in zip(found["ids"], values, strict=True)}
