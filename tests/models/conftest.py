"""No test learns from another's server: ports come again."""

from __future__ import annotations

import pytest

from summarizer.models.hosted import openai_model


@pytest.fixture(autouse=True)
def nothing_learned(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every test begins with the manners of the table."""
    monkeypatch.setattr(openai_model, "_LEARNED", {})


@pytest.fixture(scope="session", autouse=True)
def heavy_imports() -> None:
    """The libraries a first request imports take seconds that no test's deadline is meant for."""
    import instructor
    import openai.types.chat

    assert instructor.__name__
    assert openai.types.chat.__name__
