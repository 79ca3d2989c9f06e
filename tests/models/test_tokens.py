"""Tokens: an estimate that is not too low, and counts by llama.cpp line by line."""

from __future__ import annotations

import json
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizer.models.local.llama_model import count
from summarizer.models.prices import window_of
from summarizer.models.tokens import estimate

# Counted with the tables of cl100k_base and o200k_base; the greater of the two.
LINES = Path(__file__).with_name("token_counts.txt").read_text("utf-8").splitlines()
COUNTED = {text: int(tokens) for tokens, _, text in (line.partition("\t") for line in LINES)}


@pytest.mark.parametrize("text", COUNTED)
def test_the_estimate_is_not_too_low(text: str) -> None:
    """Prose of any script has no more tokens than estimated, and not less than a third."""
    assert COUNTED[text] <= estimate(text) <= 3 * COUNTED[text]


@given(st.text(), st.text())
def test_parts_cost_no_less_than_the_whole(one: str, other: str) -> None:
    """What is counted line by line does not come out too low; lone surrogates are counted too."""
    assert estimate(one + other) <= estimate(one) + estimate(other) + 1


def test_windows_that_are_published_are_known() -> None:
    """Known models have their window, Ollama its default, and what is not published is unknown."""
    assert (128_000, 4096, None) == (window_of("openai/gpt-4o"), window_of("ollama/llama3.2"), window_of("vllm/mine"))


class Tokenizer(BaseHTTPRequestHandler):
    """Stands for llama.cpp: a token a word and line end, and a character as bytes."""

    def do_POST(self) -> None:
        """Answer as llama.cpp does with `with_pieces`."""
        content = json.loads(self.rfile.read(int(self.headers["content-length"])))["content"]
        words = [word for line in content.split("\n") for word in (*line.split(), "\n")][:-1]
        pieces: list[Any] = [[*word.encode()] if word == "世" else word for word in words]
        data = json.dumps({"tokens": [{"id": 1, "piece": piece} for piece in pieces]}).encode()
        self.send_response(200 if self.path == "/tokenize" else 404)
        self.send_header("content-length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, format: str, *arguments: Any) -> None:  # noqa: A002  the name is the base class's
        """Keep the test's output clean."""


@pytest.fixture
def tokenizer() -> Iterator[str]:
    """The base URL of a server that tokenizes."""
    server = HTTPServer(("127.0.0.1", 0), Tokenizer)
    Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/v1"
    server.shutdown()
    server.server_close()


def test_llama_counts_line_by_line(tokenizer: str) -> None:
    """Many texts in one request, each with its own count; a line end belongs to the line before it."""
    assert [3, 2, 1, 3] == count(tokenizer, "key", ["one two", "世", "", "a b\nc"])
