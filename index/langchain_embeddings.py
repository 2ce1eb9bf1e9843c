"""LangChain's `Embeddings` on both sides: ours for its chains, any of its providers for us."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from langchain_core.embeddings import Embeddings

from index.embedding import Encoder, Matrix
from index.errors import LibraryError
from ingest.settings import Settings


class EncoderEmbeddings(Embeddings):
    """An encoder of the library as LangChain knows it."""

    def __init__(self, encoder: Encoder) -> None:
        self._encoder = encoder

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        found: list[list[float]] = self._encoder.documents(texts).tolist()
        return found

    def embed_query(self, text: str) -> list[float]:
        found: list[float] = self._encoder.query(text).tolist()
        return found


class EmbeddingsEncoder:
    """Any `Embeddings` of LangChain as an encoder; its vectors are brought to length one."""

    def __init__(self, embeddings: Embeddings, query_prefix: str = "") -> None:
        self._embeddings = embeddings
        self._prefix = query_prefix

    def documents(self, texts: Sequence[str]) -> Matrix:
        return _unit(np.asarray(self._embeddings.embed_documents(list(texts)), np.float32))

    def query(self, text: str) -> Matrix:
        found = np.asarray([self._embeddings.embed_query(self._prefix + text)], np.float32)
        row: Matrix = _unit(found)[0]
        return row


def _unit(rows: Matrix) -> Matrix:
    lengths = np.linalg.norm(rows, axis=1, keepdims=True)
    found: Matrix = rows / np.maximum(lengths, np.float32(1e-12))
    return found


def provider_encoder(settings: Settings) -> Encoder:
    """The model that a setting such as ``openai:bge-m3`` names.

    Raises:
        LibraryError: `offline` forbids it, or its package or key is missing.
    """
    if settings.offline:
        raise LibraryError(
            f"设置 offline 为 true，不能使用需要联网的向量模型 {settings.embedder}；"
            "请改用 builtin 或本机文件夹，或把 offline 设为 false"
        )
    from langchain.embeddings import init_embeddings

    try:
        found = init_embeddings(settings.embedder)
    except Exception as error:
        raise LibraryError(
            f"无法使用向量模型 {settings.embedder}：{error}；请检查设置 embedder 和所需的环境变量"
        ) from error
    if not isinstance(found, Embeddings):
        raise LibraryError(f"{settings.embedder} 不是向量模型；请检查设置 embedder")
    return EmbeddingsEncoder(found, settings.embedder_query_prefix)
