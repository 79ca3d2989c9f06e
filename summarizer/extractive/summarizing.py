"""A summary without a model: the article's own title, and the sentences that say most of it, safely shortened."""

from __future__ import annotations

import re

from summarizer.analysis import Analysis
from summarizer.analysis.events import certainty_of
from summarizer.analysis.words import content_stems
from summarizer.article import Article, Sentence
from summarizer.extractive.selection import headline, select
from summarizer.extractive.story import told
from summarizer.extractive.trims import cited, shortened, trimmed
from summarizer.extractive.weights import doubt_of, is_decision, is_holding, outcome_of
from summarizer.grounding import check
from summarizer.grounding.trims import is_own_title
from summarizer.schemas.evidence import DraftClaim, Span
from summarizer.schemas.summary import SummaryDraft
from summarizer.sentences import WEEKDAY
from summarizer.settings import Level

POINTS = 4
POINT_WORDS, HEADLINE_WORDS = 20, 18
_DAY = (
    rf" on {WEEKDAY}"
    r"(?: (?:morn|afternoon|even|night)(?:ing)?|(?! (?:morn|after|even|night)))"
)
_WEEKDAY = re.compile(rf"{_DAY}(?= [a-z])|(?:(?<!ed)|(?<=confirmed)|(?<=announced)|(?<=reported)){_DAY}(?=[,.]|$)")
# "Minutes of the trust show that members approved a pool": what they show is the news.
_SHOWN = re.compile(
    r"^(?:(?:The )?[Mm]inutes\b[^.;]{0,160}? (?:shows?|showed|says?|said|records?|recorded|reports?|reported)"
    r"|(?:It was|The (?:board|club|committee|council|meeting|trust)) (?:unanimously )?(?:agreed|decided|resolved)"
    r"|(?:RESOLVED|Resolved):?) that (?=[a-z])"
)
_SHARE, _LEAST_BUDGET = 0.45, 30
_LEAST_KEPT, _NOT_MUCH = 0.51, 1.5
_NO_TITLE = re.compile(
    r"^\W*(?:by|untitled|home|index|document\d*|chapter|page) ?\d*\b[^.]{0,3}$|\.(?:docx?|pdf|txt|md|html?)$",
    re.IGNORECASE,
)


def summary_draft(
    analysis: Analysis, *, points: int = POINTS, words: int | None = None, focus: str | None = None
) -> SummaryDraft | None:
    """A headline and at most `points` points of at most `words` words together, in the article's order.

    A court's holding stands first. Without `words` the points have less than half of the article's. None where the
    article has no sentence.
    """
    article = analysis.article
    if not article.sentences:
        return None
    lead = _lead(analysis, focus)
    title = None if focus or is_decision(article, lead) else title_of(article)
    head = _titled(analysis, title) if title else None
    chosen = select(analysis, points, focus=focus, told=None if head else lead)
    ordered = sorted(chosen, key=lambda one: (not is_holding(article, one), one.number))
    budget = words if words is not None else max(_LEAST_BUDGET, int(_SHARE * len(article.text.split())))
    return SummaryDraft(
        headline=head or _headline(lead, analysis),
        points=_within([quoted(one, POINT_WORDS, analysis, least=_LEAST_KEPT) for one in ordered], budget),
    )


def title_of(article: Article) -> str | None:
    """The article's own title, where it is one: words, not a file's name."""
    title = " ".join((article.title or "").split())
    return title if 1 < len(title.split()) and len(title) <= 200 and not _NO_TITLE.search(title) else None


def quoted(sentence: Sentence, most: int, analysis: Analysis, *, least: float = 0.0) -> DraftClaim:
    """A claim that is a sentence, less what can safely go, down to `most` words where that can be.

    A motion is told with what came of it, and what one side says with the sentence that it could not be verified. Of a
    sentence that is not much too long at least the part `least` stays: "He gave evidence to the inquiry, which led to
    the law" is not "He gave evidence".
    """
    text = shortened(sentence, most, analysis)
    whole = shortened(sentence, _NOT_MUCH * most, analysis) if least else text
    if len(text.split()) < least * len(whole.split()) <= least * _NOT_MUCH * most:
        text = whole
    if behind := outcome_of(analysis.article, sentence) or doubt_of(analysis.article, sentence):
        return DraftClaim(evidence=[Span.of(sentence), Span.of(behind)], text=f"{text} {trimmed(behind.text)}")
    return DraftClaim(evidence=[cited(sentence, text)], text=text)


def _headline(lead: Sentence, analysis: Analysis) -> DraftClaim:
    """The leading sentence, shortened, without its full stop, and without "on Friday" where it tells what happened.

    "The shop opens at 10 am on Sunday" says less without its day. Nor does it say that minutes show it.
    """
    claim = quoted(lead, HEADLINE_WORDS, analysis)
    bare = _SHOWN.sub("", claim.text)
    bare = bare[:1].upper() + bare[1:] if bare != claim.text else bare
    bare = _WEEKDAY.sub("", bare) if certainty_of(lead.text) == "happened" else bare
    text = bare if bare == claim.text or _holds(bare, lead, analysis) else claim.text
    return claim.model_copy(update={"text": text.removesuffix(".")})


def _holds(text: str, sentence: Sentence, analysis: Analysis) -> bool:
    return check(text, [Span.of(sentence)], level=Level.BALANCED, article=analysis).supported is True


def _titled(analysis: Analysis, title: str) -> DraftClaim | None:
    """The title as a headline: the article's own where its text has it, else where its sentences bear it out."""
    evidence = [Span.of(one) for one in _about(analysis.article, title)]
    if is_own_title(title, analysis.article):
        return DraftClaim(evidence=evidence, text=title)
    held = check(title, evidence, level=Level.BALANCED, article=analysis).supported
    return DraftClaim(evidence=evidence, text=title) if held else None


def _lead(analysis: Analysis, focus: str | None) -> Sentence:
    best = next(iter(select(analysis, 1, focus=focus)), None) if focus else headline(analysis)
    return best or analysis.article.sentences[0]


def _about(article: Article, title: str) -> list[Sentence]:
    """The one or two sentences of the first ones that have most of a title's words."""
    wanted = set(content_stems(title))
    shared = {one: len(wanted.intersection(content_stems(one.text))) for one in told(article)}
    best = sorted(shared, key=lambda one: (-shared[one], one.number))[:2]
    return sorted((one for one in best if shared[one]), key=lambda one: one.number) or best[:1]


def _within(points: list[DraftClaim], budget: int) -> list[DraftClaim]:
    """The points that fit, in order; one at least."""
    kept: list[DraftClaim] = []
    for point in points:
        budget -= len(point.text.split())
        if budget >= 0 or not kept:
            kept.append(point)
    return kept
