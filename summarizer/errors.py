"""Everything this library raises.

SummarizerError
├── UsageError               the call itself is wrong (exit status 2)
│   ├── UnknownModel
│   ├── NeedsModel
│   ├── PromptError
│   └── SchemaError
├── InputError               an article or a folder cannot be read or written (3)
├── ModelError               the model gave nothing that can be used (5)
│   ├── ModelUnavailable     no connection, no key, no weights
│   │   ├── AuthenticationFailed
│   │   └── WeightsError
│   ├── ModelTimeout
│   ├── RateLimited
│   ├── ServerFault
│   ├── RequestRejected
│   │   └── WindowExceeded
│   └── AnswerError          an answer came, but not one we can use
│       ├── InvalidAnswer
│       ├── AnswerTruncated
│       └── AnswerRefused
├── Ungrounded               a claim does not hold and the policy is `fail` (5)
└── BudgetReached            the money allowed is spent (6)

The command line prints the message as one line and leaves with `exit_status`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, fields
from importlib import util
from typing import Any

# Control characters, escape sequences, marks that turn the direction of writing, halves of surrogate pairs.
_HARMFUL = re.compile("[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")


def printable(name: str) -> str:
    """A name that anybody may have chosen, fit for a message: `a\\x1b[2J.txt`."""
    return _HARMFUL.sub(lambda sign: sign[0].encode("unicode_escape").decode("ascii"), name)


def require(package: str, why: str, extra: str) -> None:
    """Raise `UsageError` where an optional package is not installed: why it is needed, and the extra that brings it."""
    if util.find_spec(package) is None:
        raise UsageError(f"{why}; run `pip install 'grounded-summarizer[{extra}]'`")


@dataclass(frozen=True)
class Spent:
    """Tokens that requests cost, failed ones too.

    Cached tokens are among the input tokens, reasoning tokens among the output tokens. `uncounted` are answers whose
    tokens the server did not tell: what they cost is not known. A request that brought no answer is taken as free.
    """

    requests: int = 0
    input_tokens: int = 0
    cached_tokens: int = 0
    output_tokens: int = 0
    reasoning_tokens: int = 0
    uncounted: int = 0

    def __add__(self, other: Spent) -> Spent:
        """What both cost."""
        return Spent(*(getattr(self, one.name) + getattr(other, one.name) for one in fields(self)))


class SummarizerError(Exception):
    """The root: catch this to catch everything the library raises on purpose."""

    exit_status = 1

    def __reduce__(self) -> tuple[Any, ...]:
        """To another process as it is: calling the class again would word the message twice, or lack an argument."""
        return _made_again, (type(self), self.args, self.__dict__)


def _made_again(kind: type[SummarizerError], arguments: tuple[Any, ...], state: dict[str, Any]) -> SummarizerError:
    error = kind.__new__(kind, *arguments)
    error.__dict__.update(state)
    return error


class UsageError(SummarizerError):
    """The call cannot be understood; nothing was read or sent."""

    exit_status = 2


class UnknownModel(UsageError):
    """No provider or model has this name."""

    def __init__(self, name: str, advice: str) -> None:
        super().__init__(f"unknown model {name!r}: {advice}")


class NeedsModel(UsageError):
    """Code alone has no draft for a task."""

    def __init__(self, task: str) -> None:
        super().__init__(f"{task} needs a model; name one with -m or model=, such as openai/gpt-5-mini")


class PromptError(UsageError):
    """A prompt file cannot be used; the message names the file and the fault."""


class SchemaError(UsageError):
    """A schema cannot be loaded or cannot be sent to a model."""


class InputError(SummarizerError):
    """An article cannot be read, or a result cannot be written."""

    exit_status = 3

    def __init__(self, source: str, message: str) -> None:
        super().__init__(f"{printable(source)}: {message}")
        self.source = source
        self.message = message


class ModelError(SummarizerError):
    """The model gave nothing that can be used. `spent` tells what the attempts cost."""

    exit_status = 5

    def __init__(self, message: str, *, model: str = "", spent: Spent | None = None) -> None:
        super().__init__(f"{model}: {message}" if model else message)
        self.model = model
        self.spent = spent or Spent()


class ModelUnavailable(ModelError):
    """There is no way to reach the model: no connection, no key, no runtime."""


class AuthenticationFailed(ModelUnavailable):
    """The server refused the key."""


class WeightsError(ModelUnavailable):
    """The model's file is missing, damaged or cannot be stored."""


class ModelTimeout(ModelError):
    """The deadline passed before an answer came."""


class _Later(ModelError):
    """The server may answer later: `retry_after` is in seconds, None when it does not say."""

    def __init__(self, message: str, *, retry_after: float | None = None, **told: Any) -> None:
        super().__init__(message, **told)
        self.retry_after = retry_after


class RateLimited(_Later):
    """The server asks for fewer requests."""


class ServerFault(_Later):
    """The server failed (status 5xx) or broke the connection."""


class RequestRejected(ModelError):
    """The server will not take this request; sending it again would not help.

    `said` is all it said, in small letters.
    """

    def __init__(self, message: str, *, said: str = "", **told: Any) -> None:
        super().__init__(message, **told)
        self.said = said


class WindowExceeded(RequestRejected):
    """The request is longer than the model's window."""


class AnswerError(ModelError):
    """An answer came that cannot be used. `answer` is its text as it came."""

    def __init__(self, message: str, *, answer: str, **told: Any) -> None:
        super().__init__(message, **told)
        self.answer = answer


class InvalidAnswer(AnswerError):
    """The answer does not fit the schema; `problems` says where, for the one re-ask."""

    def __init__(self, message: str, *, problems: Sequence[str] = (), **told: Any) -> None:
        super().__init__(message, **told)
        self.problems = tuple(problems)


class AnswerTruncated(AnswerError):
    """The answer stopped at its length limit."""


class AnswerRefused(AnswerError):
    """The model, or a filter before it, declined to answer."""


class Ungrounded(SummarizerError):
    """A claim does not hold in the sentences it cites, and the policy is `fail`."""

    exit_status = 5


class BudgetReached(SummarizerError):
    """The money allowed is spent; what was finished is kept."""

    exit_status = 6
