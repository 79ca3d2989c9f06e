"""The beginnings of a sentence that can stand as a headline."""

from __future__ import annotations

import pytest

from summarizer.engines.extractive.headlines import headline_forms


def test_a_beginning_that_tells_something_stands() -> None:
    """It is a beginning, word for word, and ends where a phrase ends."""
    text = "Three climbers were rescued from Mount Senn on Sunday after two nights in a storm."

    forms = headline_forms(text)
    assert "Three climbers were rescued from Mount Senn on Sunday" in forms
    assert all(text.startswith(form) for form in forms)


@pytest.mark.parametrize(
    "text",
    [
        "An inquiry into the loss of the ferry Maren on Lake Orsen, in which 23 people drowned, has found an overload.",
        "The company said on Friday that it would close three of its plants by the end of the year.",
        "After two nights in a storm on the mountain, three climbers were rescued on Sunday.",
    ],
    ids=["an interrupted subject", "a report without what is reported", "no subject yet"],
)
def test_what_does_not_stand_alone(text: str) -> None:
    """A subject without its verb, a report without its content, and a sentence that has not begun are no headlines."""
    assert () == headline_forms(text)
