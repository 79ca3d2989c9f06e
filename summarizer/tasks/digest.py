"""Several articles as one: how they are shown to a model together, and how their digest is shown to a person."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate
from pathlib import PurePath
from typing import Any

from summarizer.analysis import Analysis
from summarizer.article import Article, Sentence
from summarizer.engines.prompting import Part, shown
from summarizer.errors import UsageError
from summarizer.schemas.digest import Digest, DigestDraft, DigestOptions
from summarizer.schemas.evidence import Claim, Span
from summarizer.schemas.result import ArticleRef
from summarizer.tasks.base import Task
from summarizer.tasks.view import Line, Section
from summarizer.values.spoken import date_in_words

_BETWEEN = "\n\n"


@dataclass(frozen=True)
class Together(Article):
    """Articles one behind the other, their sentences numbered through: what a model is shown of them."""

    members: tuple[Article, ...] = ()

    @classmethod
    def of(cls, members: Sequence[Article]) -> Together:
        """These articles."""
        return cls(_BETWEEN.join(one.text for one in members), members=tuple(members))

    @cached_property
    def places_of_members(self) -> tuple[int, ...]:
        """How many sentences stand before each article, and all of them."""
        return tuple(accumulate((len(one.sentences) for one in self.members), initial=0))

    @cached_property
    def sentences(self) -> tuple[Sentence, ...]:
        """Those of the articles, in order."""
        starts = accumulate((len(one.text) + len(_BETWEEN) for one in self.members), initial=0)
        members = zip(starts, self.members, strict=False)
        every = ((start, sentence) for start, article in members for sentence in article.sentences)
        return tuple(
            Sentence(number, start + one.start, start + one.end, one.text)
            for number, (start, one) in enumerate(every, 1)
        )

    def in_members(self, evidence: Sequence[Span]) -> dict[int, list[Span]]:
        """Evidence by the place of its article, as spans of that article; a sentence that is not there is left out."""
        found: dict[int, list[Span]] = {}
        for number in dict.fromkeys(span.sentence for span in evidence if span.resolved):
            at = max(place for place in range(len(self.members)) if self.places_of_members[place] < number)
            member = self.members[at]
            sentence = member.sentences[number - 1 - self.places_of_members[at]]
            found.setdefault(at, []).append(Span.of(sentence, member.id))
        return found


class DigestTask(Task[DigestDraft, Digest, DigestOptions]):
    """See the file's first line. It is read by `search.digest`, which knows all articles."""

    name = "digest"
    draft, value, options = DigestDraft, Digest, DigestOptions
    phrases = frozenset(("role",))

    def worth_asking(self, analysis: Analysis, options: DigestOptions) -> DigestOptions | None:
        """Nothing of one article."""
        raise UsageError("a digest is of several articles: client.digest(articles), or `summarizer digest SOURCES…`")

    def candidates(self, analysis: Analysis, options: DigestOptions, part: Part) -> Iterator[str]:
        """Which sentences are whose, with what is known of each article."""
        article = analysis.article
        if isinstance(article, Together):
            bounds = zip(article.places_of_members, article.places_of_members[1:], strict=False)
            for number, ((before, last), member) in enumerate(zip(bounds, article.members, strict=False), 1):
                known = [f"sentences {before + 1}-{last}", *([shown(member.title)] if member.title else [])]
                known += [f"published {member.published:%Y-%m-%d %A}"] if member.published else []
                yield f"article {number}: {', '.join(known)}"

    def view(self, value: Digest) -> Iterator[Section]:
        """What is agreed, what contradicts, what one says, the timeline, and who is named."""
        names = {ref.id: _name(ref) for ref in value.articles}
        if value.agreed:
            yield Section("agreed", tuple(_line(one, names) for one in value.agreed))
        for one in value.contradictions:
            yield Section(f"contradiction: {one.about}", tuple(_line(side, names) for side in one.sides))
        if value.single:
            yield Section("said by one", tuple(_line(one, names) for one in value.single))
        dated = [event for event in value.timeline if event.when]
        if dated:
            lines = (_line(event.claim, names, label=date_in_words(event.when, event.claim.text)) for event in dated)
            yield Section("timeline", tuple(lines))
        if value.entities:
            lines = (
                Line(one.name, one.mentions[:1], label=f"{len(one.mentions)}×", note=one.type, minor=True)
                for one in value.entities
            )
            yield Section("named", tuple(lines))

    def rows(self, value: Digest) -> Iterator[dict[str, Any]]:
        """One row a claim, the sides of a contradiction under its name."""
        told: list[tuple[str, str | None, Claim]] = [("agreed", None, claim) for claim in value.agreed]
        told += [("contradiction", one.about, side) for one in value.contradictions for side in one.sides]
        told += [("single", None, claim) for claim in value.single]
        told += [("event", event.when, event.claim) for event in value.timeline]
        for kind, about, claim in told:
            yield {
                "kind": kind,
                "about": about,
                "text": claim.text,
                "support": claim.support,
                "articles": " ".join(dict.fromkeys(span.article or "" for span in claim.evidence)),
                "sentences": " ".join(str(span.sentence) for span in claim.evidence),
            }


def _line(claim: Claim, names: dict[str, str], label: str = "") -> Line:
    sources = dict.fromkeys(names.get(span.article or "", "") for span in claim.evidence)
    return Line.of(claim, label=label, note=", ".join(filter(None, sources)))


def _name(ref: ArticleRef) -> str:
    return PurePath(ref.source.rstrip("/")).name or ref.title or ref.id[:12]


TASK = DigestTask()
