"""Results as Markdown that reads well on GitHub, each line with footnotes that quote its sentences."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from summarizer.article import Article
from summarizer.schemas.result import Result
from summarizer.tasks.view import Line, Place, Section
from summarizer.views import wording
from summarizer.views.dossier import Dossier, Finding, gather
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
    notes = Footnotes()
    blocks: list[str] = []
    for dossier in gather(results, articles):
        blocks += [*(["---"] if blocks else []), *_page(dossier, notes)]
    return "\n\n".join([*blocks, *notes]) + "\n" if blocks else ""


def _page(dossier: Dossier, notes: Footnotes) -> Iterator[str]:
    yield f"# {escape(dossier.title)}"
    yield " · ".join(map(escape, dossier.facts))
    for finding in dossier.findings:
        for section in finding.sections:
            yield from _section(section, finding, notes)
    yield from _doubts(dossier)


def _section(section: Section, finding: Finding, notes: Footnotes) -> Iterator[str]:
    if section.title:
        title = escape(section.title)
        yield f"## {title if section.head else title[:1].upper() + title[1:]}"
    lines = [_line(line, finding, notes, strong=section.head) for line in section.lines]
    yield "\n\n".join(lines) if section.head else _list(lines)


def _line(line: Line, finding: Finding, notes: Footnotes, *, strong: bool) -> str:
    label = f"**{escape(line.label)}** " if line.label else ""
    text = escape(line.text)
    note = f" *{escape(line.note)}*" if line.note else ""
    sign = f" {escape(mark)}" if (mark := wording.mark(line.support)) else ""
    article = finding.result.article.id
    return f"{label}{f'**{text}**' if strong and text else text}{notes.cite(line.evidence, article)}{sign}{note}"


def _doubts(dossier: Dossier) -> Iterator[str]:
    doubts = [f"**{escape(f.result.task)}** {f.unfinished}" for f in dossier.findings if f.unfinished]
    for finding in dossier.findings:
        for issue in finding.issues:
            place = escape(f"{finding.result.task} {issue.code} {issue.where}")
            doubts.append(f"**{wording.ACTIONS[issue.action]}** {escape(issue.message)} ({place})")
    if doubts:
        yield "## Issues"
        yield _list(doubts)
    if dossier.legend:
        yield f"<sub>{escape(dossier.legend)}</sub>"
    yield "\n".join(f"<sub>Read by {escape(wording.read_by(run))}</sub>  " for run in dossier.runs)


def _list(items: Sequence[str]) -> str:
    return "\n".join(f"- {item}" for item in items)
