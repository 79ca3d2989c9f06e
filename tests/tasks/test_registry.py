"""Every task is found by its name and its command, and nothing outside its own files knows it."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from summarizer.engines.prompts import SHIPPED, Prompts
from summarizer.errors import UsageError
from summarizer.tasks import registry

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "summarizer"
NAMES = [entry.name for entry in registry.entries()]
# The drafts that code makes of its own are a part of the tasks, search is about questions and answers, and analysis
# finds what entities are made of.
KNOWING = ("tasks", "engines", "extractive", "search", "analysis", "values", "reader")


@pytest.mark.parametrize("entry", registry.entries(), ids=lambda entry: entry.name)
def test_a_task_is_what_its_entry_says(entry: registry.Entry) -> None:
    """Its name, a line of help, a prompt that renders with the defaults, a schema with described fields."""
    task = entry.load()

    assert entry.name == task.name
    assert entry.help.endswith(".")
    assert task is registry.get(entry.command)
    questions = {"questions": ("Who?",)} if "questions" in task.options.model_fields else {}
    options = task.parsed(questions)
    assert task.prompt(Prompts()).render(options.values()).startswith(task.name if task.name != "answer" else "answers")
    assert task.prompt(Prompts()).names <= set(options.values())


def test_an_unknown_task_names_the_nearest() -> None:
    """A typing error is told as one."""
    with pytest.raises(UsageError, match=r"no task 'timelime'; did you mean timeline\?"):
        registry.get("timelime")


@pytest.mark.parametrize(
    "file", sorted(path for path in PACKAGE.rglob("*.py") if path.parts[len(PACKAGE.parts)] not in KNOWING), ids=str
)
def test_no_other_file_knows_a_task(file: Path) -> None:
    """Neither by its module, nor by its schema, nor by its name in a comparison: what differs is the task's method."""
    if "schemas" in file.parts or "prompts" in file.parts or file == PACKAGE / "__init__.py":
        return
    tree = ast.parse(file.read_text("utf-8"))
    imported = {
        node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) and node.module and _runs(node, tree)
    }
    compared = {
        constant.value
        for node in ast.walk(tree)
        if isinstance(node, (ast.Compare, ast.MatchValue))
        for constant in ast.walk(node)
        if isinstance(constant, ast.Constant) and isinstance(constant.value, str)
    }

    own = {f"summarizer.{room}.{name}" for room in ("tasks", "schemas") for name in NAMES}
    assert set() == imported & own
    assert set() == compared & set(NAMES)


def _runs(node: ast.ImportFrom, tree: ast.Module) -> bool:
    """Whether an import is made when the program runs: not one for type checkers alone."""
    typing_only = [
        inner
        for outer in ast.walk(tree)
        if isinstance(outer, ast.If) and isinstance(outer.test, ast.Name) and outer.test.id == "TYPE_CHECKING"
        for inner in ast.walk(outer)
    ]
    return node not in typing_only


def test_a_pair_of_files_in_a_folder_of_prompts_is_a_task(tmp_path: Path) -> None:
    """A prompt whose front matter names a schema beside it is found by its name, with its options."""
    (tmp_path / "models.py").write_text(
        "from pydantic import BaseModel\nfrom summarizer.schemas.evidence import DraftClaim\n"
        "class Risks(BaseModel):\n    risks: list[DraftClaim]\n",
        "utf-8",
    )
    (tmp_path / "risks.md").write_text(
        "---\nname: risks\nhelp: What could go wrong.\nschema: models.py:Risks\noptions:\n  most: 3\n---\n"
        "risks: at most {{ most }}.",
        "utf-8",
    )
    prompts = Prompts.of(tmp_path)

    task = registry.get("risks", prompts)

    assert ["risks"] == [entry.name for entry in registry.entries(prompts) if entry.name not in NAMES]
    assert "risks: at most 5." == task.prompt(prompts).render(task.parsed({"most": 5}).values())


def test_no_prompt_is_left_over() -> None:
    """Every prompt file is a task's or is sent by name somewhere in the package."""
    code = "\n".join(path.read_text("utf-8") for path in PACKAGE.rglob("*.py"))

    left = [path.stem for path in SHIPPED.glob("*.md") if path.stem not in NAMES and f'"{path.stem}"' not in code]
    assert [] == left
