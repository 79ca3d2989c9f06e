"""JSON and JSON Lines."""

from __future__ import annotations

import json
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from summarizer.output import render_json, render_jsonl
from summarizer.schemas.result import Result
from tests.views.samples import ATTACKS, hostile_results, seed_reader, seed_results


def test_one_result_is_an_object_and_several_an_array() -> None:
    """The shape tells how many there are."""
    results, _ = seed_results()
    assert results[0].model_dump(mode="json", by_alias=True) == json.loads(render_json(results[:1]))
    assert [r.task for r in results] == [r["task"] for r in json.loads(render_json(results))]
    assert json.loads(render_json([])) == []


def test_each_line_is_a_result_that_reads_back() -> None:
    """What was written is what was found."""
    results, _ = seed_results()
    lines = render_jsonl(results).splitlines()
    assert [r.to_json() for r in results] == [Result[Any].model_validate_json(line).to_json() for line in lines]


def test_hostile_content_neither_breaks_a_line_nor_the_encoding() -> None:
    """Line separators, C1 controls, turns of direction and lone surrogates are escaped; a line is a result."""
    results, _ = hostile_results()
    text = render_jsonl(results)
    assert len(results) == len(text.splitlines())
    assert not {"\x1b", "\x9b", "\u2028", "\x85", "\u202e", "\u2066", "\u2069"} & set(text)
    assert text == text.encode("utf-8").decode("utf-8")
    points = json.loads(text.splitlines()[0])["value"]["points"]
    assert list(ATTACKS) == [point["text"] for point in points]


@given(st.text(alphabet=st.characters(exclude_categories=())), st.floats())
def test_any_text_and_number_makes_valid_json(text: str, number: float) -> None:
    """A strict reader accepts every line; a number that JSON does not have is null."""
    line = render_jsonl([seed_reader().result("mine", {text: number})])
    assert len(line.splitlines()) == 1
    value = json.loads(line, parse_constant=lambda name: f"not JSON: {name}")["value"]
    finite = number - number == 0
    assert {text: number if finite else None} == value


def test_a_result_writes_itself_as_the_program_does() -> None:
    """Whatever text is in it, halves of surrogate pairs too."""
    for result in hostile_results()[0]:
        assert json.loads(render_json([result])) == json.loads(result.to_json())
        assert result.to_json().encode()
