"""A headline and the main points."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import accumulate
from typing import TYPE_CHECKING, Any

from pydantic import BaseModel, Field

from summarizer.analysis import Analysis
from summarizer.analysis.words import words
from summarizer.article import Article
from summarizer.extractive.summarizing import summary_draft
from summarizer.grounding import Grounder
from summarizer.schemas.evidence import Claim, DraftClaim
from summarizer.schemas.requests import Choice
from summarizer.schemas.result import Issue
from summarizer.schemas.summary import Summary, SummaryDraft, SummaryOptions
from summarizer.tasks.base import Merging, Task
from summarizer.tasks.scoring import GoldEvidence, Score, rouge, score_claims
from summarizer.tasks.settling import settled_fields
from summarizer.tasks.view import Line, Section, section, sections_of

if TYPE_CHECKING:
    from summarizer.engines.writing import Writer


class GoldSummary(GoldEvidence):
    """What a summary should rest on, summaries that people wrote, one sentence a line, and how it is asked for."""

    references: list[str] = Field(default=[])
    options: dict[str, str | int] = Field(default={})


class SummaryTask(Task[SummaryDraft, Summary, SummaryOptions]):
    """See the file's first line."""

    name = "summary"
    draft, value, options = SummaryDraft, Summary, SummaryOptions

    def propose(self, analysis: Analysis, options: SummaryOptions) -> SummaryDraft | None:
        """Sentences that code selects, safely trimmed."""
        return summary_draft(analysis, points=options.most_points, words=options.words, focus=options.focus)

    async def write(
        self, draft: SummaryDraft, analysis: Analysis, options: SummaryOptions, writer: Writer
    ) -> SummaryDraft:
        """The draft under a headline of the model, with shorter points where they hold."""
        return await writer.short_points(analysis, await writer.headline(analysis, draft))

    def unmet(self, analysis: Analysis, options: SummaryOptions) -> Iterator[Issue]:
        """Code quotes: it writes in no other language and no style, and finds a focus by its words only."""
        told: dict[str, str] = {}
        if options.language:
            told["language"] = f"sentences are quoted, not written: asked for {options.language}, they stay as they are"
        if options.style:
            told["style"] = f"sentences are quoted, not written: the style {options.style} needs a model"
        if options.focus:
            from summarizer.extractive.retrieval import retrieve  # a tenth of a second for those who ask for none

            if not retrieve(analysis, options.focus, 1).passages:
                told["focus"] = f"no sentence has a word of {options.focus!r}; the summary is of the whole article"
        if 1 < (length := len(analysis.article.sentences)) <= options.most_points and not options.words:
            told["short_article"] = f"the article has {length} sentences, no more than were asked for: they are shown"
        for code, message in told.items():
            yield Issue(code=code, where="", message=message, action="none")

    def settle(self, draft: SummaryDraft, options: SummaryOptions, grounder: Grounder) -> Summary | None:
        """What holds, as long as it was asked for; without a headline of its own, the first point leads."""
        fields = settled_fields(draft, Summary, grounder)
        points = [point for point in fields["points"] if point != fields["headline"]]
        if fields["headline"] is None and points:
            grounder.note("headline_replaced", "/headline", "the first point stands in for it", "replaced")
            fields["headline"], *points = points
        if fields["headline"] is None:
            return None
        fields["points"] = _as_long(fields["headline"], points, options, grounder)
        return Summary.model_validate(fields)

    async def merge(self, drafts: Sequence[SummaryDraft], options: SummaryOptions, merging: Merging) -> SummaryDraft:
        """The claims of all parts that hold, among which the model chooses; code where it cannot."""
        claims = await merging.held(claim for draft in drafts for claim in (draft.headline, *draft.points))
        if not claims:
            return drafts[0]
        return await _of_all(claims, options, merging) or _by_code(claims, options, merging.analysis)

    def view(self, value: Summary) -> Iterator[Section]:
        """The headline on top, then the points and whatever else the value has."""
        yield Section("", (Line.of(value.headline),), head=True)
        yield from section("", map(Line.of, value.points))
        yield from sections_of(value, without=("headline", "points"))

    def gold(self) -> type[BaseModel]:
        """Evidence, and references."""
        return GoldSummary

    def asked_by(self, gold: GoldSummary) -> dict[str, Any]:
        """As long as the references, for instance."""
        return dict(gold.options)

    def score(self, gold: GoldSummary, values: Sequence[Summary | None], article: Article) -> Iterator[Score]:
        """Evidence by sentences; ROUGE against the references."""
        if gold.sentences or gold.evidence:
            yield from score_claims(self.name, gold, values, article)
        if gold.references:
            said = [claim for value in values if value for claim in (value.headline, *value.points)]
            text = "\n".join(dict.fromkeys(claim.text for claim in said))
            for kind, measured in rouge(text, gold.references).items():
                yield Score(kind, measured, 1)


def _as_long(headline: Claim, points: list[Claim], options: SummaryOptions, grounder: Grounder) -> list[Claim]:
    """At most as many points and words as asked for, the last points left out first, and the reader told."""
    kept = points[: options.most_points]
    if options.words:
        _, *totals = accumulate(map(_count, kept), initial=_count(headline))
        kept = [point for point, total in zip(kept, totals, strict=True) if total <= options.words]
    if gone := len(points) - len(kept):
        wanted = f"{options.words} words" if options.words else f"{options.most_points} points"
        message = f"the last {gone} of {len(points)} points went: at most {wanted} were asked for"
        grounder.note("shortened", "/points", message, "dropped")
        grounder.decided = min(grounder.decided, 1 + len(kept))
    return kept


def _count(claim: Claim) -> int:
    return sum(1 for _ in words(claim.text))


async def _of_all(claims: Sequence[Claim], options: SummaryOptions, merging: Merging) -> SummaryDraft | None:
    """The model's choice among claims; of more than a request holds the best of each group go on to the next round."""
    while len(groups := merging.groups("choice", options, [claim.text for claim in claims])) > 1:
        if 2 * len(groups) > len(claims):
            merging.by_code("the claims are too long for it")
            return None
        best: list[Claim] = []
        for group in groups:
            if (chosen := await _choice([claims[place] for place in group], options, merging)) is None:
                return None
            best += chosen[1][: max(1, len(group) // 2)]
        claims = sorted(best, key=lambda claim: claim.evidence[0].start)
    if (chosen := await _choice(claims, options, merging)) is None:
        return None
    headline, points = chosen
    return SummaryDraft(headline=headline, points=[_proposed(one) for one in points if one.text != headline.text])


async def _choice(
    claims: Sequence[Claim], options: SummaryOptions, merging: Merging
) -> tuple[DraftClaim, list[Claim]] | None:
    """A headline and the claims that matter most, best first; None where the model cannot choose."""
    choice = await merging.choose("choice", options, [claim.text for claim in claims], Choice)
    if choice is None:
        return None
    points, leads = (
        [claims[n - 1] for n in dict.fromkeys(numbers) if 0 < n <= len(claims)]
        for numbers in (choice.chosen, choice.headline_from)
    )
    if not points:
        merging.by_code("it chose none")
        return None
    points = points[: options.most_points]
    evidence = list({span.start: span for claim in leads for span in claim.evidence}.values())
    if not evidence or not choice.headline.strip():
        return _proposed(points[0]), points
    return DraftClaim(evidence=evidence, text=choice.headline), points


def _by_code(claims: Sequence[Claim], options: SummaryOptions, analysis: Analysis) -> SummaryDraft:
    """The claims that rest on the sentences which code would select, then the first of the others."""
    draft = summary_draft(analysis, points=options.most_points, words=options.words, focus=options.focus)
    selected = [span.sentence for one in (draft.headline, *draft.points) for span in one.evidence] if draft else []
    ranks = {number: rank for rank, number in reversed([*enumerate(selected)])}
    last = len(selected)
    order = sorted(claims, key=lambda one: min((ranks.get(s.sentence, last) for s in one.evidence), default=last))
    first, *others = map(_proposed, order[: options.most_points + 1])
    return SummaryDraft(headline=first, points=others)


def _proposed(claim: Claim) -> DraftClaim:
    return DraftClaim(evidence=claim.evidence, text=claim.text)


TASK = SummaryTask()
