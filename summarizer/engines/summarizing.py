"""Shim."""

from summarizer.engines.extractive.selection import headline, select
from summarizer.engines.extractive.trims import trim
from summarizer.schemas.evidence import DraftClaim, Span
from summarizer.schemas.summary import SummaryDraft


def quoted(sentence):
    start, end = trim(sentence.text)
    return DraftClaim(evidence=[Span.of(sentence)], text=sentence.text[start:end])


def summary_draft(analysis, *, points=4, words=None, focus=None):
    lead = next(iter(select(analysis, 1, focus=str(focus))), None) if focus else headline(analysis)
    if lead is None:
        return None
    chosen = select(analysis, points + 1, words=words, focus=focus)
    others = [s for s in chosen if s.number != lead.number][:points]
    return SummaryDraft(headline=quoted(lead), points=[quoted(s) for s in others])


def keyword_sentences(analysis, most):
    return []
