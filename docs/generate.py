"""`python docs/generate.py`: writes the pages of docs/ that the program knows better than anyone.

Commands from the program's own help, the Python API from its docstrings, environment variables from the settings and
the table of providers, JSON schemas of all results, and the measured table of the grounding benchmark. Each page is a
function of the code alone, not of the width of a terminal; a test compares the files with what this writes.
"""

from __future__ import annotations

import inspect
import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
DOCS = ROOT / "docs"
NOTE = "<!-- Written by docs/generate.py; run `python docs/generate.py` after a change. -->"


def pages() -> dict[str, str]:
    """The generated pages: path under docs/ -> content."""
    from summarizer.schemas.result import Result
    from summarizer.tasks import registry

    values = {entry.name: entry.load().value for entry in registry.entries()}
    forms: dict[str, Any] = {name: Result.__class_getitem__(value) for name, value in values.items()}
    schemas = {
        f"schemas/{name}.json": _json(form.model_json_schema(mode="serialization")) for name, form in forms.items()
    }
    return {
        "reference/commands.md": commands(),
        "reference/python.md": python(),
        "reference/environment.md": environment(),
        "reference/gold.schema.json": _gold_schema(),
        "grounding.md": _with_figures((DOCS / "grounding.md").read_text("utf-8")),
        **schemas,
    }


def _gold_schema() -> str:
    """A line of gold, with a part of each task."""
    from pydantic import create_model

    from summarizer.evaluation.gold import Line
    from summarizer.tasks import registry

    parts: dict[str, Any] = {entry.name: (entry.load().gold() | None, None) for entry in registry.entries()}
    return _json(create_model("Line", __base__=Line, __doc__=Line.__doc__, **parts).model_json_schema())


def _json(schema: Any) -> str:
    return json.dumps(schema, indent=2) + "\n"


_FIGURES = re.compile(r"(?<=<!-- measured -->\n).*?(?=<!-- end -->)", re.DOTALL)


def _with_figures(page: str) -> str:
    """The page with the measured sections of the benchmark's README between its two marks."""
    measured = (ROOT / "benchmarks" / "grounding" / "README.md").read_text("utf-8")
    sections = measured[measured.index("\n## ") :].strip().replace("\n## ", "\n### ").removeprefix("## ")
    source = "From [the benchmark](../benchmarks/grounding/README.md), `python -m benchmarks.grounding`."
    return _FIGURES.sub(lambda _: f"\n{source}\n\n### {sections}\n\n", page)


# Commands


def commands() -> str:
    """Every command with its arguments and options, as the program's help tells them."""
    from typer.main import get_command

    from summarizer.cli import app

    root: Any = get_command(app)
    more = "`summarizer COMMAND --help` prints the same. What an exit status means is [here](statuses.md)."
    parts = ["# Commands", NOTE, root.help, more, *_usage(root, context := root.make_context("summarizer", ["tasks"]))]
    for name in root.list_commands(context):
        _, command, _ = root.resolve_command(context, [name])
        parts += _command(command, f"summarizer {name}")
    return "\n\n".join(part for part in parts if part) + "\n"


def _command(command: Any, called: str) -> Iterator[str]:
    yield f"## `{called}`"
    yield command.help or ""
    yield from _usage(command, command.make_context(called, [], resilient_parsing=True))
    for name, subcommand in getattr(command, "commands", {}).items():
        yield from _command(subcommand, f"{called} {name}")


def _usage(command: Any, context: Any) -> Iterator[str]:
    yield f"```\n{context.info_name} {' '.join(command.collect_usage_pieces(context))}\n```"
    rows = [record for param in command.params if (record := param.get_help_record(context))]
    rows = [record for record in rows if "completion" not in record[0]]
    if rows:
        yield "\n".join(["| | |", "|---|---|", *(f"| `{_cell(left)}` | {_cell(right)} |" for left, right in rows)])


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")


# Python


def python() -> str:
    """Every public name with its signature and docstring."""
    import summarizer

    parts = ["# Python", NOTE, "Everything below is an attribute of `summarizer`, loaded on first use."]
    for name in summarizer.__all__:
        if name != "grounding":
            parts += _documented(name, getattr(summarizer, name), "##")
    parts += ["## `grounding`", inspect.getdoc(summarizer.grounding) or ""]
    for name in summarizer.grounding.__all__:
        parts += _documented(f"grounding.{name}", getattr(summarizer.grounding, name), "###")
    return "\n\n".join(part for part in parts if part) + "\n"


def _documented(name: str, found: Any, level: str) -> Iterator[str]:
    yield f"{level} `{name}`"
    signature = _signature(found)
    if signature:
        yield f"```\n{name.rpartition('.')[2]}{signature}\n```"
    doc = inspect.getdoc(found) if not _is_alias(found) else f"`{found}`".replace("typing.", "")
    yield _prose(doc or "")
    if inspect.isclass(found):
        yield from _fields(found)
        yield from _methods(name, found, level)


def _is_alias(found: Any) -> bool:
    return not (inspect.isclass(found) or inspect.isroutine(found))


def _signature(found: Any) -> str:
    """The signature, a parameter a line where it is long; none for models, whose fields are listed."""
    from pydantic import BaseModel

    if _is_alias(found) or (inspect.isclass(found) and issubclass(found, (BaseModel, Exception))):
        return ""
    if getattr(found, "_is_protocol", False):
        return ""
    try:
        signature = inspect.signature(found)
    except ValueError:
        return ""
    line = _shown(str(signature))
    if len(line) < 90:
        return line
    parameters = ",\n".join(f"    {_shown(str(parameter))}" for parameter in _with_star(signature))
    returns = (
        f" -> {_annotation(signature.return_annotation)}" if signature.return_annotation is not signature.empty else ""
    )
    return f"(\n{parameters},\n){returns}"


def _with_star(signature: inspect.Signature) -> Iterator[Any]:
    named = False
    for parameter in signature.parameters.values():
        if parameter.kind is parameter.KEYWORD_ONLY and not named:
            named = True
            yield "*"
        yield parameter


def _annotation(annotation: Any) -> str:
    return _shown(annotation if isinstance(annotation, str) else inspect.formatannotation(annotation))


def _shown(text: str) -> str:
    """Annotations as they are written: strings without quotes, functions without addresses."""
    text = re.sub(r"<function [^>]*<lambda> at 0x[0-9a-f]+>", "...", text)
    text = re.sub(r"<factory>", "...", text)
    return re.sub(r"(?<=: )'([^']*)'|(?<=-> )'([^']*)'", lambda match: match[1] or match[2], text)


def _fields(model: Any) -> Iterator[str]:
    """The fields of a pydantic model."""
    from pydantic import BaseModel

    if not issubclass(model, BaseModel):
        return
    lines = ["| field | type | |", "|---|---|---|"]
    for name, info in model.model_fields.items():
        kind = _cell(_type_name(model.__annotations__.get(name, info.annotation)))
        lines.append(f"| `{info.alias or name}` | `{kind}` | {_cell(info.description or '')} |")
    yield "\n".join(lines)


def _type_name(annotation: Any) -> str:
    return annotation if isinstance(annotation, str) else inspect.formatannotation(annotation)


def _methods(name: str, found: type, level: str) -> Iterator[str]:
    for method, value in vars(found).items():
        if method.startswith("_") or method in ("model_config", "model_post_init"):
            continue
        if isinstance(value, property) or type(value).__name__ == "cached_property":
            yield f"{level}# `{name}.{method}`"
            yield _prose(inspect.getdoc(value) or "")
        elif inspect.isfunction(value) or isinstance(value, classmethod):
            yield f"{level}# `{name}.{method}`"
            yield f"```\n{method}{_signature(getattr(found, method))}\n```"
            yield _prose(inspect.getdoc(value) or "")


_SECTION = re.compile(r"^(Args|Raises|Returns|Yields):$")


def _prose(doc: str) -> str:
    """A docstring as Markdown: its sections become lists."""
    lines: list[str] = []
    section = False
    for line in doc.splitlines():
        if match := _SECTION.match(line):
            section = True
            lines += [f"**{match[1]}**", ""]
        elif section and re.match(r"^    [*\w.`]+(, [\w.`]+)*:( |$)", line):
            name, _, rest = line.strip().partition(":")
            lines.append(f"- `{name}`:{rest}")
        elif section and line.startswith("    "):
            lines.append("  " + line.strip())
        elif line.startswith("    "):
            lines.append(line)
        else:
            section = section and not line.strip()
            lines.append(line)
    return "\n".join(lines).strip()


# Environment


def environment() -> str:
    """The settings, and what the providers read."""
    from summarizer.models.providers import PROVIDERS
    from summarizer.settings import OWN, Settings

    order = (
        "Read afresh at each use. An option of a command or an argument of a call goes before them. The same names in "
        "small letters, without `SUMMARIZER_`, are keys of `summarizer.toml` in the user's configuration folder and in "
        "the working directory, at its top or under `[profiles.NAME]`. A file of the working directory may not set "
        f"{', '.join(f'`{name}`' for name in OWN)}: it may be somebody else's."
    )
    parts = ["# Environment variables", NOTE, order]
    rows = ["| variable | what | default |", "|---|---|---|"]
    for name, info in Settings.model_fields.items():
        rows.append(f"| `SUMMARIZER_{name.upper()}` | {info.description} | {_default(name, info)} |")
    parts.append("\n".join(rows))
    rows = ["| models | key | address | default address |", "|---|---|---|---|"]
    for provider in PROVIDERS.values():
        key, where = (f"`{v}`" if v else "none" for v in (provider.key_variable, provider.base_url_variable))
        rows.append(f"| `{provider.name}/NAME` | {key} | {where} | {provider.base_url or 'must be given'} |")
    parts += ["## Keys and addresses of providers", "\n".join(rows)]
    parts += ["## Of others", "`NO_COLOR` keeps colours out of the terminal. `HTTPS_PROXY` and `NO_PROXY` are obeyed."]
    return "\n\n".join(parts) + "\n"


def _default(name: str, info: Any) -> str:
    if name == "cache_dir":
        return "the user's cache folder"
    return "none" if info.default is None else f"{info.default:g}" if isinstance(info.default, float) else info.default


def main() -> None:
    """Write the pages; say which changed."""
    for name, content in pages().items():
        file = DOCS / name
        if not file.exists() or file.read_text("utf-8") != content:
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(content, "utf-8", newline="\n")
            print(f"written: docs/{name}")


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))
    main()
