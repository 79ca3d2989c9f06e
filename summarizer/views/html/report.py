"""Dossiers into the one file: the template, its styles and its script, with hashes that let nothing else run."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files
from typing import Any

from markupsafe import Markup

from summarizer.article import Article
from summarizer.schemas.answer import Answer
from summarizer.schemas.result import Result
from summarizer.views import wording
from summarizer.views.dossier import Dossier, gather, runs_of
from summarizer.views.html.island import island
from summarizer.views.html.record import Json, Recorder

_HERE = files("summarizer.views.html")
_STYLES = ("page.css", "panels.css", "article.css")
_SCRIPTS = ("dom.js", "light.js", "article.js", "timeline.js", "panels.js", "index.js", "page.js")


def render_html(results: Sequence[Result[Any]], articles: Mapping[str, Article]) -> str:
    """The report as one HTML document that asks for nothing from outside.

    Args:
        results: results of any tasks on any articles, in the order to show them.
        articles: the articles by id; where one is missing its evidence is quoted instead of lit.

    Returns:
        The document, which can be written as UTF-8 whatever the articles contain.

    """
    dossiers = gather(results, articles)
    recorder = Recorder(dossiers)
    style, script = _joined(_STYLES), _script()
    page: str = _template().render(
        style=Markup(style),  # noqa: S704 - our own file
        script=Markup(script),  # noqa: S704 - our own file
        style_hash=_hash(style),
        script_hash=_hash(script),
        dossiers=[_row(dossier) for dossier in dossiers],
        totals=_totals(results, dossiers),
        records=(island(recorder.record(dossier)) for dossier in dossiers),
    )
    return page.encode("utf-8", "replace").decode("utf-8")


@cache
def _template() -> Any:
    from jinja2 import Environment, StrictUndefined

    environment = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    return environment.from_string(_HERE.joinpath("report.html.j2").read_text(encoding="utf-8"))


@cache
def _joined(names: tuple[str, ...]) -> str:
    return "\n".join(_HERE.joinpath(name).read_text(encoding="utf-8") for name in names)


def _script() -> str:
    """All scripts as one function's body, so that the page gets no global name."""
    return f'(() => {{\n"use strict";\n{_joined(_SCRIPTS)}}})();'


def _hash(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


def _row(dossier: Dossier) -> Json:
    """What the index says of an article, and what it can be filtered by."""
    issues = sum(len(f.result.issues) for f in dossier.findings)
    failed = any(f.result.status == "failed" for f in dossier.findings)
    unanswered = any(not answer.found for _, answer in dossier.of(Answer))
    marks = {"attention": dossier.attention, "failed": failed, "unanswered": unanswered}
    facts = (wording.plain_day(dossier.ref.published), dossier.ref.source)
    return {
        "title": _short(dossier.title),
        "facts": _short(" · ".join(fact for fact in facts if fact)),
        "issues": "failed" if failed else wording.count(issues, "issue") if issues else "",
        "marks": " ".join(mark for mark, applies in marks.items() if applies),
    }


def _short(text: str) -> str:
    """At most 200 characters: a line of the index shows no more, and 500 of them must paint at once."""
    return text if len(text) <= 200 else text[:199] + "…"


def _totals(results: Sequence[Result[Any]], dossiers: Sequence[Dossier]) -> Json:
    runs = runs_of(results)
    read, written = (sum(getattr(run.usage, name) for run in runs) for name in ("input_tokens", "output_tokens"))
    models = list(dict.fromkeys(run.model for run in runs))
    return {
        "articles": wording.count(len(dossiers), "article"),
        "model": _short(models[0]) if len(models) == 1 else wording.count(len(models), "model"),
        "tokens": f"{wording.count(read + written, 'token')}" if read + written else "",
        "cost": wording.total_cost(runs) if read + written else "",
        "attention": sum(dossier.attention for dossier in dossiers),
        "failed": sum(any(f.result.status == "failed" for f in dossier.findings) for dossier in dossiers),
        "unanswered": sum(any(not a.found for _, a in dossier.of(Answer)) for dossier in dossiers),
    }
