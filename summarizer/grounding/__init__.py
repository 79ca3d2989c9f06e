"""Shim."""

from summarizer.grounding.check import Check as Check
from summarizer.grounding.check import check as check
from summarizer.grounding.opinions import Opinions as Opinions
from summarizer.grounding.opinions import key_of as key_of
from summarizer.grounding.settling import (
    Checker as Checker,
    Grounder as Grounder,
    Grounded as Grounded,
    Failure as Failure,
)
from summarizer.grounding.generic import settle_generic as ground_form
from summarizer.settings import Level as Level
