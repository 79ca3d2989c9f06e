"""The fixtures for users' own tests, in a test suite like theirs."""

from __future__ import annotations

import pytest

from tests.scripted_server import ScriptedServer, completion

pytest_plugins = ("pytester",)

FAKE = """
from summarizer.article import Article

def test_mine(fake_summarizer):
    client = fake_summarizer([{"headline": {"evidence": [1], "text": "Rain fell."}, "points": []}])
    assert "Rain fell." == client.summarize(Article("Rain fell. It was wet.")).value.headline.text

def test_without_answers(fake_summarizer):
    assert "Rain fell." == fake_summarizer().summarize(Article("Rain fell. It was wet.")).value.headline.text
"""
RECORDED = """
from summarizer.article import Article

def test_mine(recorded_summarizer):
    client = recorded_summarizer("openai/gpt-test", base_url=BASE_URL)
    assert "Rain fell." == client.summarize(Article("Rain fell. It was wet.")).value.headline.text
"""
ALONE = (
    "-o",
    "asyncio_default_fixture_loop_scope=function",
    "-p",
    "no:summarizer",
    "-p",
    "summarizer.testing",
    "-p",
    "no:cacheprovider",
)


def test_a_fake_model_serves_users_tests(pytester: pytest.Pytester) -> None:
    """With answers or without."""
    pytester.makepyfile(FAKE)

    pytester.runpytest_inprocess(*ALONE).assert_outcomes(passed=2)


def test_answers_are_recorded_once_and_replayed(
    pytester: pytest.Pytester, server: ScriptedServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With the option the server is asked; without it, never again, and no key is needed."""
    monkeypatch.setenv("OPENAI_API_KEY", "sk-canary")
    server.script(completion({"headline": {"evidence": [1], "text": "Rain fell."}, "points": []}))
    pytester.makepyfile(test_mine=f"BASE_URL = {server.base_url!r}\n{RECORDED}")

    pytester.runpytest_inprocess(*ALONE).assert_outcomes(failed=1)
    pytester.runpytest_inprocess(*ALONE, "--record-summarizer").assert_outcomes(passed=1)
    monkeypatch.delenv("OPENAI_API_KEY")
    pytester.runpytest_inprocess(*ALONE).assert_outcomes(passed=1)

    assert 1 == len(server.requests)
    assert "sk-canary" not in (pytester.path / "recordings" / "test_mine.test_mine.yaml").read_text("utf-8")
