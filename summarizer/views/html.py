"""Results as one self-contained HTML report: the claim looked at lights its sentences in the article."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from jinja2 import Environment, StrictUndefined
from markupsafe import Markup

from summarizer.article import Article
from summarizer.schemas.result import Result
from summarizer.tasks.view import Line, Place, Section
from summarizer.views import wording
from summarizer.views.dossier import Dossier, Finding, gather
from summarizer.views.wording import legible, visible

FOLDER = files("summarizer.views")


def render_html(results: Sequence[Result[Any]], articles: Mapping[str, Article]) -> str:
    """The report as one HTML document that asks for nothing from outside, and can be written as UTF-8.

    Evidence in an article that is not at hand is quoted instead of lit.
    """
    dossiers = gather(results, articles)
    known = {one.ref.id: _Text(f"a{place}", one.article) for place, one in enumerate(dossiers, 1) if one.article}
    style, script = (FOLDER.joinpath(name).read_text("utf-8") for name in ("report.css", "report.js"))
    page: str = _template("report.html.j2").render(
        style=Markup(style),  # noqa: S704  our own file
        script=Markup(script),  # noqa: S704  our own file
        style_hash=_hash(style),
        script_hash=_hash(script),
        pages=[_Page(f"a{place}", dossier, known) for place, dossier in enumerate(dossiers, 1)],
        total=wording.count(len(dossiers), "article"),
        wording=wording,
    )
    return page.encode("utf-8", "replace").decode("utf-8")


def render_fragment(result: Result[Any]) -> str:
    """One result as a piece of HTML for a notebook: numbers show their sentences when pointed at."""
    finding = Finding(result)
    title = Dossier(result.article, None, (finding,)).title
    fragment: str = _template("fragment.html.j2").render(finding=finding, title=title, wording=wording)
    return fragment


@cache
def _template(name: str) -> Any:
    environment = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    environment.filters["legible"] = legible
    return environment.from_string(FOLDER.joinpath(name).read_text("utf-8"))


def _hash(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


@dataclass(frozen=True)
class _Text:
    """An article's text on the page, its sentences under ids of their own."""

    id: str
    article: Article

    def pieces(self) -> Iterator[tuple[str, int]]:
        """The text in order: what is between sentences with number 0, and the sentences."""
        text, at = self.article.text, 0
        for sentence in self.article.sentences:
            if between := visible(text[at : sentence.start]):
                yield between, 0
            yield visible(sentence.text), sentence.number
            at = sentence.end
        if rest := visible(text[at:]):
            yield rest, 0

    def anchor(self, place: Place) -> str:
        """The id of the sentence a place lies in; empty where the text there is another: none is lit wrongly."""
        sentence = self.article.sentence(place.sentence)
        if sentence is None or self.article.text[place.start : place.end] != place.text:
            return ""
        inside = sentence.start <= place.start < place.end <= sentence.end
        return f"{self.id}s{place.sentence}" if inside else ""


@dataclass(frozen=True)
class _Page:
    id: str
    dossier: Dossier
    known: Mapping[str, _Text]

    @property
    def text(self) -> _Text | None:
        """The article, where it is at hand."""
        return self.known.get(self.dossier.ref.id)

    def parts(self) -> Iterator[tuple[Section, list[tuple[Line, list[tuple[str, str, str]]]]]]:
        """The sections with their lines, each with the places it leads to: number, id of the sentence or "", text."""
        for finding in self.dossier.findings:
            for section in finding.sections:
                yield section, [(line, list(self._marks(line, finding))) for line in section.lines]

    def _marks(self, line: Line, finding: Finding) -> Iterator[tuple[str, str, str]]:
        for place in line.evidence:
            if place.text:
                text = self.known.get(place.article or self.dossier.ref.id)
                anchor = text.anchor(place) if text else ""
                yield finding.cited([place]), anchor, place.text

    def issues(self) -> Iterator[tuple[str, str]]:
        """What did not go well."""
        for finding in self.dossier.findings:
            if finding.unfinished:
                yield finding.result.task, finding.unfinished
            for issue in self.dossier.issues_of(finding):
                yield wording.ACTIONS[issue.action], issue.message
