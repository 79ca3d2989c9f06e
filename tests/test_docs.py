"""The documentation: every example runs, generated pages are current, links lead somewhere, nothing is left out."""

from __future__ import annotations

import contextlib
import importlib
import importlib.util
import os
import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType

import pytest

from summarizer.cli import app, main
from tests.documents import ROOT, HelpfulServer, Shell, run_page, workplace

DOCS = ROOT / "docs"
PAGES = [ROOT / "README.md", *sorted(DOCS.rglob("*.md"))]
NEEDED = {
    "web-service.md": ["fastapi"],
    "evaluation.md": ["rouge_score"],
    "clusters-and-results.md": ["pyarrow"],
}
with contextlib.suppress(ImportError):
    # It keeps the standard error that it is imported under, which must be a file: not the one of a test that captures.
    importlib.import_module("mcp.client.stdio")
LINK = re.compile(r"\]\(([^)#\s]+)(?:#[^)]*)?\)")


@pytest.fixture(scope="module")
def server() -> Iterator[HelpfulServer]:
    """Stands where hosted models would."""
    with HelpfulServer() as running:
        yield running


@pytest.fixture
def shell(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], server: HelpfulServer
) -> Shell:
    """A folder to work in, without a model of its own, and hosted models on loopback."""
    workplace(tmp_path)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SUMMARIZER_MODEL", "extractive")
    monkeypatch.setenv("COLUMNS", "100")
    monkeypatch.setattr(os, "cpu_count", lambda: 1)  # a pool of processes takes longer to start than the pages to run
    for variable in ("OPENAI_BASE_URL", "OLLAMA_BASE_URL", "VLLM_BASE_URL"):
        monkeypatch.setenv(variable, server.base_url)

    def program(arguments: list[str]) -> tuple[int, str, str]:
        monkeypatch.setattr("sys.argv", ["summarizer", *arguments])
        capsys.readouterr()
        try:
            main()
            status: object = 0
        except SystemExit as leave:
            status = leave.code or 0
        printed = capsys.readouterr()
        return int(str(status)), printed.out, printed.err

    return Shell(tmp_path, program, monkeypatch)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_examples_run(page: Path, shell: Shell) -> None:
    """From top to bottom, as a reader would."""
    for library in NEEDED.get(page.name, ()):
        pytest.importorskip(library)
    if page in (ROOT / "README.md", DOCS / "tutorial.md"):  # a newcomer has a fresh clone, and no articles
        shutil.rmtree(shell.folder / "articles")
        (shell.folder / "article.txt").unlink()
    run_page(page, shell)


@pytest.fixture(scope="module")
def generator() -> ModuleType:
    """docs/generate.py."""
    spec = importlib.util.spec_from_file_location("generate", DOCS / "generate.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("columns", ["40", "200"])
def test_generated_pages_are_current(generator: ModuleType, monkeypatch: pytest.MonkeyPatch, columns: str) -> None:
    """`python docs/generate.py` would change nothing, whatever the width of the terminal."""
    monkeypatch.setenv("COLUMNS", columns)
    monkeypatch.setenv("TERMINAL_WIDTH", columns)
    stale = [name for name, content in generator.pages().items() if (DOCS / name).read_text("utf-8") != content]
    assert [] == stale, "run `python docs/generate.py`"


@pytest.mark.parametrize("page", [*PAGES, ROOT / "CONTRIBUTING.md"], ids=lambda page: page.name)
def test_links_lead_somewhere(page: Path) -> None:
    """Every relative link is a file of the repository."""
    targets = [target for target in LINK.findall(page.read_text("utf-8")) if "://" not in target]
    assert [] == [target for target in targets if not (page.parent / target).exists()]


def test_every_page_is_in_the_index() -> None:
    """docs/README.md leads to every page."""
    index = {os.path.normpath(DOCS / target) for target in LINK.findall((DOCS / "README.md").read_text("utf-8"))}
    pages = {str(page) for page in PAGES if page.is_relative_to(DOCS) and page.name != "README.md"}
    assert set() == pages - index


def test_every_command_is_shown() -> None:
    """Each command occurs in an example of a page that is not generated."""
    from typer.main import get_command

    written = "\n".join(page.read_text("utf-8") for page in PAGES if page.parent != DOCS / "reference")
    commands: Callable[[], dict[str, object]] = lambda: vars(get_command(app))["commands"]  # noqa: E731
    assert [] == [name for name in commands() if f"summarizer {name}" not in written]


def test_every_issue_code_is_explained() -> None:
    """A code that the library can put into a result stands in the table of codes."""
    explained = (DOCS / "reference" / "statuses.md").read_text("utf-8").partition("## Findings of")[0]
    pattern = re.compile(r"""(?:\bnote\(\s*|\bcode=)"([a-z_]+)\"""")
    sources = [path for path in (ROOT / "summarizer").rglob("*.py") if "evaluation" not in path.parts]
    codes = {code for path in sources for code in pattern.findall(path.read_text("utf-8"))}
    assert "ungrounded" in codes
    assert [] == sorted(code for code in codes if f"`{code}`" not in explained)


def test_every_finding_of_check_is_explained() -> None:
    """So does a code of `check`."""
    explained = (DOCS / "reference" / "statuses.md").read_text("utf-8").partition("## Findings of")[2]
    pattern = re.compile(r"""["']((?:wrong|moved|changed|missing|unknown|invalid|claim|no)(?:_[a-z]+)?)["']""")
    codes = {
        code for path in (ROOT / "summarizer" / "evaluation").glob("*.py") for code in pattern.findall(path.read_text())
    }
    assert "moved_span" in codes
    assert [] == sorted(code for code in codes if f"`{code}`" not in explained)
