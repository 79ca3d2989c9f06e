"""How well a model reads, measured on gold: deterministic scores with intervals, tokens, cost and time."""

from summarizer.evaluation.comparison import Comparison, compare
from summarizer.evaluation.gold import Gold, read_gold
from summarizer.evaluation.runner import Reading, read_by_model, read_from_file

__all__ = ["Comparison", "Gold", "Reading", "compare", "read_by_model", "read_from_file", "read_gold"]
