"""For the tests of those who use this library: a model that needs no server, and recordings that need no key.

pytest finds these fixtures by itself once the library is installed; `pytest_plugins = ["summarizer.testing"]` does the
same by hand.

    def test_my_code(fake_summarizer):
        client = fake_summarizer([{"headline": {"evidence": [1], "text": "Rain fell."}, "points": []}])
        assert my_code(client) == ...

    def test_on_real_answers(recorded_summarizer):
        client = recorded_summarizer("openai/gpt-5-mini")     # once: pytest --record-summarizer, with a key
        assert my_code(client) == ...                         # from then on: no key, no network
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from summarizer.client import Summarizer

FOLDER = "recordings"


def pytest_addoption(parser: pytest.Parser) -> None:
    """The option that records."""
    parser.addoption(
        "--record-summarizer",
        action="store_true",
        help="ask the real models, and save their answers for tests that use `recorded_summarizer`",
    )


@pytest.fixture
def fake_summarizer() -> Iterator[Callable[..., Summarizer]]:
    """A function that gives a `Summarizer` over a `FakeModel` with these answers; its options may follow."""
    from summarizer.client import Summarizer
    from summarizer.models.fake import FakeModel

    with ExitStack() as clients:

        def make(answers: Iterable[Any] = (), **options: Any) -> Summarizer:
            return clients.enter_context(Summarizer(FakeModel(answers), **options))

        yield make


@pytest.fixture
def recorded_summarizer(request: pytest.FixtureRequest) -> Iterator[Callable[..., Summarizer]]:
    """A function that gives a `Summarizer` whose model's answers come from `recordings/` beside the test's file.

    One recording a test, named after its file and itself. `pytest --record-summarizer` makes it.
    """
    from summarizer.client import Summarizer

    file = recording_of(request)
    way = "record" if request.config.getoption("--record-summarizer") else "replay"
    with ExitStack() as clients:

        def make(model: str | None = None, **options: Any) -> Summarizer:
            if way == "replay" and not file.is_file():
                pytest.fail(
                    f"no recording at {file}; make it with `pytest --record-summarizer` and a key", pytrace=False
                )
            return clients.enter_context(Summarizer(model, **{way: file}, **options))

        yield make


def recording_of(request: pytest.FixtureRequest) -> Path:
    """Where the recording of a test is."""
    name = "".join(letter if letter.isalnum() or letter in "-_." else "_" for letter in request.node.name)
    return request.path.parent / FOLDER / f"{request.path.stem}.{name}.yaml"
