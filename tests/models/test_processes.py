"""A model works after a fork, in other loops and in other processes, used before or not."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tests.models.asking import GOOD
from tests.scripted_server import ScriptedServer, completion

MODEL = """
import asyncio, os, sys
from tests.models.asking import REQUEST, open_at

model = open_at(sys.argv[1])
ask = lambda: print(asyncio.run(model.complete(REQUEST)).draft.headline.text, flush=True)
ask()
ask()
child = os.fork()
ask()
if child:
    os.waitpid(child, 0)
    asyncio.run(model.aclose())
else:
    os._exit(0)
"""
CLIENT = """
import multiprocessing, sys
import summarizer

ARTICLE = summarizer.Article("The shop opens at ten. It rains.")

def read(queue):
    with summarizer.Summarizer(model="extractive") as client:
        queue.put(client.summarize(ARTICLE).status)

if __name__ == "__main__":
    match sys.argv[1]:
        case "used":
            client = summarizer.Summarizer(model="extractive")
            client.summarize(ARTICLE)
        case "closed":
            with summarizer.Summarizer(model="extractive") as client:
                client.summarize(ARTICLE)
        case "module":
            summarizer.summarize(ARTICLE, model="extractive")
    context = multiprocessing.get_context(sys.argv[2])
    queue = context.Queue()
    process = context.Process(target=read, args=(queue,))
    process.start()
    print(queue.get(timeout=60))
    process.join()
"""


def run(script: str, tmp_path: Path, *arguments: str) -> str:
    """What a script prints in an interpreter of its own."""
    file = tmp_path / "script.py"
    file.write_text(script, "utf-8")
    done = subprocess.run(
        [sys.executable, "-W", "ignore", str(file), *arguments],
        capture_output=True, text=True, timeout=90, check=False, env={"PYTHONPATH": str(ROOT), "PATH": ""},
    )  # fmt: skip
    assert 0 == done.returncode, done.stderr
    return done.stdout


@pytest.mark.skipif(sys.platform == "win32", reason="no fork there")
def test_a_hosted_model_has_connections_of_its_own(server: ScriptedServer, tmp_path: Path) -> None:
    """In a second loop, and in a process that was forked off after it was used."""
    server.script(completion(GOOD))

    assert ["It rains."] * 4 == run(MODEL, tmp_path, server.base_url).splitlines()


@pytest.mark.skipif(sys.platform == "win32", reason="no fork there")
@pytest.mark.parametrize(
    ("before", "how"),
    [("used", "fork"), ("closed", "fork"), ("module", "fork"), ("unused", "fork"), ("used", "spawn")],
)
def test_a_process_reads_whatever_its_parent_did(tmp_path: Path, before: str, how: str) -> None:
    """The parent's loop is not the child's."""
    assert "complete\n" == run(CLIENT, tmp_path, before, how)
