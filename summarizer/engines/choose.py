"""From a model's name to the engine that suits it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from summarizer.engines.code import CodeEngine
from summarizer.engines.engine import Engine, Verifier
from summarizer.errors import UsageError
from summarizer.models.catalog import EMBEDDED, EXTRACTIVE, choose, is_small, open_model, writer_model
from summarizer.models.model import ChatModel
from summarizer.settings import Level

if TYPE_CHECKING:
    from summarizer.engines.verifying import ModelVerifier
    from summarizer.models.hooks import Hook


def open_engine(
    model: str | ChatModel | None,
    *,
    base_url: str | None = None,
    allow_download: bool = False,
    progress: Callable[[str], None] = lambda line: None,
    around: Callable[[ChatModel], ChatModel] = lambda model: model,
    hooks: Sequence[Hook] = (),
    level: Level | None = None,
    verifier: Verifier | None = None,
) -> Engine:
    """The engine for a model: code and the reader for `extractive`, the writer beside them for the embedded model.

    All others fill in whole forms.

    `around` puts something (pace, a budget) between a model that is not local and the retries; `hooks` are told of
    every request that is really sent. `level` is how strictly claims are checked, None for what suits the model;
    `verifier` is who is asked about what the check cannot decide.

    Raises:
        UnknownModel: there is no such model.
        ModelUnavailable: there is no key, or the weights are missing or damaged.

    """
    from summarizer.models.hooks import watched
    from summarizer.models.local import LocalModel
    from summarizer.models.retrying import RetryingModel

    if isinstance(model, LocalModel):
        return for_model(model, hooks, level, verifier)
    if model is not None and not isinstance(model, str):
        return for_model(around(watched(model, hooks)), level=level, verifier=verifier)
    choice = choose(model, base_url=base_url)
    progress(f"read by {choice.name}" + (f" ({choice.why})" if choice.why else ""))
    if choice.name == EXTRACTIVE:
        return CodeEngine(level or own_level(EXTRACTIVE), verifier)
    if choice.name == EMBEDDED:
        opened: ChatModel = writer_model(allow_download=allow_download, progress=progress)
    else:
        opened = open_model(choice.name, base_url=base_url, allow_download=allow_download, progress=progress)
    if isinstance(opened, LocalModel):
        return for_model(opened, hooks, level, verifier)
    return for_model(RetryingModel(around(watched(opened, hooks))), level=level, verifier=verifier)


def own_level(_name: str) -> Level:
    """How strictly the claims of the engine for a model are checked where nothing else is wanted."""
    return Level.BALANCED


def for_model(
    model: ChatModel, hooks: Sequence[Hook] = (), level: Level | None = None, verifier: Verifier | None = None
) -> Engine:
    """The engine for a model that is open. A local model is asked again when its process died; others as they are."""
    from summarizer.engines.code import WritingEngine
    from summarizer.engines.llm import LLMEngine
    from summarizer.models.hooks import watched
    from summarizer.models.local import LocalModel
    from summarizer.models.retrying import RetryingModel

    if not isinstance(model, LocalModel):
        return LLMEngine(model, level=level or own_level(model.name), verifier=verifier)
    patient = RetryingModel(watched(model, hooks))
    level = level or own_level(model.name)
    if is_small(model.name):
        return WritingEngine(patient, level=level, verifier=verifier)
    return LLMEngine(patient, level=level, counter=model, verifier=verifier)


def open_verifier(
    verify: str | ChatModel | None,
    *,
    base_url: str | None = None,
    allow_download: bool = False,
    around: Callable[[ChatModel], ChatModel] = lambda model: model,
    hooks: Sequence[Hook] = (),
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
    from summarizer.models.hooks import watched
    from summarizer.models.local import LocalModel
    from summarizer.models.retrying import RetryingModel

    if not isinstance(verify, str):
        return ModelVerifier(around(watched(verify, hooks)))
    if verify == EXTRACTIVE or is_small(verify):
        raise UsageError(f"{verify} cannot give a second opinion: that takes a larger model")
    opened = open_model(verify, base_url=base_url, allow_download=allow_download)
    watched_model = watched(opened, hooks)
    return ModelVerifier(RetryingModel(watched_model if isinstance(opened, LocalModel) else around(watched_model)))


def server_of(verify: str | ChatModel | None, model: str | ChatModel | None, base_url: str | None) -> str | None:
    """The address of the verifying model's server: `base_url` where it is of the reading model's provider."""
    if not (isinstance(verify, str) and isinstance(model, str)):
        return None
    return base_url if verify.partition("/")[0] == model.partition("/")[0] else None
