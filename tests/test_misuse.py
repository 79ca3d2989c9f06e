"""Calls that are wrong are refused before anything is read or sent, with a line that says what is right."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

import summarizer
from summarizer import Article, AsyncSummarizer, FakeModel, InputError, Summarizer, SummarizerError, UsageError, read

ARTICLE = Article("The council of Harwick opened the bridge on Monday. It cost 5.2 million pounds.")

CLIENTS: dict[str, dict[str, Any]] = {
    "policy in capitals": {"on_ungrounded": "Fail"},
    "policy misspelt": {"policy": "dorp"},
    "policy shouted": {"on_ungrounded": "FLAG"},
    "unknown level": {"level": "hard"},
    "model without provider": {"model": "gpt-5-mini"},
    "empty model": {"model": ""},
    "model of another type": {"model": 3},
    "negative timeout": {"timeout": -1},
    "timeout in words": {"timeout": "soon"},
    "unknown option": {"hooks": ()},
}


@pytest.mark.parametrize("wrong", CLIENTS.values(), ids=CLIENTS)
def test_a_client_that_cannot_be_is_refused(wrong: dict[str, Any]) -> None:
    """The message names what was given."""
    with pytest.raises(UsageError) as caught:
        Summarizer(**{"model": "extractive", **wrong})

    assert str(next(iter(wrong.values()))) in str(caught.value) or next(iter(wrong)) in str(caught.value)


CALLS: dict[str, tuple[str, tuple[Any, ...], dict[str, Any]]] = {
    "unknown option": ("summarize", (ARTICLE,), {"pointz": 2}),
    "points as text": ("summarize", (ARTICLE,), {"points": "2"}),
    "points and a half": ("summarize", (ARTICLE,), {"points": 2.5}),
    "negative points": ("summarize", (ARTICLE,), {"points": -3}),
    "no points": ("summarize", (ARTICLE,), {"points": 0}),
    "words in words": ("summarize", (ARTICLE,), {"words": "forty"}),
    "negative words": ("summarize", (ARTICLE,), {"words": -1}),
    "focus is a number": ("summarize", (ARTICLE,), {"focus": 3}),
    "language is a number": ("summarize", (ARTICLE,), {"language": 7}),
    "a text is no article": ("summarize", ("some text",), {}),
    "an empty question": ("ask", (ARTICLE, ""), {}),
    "no question": ("ask", (ARTICLE, None), {}),
    "no articles": ("ask", ([], "Who opened the bridge?"), {}),
    "a digest of one": ("digest", (ARTICLE,), {}),
    "questions as one text": ("ask_all", (ARTICLE, "Who opened the bridge?"), {}),
    "unknown option of a brief": ("brief", (ARTICLE,), {"pointz": 2}),
}


@pytest.mark.parametrize("call", CALLS.values(), ids=CALLS)
def test_a_call_that_cannot_be_is_refused(call: tuple[str, tuple[Any, ...], dict[str, Any]]) -> None:
    """Nothing is asked of the model."""
    name, arguments, options = call
    fake = FakeModel()
    with Summarizer(fake) as client, pytest.raises(UsageError):
        getattr(client, name)(*arguments, **options)

    assert not fake.requests


def test_no_articles_are_refused_by_code_too() -> None:
    """Nothing was looked at: "The article does not say" would be no answer."""
    with Summarizer("extractive") as client, pytest.raises(UsageError, match="there is no article to ask"):
        client.ask([], "Who opened the bridge?")


def test_a_source_without_a_name_is_refused() -> None:
    """It is not the current folder."""
    with pytest.raises(InputError, match="no file, folder or address is named"):
        read("")


def test_a_job_names_the_nearest_task() -> None:
    """Before any article is read."""
    with Summarizer(FakeModel()) as client, pytest.raises(UsageError, match="did you mean summary"):
        list(client.batch([ARTICLE], tasks=["sumary"]))


@pytest.mark.parametrize(
    "wrong", [{"text": b"bytes"}, {"text": None}, {"text": "x", "published": "yesterday"}], ids=str
)
def test_an_article_that_cannot_be_is_refused(wrong: dict[str, Any]) -> None:
    """At once, not when it is read."""
    with pytest.raises(UsageError):
        Article(**wrong)


def test_a_closed_client_says_so() -> None:
    """It does not hang."""
    client = Summarizer(FakeModel())
    client.close()

    with pytest.raises(UsageError, match="closed"):
        client.summarize(ARTICLE)


def test_the_one_line_calls_take_what_a_client_takes() -> None:
    """Every option reaches the client: a policy that fails, a level that is strict."""
    far = {"evidence": [2], "text": "The price tag came to 5.2 million pounds."}
    fake = FakeModel([{"headline": far, "points": []}])

    with pytest.raises(SummarizerError, match="does not hold"):
        summarizer.summarize(ARTICLE, model=fake, on_ungrounded="fail", level="strict", timeout=9)
    with pytest.raises(UsageError, match="policy"):
        summarizer.summarize(ARTICLE, model="extractive", on_ungrounded="Fail")


def test_any_task_is_a_call() -> None:
    """By its command, of a client and of the module; what is no task is no attribute."""
    with Summarizer("extractive") as client:
        assert "quotes" == client.quotes(ARTICLE).task
        with pytest.raises(AttributeError):
            client.sumarize(ARTICLE)
    assert "quotes" == summarizer.quotes(ARTICLE, model="extractive").task


WRONG: dict[str, Callable[[Summarizer], Any]] = {
    "read turned around": lambda client: client.read(ARTICLE, "quotes"),  # type: ignore[arg-type]
    "stream turned around": lambda client: list(client.stream("quotes", ARTICLE)),  # type: ignore[arg-type]
    "ask turned around": lambda client: client.ask("Who opened the bridge?", ARTICLE),  # type: ignore[arg-type]
    "questions turned around": lambda client: client.ask_all(["Who?"], ARTICLE),  # type: ignore[arg-type]
    "run by a name": lambda client: client.run("quotes", ARTICLE),  # type: ignore[arg-type]
    "an article for a number": lambda client: client.summarize(ARTICLE, points=ARTICLE),
    "an article for a model": lambda client: Summarizer(ARTICLE),
    "an article for a policy": lambda client: Summarizer("extractive", policy=ARTICLE),
    "one article for a batch": lambda client: list(client.batch(ARTICLE)),  # type: ignore[arg-type]
    "texts for a batch": lambda client: list(client.batch([ARTICLE.text])),  # type: ignore[list-item]
    "articles for tasks": lambda client: list(client.batch([ARTICLE], [ARTICLE])),  # type: ignore[list-item]
    "one name for tasks": lambda client: list(client.batch([ARTICLE], "summary")),
    "texts for an index": lambda client: summarizer.Index.of([ARTICLE.text]),  # type: ignore[list-item]
    "an article for a source": lambda client: read(ARTICLE),  # type: ignore[arg-type]
    "bytes for a source": lambda client: read(ARTICLE.text.encode()),  # type: ignore[arg-type]
    "a list for a source": lambda client: list(summarizer.read_all(["a.txt"])),  # type: ignore[arg-type]
    "an article for a text": lambda client: Article(ARTICLE),  # type: ignore[arg-type]
}


@pytest.mark.parametrize("call", WRONG.values(), ids=WRONG)
def test_swapped_arguments_are_named_in_a_line_without_the_text(call: Callable[[Summarizer], Any]) -> None:
    """An article, or a text, that stands where something else belongs is never echoed."""
    with Summarizer(FakeModel()) as client, pytest.raises(UsageError) as caught:
        call(client)

    assert "Harwick" not in str(caught.value)
    assert len(str(caught.value)) < 200
    assert "\n" not in str(caught.value)


def test_a_misspelt_call_names_the_nearest() -> None:
    """A task's or another, of a client and of the module."""
    for owner, wrong, meant in (
        (Summarizer("extractive"), "sumarize", "summarize"),
        (AsyncSummarizer("extractive"), "conversaton", "conversation"),
        (summarizer, "summerize", "summarize"),
        (summarizer, "read_al", "read_all"),
    ):
        with pytest.raises(AttributeError, match=f"did you mean {meant}"):
            getattr(owner, wrong)
