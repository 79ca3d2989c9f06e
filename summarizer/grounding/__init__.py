"""Whether what was proposed holds in the sentences it cites."""

from summarizer.grounding.checker import Check, Checker, check
from summarizer.grounding.grounder import Failure, Grounded, Grounder
from summarizer.grounding.opinions import Opinions, key_of

__all__ = ["Check", "Checker", "Failure", "Grounded", "Grounder", "Opinions", "check", "key_of"]
