"""Stored results again: read back, joined with their articles, and verified without trusting who wrote them."""

from summarizer.audit.sources import Found, find_articles
from summarizer.audit.stored import Stored, read_stored, refs_in
from summarizer.audit.verify import Audit, Finding, verify

__all__ = ["Audit", "Finding", "Found", "Stored", "find_articles", "read_stored", "refs_in", "verify"]
