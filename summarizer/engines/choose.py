"""From a model's name to the engine that suits it."""

from __future__ import annotations

from collections.abc import Callable

from summarizer.engines.engine import Engine
from summarizer.engines.extractive import ExtractiveEngine
from summarizer.models.catalog import EXTRACTIVE, choose, is_small, open_model
from summarizer.models.model import ChatModel


def open_engine(
    model: str | ChatModel | None,
    *,
    base_url: str | None = None,
    allow_download: bool = False,
    progress: Callable[[str], None] = lambda line: None,
    around: Callable[[ChatModel], ChatModel] = lambda model: model,
) -> Engine:
    """The engine for a model: code alone for `extractive`, slots for a small model, whole forms for all others.

    `around` puts something (pace, a budget) between a model that is not local and the retries.

    Raises:
        UnknownModel: there is no such model.
        ModelUnavailable: there is no key, or the weights are missing or damaged.

    """
    if model is not None and not isinstance(model, str):
        from summarizer.engines.llm import LLMEngine

        return LLMEngine(around(model))
    choice = choose(model, base_url=base_url)
    progress(f"read by {choice.name}" + (f" ({choice.why})" if choice.why else ""))
    if choice.name == EXTRACTIVE:
        return ExtractiveEngine()
    opened = open_model(choice.name, base_url=base_url, allow_download=allow_download, progress=progress)
    return for_model(opened if choice.name.startswith("local/") else around(opened))


def for_model(model: ChatModel) -> Engine:
    """The engine for a model that is open, with retries around it."""
    from summarizer.engines.llm import LLMEngine
    from summarizer.engines.slots import SlotEngine
    from summarizer.models.local import LocalModel
    from summarizer.models.retrying import RetryingModel

    if is_small(model.name):
        return SlotEngine(RetryingModel(model), model if isinstance(model, LocalModel) else None)
    return LLMEngine(RetryingModel(model))
