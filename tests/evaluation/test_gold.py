"""Gold files: what is written is found in the article, and what is wrong is told with its line."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from summarizer.errors import InputError
from summarizer.evaluation import read_gold
from summarizer.evaluation.gold import Gold

TEXT = "Ann Lee met Bob Ray. Ann said Lee Ltd would pay. Nobody asked why."


def gold(tmp_path: Path, **line: Any) -> Gold:
    """A gold file with one line, read."""
    file = tmp_path / "gold.jsonl"
    file.write_text(json.dumps({"id": "a", "text": TEXT, **line}), "utf-8")
    return read_gold(file)[0]


def test_a_text_without_offsets_is_every_whole_word_outside_longer_ones(tmp_path: Path) -> None:
    """`Lee` is not the one inside `Ann Lee` or `Lee Ltd`, and `Ann` is found once more."""
    names = [{"text": t, "type": "person"} for t in ("Ann Lee", "Ann", "Lee Ltd")]
    one = gold(tmp_path, names=names)
    assert ["Ann Lee", "Ann", "Lee Ltd"] == [TEXT[slice(*span)] for _, span in one.ranges(one.line.names or [])]


def test_offsets_are_kept(tmp_path: Path) -> None:
    """A place with offsets is that place alone."""
    one = gold(tmp_path, names=[{"text": "Ann", "start": 21, "end": 24, "type": "person"}])
    assert [(21, 24)] == [span for _, span in one.ranges(one.line.names or [])]


def test_sentences_of_evidence(tmp_path: Path) -> None:
    """A piece of a sentence stands for it."""
    one = gold(tmp_path, questions=[{"question": "?", "answers": ["money"], "evidence": ["would pay", "Bob Ray"]}])
    assert {1, 2} == one.sentences(one.line.questions[0].evidence)


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ({"names": [{"text": "Zoe", "type": "person"}]}, "'Zoe' does not stand there"),
        ({"names": [{"text": "Ann", "start": 1, "end": 4, "type": "person"}]}, "'Ann' does not stand there"),
        ({"questions": [{"question": "?", "answers": ["Zoe"]}]}, "'Zoe' does not stand there"),
        ({"summary": {"evidence": ["Zoe"]}}, "'Zoe' does not stand there"),
        ({"names": [{"text": "Ann", "type": "wizard"}]}, "/names/0/type"),
        ({"text": None}, "give either text or article"),
        ({"colour": "red"}, "/colour"),
    ],
)
def test_a_fault_is_told_with_its_line(tmp_path: Path, line: dict[str, Any], told: str) -> None:
    """The message names the file, the line and the fault."""
    with pytest.raises(InputError, match=r"gold\.jsonl:1") as raised:
        gold(tmp_path, **line)
    assert told in str(raised.value)


@pytest.mark.parametrize("content", [None, "", "nonsense"])
def test_what_is_no_gold_file(tmp_path: Path, content: str | None) -> None:
    """A missing, an empty and a broken file are input errors."""
    file = tmp_path / "gold.jsonl"
    if content is not None:
        file.write_text(content, "utf-8")
    with pytest.raises(InputError):
        read_gold(file)


def test_the_gold_set_that_ships_reads() -> None:
    """Five articles; every question without an answer is marked as one."""
    lines = read_gold(Path(__file__).parents[2] / "benchmarks" / "gold" / "gold.jsonl")
    asked = [question for one in lines for question in one.line.questions]
    assert 5 == len(lines)
    assert all(one.article.published for one in lines)
    assert 10 == sum(not question.answers for question in asked)
