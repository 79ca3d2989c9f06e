"""One answer of a server: its text, its cost, and whether it is a finished one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from summarizer.errors import AnswerRefused, AnswerTruncated, InvalidAnswer, Spent

if TYPE_CHECKING:
    from openai.types.chat import ChatCompletion


def raise_unusable(answer: ChatCompletion, name: str) -> None:
    """Raise the typed error for an answer that is not a finished one."""
    spent = spent_on(answer)
    if not answer.choices:
        raise InvalidAnswer("the answer has no choices", answer="", model=name, spent=spent)
    choice, text = answer.choices[0], text_of(answer)
    if choice.message.refusal:
        raise AnswerRefused(f"the model declined: {choice.message.refusal}", answer=text, model=name, spent=spent)
    if choice.finish_reason == "content_filter":
        raise AnswerRefused("a content filter stopped the answer", answer=text, model=name, spent=spent)
    if choice.finish_reason == "length":
        raise AnswerTruncated("the answer stopped at its length limit", answer=text, model=name, spent=spent)
    if not text.strip():
        raise InvalidAnswer("the answer is empty", answer="", model=name, spent=spent)


def text_of(answer: ChatCompletion) -> str:
    """The text of the first choice, "" where there is none."""
    return (answer.choices[0].message.content or "") if answer.choices else ""


def spent_on(answer: ChatCompletion) -> Spent:
    """What one answer cost; an answer without usage counts as a request of unknown size."""
    usage = answer.usage
    if usage is None:
        return Spent(requests=1, uncounted=1)
    details = usage.prompt_tokens_details
    cached = (details.cached_tokens or 0) if details else 0
    thought = usage.completion_tokens_details
    reasoning = (thought.reasoning_tokens or 0) if thought else 0
    return Spent(1, usage.prompt_tokens or 0, cached, usage.completion_tokens or 0, reasoning)
