"""Embedding models: the built-in one, one of sentence-transformers, one behind LangChain.

The built-in model is a static one (a vector per piece of text, made by index/train.py). Reading it
here takes tokenizers and numpy; model2vec reads the same folder, but its import costs a question
asked on the command line several tenths of a second (docs/retrieval.md).
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt

from index.errors import LibraryError
from ingest.settings import Settings

Matrix = npt.NDArray[np.float32]
BUILTIN = "builtin"
BUILTIN_FOLDER = Path(__file__).parent / "data" / "builtin"
_MOST_CHARS = 1024  # of a text that the built-in model reads
_SAMPLE = 1 << 16
_PROVIDER = re.compile(r"[a-z][a-z_]+:[^\\/]")


class Encoder(Protocol):
    """Gives one row of length one per text (a row of zeros where a text says nothing)."""

    def documents(self, texts: Sequence[str]) -> Matrix: ...

    def query(self, text: str) -> Matrix: ...


class StaticEncoder:
    """A static model's folder, read without torch.

    Args:
        folder: holds ``tokenizer.json`` and ``model.safetensors`` with the rows ``embeddings`` and,
            where these are whole numbers, a scale per row in ``weights``.
    """

    def __init__(self, folder: Path, query_prefix: str = "") -> None:
        from safetensors.numpy import load_file
        from tokenizers import Tokenizer

        self._tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self._tokenizer.no_padding()
        self._tokenizer.no_truncation()
        self._unknown = self._tokenizer.token_to_id("[UNK]")
        stored = load_file(folder / "model.safetensors")
        rows = stored["embeddings"].astype(np.float32)
        if "weights" in stored:
            rows *= stored["weights"].astype(np.float32)[:, None]
        self._rows: Matrix = rows
        self._prefix = query_prefix

    def documents(self, texts: Sequence[str]) -> Matrix:
        found = np.zeros((len(texts), self._rows.shape[1]), np.float32)
        encoded = self._tokenizer.encode_batch_fast(
            [text[:_MOST_CHARS] for text in texts], add_special_tokens=False
        )
        for index, each in enumerate(encoded):
            known = [piece for piece in each.ids if piece != self._unknown]
            if known:
                found[index] = self._rows[known].mean(axis=0)
        lengths = np.linalg.norm(found, axis=1, keepdims=True)
        unit: Matrix = found / np.maximum(lengths, np.float32(1e-12))
        return unit

    def query(self, text: str) -> Matrix:
        row: Matrix = self.documents([self._prefix + text])[0]
        return row


def not_loaded(model: str, settings: Settings, error: Exception, hint: str) -> LibraryError:
    """The error of a model of sentence-transformers that is not there or not for this device."""
    where = "本机" if settings.offline else "本机和模型库"
    return LibraryError(
        f"无法载入{model}（{where}没有可用的模型，或设备 {settings.embedder_device} 不可用）：{error}；{hint}"
    )


class TransformerEncoder:
    """A model of sentence-transformers: a folder, or a name in its cache or on its hub."""

    def __init__(self, settings: Settings) -> None:
        name = settings.embedder
        try:
            from sentence_transformers import SentenceTransformer

            self._model: Any = SentenceTransformer(
                name, device=settings.embedder_device, local_files_only=settings.offline
            )
        except (OSError, ValueError, RuntimeError) as error:
            hint = "请检查设置 embedder，或改用 builtin"
            raise not_loaded(f"向量模型 {name}", settings, error, hint) from error
        self._batch = settings.embedder_batch
        self._prefix = settings.embedder_query_prefix

    def documents(self, texts: Sequence[str]) -> Matrix:
        found: Matrix = self._model.encode(
            list(texts),
            batch_size=self._batch,
            normalize_embeddings=True,
            show_progress_bar=False,
            convert_to_numpy=True,
        )
        return found.astype(np.float32)

    def query(self, text: str) -> Matrix:
        row: Matrix = self.documents([self._prefix + text])[0]
        return row


def is_provider(settings: Settings) -> bool:
    """True when the setting names a model behind LangChain, as ``openai:bge-m3`` does."""
    name = settings.embedder
    return _PROVIDER.match(name) is not None and not Path(name).exists()


def load_encoder(settings: Settings) -> Encoder:
    """The model that the settings name.

    Raises:
        LibraryError: the model cannot be loaded, or would send texts away while `offline`.
    """
    if settings.embedder == BUILTIN:
        return StaticEncoder(BUILTIN_FOLDER, settings.embedder_query_prefix)
    if is_provider(settings):
        from index.langchain_embeddings import provider_encoder

        return provider_encoder(settings)
    return TransformerEncoder(settings)


def fingerprint(settings: Settings) -> str:
    """A text that changes with the model, found without loading it.

    A folder counts by its files (names, sizes, beginnings and ends), a name by itself.
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
