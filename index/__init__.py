"""The library on disk: ledger, passages, embeddings, Chroma and hybrid search."""
