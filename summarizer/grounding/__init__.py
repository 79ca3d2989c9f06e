"""Whether what was proposed holds in the sentences it cites."""

from summarizer.grounding.aliases import Grounds, prepare
from summarizer.grounding.check import Check, check
from summarizer.grounding.repair import repair
from summarizer.grounding.verbatim import is_trim, verbatim
from summarizer.settings import Level

__all__ = ["Check", "Grounds", "Level", "check", "is_trim", "prepare", "repair", "verbatim"]
