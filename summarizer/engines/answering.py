"""Shim."""

from summarizer.engines.extractive.answering import answer


def answer_draft(analysis, question, number, *, reader=None):
    return answer(analysis, question, number=number).draft
