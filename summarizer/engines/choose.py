"""From a model's name to the engine that suits it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from summarizer.engines.code import EXTRACTIVE, CodeEngine, WritingEngine
from summarizer.engines.engine import Engine
from summarizer.engines.prompts import Prompts
from summarizer.errors import UsageError
from summarizer.models.catalog import EMBEDDED, choose, is_small, open_model, writer_model

if TYPE_CHECKING:
    from summarizer.engines.verifying import ModelVerifier
    from summarizer.models.model import ChatModel

Around = Callable[["ChatModel"], "ChatModel"]


def open_engine(
    model: Any,
    *,
    prompts: Prompts,
    base_url: str | None = None,
    allow_download: bool = False,
    progress: Callable[[str], None] = lambda line: None,
    around: Around = lambda model: model,
) -> Engine:
    """The engine for a model: code alone for `extractive`, code and a writer for a small one, whole forms for others.

    Args:
        model: a name, a `ChatModel`, or an instructor client of the user's own.
        prompts: where prompts are found.
        base_url: the address of an OpenAI-compatible server.
        allow_download: whether missing weights may be fetched.
        progress: told which model reads.
        around: put between a model that is not local and the retries: a pace, a budget.

    Raises:
        UnknownModel: there is no such model.
        ModelUnavailable: there is no key, or the weights are missing or damaged.

    """
    from summarizer.engines.llm import LLMEngine
    from summarizer.models.local import LocalModel
    from summarizer.models.retrying import RetryingModel

    if model is not None and not isinstance(model, (str, LocalModel)):
        return LLMEngine(around(as_model(model)), prompts)
    if isinstance(model, LocalModel):
        return _local(model, prompts)
    choice = choose(model, base_url=base_url)
    progress(f"read by {choice.name}" + (f" ({choice.why})" if choice.why else ""))
    if choice.name == EXTRACTIVE:
        return CodeEngine()
    meter = getattr(progress, "meter", lambda done, whole: None)  # a sign of life may draw a bar for a download
    fetching: Any = {"allow_download": allow_download, "progress": progress, "meter": meter}
    if choice.name == EMBEDDED:
        writer = RetryingModel(writer_model(**fetching))
        return WritingEngine(writer, prompts, lambda: RetryingModel(open_model(EMBEDDED, **fetching)))
    opened = open_model(choice.name, base_url=base_url, **fetching)
    if isinstance(opened, LocalModel):
        return _local(opened, prompts)
    return LLMEngine(RetryingModel(around(opened)), prompts)


def as_model(given: Any) -> ChatModel:
    """A `ChatModel` as it is; an instructor client as one."""
    if hasattr(given, "complete"):
        model: ChatModel = given
        return model
    from summarizer.models.hosted.instructor_model import from_client

    return from_client(given)


def _local(model: Any, prompts: Prompts) -> Engine:
    """A local model is asked again when its process died; a small one words what code has chosen."""
    from summarizer.engines.llm import LLMEngine
    from summarizer.models.retrying import RetryingModel

    if is_small(model.name):
        return WritingEngine(RetryingModel(model), prompts)
    return LLMEngine(RetryingModel(model), prompts, model)


def open_verifier(
    verify: Any,
    *,
    prompts: Prompts,
    base_url: str | None = None,
    allow_download: bool = False,
    around: Around = lambda model: model,
) -> ModelVerifier | None:
    """Who gives a second opinion: the model of that name or that object; None for nobody.

    Raises:
        UsageError: it is no model, or too small a one to judge.
        UnknownModel: there is no such model.
        ModelUnavailable: there is no key, or the weights are missing or damaged.

    """
    if verify is None:
        return None
    from summarizer.engines.verifying import ModelVerifier
    from summarizer.models.local import LocalModel
    from summarizer.models.retrying import RetryingModel

    if not isinstance(verify, str):
        return ModelVerifier(around(as_model(verify)), prompts)
    if verify == EXTRACTIVE or is_small(verify):
        raise UsageError(f"{verify} cannot give a second opinion: that takes a larger model")
    opened = open_model(verify, base_url=base_url, allow_download=allow_download)
    return ModelVerifier(RetryingModel(opened if isinstance(opened, LocalModel) else around(opened)), prompts)


def server_of(verify: Any, model: Any, base_url: str | None) -> str | None:
    """The address of the verifying model's server: `base_url` where it is of the reading model's provider."""
    if not (isinstance(verify, str) and isinstance(model, str)):
        return None
    return base_url if verify.partition("/")[0] == model.partition("/")[0] else None
