"""`python -m benchmarks.road`: the files that `summarize` calls into, in the order of the first call, room by room."""

from __future__ import annotations

import os
import sys
import threading
from itertools import groupby
from pathlib import Path
from types import FrameType
from typing import Any

import summarizer
from summarizer import loop
from tests.scripted_server import ScriptedServer, completion

PACKAGE = Path(summarizer.__file__).parent
TEXT = (
    "The council of Harwick opened the bridge on Monday. It cost 5.2 million pounds. "
    "Anna Pell, the mayor, did not attend."
)
ANSWER = {
    "headline": {"evidence": [1], "text": "Harwick's council opens the bridge"},
    "points": [{"evidence": [2], "text": "It cost 5.2 million pounds."}],
}


class Road:
    """Notes each file of the package when a function in it is called for the first time; module bodies do not count."""

    def __init__(self) -> None:
        self.files: dict[str, None] = {}

    def __call__(self, frame: FrameType, event: str, argument: Any) -> None:
        """What `sys.setprofile` calls."""
        file = Path(frame.f_code.co_filename)
        if event == "call" and frame.f_code.co_name != "<module>" and PACKAGE in file.parents:
            self.files.setdefault(file.relative_to(PACKAGE).as_posix())

    def rooms(self) -> list[tuple[str, list[str]]]:
        """The files, those of one room together where nothing else was called first between them."""
        return [(room, list(files)) for room, files in groupby(self.files, _room)]


def _room(file: str) -> str:
    return file.partition("/")[0] if "/" in file else "the root"


def summarize(server: ScriptedServer, text: str) -> None:
    """One summary by a model whose answer is scripted."""
    server.script(completion(ANSWER))
    with summarizer.Summarizer("openai/gpt-5-mini", base_url=server.base_url) as client:
        client.summarize(summarizer.Article(text))


def measure() -> Road:
    """The road of a second call: what is imported and loaded once a process is no part of it."""
    road = Road()
    os.environ.setdefault("OPENAI_API_KEY", "none")  # the server is our own
    with ScriptedServer() as server:
        summarize(server, TEXT)
        loop.forget()  # the thread of the loop is to be seen as well
        threading.setprofile(road)
        sys.setprofile(road)
        try:
            summarize(server, f"{TEXT} A second bridge could follow.")
        finally:
            sys.setprofile(None)
            threading.setprofile(None)  # type: ignore[arg-type]  # the stubs know no way to end it
    return road


def main() -> None:
    """Print the road and its length."""
    rooms = measure().rooms()
    for room, files in rooms:
        print(f"{room + ':':12} {', '.join(file.rpartition('/')[2] for file in files)}")
    print(f"{sum(len(files) for _, files in rooms)} files, {len(rooms) - 1} changes of room")


if __name__ == "__main__":
    main()
