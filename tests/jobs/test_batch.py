"""A job as its user sees it: what is asked, what is kept, and what comes back."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest

from summarizer.article import Article
from summarizer.client import AsyncSummarizer, Summarizer
from summarizer.errors import AuthenticationFailed, BudgetReached, InputError, ModelUnavailable, UsageError
from summarizer.models.fake import FakeModel
from summarizer.schemas.result import Result
from summarizer.schemas.summary import Summary
from summarizer.tasks import registry
from tests.jobs.reading_server import ReadingServer
from tests.jobs.stories import story
from tests.scripted_server import Reply, completion

MODEL = "openai/gpt-4o-mini"
THREE = ("summary", "entities", "timeline")


def read(server: ReadingServer, articles: Iterable[Article], tasks: Any = ("summary",), **options: Any) -> list[Any]:
    """The results of a batch by the server."""
    with Summarizer(MODEL, base_url=server.base_url, timeout=options.pop("timeout", None)) as client:
        return list(client.batch(articles, tasks, **options))


def without_run(results: Sequence[Result[Any]]) -> list[dict[str, Any]]:
    """Results without how they were made."""
    return [result.model_dump(mode="json", by_alias=True) | {"run": None} for result in results]


def fields_asked(server: ReadingServer) -> set[str]:
    """The fields of the form of the last request."""
    return set(server.bodies[-1]["response_format"]["json_schema"]["schema"]["properties"])


def test_one_request_an_article_serves_all_tasks_in_input_order(readers: ReadingServer) -> None:
    """Three products of an article cost one request, and come in the order of the articles and tasks."""
    results = read(readers, [story(n) for n in range(5)], THREE)
    assert [(f"paper/{n}.txt", task) for n in range(5) for task in THREE] == [
        (result.article.source, result.task) for result in results
    ]
    assert {"complete"} == {result.status for result in results}
    assert [1] * 5 == list(readers.asked.values())
    assert isinstance(results[0].value, Summary)


def test_a_stored_job_asks_nothing_again_and_adds_only_what_is_new(readers: ReadingServer, tmp_path: Path) -> None:
    """Run again: no request. Add articles: theirs alone. Add tasks: those alone."""
    store = tmp_path / "job.sqlite"
    first = read(readers, [story(1), story(2)], store=store)
    assert without_run(first) == without_run(read(readers, [story(1), story(2)], store=store))
    assert 2 == readers.asked.total()
    read(readers, [story(n) for n in range(4)], store=store)
    assert {"story-0": 1, "story-1": 1, "story-2": 1, "story-3": 1} == dict(readers.asked)
    read(readers, [story(1)], THREE, store=store)
    assert {"entities", "timeline"} == fields_asked(readers)


def test_a_changed_prompt_runs_only_its_task(readers: ReadingServer, tmp_path: Path) -> None:
    """Other options are another prompt: the summary is asked again, the timeline beside it is not."""
    store = tmp_path / "job.sqlite"
    read(readers, [story(1)], ("summary", "timeline"), store=store)
    read(readers, [story(1)], (registry.get("summary").ask(points=2), "timeline"), store=store)
    assert (2, {"headline", "points"}) == (readers.asked.total(), fields_asked(readers))


def test_identical_articles_are_asked_once_and_keep_their_sources(readers: ReadingServer) -> None:
    """The same text and date from five places: one request, five results that name their own place."""
    same = [Article(story(1).text, published=story(1).published, source=f"copy {n}") for n in range(5)]
    results = read(readers, same)
    assert (1, [f"copy {n}" for n in range(5)]) == (readers.asked.total(), [one.article.source for one in results])


def test_another_date_is_another_article(readers: ReadingServer) -> None:
    """What a text means depends on its date: the same text of another day is asked for too."""
    text = story(1).text
    read(readers, [Article(text, published=story(1).published), Article(text)])
    assert 2 == readers.asked.total()


def test_a_failed_article_gives_a_failed_result_with_its_reason_and_the_others_go_on() -> None:
    """One article the server always declines: a typed failure, tried three times, and four good results."""
    declined = completion(None, refusal="I will not")
    with ReadingServer(lambda mark, before: declined if mark == "story-3" else None) as server:
        results = read(server, [story(n) for n in range(5)])
    assert [*["complete"] * 3, "failed", "complete"] == [result.status for result in results]
    assert ("answer_refused", None) == (results[3].issues[0].code, results[3].value)
    assert "I will not" in results[3].issues[0].message
    assert {"story-0": 1, "story-1": 1, "story-2": 1, "story-3": 3, "story-4": 1} == dict(server.asked)


def test_a_failure_that_passes_is_asked_again_in_the_same_run() -> None:
    """Declined twice, answered the third time: complete, after the others had their turn."""
    declined = completion(None, refusal="not now")
    with ReadingServer(lambda mark, before: declined if mark == "story-0" and before < 2 else None) as server:
        results = read(server, [story(n) for n in range(3)], concurrency=1)
    assert {"complete"} == {result.status for result in results}
    assert {"story-0": 3, "story-1": 1, "story-2": 1} == dict(server.asked)


def test_failures_are_kept_and_asked_again_only_on_request(tmp_path: Path) -> None:
    """A stored failure is a result; `retry_failed` asks for it, and only for it."""
    healed: list[bool] = []
    declined = completion(None, refusal="no")
    with ReadingServer(lambda mark, before: declined if mark == "story-1" and not healed else None) as server:
        store = tmp_path / "job.sqlite"
        read(server, [story(0), story(1)], store=store)
        asked = server.asked.total()
        assert "failed" == read(server, [story(0), story(1)], store=store)[1].status
        assert asked == server.asked.total()
        healed.append(True)
        assert "complete" == read(server, [story(0), story(1)], store=store, retry_failed=True)[1].status
        assert asked + 1 == server.asked.total()


def test_line_faults_are_survived() -> None:
    """429 with Retry-After, 500, a broken connection, prose for JSON, a cut answer: all end with results."""
    faults = [
        Reply({"error": {"message": "slow down"}}, status=429, headers={"retry-after": "0.05"}),
        Reply({"error": {"message": "oops"}}, status=500),
        Reply(drop=True),
        completion("Sure! Here it is"),
        completion('{"headline": {"ev', finish="length"),
    ]

    def mood(mark: str, before: int) -> Reply | None:
        return faults[int(mark.split("-")[1]) % len(faults)] if before == 0 else None

    with ReadingServer(mood) as server:
        results = read(server, [story(n) for n in range(10)])
    assert {"complete"} == {result.status for result in results}
    assert {2} == set(server.asked.values())


def test_a_server_that_hangs_costs_its_article_and_no_other() -> None:
    """The deadline ends a request without answer; the others are read meanwhile."""
    with ReadingServer(lambda mark, before: Reply({}, seconds=1.5) if mark == "story-0" else None) as server:
        results = read(server, [story(n) for n in range(4)], timeout=0.5, concurrency=2)
    assert ["failed", "complete", "complete", "complete"] == [result.status for result in results]
    assert "model_timeout" == results[0].issues[0].code


def test_never_more_requests_under_way_than_allowed() -> None:
    """Concurrency is a bound on requests, and it is used."""
    with ReadingServer(seconds=0.05) as server:
        read(server, [story(n) for n in range(20)], concurrency=4)
    assert 4 == server.most_under_way


def test_a_refused_key_stops_the_job_and_stores_no_failure(tmp_path: Path) -> None:
    """No article is to blame for a wrong key: the job stops, and the next run asks for all."""
    store, wrong = tmp_path / "job.sqlite", [True]
    no = Reply({"error": {"message": "bad key"}}, status=401)
    with ReadingServer(lambda mark, before: no if wrong else None) as server:
        with pytest.raises(AuthenticationFailed, match="bad key"):
            read(server, [story(n) for n in range(50)], store=store, concurrency=2)
        assert server.asked.total() < 20
        wrong.clear()
        assert {"complete"} == {one.status for one in read(server, [story(n) for n in range(3)], store=store)}


def test_a_server_that_is_away_stops_the_job() -> None:
    """Nothing listens: one clear error, not fifty failed articles."""
    with Summarizer(MODEL, base_url="http://127.0.0.1:9/v1") as client, pytest.raises(ModelUnavailable):
        list(client.batch(story(n) for n in range(50)))


def test_a_server_that_restarts_is_waited_for() -> None:
    """It answered, is away for a moment and comes back: the job goes on, and no article fails."""
    back: list[ReadingServer] = []

    def articles(first: ReadingServer) -> Iterator[Article]:
        yield story(0)
        while not first.answered.total():
            time.sleep(0.01)
        first.__exit__()
        for number in range(1, 4):
            yield story(number)
        time.sleep(0.3)
        back.append(ReadingServer(port=first.port).__enter__())

    server = ReadingServer().__enter__()
    results = read(server, articles(server), concurrency=2)
    back[0].__exit__()
    assert ["complete"] * 4 == [result.status for result in results]
    assert 3 == back[0].asked.total()


def test_money_stops_the_job_before_the_cap_and_the_rest_goes_on_later(readers: ReadingServer, tmp_path: Path) -> None:
    """The cap holds over runs: what was spent before counts, and what is finished is kept."""
    store, articles = tmp_path / "job.sqlite", [story(n) for n in range(30)]
    with pytest.raises(BudgetReached, match="by all runs"):
        read(readers, articles, store=store, max_cost=0.0029)
    first = readers.asked.total()
    assert 0 < first < 30
    with pytest.raises(BudgetReached):
        read(readers, articles, store=store, max_cost=0.0029)
    assert first == readers.asked.total()
    assert 30 == len(read(readers, articles, store=store, max_cost=1.0))
    assert {1} == set(readers.asked.values())


def test_a_cap_without_a_price_is_refused(readers: ReadingServer) -> None:
    """Nobody knows the price of this model: the cap cannot be kept, and nothing is sent."""
    with (
        Summarizer("openai/no-such-model", base_url=readers.base_url) as client,
        pytest.raises(UsageError, match="price"),
    ):
        list(client.batch([story(1)], max_cost=1.0))
    assert 0 == readers.asked.total()


def test_two_runs_on_one_store_are_refused(readers: ReadingServer, tmp_path: Path) -> None:
    """The second run is told that the store is in use; the first goes on."""
    store = tmp_path / "job.sqlite"
    with Summarizer(MODEL, base_url=readers.base_url) as client:
        first = client.batch([story(1), story(2)], store=store)
        next(first)
        with pytest.raises(InputError, match="another run is using it"):
            list(client.batch([story(3)], store=store))
        assert 1 == len(list(first))


def test_articles_are_read_lazily(readers: ReadingServer) -> None:
    """A result can be had before the last article was read."""
    with Summarizer(MODEL, base_url=readers.base_url) as client:
        results = client.batch(story(n) for n in range(10_000))
        assert "paper/0.txt" == next(results).article.source
        results.close()
    assert readers.asked.total() < 1000


def test_questions_are_wants_of_their_own(readers: ReadingServer, tmp_path: Path) -> None:
    """Each question has a result of its own, and a new question is asked alone."""
    store = tmp_path / "job.sqlite"
    results = read(readers, [story(1)], ("answer",), questions=["What costs?", "Who said?"], store=store)
    assert ["What costs?", "Who said?"] == [result.value.question for result in results]
    read(readers, [story(1)], ("answer",), questions=["What costs?", "Who said?", "When?"], store=store)
    said = "\n".join(message["content"] for message in readers.bodies[-1]["messages"])
    assert "When?" in said
    assert "Who said?" not in said


@pytest.mark.parametrize("tasks", [(), ("summary", "summary"), ("answer",)])
def test_a_job_of_nothing_twice_or_without_question_is_refused(tasks: tuple[str, ...]) -> None:
    """Told before anything is read."""
    with Summarizer("extractive") as client, pytest.raises(UsageError):
        list(client.batch([story(1)], tasks))


def test_text_that_cannot_be_utf_8_goes_through(tmp_path: Path) -> None:
    """A lone surrogate, a NUL and a line separator survive the store."""
    odd = Article("The mayor \ud800 said\x00 so\u2028 today. It was late.", title="\udcff", source="a\udcff.txt")
    with Summarizer("extractive") as client:
        first, again = (next(iter(client.batch([odd], store=tmp_path / f"{n}.sqlite"))) for n in range(2))
    assert without_run([first]) == without_run([again])
    assert ("complete", "a\udcff.txt", "\udcff") == (first.status, first.article.source, first.article.title)


async def test_the_async_face_takes_a_model_object_and_leaves_it_open() -> None:
    """A model given as an object is the caller's: it can be used after a batch."""
    model = FakeModel()
    async with AsyncSummarizer(model) as client:
        assert 3 == len([result async for result in client.batch([story(n) for n in range(3)])])
        assert "complete" == (await client.summarize(story(1))).status
    assert 4 == len(model.requests)


def test_a_job_that_stops_does_not_wait_for_a_source_that_says_nothing_more() -> None:
    """The key is refused while the next article is not there yet: the job ends all the same."""
    idle = threading.Event()

    def articles() -> Iterator[Article]:
        yield story(0)
        idle.wait(20)

    with ReadingServer(lambda mark, before: Reply({"error": {"message": "bad key"}}, status=401)) as server:
        began = time.monotonic()
        with pytest.raises(AuthenticationFailed):
            read(server, articles())
        assert time.monotonic() - began < 10
    idle.set()
