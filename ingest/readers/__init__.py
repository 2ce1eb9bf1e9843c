"""Readers, one a format, each from bytes to Content. `ingest.files` chooses among them."""
