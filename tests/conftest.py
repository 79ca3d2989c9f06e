"""What all tests stand on: a clean environment, recordings, and a server that does as it is told."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from summarizer.article import Article
from summarizer.models.catalog import EMBEDDED
from summarizer.models.local import ChildServer, LocalModel
from summarizer.models.local.weights import SMOLLM2, verify
from summarizer.reading import read
from summarizer.settings import get_settings
from tests.official import problems_of_request
from tests.scripted_server import ScriptedServer

ROOT = Path(__file__).parent.parent
SEED = ROOT / "seeds" / "kim-arrives-in-russia.txt"
ARTICLES = [SEED, *sorted(path for path in (ROOT / "tests" / "articles").rglob("*.*") if path.is_file())]


# Where the real weights are, looked up before the environment is cleaned.
os.environ.setdefault("REAL_CACHE_DIR", str(get_settings().cache_dir))


@pytest.fixture(autouse=True)
def clean_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """No setting or key of the person who runs the tests takes part, and nothing is written to their cache."""
    for name in os.environ:
        if name.startswith("SUMMARIZER_") or name.endswith(("_API_KEY", "_BASE_URL")):
            monkeypatch.delenv(name)
    monkeypatch.setenv("SUMMARIZER_CACHE_DIR", str(tmp_path / "cache"))
    monkeypatch.setenv("SUMMARIZER_LOCAL_SERVERS", "0")


@pytest.fixture
def seed() -> Article:
    """The seed article."""
    return read(str(SEED))


@pytest.fixture(params=ARTICLES, ids=lambda path: path.stem)
def any_article(request: pytest.FixtureRequest) -> Article:
    """Each article of the repository in turn."""
    return read(str(request.param))


class RecordedServer:
    """Stands where llama.cpp stood when the answers were recorded: nothing listens there."""

    def address(self) -> tuple[str, str]:
        """An address nobody answers at; the recording does."""
        return "http://127.0.0.1:9/v1", "recorded"

    def fate(self) -> str | None:
        """It cannot die."""
        return None

    def stop(self) -> None:
        """There is nothing to stop."""


@pytest.fixture
def embedded(request: pytest.FixtureRequest) -> LocalModel:
    """The embedded model: its recorded answers, or the real one while recording (`just record`)."""
    replaying = request.config.getoption("--record-mode") in (None, "none")
    server = (
        RecordedServer()
        if replaying
        else ChildServer(weights(), alias=f"{SMOLLM2.name}-instruct", window=SMOLLM2.window)
    )
    return LocalModel(EMBEDDED, server, alias=f"{SMOLLM2.name}-instruct", window=SMOLLM2.window)


def weights() -> Path:
    """The real weights: those of the person who runs the live tests or records."""
    kept = os.environ["REAL_CACHE_DIR"]
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SUMMARIZER_CACHE_DIR", kept)
        return verify(SMOLLM2)


@pytest.fixture
def server() -> Iterator[ScriptedServer]:
    """A real HTTP server on loopback that answers as scripted and remembers what it was asked.

    Every request it got must be one the official specification allows.
    """
    with ScriptedServer() as running:
        yield running
    assert [] == [problem for body in running.requests for problem in problems_of_request(body)]


@pytest.fixture(scope="module")
def vcr_config() -> dict[str, Any]:
    """Recordings match on method, path and JSON body; addresses, keys and paths do not reach them."""
    return {
        "match_on": ["method", "path", "json_body"],
        "filter_headers": ["authorization", "cookie", "user-agent", "host", "accept-encoding", "x-stainless-arch",
                           "x-stainless-async", "x-stainless-lang", "x-stainless-os", "x-stainless-package-version",
                           "x-stainless-raw-response", "x-stainless-read-timeout", "x-stainless-retry-count",
                           "x-stainless-runtime", "x-stainless-runtime-version", "x-stainless-timeout"],
        "before_record_request": _without_port,
        "before_record_response": _without_ids,
        "decode_compressed_response": True,
    }  # fmt: skip


def pytest_recording_configure(config: pytest.Config, vcr: Any) -> None:
    """Compare bodies as JSON: the order of keys and white space do not matter."""
    vcr.register_matcher("json_body", _same_json)


def _same_json(one: Any, other: Any) -> None:
    assert json.loads(one.body) == json.loads(other.body)


def _without_port(request: Any) -> Any:
    from urllib.parse import urlsplit

    request.uri = urlsplit(request.uri)._replace(netloc="recorded.invalid").geturl()
    return request


def _without_ids(response: Any) -> Any:
    """Ids and times differ from run to run and would make every recording a change; bytes repeat the tokens."""
    response["headers"] = {name: value for name, value in response["headers"].items() if name.lower() == "content-type"}
    if b"[DONE]" in response["body"]["string"]:
        return response  # a stream of events: the server that is recorded tells no times of its own
    body = json.loads(response["body"]["string"])
    body.update(id="recorded", created=0)
    body.pop("timings", None)
    for choice in body["choices"]:
        for token in (choice.get("logprobs") or {}).get("content") or []:
            for top in (token, *token["top_logprobs"]):
                for repeated in ("bytes", "id"):
                    top.pop(repeated, None)
    response["body"]["string"] = json.dumps(body).encode()
    return response


@pytest.fixture(autouse=True)
def every_recording_is_used(request: pytest.FixtureRequest) -> Iterator[None]:
    """A recording nothing asks for any more is stale: the test that owns it fails."""
    if request.node.get_closest_marker("vcr") is None:
        yield
        return
    cassette = request.getfixturevalue("vcr")
    yield
    if cassette.record_mode.value == "none":
        assert cassette.all_played, "some recorded answers were not asked for; record again with `just record`"
