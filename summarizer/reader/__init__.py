"""The learned reader: does a passage support a claim, where does it answer a question, which names are in it."""

from summarizer.reader.base import Answer, Name, Reader
from summarizer.reader.load import load_reader

__all__ = ["Answer", "Name", "Reader", "load_reader"]
