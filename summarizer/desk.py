"""The desk: who reads, by which model, under which policy. Everything public goes through it."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Callable, Generator, Iterable, Sequence
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self, TypeVar

from summarizer import loop
from summarizer.article import Article
from summarizer.conversation import AsyncConversation, Conversation
from summarizer.engines.choose import open_engine, open_verifier, server_of
from summarizer.engines.engine import Ask, Engine, Turn
from summarizer.engines.evidence import checked_question
from summarizer.errors import Ungrounded
from summarizer.jobs.batch import Batch, Plan, Reading
from summarizer.jobs.orders import ordered
from summarizer.many import answer_from
from summarizer.models.model import ChatModel
from summarizer.pipeline import read_through
from summarizer.schemas.answer import Answer
from summarizer.schemas.entities import Entities
from summarizer.schemas.evidence import Claim
from summarizer.schemas.result import Result
from summarizer.schemas.summary import Summary
from summarizer.schemas.timeline import Timeline
from summarizer.settings import Level, Policy, get_settings
from summarizer.shelf import Shelf
from summarizer.streaming import Tell, streamed
from summarizer.task import Options, Task, built_in

T = TypeVar("T")

if TYPE_CHECKING:
    from summarizer.models.recording import Tape

BRIEF = ("summary", "entities", "timeline")
Readable = Article | Iterable[Article] | Shelf
"""What questions are asked of: an article, several, or an index of many."""


class AsyncSummarizer:
    """Reads articles. Use it as an async context manager, or call `aclose` when done.

    Args:
        model: `provider/name`, `local/NAME`, `local/PATH.gguf`, `extractive`, `fake`, `auto` (the default), or any
            object that is a `ChatModel`.
        base_url: the address of an OpenAI-compatible server.
        on_ungrounded: what happens to a claim that does not hold: `reask` (ask once for the failing claims, then take
            the verbatim sentence), `drop`, `flag` or `fail`.
        level: how strictly claims are checked: `strict` (words of the cited sentence in their order), `lenient` (other
            words, the same facts), or None for what suits the model: `strict` for a small one and for code.
        verify: a model, named as `model`, that is asked once an article about the claims in which no fact is wrong but
            whose words are too far from their sentences for code to decide. It is sent those and their sentences.
        timeout: seconds one product may take, re-asks included; 60 unless SUMMARIZER_TIMEOUT says otherwise.
        allow_download: whether the embedded model's weights (98 MB) may be fetched when they are missing.
        progress: told, in a line, which model reads and when something takes long.
        record: a file to save every request and answer in, without keys; for this, vcrpy must be installed.
        replay: such a file to take the answers from, with no key and no network; without `model`, its model reads.

    Raises:
        InputError: the file to record in or to replay cannot be used.
        UnknownModel: there is no such model.
        ModelUnavailable: there is no key, or the weights are missing or damaged.

    Every call raises an `InputError` for an article without a sentence, a `ModelError` when the model gave nothing
    that can be used, and `Ungrounded` when nothing it gave could be kept.

    """

    def __init__(
        self,
        model: str | ChatModel | None = None,
        *,
        base_url: str | None = None,
        on_ungrounded: Policy = "reask",
        level: Level | None = None,
        verify: str | ChatModel | None = None,
        timeout: float | None = None,
        allow_download: bool = False,
        progress: Callable[[str], None] = lambda line: None,
        record: Path | str | None = None,
        replay: Path | str | None = None,
    ) -> None:
        self._policy = on_ungrounded
        self._seconds = timeout or get_settings().timeout
        self._tape = open_tape(record, replay)
        if self._tape and self._tape.replays and (model is None or isinstance(model, str)):
            model = self._tape.model(model)
            progress(f"replayed from {replay}, recorded from {model.name}")
        if self._tape and self._tape.replays and isinstance(verify, str):
            verify = self._tape.model(verify)
        self._verifier = open_verifier(
            verify, base_url=server_of(verify, model, base_url), allow_download=allow_download
        )
        self._engine: Engine = open_engine(
            model,
            base_url=base_url,
            allow_download=allow_download,
            progress=progress,
            level=level,
            verifier=self._verifier,
        )
        if self._tape:
            self._tape.open(self._engine.name)
        self._reading = Reading(
            model,
            base_url,
            on_ungrounded,
            self._seconds,
            allow_download,
            level=level,
            verify=verify,
        )

    @property
    def model(self) -> str:
        """The model that reads."""
        return self._engine.name

    async def summarize(self, article: Article, **options: Any) -> Result[Summary]:
        """A headline and the main points. Options: `points`, `words`, `language`, `focus`."""
        return await self._one(article, Ask(built_in("summary"), options))

    async def stream(self, article: Article, **options: Any) -> AsyncGenerator[Claim | Result[Summary]]:
        """As `summarize`, but the claims come one by one while the model writes, headline first, each already checked.

        The last item is the result; it alone counts: a claim may be worded anew or left out in it. Models that cannot
        stream, and texts read in parts, give the result only.
        """
        asks = [Ask(built_in("summary"), options)]

        async def summary(tell: Tell) -> Result[Summary]:
            return _whole((await self._read(article, asks, tell))[0])

        async for item in streamed(summary):
            yield item

    async def entities(self, article: Article) -> Result[Entities]:
        """Who and what the article names, its dates and quantities."""
        return await self._one(article, Ask(built_in("entities")))

    async def timeline(self, article: Article) -> Result[Timeline]:
        """What happened, is planned or may happen, in order of time."""
        return await self._one(article, Ask(built_in("timeline")))

    async def brief(
        self, article: Article, **options: Any
    ) -> tuple[Result[Summary], Result[Entities], Result[Timeline]]:
        """Summary, entities and timeline in one reading; the options are those of `summarize`."""
        asks = [Ask(built_in(name), options if name == "summary" else {}) for name in BRIEF]
        summary, entities, timeline = await self._read(article, asks)
        return summary, entities, timeline

    async def ask(self, about: Readable, question: str) -> Result[Answer]:
        """What an article, several, or a shelf of many says to a question; `value.found` is False where none says.

        Of several articles an index is made in memory, at each call: for many questions open a `Shelf` or a
        `conversation`. Articles without a word of the question are not shown to a model.

        Raises:
            UsageError: the question is empty, or longer than 2,000 characters.

        """
        return (await self.ask_all(about, [question]))[0]

    async def ask_all(self, about: Readable, questions: Sequence[str]) -> tuple[Result[Answer], ...]:
        """Answers to several questions, in order: of one article in one reading."""
        ask = Ask(built_in("answer"), questions=tuple(map(checked_question, questions)))
        if isinstance(about, (Article, Shelf)):
            return await self._answers(about, ask)
        with Shelf.of(about) as shelf:
            return await self._answers(shelf, ask)

    def conversation(self, about: Readable) -> AsyncConversation:
        """Questions in turn about an article, several, or a shelf of many; each may lean on those before it."""
        place = about if isinstance(about, (Article, Shelf)) else Shelf.of(about)

        async def ask(
            questions: Sequence[str], turns: tuple[Turn, ...], tell: Tell | None
        ) -> tuple[Result[Answer], ...]:
            return await self._answers(place, Ask(built_in("answer"), questions=tuple(questions), turns=turns), tell)

        return AsyncConversation(place, ask)

    async def run(self, task: Task, article: Article, options: Options | None = None) -> Result[Any]:
        """A task of your own; see `summarizer.load_task`."""
        return await self._one(article, Ask(task, options or {}))

    async def batch(
        self,
        articles: Iterable[Article],
        tasks: Sequence[str | Task | Ask] = ("summary",),
        *,
        questions: Sequence[str] = (),
        store: Path | str | None = None,
        concurrency: int | None = None,
        max_cost: float | None = None,
        retry_failed: bool = False,
    ) -> AsyncGenerator[Result[Any]]:
        """Read many articles by several tasks; results come in the order of the articles, then of the tasks.

        An article that cannot be read gives `failed` results with the reason among their issues: nothing is raised
        for one article. Memory does not grow with their number: give a generator.

        Args:
            articles: read lazily, in a thread.
            tasks: names of built-in tasks, tasks of your own, or asks with options.
            questions: what the task `answer` is asked.
            store: a file that remembers each result as it comes, so that a job that was killed goes on where it was.
            concurrency: requests under way at once; 8 unless SUMMARIZER_CONCURRENCY says otherwise.
            max_cost: US dollars that all runs on the store may cost.
            retry_failed: ask again for what failed for good before.

        Raises:
            BudgetReached: the money is spent; what was finished has been yielded, and is in the store.
            ModelUnavailable: the model cannot be reached at all.
            InputError: the store cannot be used.

        """
        settings = get_settings()
        plan = Plan(
            Path(store) if store else None,
            concurrency or settings.concurrency,
            settings.max_cost if max_cost is None else max_cost,
            retry_failed,
        )
        # One embedded model is enough for a machine; a hosted one is opened anew, behind the job's pace and budget.
        engine = self._engine if self._engine.name.startswith("local/") and self._verifier is None else None
        async with Batch(ordered(tasks, questions), self._reading, plan, engine) as batch:
            async for result in batch.results(articles):
                yield result

    async def aclose(self) -> None:
        """Close connections, stop a local model, write a recording; closing twice is harmless."""
        await self._engine.aclose()
        if self._verifier:
            await self._verifier.aclose()
        if self._tape:
            self._tape.close()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.aclose()

    async def _one(self, article: Article, ask: Ask) -> Result[Any]:
        return _whole((await self._read(article, [ask]))[0])

    async def _answers(self, about: Article | Shelf, ask: Ask, tell: Tell | None = None) -> tuple[Result[Answer], ...]:
        if isinstance(about, Article):
            return await self._read(about, [ask], tell)
        return await answer_from(about, ask, self._engine, policy=self._policy, seconds=self._seconds)

    async def _read(self, article: Article, asks: Sequence[Ask], tell: Tell | None = None) -> tuple[Result[Any], ...]:
        return await read_through(article, asks, self._engine, policy=self._policy, seconds=self._seconds, tell=tell)


def _whole(result: Result[Any]) -> Result[Any]:
    """The result, where it has a value."""
    if result.value is None:
        raise Ungrounded(f"nothing of the {result.task} holds: {'; '.join(issue.message for issue in result.issues)}")
    return result


def open_tape(record: Path | str | None, replay: Path | str | None) -> Tape | None:
    """The tape of a desk that records or replays."""
    if not (record or replay):
        return None
    from summarizer.models.recording import Tape

    return Tape(record=record, replay=replay)


class Summarizer:
    """The same without `await`: every call runs on one event loop of its own, in a thread.

    Takes what `AsyncSummarizer` takes. Use it as a context manager, or call `close` when done.
    """

    def __init__(self, model: str | ChatModel | None = None, **options: Any) -> None:
        self._desk = AsyncSummarizer(model, **options)

    @property
    def model(self) -> str:
        """The model that reads."""
        return self._desk.model

    def summarize(self, article: Article, **options: Any) -> Result[Summary]:
        """See `AsyncSummarizer.summarize`."""
        return loop.run(self._desk.summarize(article, **options))

    def stream(self, article: Article, **options: Any) -> Generator[Claim | Result[Summary]]:
        """See `AsyncSummarizer.stream`."""
        return loop.iterate(self._desk.stream(article, **options))

    def entities(self, article: Article) -> Result[Entities]:
        """See `AsyncSummarizer.entities`."""
        return loop.run(self._desk.entities(article))

    def timeline(self, article: Article) -> Result[Timeline]:
        """See `AsyncSummarizer.timeline`."""
        return loop.run(self._desk.timeline(article))

    def brief(self, article: Article, **options: Any) -> tuple[Result[Summary], Result[Entities], Result[Timeline]]:
        """See `AsyncSummarizer.brief`."""
        return loop.run(self._desk.brief(article, **options))

    def ask(self, about: Readable, question: str) -> Result[Answer]:
        """See `AsyncSummarizer.ask`."""
        return loop.run(self._desk.ask(about, question))

    def ask_all(self, about: Readable, questions: Sequence[str]) -> tuple[Result[Answer], ...]:
        """See `AsyncSummarizer.ask_all`."""
        return loop.run(self._desk.ask_all(about, questions))

    def conversation(self, about: Readable) -> Conversation:
        """See `AsyncSummarizer.conversation`."""
        return Conversation(self._desk.conversation(about))

    def run(self, task: Task, article: Article, options: Options | None = None) -> Result[Any]:
        """See `AsyncSummarizer.run`."""
        return loop.run(self._desk.run(task, article, options))

    def batch(
        self, articles: Iterable[Article], tasks: Sequence[str | Task | Ask] = ("summary",), **options: Any
    ) -> Generator[Result[Any]]:
        """See `AsyncSummarizer.batch`. Closing the iterator ends the job; what was finished stays in its store."""
        return loop.iterate(self._desk.batch(articles, tasks, **options))

    def close(self) -> None:
        """Close connections and stop a local model; closing twice is harmless."""
        loop.run(self._desk.aclose())

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
