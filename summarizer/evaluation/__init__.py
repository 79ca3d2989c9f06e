"""How well a model reads, measured on gold; and stored results verified again from the texts of their articles."""

from summarizer.evaluation.comparison import Comparison, compare
from summarizer.evaluation.findings import Audit, Finding
from summarizer.evaluation.gold import Gold, read_gold
from summarizer.evaluation.runner import Run, read_by_model, read_from_file
from summarizer.evaluation.sources import Found, find_articles
from summarizer.evaluation.stored import Stored, read_stored, refs_in
from summarizer.evaluation.verify import verify

__all__ = [
    "Audit",
    "Comparison",
    "Finding",
    "Found",
    "Gold",
    "Run",
    "Stored",
    "compare",
    "find_articles",
    "read_by_model",
    "read_from_file",
    "read_gold",
    "read_stored",
    "refs_in",
    "verify",
]
