"""The client: everything public goes through it. One async core; the face without `await` is thin."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Callable, Iterable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

from summarizer import loop
from summarizer.article import Article, checked
from summarizer.configuration import Configuration
from summarizer.engines.engine import Ask
from summarizer.errors import Ungrounded, UsageError
from summarizer.long import read as read_article
from summarizer.pipeline import Reading
from summarizer.schemas.evidence import Claim
from summarizer.schemas.result import Result
from summarizer.streaming import Tell, streamed
from summarizer.tasks import registry
from summarizer.tasks.base import Task

if TYPE_CHECKING:
    from summarizer.jobs.batch import Batch
    from summarizer.schemas.answer import Answer
    from summarizer.schemas.digest import Digest
    from summarizer.schemas.entities import Entities
    from summarizer.schemas.summary import Summary
    from summarizer.schemas.timeline import Timeline
    from summarizer.search.conversation import AsyncConversation, Conversation

    Brief = tuple[Result[Summary], Result[Entities], Result[Timeline]]


class _ByCommand:
    def __getattr__(self, name: str) -> Callable[..., Any]:
        if name.startswith("_"):
            raise AttributeError(name)
        if name not in (known := registry.commands()):
            calls = [one for one in dir(type(self)) if not one.startswith("_")]
            raise AttributeError(f"there is no call and no task {name!r}{registry.nearest(name, [*known, *calls])}")
        return partial(self.read, name)


class AsyncSummarizer(_ByCommand):
    """Reads articles. Use it as an async context manager, or call `aclose` when done.

    Args:
        model: `provider/name`, `local/NAME`, `local/PATH.gguf`, `cli/NAME`, `extractive`, `fake`, `auto` (the default),
            or any object that is a `ChatModel`.
        progress: told, in a line, which model reads and when something takes long.
        record: a file to save every request and answer in, without keys.
        replay: such a file to take the answers from, with no key and no network; without `model`, its model reads.
        **options:
            base_url: the address of an OpenAI-compatible server.
            client: an instructor client of your own, `instructor.from_provider(…)`, in place of a model.
            policy: what happens to a claim that does not hold, see `Policy`.
            level: how sure the check must be, see `Level`.
            verify: a model, named as `model`, that is asked once an article about the claims in which no fact is wrong
                and of which the reader is not sure. It is sent those and their sentences.
            timeout: seconds one article may take, re-asks included; 60 unless SUMMARIZER_TIMEOUT says otherwise.
            prompts: a folder of prompt files that stand in front of the shipped ones.
            reader: a folder with another reader, or any `Reader`.
            allow_download: whether the embedded model's weights (98 MB) may be fetched when they are missing.

    Raises:
        UsageError: an option is unknown or has a value that it cannot have.
        InputError: the file to record in or to replay cannot be used.
        UnknownModel: there is no such model.
        ModelUnavailable: there is no key, or the weights are missing or damaged.

    Every call raises a `UsageError`, before anything is read, for a task that is not there or an option that it does
    not have; an `InputError` for an article without a sentence, a `ModelError` when the model gave nothing that can be
    used, and `Ungrounded` when nothing it gave could be kept. The calls of tasks that are not listed here, a user's own
    and those of installed packages, are found by their command: `await client.quotes(article)`.

    """

    def __init__(
        self,
        model: Any = None,
        *,
        progress: Callable[[str], None] = lambda line: None,
        record: Path | str | None = None,
        replay: Path | str | None = None,
        **options: Any,
    ) -> None:
        self._closed = False
        tape: Any = None
        if record or replay:
            from summarizer.models.recording import Tape

            tape = Tape(record=record, replay=replay)
            model, options = tape.instead_of(model, options, progress)
        self._configuration = Configuration.of({"model": model, **options})
        self._reading = self._configuration.open(progress=progress)
        if tape:
            tape.open(self.model)
        self._tape = tape

    if TYPE_CHECKING:  # found by their commands at run time, like every other task's call

        async def summarize(self, article: Article, **options: Any) -> Result[Summary]: ...
        async def entities(self, article: Article) -> Result[Entities]: ...
        async def timeline(self, article: Article) -> Result[Timeline]: ...
        async def brief(self, article: Article, **options: Any) -> Brief: ...

    @property
    def model(self) -> str:
        """The model that reads."""
        return self._reading.engine.name

    async def read(self, /, name: str, article: Article, **options: Any) -> Any:
        """A task's `Result`, or a bundle's as a tuple, by name or command.

        Args:
            name: the name or command of a task or bundle: `summary`, `summarize`, `brief`, a user's own.
            article: what is read.
            **options: those of the task, such as `points=3`; `summarizer NAME --help` lists them.

        """
        results = await self.read_asks(article, self._configuration.asks(name, options))
        wholes = tuple(map(_whole, results))
        return wholes if registry.bundle(name) else wholes[0]

    async def run(self, /, task: Task[Any, Any, Any], article: Article, **options: Any) -> Result[Any]:
        """The result of a task of your own, from `summarizer.load_task` or a class; `options` are its own."""
        if not isinstance(task, Task):
            raise UsageError(f"run takes a task of your own, from load_task, not {task!r:.80}; by its name use read")
        return _whole((await self.read_asks(article, [task.ask(**options)]))[0])

    async def stream(
        self, /, article: Article, task: str = "summarize", **options: Any
    ) -> AsyncGenerator[Claim | Result[Any]]:
        """The claims one by one while the model writes, each already checked, and last the result.

        The result alone counts: a claim may be worded anew or left out in it. Models that cannot stream, and texts
        read in parts, give the result only.

        Args:
            article: what is read.
            task: name or command of one task; of a bundle the first result comes.
            **options: those of the task.

        """
        asks = self._configuration.asks(task, options)

        async def made(tell: Tell) -> Result[Any]:
            return _whole((await self.read_asks(article, asks, tell))[0])

        async for item in streamed(made):
            yield item

    async def ask(self, about: Any, question: str) -> Result[Answer]:
        """What an article, several, or an index of many says to a question; `value.found` is False where none says.

        Of several articles an index is made in memory, at each call: for many questions open an `Index` or a
        `conversation`. Articles without a word of the question are not shown to a model.

        Args:
            about: an `Article`, an iterable of them, or an `Index`.
            question: from 1 to 2,000 characters.

        """
        return (await self.ask_all(about, [question]))[0]

    async def ask_all(self, about: Any, questions: Sequence[str]) -> tuple[Result[Answer], ...]:
        """Answers to several questions, in order: of one article in one reading. See `ask`."""
        from summarizer.search.many import answered

        asked = self._configuration.questions(questions)
        return await answered(about, asked, self._open())

    async def digest(self, /, articles: Iterable[Article], **options: Any) -> Result[Digest]:
        """Several articles on one matter as one: what they agree on, what one alone says, where they contradict.

        Args:
            articles: two at least, which differ.
            **options: `points`, about how many statements are taken from each article.

        """
        from summarizer.search.digest import digest

        (ask,) = self._configuration.asks("digest", options)
        given = [articles] if isinstance(articles, Article) else articles
        return await digest(map(checked, given), ask, self._open())

    def conversation(self, about: Any) -> AsyncConversation:
        """Questions in turn about what `ask` takes; each may lean on those before it."""
        from summarizer.search.conversation import AsyncConversation

        return AsyncConversation(about, self._configuration.questioning, self._open())

    async def batch(
        self,
        articles: Iterable[Article],
        tasks: Sequence[str | Task[Any, Any, Any] | Ask] = ("summary",),
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
            tasks: names of tasks, tasks of your own, or asks with options.
            questions: what a task that takes questions is asked.
            store: a file that remembers each result as it comes, so that a job that was killed goes on where it was.
            concurrency: requests under way at once; 8 unless SUMMARIZER_CONCURRENCY says otherwise.
            max_cost: US dollars that all runs on the store may cost.
            retry_failed: ask again for what failed for good before.

        Raises:
            BudgetReached: the money is spent; what was finished has been yielded, and is in the store.
            ModelUnavailable: the model cannot be reached at all.
            InputError: the store cannot be used.

        """
        from summarizer.jobs.batch import Batch, Plan
        from summarizer.jobs.wants import wanted

        listed = not isinstance(articles, (Article, str)) and not isinstance(tasks, (Article, str))
        if not listed or not all(isinstance(one, (str, Task, Ask)) for one in tasks):
            raise UsageError("a batch is of articles and of tasks: batch([article, …], ['summary', …])")
        plan = Plan(Path(store) if store else None, concurrency, max_cost, retry_failed)
        asks = wanted(tasks, questions, self._configuration)
        batch: Batch
        async with Batch(asks, self._configuration, plan, self._open()) as batch:
            async for result in batch.results(map(checked, articles)):
                yield result

    async def aclose(self) -> None:
        """Close connections, stop a local model, write a recording; closing twice is harmless."""
        self._closed = True
        await self._reading.aclose()
        if self._tape:
            self._tape.close()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *exception: object) -> None:
        await self.aclose()

    async def read_asks(
        self, article: Article, asks: Sequence[Ask], tell: Tell | None = None
    ) -> tuple[Result[Any], ...]:
        """Several asks in one reading, results in order; nothing is raised for one that comes to nothing."""
        return await read_article(checked(article), asks, self._open(), tell=tell)

    def _open(self) -> Reading:
        if self._closed:
            raise UsageError("this client is closed; open another")
        return self._reading


class Summarizer(_ByCommand):
    """The same without `await`: every call runs on one event loop of its own, in a thread.

    Takes what `AsyncSummarizer` takes. Use it as a context manager, or call `close` when done.
    """

    def __init__(self, model: Any = None, **options: Any) -> None:
        self.awaited = AsyncSummarizer(model, **options)

    if TYPE_CHECKING:

        def summarize(self, article: Article, **options: Any) -> Result[Summary]: ...
        def entities(self, article: Article) -> Result[Entities]: ...
        def timeline(self, article: Article) -> Result[Timeline]: ...
        def brief(self, article: Article, **options: Any) -> Brief: ...

    @property
    def model(self) -> str:
        """The model that reads."""
        return self.awaited.model

    read = loop.blocking(AsyncSummarizer.read)
    run = loop.blocking(AsyncSummarizer.run)
    stream = loop.blocking_items(AsyncSummarizer.stream)
    ask = loop.blocking(AsyncSummarizer.ask)
    ask_all = loop.blocking(AsyncSummarizer.ask_all)
    digest = loop.blocking(AsyncSummarizer.digest)
    batch = loop.blocking_items(AsyncSummarizer.batch)
    close = loop.blocking(AsyncSummarizer.aclose)

    def conversation(self, about: Any) -> Conversation:
        """See `AsyncSummarizer.conversation`."""
        from summarizer.search.conversation import Conversation

        return Conversation(self.awaited.conversation(about))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exception: object) -> None:
        self.close()


def _whole(result: Result[Any]) -> Result[Any]:
    if result.value is None:
        raise Ungrounded(f"nothing of the {result.task} holds: {'; '.join(issue.message for issue in result.issues)}")
    return result
