"""Gold files: what is written is found in the article, and what is wrong is told with its line."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from summarizer.errors import InputError
from summarizer.evaluation import read_gold
from summarizer.evaluation.gold import Gold
from summarizer.tasks.scoring import ranges

TEXT = "Ann Lee met Bob Ray. Ann said Lee Ltd would pay. Nobody asked why."


def gold(tmp_path: Path, **line: Any) -> Gold:
    """A gold file with one line, read."""
    file = tmp_path / "gold.jsonl"
    file.write_text(json.dumps({"id": "a", "text": TEXT, **line}), "utf-8")
    return read_gold(file)[0]


def places(one: Gold, field: str) -> list[tuple[int, int]]:
    """Where the places of a field of its one part stand."""
    return [span for _, span in ranges(getattr(one.parts[0].gold, field), TEXT)]


def test_a_text_without_offsets_is_every_whole_word_outside_longer_ones(tmp_path: Path) -> None:
    """`Lee` is not the one inside `Ann Lee` or `Lee Ltd`, and `Ann` is found once more."""
    names = [{"text": t, "type": "person"} for t in ("Ann Lee", "Ann", "Lee Ltd")]
    one = gold(tmp_path, entities={"names": names})
    assert ["Ann Lee", "Ann", "Lee Ltd"] == [TEXT[slice(*span)] for span in places(one, "names")]


def test_offsets_are_kept(tmp_path: Path) -> None:
    """A place with offsets is that place alone."""
    one = gold(tmp_path, entities={"names": [{"text": "Ann", "start": 21, "end": 24, "type": "person"}]})
    assert [(21, 24)] == places(one, "names")


def test_an_answer_may_be_worded_freely_where_its_evidence_is_given(tmp_path: Path) -> None:
    """Then the evidence must stand in the article, and the answer need not."""
    asked = {"question": "?", "answers": ["money"], "evidence": ["would pay"]}
    assert 1 == len(gold(tmp_path, answer={"questions": [asked]}).parts)


def test_a_part_is_the_tasks_own(tmp_path: Path) -> None:
    """Any task of the registry, by its name; the options it is asked with come from it."""
    summary, topics = gold(tmp_path, summary={"options": {"points": 2}}, topics={"sentences": [1]}).parts
    assert ("summary", {"points": 2}) == (summary.task.name, summary.task.asked_by(summary.gold))
    assert ("topics", {}) == (topics.task.name, topics.task.asked_by(topics.gold))


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ({"entities": {"names": [{"text": "Zoe", "type": "person"}]}}, "'Zoe' does not stand there"),
        (
            {"entities": {"names": [{"text": "Ann", "start": 1, "end": 4, "type": "person"}]}},
            "'Ann' does not stand there",
        ),
        ({"answer": {"questions": [{"question": "?", "answers": ["Zoe"]}]}}, "'Zoe' does not stand there"),
        ({"summary": {"evidence": ["Zoe"]}}, "'Zoe' does not stand there"),
        ({"entities": {"names": [{"text": "Ann", "type": "wizard"}]}}, "/entities/names/0/type"),
        ({"text": None}, "give either text or article"),
        ({"summary": {"options": {"points": 0}}}, "points=0 cannot be used"),
        ({"colour": "red"}, "/colour: there is no such task"),
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
    asked = [q for one in lines for part in one.parts if part.task.name == "answer" for q in part.gold.questions]
    assert 5 == len(lines)
    assert all(one.article.published for one in lines)
    assert 10 == sum(not question.answers for question in asked)
