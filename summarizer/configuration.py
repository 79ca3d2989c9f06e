"""How a client reads: checked before anything is read or sent, small enough to go to another process."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, fields
from enum import StrEnum
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

from summarizer.article import Article
from summarizer.engines.code import CodeEngine, WritingEngine
from summarizer.engines.engine import Ask, Engine
from summarizer.engines.llm import LLMEngine
from summarizer.engines.prompts import Prompts
from summarizer.engines.verifying import ModelVerifier
from summarizer.errors import UsageError
from summarizer.grounding import Checker
from summarizer.models.around import RetryingModel
from summarizer.models.catalog import EMBEDDED, EXTRACTIVE, choose, is_small, open_model, writer_model
from summarizer.models.local import LocalModel
from summarizer.models.local.weights import fetched, verify
from summarizer.models.model import ChatModel
from summarizer.pipeline import Reading
from summarizer.reader import Reader, load_reader
from summarizer.settings import Level, Policy, get_settings
from summarizer.tasks import registry
from summarizer.tasks.base import Task

E = TypeVar("E", bound=StrEnum)
Around = Callable[[ChatModel], ChatModel]
Progress = Callable[[str], None]


@dataclass(frozen=True)
class Configuration:
    """See `AsyncSummarizer`, which takes the same."""

    model: str | ChatModel | None = None
    base_url: str | None = None
    policy: Policy = Policy.REASK
    level: Level = Level.BALANCED
    verify: str | ChatModel | None = None
    timeout: float = 60.0
    allow_download: bool = False
    prompts: Path | str | None = None
    reader: Reader | Path | str | None = None
    client: Any = None

    @classmethod
    def of(cls, given: dict[str, Any]) -> Configuration:
        """From the arguments of a call, with what the settings say of those that are not given."""
        known = [field.name for field in fields(cls)]
        if "on_ungrounded" in given:  # the name of the command line's option
            given = {**given, "policy": given["on_ungrounded"]}
            del given["on_ungrounded"]
        if wrong := next((name for name in given if name not in known), None):
            hint = registry.nearest(wrong, known) or f"; there are {', '.join(known)}"
            raise UsageError(f"there is no option {wrong!r}{hint}")
        settings = get_settings()
        seconds = given.get("timeout")
        given = {**given, "timeout": _seconds(settings.timeout if seconds is None else seconds)}
        given["policy"] = _member(Policy, given.get("policy") or settings.policy, "policy")
        given["level"] = _member(Level, given.get("level") or settings.level, "level")
        given |= {name: given.get(name) or getattr(settings, name) for name in ("verify", "prompts", "reader")}
        for name in ("model", "verify"):
            _check_model(given.get(name), name)
        return cls(**given)

    @classmethod
    def names(cls) -> list[str]:
        """What a client takes, the command line's name of the policy too."""
        return [*(field.name for field in fields(cls)), "on_ungrounded"]

    def asks(self, name: str, options: dict[str, Any]) -> list[Ask]:
        """The asks of a task's or a bundle's name; each option goes to the tasks of the bundle that have it."""
        prompts = Prompts.of(self.prompts)
        tasks = registry.tasks_of(name, prompts)
        known = {option for task in tasks for option in task.options.model_fields}
        if len(tasks) > 1 and (unknown := [option for option in options if option not in known]):
            raise UsageError(f"{name} has no option {unknown[0]!r}; it has {', '.join(sorted(known))}")
        mine = ({o: v for o, v in options.items() if len(tasks) == 1 or o in t.options.model_fields} for t in tasks)
        asks = [task.ask(**given) for task, given in zip(tasks, mine, strict=True)]
        for ask in asks:
            ask.task.prompt(prompts).render(ask.options.values())  # a style that is not there is told before all else
        return asks

    @property
    def questioning(self) -> Task[Any, Any, Any]:
        """The task that takes questions."""
        return registry.get("ask", Prompts.of(self.prompts))

    def questions(self, questions: Sequence[str]) -> Ask:
        """These questions, checked."""
        if isinstance(questions, (str, Article)):
            raise UsageError("questions is a list of questions, behind what is asked; for one question, use ask")
        return self.questioning.ask(questions=tuple(questions))

    def open(self, *, around: Around = lambda model: model, progress: Progress = lambda line: None) -> Reading:
        """Who proposes and who checks, opened.

        Args:
            around: what is put around a model that is not local: a pace, a budget.
            progress: told, in a line, which model reads and when something takes long.

        Raises:
            UnknownModel: there is no such model.
            ModelUnavailable: there is no key, or the weights are missing or damaged.
            UsageError: the prompts or the reader cannot be used, or `verify` is no model or too small a one to judge.

        """
        prompts = Prompts.of(self.prompts)
        engine = self._engine(prompts, around, progress)
        return Reading(engine, self.checker(), self.policy, self.timeout, self._verifier(prompts, around))

    def checker(self) -> Checker:
        """Who checks. The reader is loaded when a claim needs it."""
        reader = load_reader(self.reader) if isinstance(self.reader, (str, Path)) else self.reader
        return Checker(self.level, reader)

    def _engine(self, prompts: Prompts, around: Around, progress: Progress) -> Engine:
        """Code alone for `extractive`, code and a writer for a small model, whole forms for others."""
        given: Any = self.model if self.client is None else self.client
        if given is None or isinstance(given, str):
            choice = choose(given, base_url=self.base_url)
            progress(f"read by {choice.name}" + (f" ({choice.why})" if choice.why else ""))
            if choice.name == EXTRACTIVE:
                return CodeEngine()
            meter = getattr(progress, "meter", lambda done, whole: None)  # it may draw a bar for a download
            at_hand = partial(fetched, progress=progress, meter=meter) if self.allow_download else verify
            if choice.name == EMBEDDED:
                writer = RetryingModel(writer_model(at_hand))
                return WritingEngine(writer, prompts, lambda: RetryingModel(open_model(EMBEDDED, at_hand=at_hand)))
            opened = open_model(choice.name, base_url=self.base_url, at_hand=at_hand)
            if not isinstance(opened, LocalModel):
                return LLMEngine(RetryingModel(around(opened)), prompts)
            given = opened
        if not isinstance(given, LocalModel):
            return LLMEngine(around(as_model(given)), prompts)
        return (WritingEngine if is_small(given.name) else LLMEngine)(RetryingModel(given), prompts)

    def _verifier(self, prompts: Prompts, around: Around) -> ModelVerifier | None:
        """Who gives a second opinion: the model of that name or that object, at our address if of our provider."""
        if self.verify is None:
            return None
        if not isinstance(self.verify, str):
            return ModelVerifier(around(as_model(self.verify)), prompts)
        if self.verify == EXTRACTIVE or is_small(self.verify):
            raise UsageError(f"{self.verify} cannot give a second opinion: that takes a larger model")
        ours = isinstance(self.model, str) and self.verify.partition("/")[0] == self.model.partition("/")[0]
        base_url = self.base_url if ours else None
        opened = open_model(self.verify, base_url=base_url)
        return ModelVerifier(RetryingModel(opened if isinstance(opened, LocalModel) else around(opened)), prompts)


def as_model(given: Any) -> ChatModel:
    """A `ChatModel` as it is; an instructor client as one."""
    if hasattr(given, "complete"):
        model: ChatModel = given
        return model
    from summarizer.models.hosted.forms import InstructorModel

    return InstructorModel(given)


def _member(enum: type[E], given: object, name: str) -> E:
    try:
        return enum(str(given))
    except ValueError as error:
        raise UsageError(f"{name}={given!r:.80} cannot be used; it is one of {', '.join(enum)}") from error


def _seconds(given: object) -> float:
    if isinstance(given, bool) or not isinstance(given, (int, float)) or not 0 < given < float("inf"):
        raise UsageError(f"timeout={given!r:.80} cannot be used; it is a number of seconds above 0")
    return float(given)


def _check_model(given: object, name: str) -> None:
    if given is None or hasattr(given, "complete") or (isinstance(given, str) and given.strip()):
        return
    raise UsageError(f"{name}={given!r:.80} cannot be used; it is a name such as openai/gpt-5-mini, or a ChatModel")
