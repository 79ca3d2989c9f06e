"""Results as Markdown that reads well on GitHub, each line with footnotes that quote its sentences."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from importlib.resources import files
from typing import Any

from jinja2 import Environment, StrictUndefined, Template

from summarizer.article import Article
from summarizer.schemas.result import Result
from summarizer.tasks.view import Place
from summarizer.views import wording
from summarizer.views.dossier import Dossier, gather
from summarizer.views.wording import legible

_SPECIAL = re.compile(r"[\\`*_\[\]<>&|~$^!]")
_OPENING = re.compile(r"(\d{0,9})([-+=#.)])")
# GitHub makes links of these after it has undone all backslashes: only a character in between keeps them text.
_LINKED = re.compile(r"@(?=\S)|#(?=\d)|(?<=\w):(?=//)|(?i:www)(?=\.)")
_WORD_JOINER = "\u2060"


def escape(text: str) -> str:
    """`text` on one line, so that Markdown shows exactly it: no emphasis, link, table, list, heading, HTML or formula.

    An invisible word joiner is put where GitHub would make a link of an address, a name or an issue number.
    """
    line = _SPECIAL.sub(lambda match: f"\\{match[0]}", legible(text))
    line = _LINKED.sub(lambda match: match[0] + _WORD_JOINER, line)
    opening = _OPENING.match(line)
    return f"{opening[1]}\\{line[opening.end(1) :]}" if opening else line


class Footnotes:
    """The passages cited so far, each once, numbered in the order of their first use."""

    def __init__(self) -> None:
        self._notes: dict[tuple[str, int, int], tuple[int, str]] = {}

    def cite(self, evidence: Sequence[Place], article: str) -> str:
        """References to `evidence` of the article with this id, to stand right behind a line."""
        return "".join(f"[^{self._number(span, article)}]" for span in evidence if span.text)

    def _number(self, span: Place, article: str) -> int:
        note = f"Sentence {span.sentence}, characters {span.start}–{span.end}: “{escape(span.text)}”"
        key = (span.article or article, span.start, span.end)
        return self._notes.setdefault(key, (len(self._notes) + 1, note))[0]

    def __iter__(self) -> Iterator[str]:
        return (f"[^{number}]: {note}" for number, note in self._notes.values())


def render_markdown(results: Sequence[Result[Any]], articles: Mapping[str, Article]) -> str:
    """All results as one Markdown document, a part for each article."""
    page = (
        _template()
        .render(dossiers=gather(results, articles), notes=Footnotes(), doubts=_doubts, wording=wording)
        .rstrip("\n")
    )
    return page and page + "\n"


@cache
def _template() -> Template:
    environment = Environment(trim_blocks=True, lstrip_blocks=True, undefined=StrictUndefined)  # noqa: S701  `md` escapes
    environment.filters["md"] = escape
    return environment.from_string(files("summarizer.views").joinpath("results.md.j2").read_text("utf-8"))


def _doubts(dossier: Dossier) -> Iterator[str]:
    yield from (f"**{escape(one.result.task)}** {one.unfinished}" for one in dossier.findings if one.unfinished)
    for finding in dossier.findings:
        for issue in dossier.issues_of(finding):
            place = escape(f"{finding.result.task} {issue.code} {issue.where}")
            yield f"**{wording.ACTIONS[issue.action]}** {escape(issue.message)} ({place})"
