"""Embedding models behind LangChain's `Embeddings`: the built-in one, and any other.

The built-in model is a static one (a row per piece of text, trained by index/train.py); model2vec
reads it without torch. Anything else goes through sentence-transformers.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt
from langchain_core.embeddings import Embeddings

from index.errors import LibraryError
from ingest.settings import Settings

Matrix = npt.NDArray[np.float32]
BUILTIN = "builtin"
BUILTIN_FOLDER = Path(__file__).parent / "data" / "builtin"
_SAMPLE = 1 << 16


class Encoder(Protocol):
    """Gives one row of length one per text."""

    def encode(self, texts: Sequence[str]) -> Matrix: ...


class TextEmbeddings(Embeddings):
    """A model as LangChain knows it, with matrices for our own use.

    Args:
        encoder: the model.
        query_prefix: put before a question, never before a passage.
    """

    def __init__(self, encoder: Encoder, query_prefix: str = "") -> None:
        self._encoder = encoder
        self._prefix = query_prefix

    def documents(self, texts: Sequence[str]) -> Matrix:
        """One row of length one per text."""
        return self._encoder.encode(texts)

    def query(self, text: str) -> Matrix:
        """The row of a question."""
        row: Matrix = self._encoder.encode([self._prefix + text])[0]
        return row

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        found: list[list[float]] = self.documents(texts).tolist()
        return found

    def embed_query(self, text: str) -> list[float]:
        found: list[float] = self.query(text).tolist()
        return found


class _Static:
    def __init__(self, folder: Path) -> None:
        from model2vec import StaticModel

        packed = StaticModel.from_pretrained(folder, force_download=False)
        rows = packed.embedding.astype(np.float32)
        if packed.weights is not None:
            rows *= packed.weights[:, None]
        # With the weights multiplied in, model2vec takes its fast path.
        self._model = StaticModel(rows, packed.tokenizer, packed.config, normalize=True)

    def encode(self, texts: Sequence[str]) -> Matrix:
        if not texts:
            return np.zeros((0, self._model.dim), np.float32)
        found: Matrix = self._model.encode(list(texts), use_multiprocessing=False)
        return found


class _Transformer:
    def __init__(self, settings: Settings) -> None:
        name = settings.embedder
        try:
            from sentence_transformers import SentenceTransformer

            self._model: Any = SentenceTransformer(
                name, device=settings.embedder_device, local_files_only=settings.offline
            )
        except (OSError, ValueError, RuntimeError) as error:
            where = "本机文件夹或缓存中" if settings.offline else "本机或模型库中"
            raise LibraryError(
                f"无法载入向量模型 {name}（{where}没有可用的模型，或设备 "
                f"{settings.embedder_device} 不可用）：{error}；请检查设置 embedder，或改用 builtin"
            ) from error
        self._batch = settings.embedder_batch

    def encode(self, texts: Sequence[str]) -> Matrix:
        if not texts:
            size = self._model.get_sentence_embedding_dimension()
            return np.zeros((0, size), np.float32)
        found: Matrix = self._model.encode(
            list(texts),
            batch_size=self._batch,
            normalize_embeddings=True,
            show_progress_bar=False,
            convert_to_numpy=True,
        )
        return found.astype(np.float32)


def load_embeddings(settings: Settings) -> TextEmbeddings:
    """The model that the settings name.

    Raises:
        LibraryError: the model cannot be loaded.
    """
    builtin = settings.embedder == BUILTIN
    encoder: Encoder = _Static(BUILTIN_FOLDER) if builtin else _Transformer(settings)
    return TextEmbeddings(encoder, settings.embedder_query_prefix)


def fingerprint(settings: Settings) -> str:
    """A text that changes with the model, found without loading it.

    A folder counts by its files (names, sizes, beginnings and ends), a name of a model hub by
    itself.
    """
    if settings.embedder == BUILTIN:
        return f"builtin:{_folder_hash(BUILTIN_FOLDER)}"
    folder = Path(settings.embedder)
    if folder.is_dir():
        return f"folder:{_folder_hash(folder)}"
    return f"name:{settings.embedder}"


def _folder_hash(folder: Path) -> str:
    digest = hashlib.sha256()
    for path in _model_files(folder):
        size = path.stat().st_size
        digest.update(f"{path.relative_to(folder).as_posix()}:{size};".encode())
        with path.open("rb") as file:
            digest.update(file.read(_SAMPLE))
            if size > 2 * _SAMPLE:
                file.seek(-_SAMPLE, 2)
                digest.update(file.read())
    return digest.hexdigest()[:16]


def _model_files(folder: Path) -> Iterator[Path]:
    for path in sorted(folder.rglob("*")):
        if path.is_file() and path.suffix.lower() not in (".md", ".txt") and path.name[0] != ".":
            yield path
