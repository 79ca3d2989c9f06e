"""Errors: what is raised in one process is told in another."""

import pickle

import pytest

from summarizer.errors import AnswerTruncated, InputError, NeedsModel, RateLimited, Spent, SummarizerError, UnknownModel


@pytest.mark.parametrize(
    "error",
    [
        NeedsModel("actions"),
        UnknownModel("gpt9", "use extractive"),
        InputError("a.txt", "no text"),
        RateLimited("slow down", model="openai/m", spent=Spent(2), retry_after=7.0),
        AnswerTruncated("cut", answer="{", model="openai/m"),
    ],
    ids=lambda error: type(error).__name__,
)
def test_an_error_reaches_another_process_as_it_is(error: SummarizerError) -> None:
    """Class, words, status, and what it carries."""
    told = pickle.loads(pickle.dumps(error))
    assert (type(error), str(error), vars(error)) == (type(told), str(told), vars(told))
