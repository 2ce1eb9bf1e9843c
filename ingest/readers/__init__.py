"""The one door from bytes to a Document."""

from ingest.readers.encoding import decode
from ingest.readers.errors import UnreadableFile
from ingest.readers.text import read_bytes

__all__ = ["UnreadableFile", "decode", "read_bytes"]
