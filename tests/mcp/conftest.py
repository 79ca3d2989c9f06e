"""A folder with articles, and the program as a server that the official client talks to, as an assistant's would."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import anyio.from_thread
import pytest
from mcp import Client, StdioServerParameters
from mcp.types import CallToolResult, Tool

HARBOUR = """Harwick opens its new bridge

The bridge at Harwick cost 5 million pounds. Mayor Ada Finch opened it on 3 May 2021. Two hundred people came to see it.
"""
GAZETTE = "The bridge at Harwick cost 7 million pounds. It was opened on 3 May 2021. Rain fell all day.\n"


@dataclass(frozen=True)
class Served:
    """A server that runs, and what it may read."""

    folder: Path
    outside: Path
    portal: anyio.from_thread.BlockingPortal
    client: Client

    def tools(self) -> dict[str, Tool]:
        """Its tools by name."""
        return {tool.name: tool for tool in self.portal.call(self.client.list_tools).tools}

    def begin(self, name: str, **arguments: Any) -> Future[CallToolResult]:
        """A call that is on its way."""
        return self.portal.start_task_soon(self.client.call_tool, name, arguments)

    def call(self, name: str, **arguments: Any) -> Any:
        """What is structured in the result of a call."""
        result = self.begin(name, **arguments).result()
        assert not result.is_error, text_of(result)
        return result.structured_content

    def refusal(self, name: str, **arguments: Any) -> str:
        """The one line with which a call is refused."""
        result = self.begin(name, **arguments).result()
        assert result.is_error
        assert result.structured_content is None
        assert "\n" not in text_of(result)
        return text_of(result)


def text_of(result: CallToolResult) -> str:
    """The readable part of a result."""
    (content,) = result.content
    return str(content.text)


def environment(home: Path) -> dict[str, str]:
    """Of a server: nothing of the person who runs the tests, no server on this machine."""
    return {"HOME": str(home), "SUMMARIZER_CACHE_DIR": str(home / "cache"), "SUMMARIZER_LOCAL_SERVERS": "0"}


@pytest.fixture(scope="module")
def places(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A folder that may be read, and one that may not; links and a pipe lead out of the first."""
    folder, outside = tmp_path_factory.mktemp("articles"), tmp_path_factory.mktemp("outside")
    (folder / "harbour.txt").write_text(HARBOUR, "utf-8")
    (folder / "papers").mkdir()
    (folder / "papers" / "gazette.txt").write_text(GAZETTE, "utf-8")
    (outside / "secret.txt").write_text("The password of the mayor is swordfish. Nobody may know it.\n", "utf-8")
    (folder / "link.txt").symlink_to(outside / "secret.txt")
    (folder / "linked").symlink_to(outside)
    os.mkfifo(folder / "pipe.txt")
    return folder, outside


@contextmanager
def serving(places: tuple[Path, Path], home: Path, *options: str) -> Iterator[Served]:
    """The program as a server, asked over its standard input and output."""
    arguments = ["-m", "summarizer", "mcp", "--allow", str(places[0]), *options]
    program = StdioServerParameters(command=sys.executable, args=arguments, env=environment(home), cwd=home)
    with (
        anyio.from_thread.start_blocking_portal() as portal,
        portal.wrap_async_context_manager(Client(program)) as client,
    ):
        yield Served(*places, portal, client)


@pytest.fixture(scope="module")
def served(places: tuple[Path, Path], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A server that has no key and no model."""
    with serving(places, tmp_path_factory.mktemp("home")) as found:
        yield found
