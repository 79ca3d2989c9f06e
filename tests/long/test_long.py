"""Texts longer than the window, read by a model that quotes what it is shown."""

from __future__ import annotations

import asyncio
from collections import Counter
from itertools import cycle, product
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizer.article import Article
from summarizer.client import AsyncSummarizer
from summarizer.engines.prompting import Part, Piece
from summarizer.errors import AnswerTruncated, InvalidAnswer, ModelError, ServerFault, WindowExceeded
from summarizer.long.budget import Costs, halved, split
from summarizer.models.model import Completion, Request, T
from summarizer.schemas.requests import Choice
from summarizer.schemas.result import Result
from tests.long_texts import article
from tests.reading_model import Lines, ReadingModel, lines_of

ANY_TEXT = st.text(alphabet="aA1 .!?\n\r\t\u2029é日本。😀", max_size=1500)


def covered(parts: list[Part], text: Article) -> bool:
    """Whether the parts show every code point of every sentence exactly once, in order."""
    pieces = [piece for part in parts for piece in part.pieces]
    shown = Counter(offset for piece in pieces for offset in range(piece.start, piece.end))
    wanted = Counter(offset for sentence in text.sentences for offset in range(sentence.start, sentence.end))
    inside = all(
        (found := text.sentence(piece.number)) and found.start <= piece.start < piece.end <= found.end
        for piece in pieces
    )
    return shown == wanted and inside and pieces == sorted(pieces, key=lambda piece: piece.start)


def costs(text: Article, room: int) -> Costs:
    return Costs(tuple(len(sentence.text) for sentence in text.sentences), room)


@given(ANY_TEXT, st.integers(1, 400))
def test_splitting_loses_and_doubles_nothing(text: str, room: int) -> None:
    """The parts of any text hold every sentence once, in order."""
    whole = Article(text)

    assert covered(split(whole, costs(whole, room)), whole)


@given(ANY_TEXT, st.integers(0, 4))
def test_halving_loses_and_doubles_nothing(text: str, times: int) -> None:
    """Nor does halving, again and again, what a server found too long."""
    whole = Article(text)
    parts = [Part.whole(whole)] if whole.sentences else []
    for _ in range(times):
        parts = [half for part in parts for half in halved(part, whole)]

    assert covered(parts, whole)


@given(st.lists(st.integers(1, 40), min_size=1, max_size=60), st.integers(40, 200))
def test_a_part_is_never_longer_than_its_room(lengths: list[int], room: int) -> None:
    """As long as each sentence fits, each part does."""
    text = Article("\n\n".join(f"{'x' * length}." for length in lengths))
    known = Costs(tuple(lengths), room)

    assert all(sum(lengths[piece.number - 1] for piece in part.pieces) <= room for part in split(text, known))


def test_parts_end_with_paragraphs() -> None:
    """A part ends where a paragraph does, if one does in its last quarter, and parts are about equally long."""
    text = article(100)
    parts = split(text, costs(text, 1500))

    assert all(part.pieces[-1].number % 5 == 0 for part in parts)
    assert max(len(part.pieces) for part in parts) <= 2 * min(len(part.pieces) for part in parts)


def test_a_sentence_longer_than_a_part_is_shown_in_pieces() -> None:
    """Each piece is a part of its own under the sentence's number, cut at a space."""
    text = Article("word " * 700 + "end.")
    parts = split(text, costs(text, 1000))

    assert 4 <= len(parts) <= 5
    assert all(part.pieces[0].end - part.pieces[0].start <= 1000 for part in parts)
    assert {1} == {piece.number for part in parts for piece in part.pieces}
    assert all(text.text[part.pieces[0].end - 1] == " " for part in parts[:-1])


async def read(text: Article, model: ReadingModel, seconds: float = 60.0) -> Result[Any]:
    async with AsyncSummarizer(model, timeout=seconds) as client:
        return await client.summarize(text)


async def test_a_short_text_is_one_request() -> None:
    """What fits is read whole."""
    model = ReadingModel(window=100_000)
    result = await read(article(100), model)

    assert (1, "complete", 100) == (len(model.requests), result.status, result.coverage.read)


async def test_a_long_text_is_read_in_parts_with_its_own_sentence_numbers() -> None:
    """Every sentence is shown once, no request is longer than the window, and evidence points into the article."""
    text, model = article(300), ReadingModel()
    result = await read(text, model)

    parts = [one for one in model.requests if one.schema is not Choice]
    choice = model.requests[-1]
    assert list(range(1, 301)) == sorted(n for request in parts for n, _ in lines_of(request))
    assert model.longest_request() < 2000
    assert ("complete", 300, 300) == (result.status, result.coverage.sentences, result.coverage.read)
    assert len(model.requests) == result.run.requests
    claims = [result.value.headline, *result.value.points]
    assert all(span.text == text.text[span.start : span.end] for claim in claims for span in claim.evidence)
    assert result.value.headline.text == lines_of(choice)[1][1]
    assert [lines_of(choice)[2][1], lines_of(choice)[0][1]] == [point.text for point in result.value.points]


async def test_brief_merges_each_product_by_its_type() -> None:
    """Entities are one each over all parts, with the ids of the whole article; every part adds its event."""
    text, model = article(300), ReadingModel()
    async with AsyncSummarizer(model) as client:
        _, entities, timeline = await client.brief(text)

    names = [entity.name for entity in entities.value.entities]
    assert len(names) == len(set(names))
    named = [len(found.mentions) for found in entities.value.entities if "Abbot" in found.name]
    assert sum(named) > 50
    assert len([one for one in model.requests if one.schema is not Choice]) == len(timeline.value.events)


def failing(*numbers: int, times: int = 99, error: type[ModelError] = ServerFault) -> tuple[ReadingModel, Counter[int]]:
    """A model that fails for the parts with these sentences, so many times each."""
    seen: Counter[int] = Counter()

    def mood(lines: Lines) -> ModelError | None:
        wanted = {number for number, _ in lines} & set(numbers)
        if not wanted:
            return None
        seen.update(wanted)
        return error("gone") if max(seen[number] for number in wanted) <= times else None

    return ReadingModel(mood=mood), seen


async def test_a_part_that_fails_twice_is_named_and_the_others_are_kept() -> None:
    """The result is incomplete, tells which sentences are missing and why, and counts every attempt."""
    model, seen = failing(100)
    result = await read(article(300), model)

    assert 2 == seen[100]
    assert "incomplete" == result.status
    (issue,) = [issue for issue in result.issues if issue.code == "unread"]
    first, last = map(int, issue.where.removeprefix("sentences ").split("-"))
    assert first <= 100 <= last
    assert ("unread", "not read: gone") == (issue.action, issue.message)
    assert 300 - (last - first + 1) == result.coverage.read
    assert len(model.requests) == result.run.requests
    assert result.value.points


async def test_a_part_that_fails_once_is_read_the_second_time() -> None:
    """Then nothing is missing."""
    model, seen = failing(100, times=1)
    result = await read(article(300), model)

    assert (2, "complete", 300) == (seen[100], result.status, result.coverage.read)


async def test_what_no_part_can_give_is_an_error() -> None:
    """When no part at all was read there is no result, and the cost is told."""
    model, _ = failing(*range(1, 301))
    with pytest.raises(ServerFault) as caught:
        await read(article(300), model)

    assert len(model.requests) == caught.value.spent.requests


async def test_what_the_server_finds_too_long_is_halved() -> None:
    """Whatever the window was thought to be: parts are split until they are taken, and all is read."""
    model = ReadingModel(window=100_000, mood=lambda lines: WindowExceeded("too long") if len(lines) > 30 else None)
    result = await read(article(300), model)

    assert ("complete", 300) == (result.status, result.coverage.read)
    parts = [lines_of(request) for request in model.requests if request.schema is not Choice]
    assert list(range(1, 301)) == sorted(n for lines in parts if len(lines) <= 30 for n, _ in lines)


def stopping(longest: int) -> ReadingModel:
    """A model whose answer to more lines than so many stops at its limit, whatever that is."""
    too_long = AnswerTruncated("too long", answer="")
    return ReadingModel(window=100_000, mood=lambda lines: too_long if len(lines) > longest else None)


async def test_an_answer_that_does_not_end_is_split_once() -> None:
    """Asked again with the highest limit, then as two halves with that limit; both are read."""
    model = stopping(150)
    result = await read(article(300), model)

    assert ("complete", 300, 4) == (result.status, result.coverage.read, len(model.requests))
    assert [4096, 16384, 16384, 16384] == [request.max_tokens for request in model.requests]


async def test_a_model_that_never_stops_is_a_typed_failure() -> None:
    """After four requests, and the cost is told."""
    model = stopping(0)
    with pytest.raises(AnswerTruncated) as caught:
        await read(article(300), model)

    assert (4, 4) == (len(model.requests), caught.value.spent.requests)


@pytest.mark.parametrize("moods", list(product("ti", repeat=3)), ids="".join)
async def test_an_article_that_fits_costs_four_requests_at_most(moods: tuple[str, ...]) -> None:
    """Whatever goes wrong on the way, and in whatever order: truncated, or no form."""
    coming = cycle(moods)

    def mood(lines: Lines) -> ModelError:
        return AnswerTruncated("too long", answer="") if next(coming) == "t" else InvalidAnswer("no form", answer="{}")

    model = ReadingModel(window=100_000, mood=mood)
    with pytest.raises(ModelError):
        await read(article(20), model)
    assert len(model.requests) <= 4


async def test_one_part_that_does_not_end_is_split_once() -> None:
    """Of a text in parts, too: what stays too long is named, the others are kept."""

    def mood(lines: Lines) -> ModelError | None:
        return AnswerTruncated("too long", answer="") if any(n == 1 for n, _ in lines) else None

    model = ReadingModel(mood=mood)
    result = await read(article(300), model)

    assert "incomplete" == result.status
    assert ["unread"] == [issue.action for issue in result.issues if issue.action != "none"]
    assert 3 == sum(
        any(n == 1 for n, _ in lines_of(request)) for request in model.requests if request.schema is not Choice
    )


async def test_what_was_read_by_the_deadline_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    """Time that runs out leaves the other parts unread, and says so."""
    monkeypatch.setenv("SUMMARIZER_CONCURRENCY", "1")
    result = await read(article(600), ReadingModel(seconds=0.2), seconds=1.5)

    assert "incomplete" == result.status
    assert 0 < result.coverage.read < 600
    assert any("were over" in issue.message for issue in result.issues if issue.action == "unread")


async def test_no_more_parts_are_under_way_than_are_allowed(monkeypatch: pytest.MonkeyPatch) -> None:
    """SUMMARIZER_CONCURRENCY bounds the parts of one article too."""
    monkeypatch.setenv("SUMMARIZER_CONCURRENCY", "3")
    under_way = most = 0

    class Counting(ReadingModel):
        async def complete(self, request: Request[T]) -> Completion[T]:
            nonlocal under_way, most
            under_way += 1
            most = max(most, under_way)
            try:
                await asyncio.sleep(0.001)
                return await super().complete(request)
            finally:
                under_way -= 1

    await read(article(300), Counting())

    assert 3 == most


async def test_when_choosing_fails_code_chooses() -> None:
    """The reduce step falls back to code, and the result says so."""
    result = await read(article(300), ReadingModel(undecided=True))

    assert "complete" == result.status
    assert [("chosen_by_code", "replaced")] == [(issue.code, issue.action) for issue in result.issues]
    assert 4 == len(result.value.points)


async def test_a_question_is_answered_from_the_passages_near_it() -> None:
    """One request with the nearest sentences is enough where they answer; the result says how many were shown."""
    model = ReadingModel(answers="On day 250 ")
    async with AsyncSummarizer(model) as client:
        result = await client.ask(article(300), "Who painted the bridge of Harwick on day 250?")

    assert (True, 1) == (result.value.found, len(model.requests))
    assert 250 == result.value.claims[0].evidence[0].sentence
    assert ["passages"] == [issue.code for issue in result.issues]
    assert "complete" == result.status


async def test_not_found_means_that_everything_was_read() -> None:
    """A question the passages do not answer is asked of all other sentences before it counts as unanswered."""
    model = ReadingModel(answers="nowhere")
    async with AsyncSummarizer(model) as client:
        result = await client.ask(article(300), "Who painted the moon?")

    shown = [n for request in model.requests for n, _ in lines_of(request)]
    assert (False, "complete", 300) == (result.value.found, result.status, result.coverage.read)
    assert sorted(shown) == list(range(1, 301))


async def test_answers_far_from_the_passages_are_found() -> None:
    """What the passages near the questions do not answer is asked of the rest, and keeps its question."""
    model = ReadingModel(answers="On day 250 ")
    async with AsyncSummarizer(model) as client:
        first, second = await client.ask_all(article(300), ["Who painted the ferry?", "Which ferry was painted?"])

    assert len(model.requests) > 1
    assert (True, True) == (first.value.found, second.value.found)
    assert ("Who painted the ferry?", 250) == (first.value.question, first.value.claims[0].evidence[0].sentence)


@pytest.mark.parametrize(
    "text", ["word " * 40_000, "x" * 50_000, "日本語の長い文章です" * 2000], ids=["paragraph", "word", "cjk"]
)
async def test_texts_without_an_end_are_read(text: str) -> None:
    """One paragraph of 200,000 characters, one word of 50,000, text without spaces: all is shown, within the window."""
    whole, model = Article(text), ReadingModel(window=8000)
    result = await read(whole, model)

    assert len(whole.sentences) == result.coverage.read
    assert model.longest_request() < 8000


async def test_the_same_text_is_asked_for_in_the_same_words() -> None:
    """A part's request depends on the article and the asks only, so that kept answers are found again."""
    one, two = ReadingModel(), ReadingModel()
    await read(article(300), one)
    await read(article(300), two)

    assert {request.messages for request in one.requests} == {request.messages for request in two.requests}


def test_pieces_know_their_sentence() -> None:
    """A part knows the numbers of its sentences, once each."""
    part = Part((Piece(1, 0, 5), Piece(1, 5, 9), Piece(4, 20, 30)))

    assert frozenset({1, 4}) == part.numbers
