"""The examples of a Markdown page, run in order in a folder of their own.

`python` blocks share one namespace. Lines of `sh` blocks run as they stand: `summarizer ...` in this process, anything
else, and pipes, in bash with the same program. A line must succeed, unless it says `# exits N`. A `text` block directly
behind shows lines of the output, in order; `…` stands for what was left out. Only what would fetch something from the
network is passed over: `pip install`, `git clone` and `pytest`.
"""

from __future__ import annotations

import json
import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path

import pytest
from sybil import Document, Example, Region
from sybil.evaluators.python import PythonEvaluator
from sybil.parsers.markdown import CodeBlockParser

from tests.scripted_server import Reply, ScriptedServer, completion

ROOT = Path(__file__).parent.parent
FETCHES = ("pip install", "git clone", "pytest", "python -m pytest")
EXITS = re.compile(r"\s+# exits (\d+)$")
FIRST_SENTENCE = re.compile(r"^\[?1[\].]* +(.*)$", re.MULTILINE)

Program = Callable[[list[str]], tuple[int, str, str]]


class HelpfulServer(ScriptedServer):
    """An OpenAI-compatible server that fills in any form with the first sentence of the article."""

    def next(self) -> Reply:
        """The simplest answer that fits the schema it was sent."""
        from summarizer.models.fake import _filled

        body = self.requests[-1]
        shown = (FIRST_SENTENCE.search(str(message["content"])) for message in body["messages"])
        first = next((found[1] for found in shown if found), "")
        if "response_format" in body:
            schema = body["response_format"]["json_schema"]["schema"]
        else:
            schema = body["tools"][0]["function"]["parameters"]
        return completion(_filled(schema, schema.get("$defs", {}), first))


@dataclass
class Shell:
    """Runs the lines of a page, and remembers what the last block printed."""

    folder: Path
    program: Program
    monkeypatch: pytest.MonkeyPatch
    printed: str = ""
    namespace: dict[str, object] = field(default_factory=dict)

    def run_block(self, text: str) -> None:
        """Run a block line by line."""
        self.printed = ""
        for line in text.replace("\\\n", " ").splitlines():
            if line.strip() and not line.startswith("#"):
                self._run(line.strip())

    def _run(self, line: str) -> None:
        exits = EXITS.search(line)
        wanted, line = (int(exits[1]), EXITS.sub("", line)) if exits else (0, line)
        # Of `pip install X && summarizer ...` the second half can run here.
        command = line.rpartition(" && ")[2] if line.startswith(FETCHES) else line
        if command.startswith(FETCHES):
            return
        if command.startswith("export "):
            for name, _, value in (part.partition("=") for part in shlex.split(command)[1:]):
                self.monkeypatch.setenv(name, value)
            return
        simple = command.startswith("summarizer ") and not set("|<>&") & set(_unquoted(command))
        status, out, err = self.program(shlex.split(command)[1:]) if simple else self._bash(command)
        assert wanted == status, f"{line}\nexited {status}\n{out}\n{err}"
        self.printed += out + err

    def _bash(self, command: str) -> tuple[int, str, str]:
        python = shlex.quote(sys.executable)
        shim = f'summarizer() {{ {python} -m summarizer "$@"; }}; python() {{ {python} "$@"; }}\n'
        environment = os.environ | {"PYTHONPATH": str(ROOT)}
        done = subprocess.run(
            ["bash", "-c", shim + command],
            cwd=self.folder,
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )
        return done.returncode, done.stdout, done.stderr

    def compare(self, shown: str) -> None:
        """Whether the lines shown were printed, in this order."""
        at, printed = 0, [" ".join(line.split()) for line in self.printed.splitlines()]
        for line in (" ".join(line.split()) for line in shown.splitlines()):
            if line and line != "…":
                start, _, end = line.partition("…")
                found = (
                    n for n in range(at, len(printed)) if printed[n].startswith(start) and printed[n].endswith(end)
                )
                at = next(found, -1) + 1
                assert at, f"not printed: {line}\nin:\n{self.printed}"


def _unquoted(command: str) -> str:
    return re.sub(r"'[^']*'|\"[^\"]*\"", "", command)


def run_page(page: Path, shell: Shell) -> int:
    """Run the examples of a page; how many there were."""
    number = 0
    for example in _examples(page, shell):
        example.evaluate()
        number += 1
    return number


def _examples(page: Path, shell: Shell) -> Iterator[Example]:
    def run_shell(example: Example) -> None:
        shell.run_block(example.parsed)

    def compare(example: Example) -> None:
        shell.compare(example.parsed)

    def write(example: Example) -> None:
        """A block whose first line is a comment with a file's name is that file."""
        name, _, rest = str(example.parsed).partition("\n")
        (shell.folder / name.strip("#<!-> ")).write_text(rest, "utf-8")

    parsers: list[Callable[[Document], Iterable[Region]]] = [
        CodeBlockParser("python", _run_python),
        CodeBlockParser("sh", run_shell),
        CodeBlockParser("text", compare),
        CodeBlockParser("markdown", write),
        CodeBlockParser("py", write),
    ]
    document = Document.parse(str(page), *parsers)
    document.namespace.update(shell.namespace)
    return iter(document.examples())


_EVALUATOR = PythonEvaluator()
_IMPORT = re.compile(r"^import (\w+)$", re.MULTILINE)


def _run_python(example: Example) -> None:
    """Run it, unless it is about a library that is not installed here."""
    if all(find_spec(name) for name in _IMPORT.findall(example.parsed)):
        _EVALUATOR(example)


def workplace(folder: Path) -> None:
    """What pages find in their folder: the seed, a few articles."""
    shutil.copytree(ROOT / "seeds", folder / "seeds")
    shutil.copytree(ROOT / "benchmarks" / "gold", folder / "benchmarks" / "gold")
    shutil.copytree(ROOT / "prompts", folder / "prompts")
    shutil.copytree(ROOT / "tests" / "articles", folder / "articles", ignore=shutil.ignore_patterns("kinds"))
    shutil.copy(ROOT / "seeds" / "kim-arrives-in-russia.txt", folder / "article.txt")
    texts = [path.read_text("utf-8") for path in sorted((folder / "articles").iterdir())]
    (folder / "articles.jsonl").write_text("".join(json.dumps({"text": text}) + "\n" for text in texts), "utf-8")


__all__ = ["HelpfulServer", "Shell", "run_page", "workplace"]
