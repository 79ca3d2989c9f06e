"""Exact match, word F1 and ROUGE."""

from __future__ import annotations

import pytest

from summarizer.evaluation.overlap import exact, rouge, word_f1


def test_exact_forgives_case_articles_and_punctuation() -> None:
    """As in SQuAD's own script."""
    assert exact("The Hague.", ["hague"])
    assert not exact("Hague", ["The Hague city"])


def test_word_f1_takes_the_nearest_gold() -> None:
    """Two of three words against two of two."""
    assert 0.8 == pytest.approx(word_f1("in the North Sea", ["Baltic", "North Sea"]))
    assert 0 == word_f1("", ["North Sea"])


def test_rouge_takes_the_nearest_reference() -> None:
    """A copy of one reference scores 1 in all kinds."""
    pytest.importorskip("rouge_score")
    scores = rouge("A ferry sails.\nIt is late.", ["Something else.", "A ferry sails.\nIt is late."])
    assert {"rouge1": 1, "rouge2": 1, "rougeLsum": 1} == scores
    assert rouge("", ["A ferry sails."])["rouge1"] == 0
