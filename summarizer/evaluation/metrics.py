"""The metrics, each a ratio of two sums over articles, and what one article adds to them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from summarizer.audit import Found, Stored, verify
from summarizer.audit.places import claims_of
from summarizer.evaluation.dates import date_scores
from summarizer.evaluation.gold import Gold, GoldQuestion
from summarizer.evaluation.overlap import exact, rouge, word_f1
from summarizer.grounding.facts import wrong_figures
from summarizer.grounding.figures import figures_of
from summarizer.schemas.answer import Answer
from summarizer.schemas.entities import Entities
from summarizer.schemas.evidence import Claim
from summarizer.schemas.result import Result
from summarizer.schemas.summary import Summary

METRICS: dict[str, str] = {
    "summary evidence precision": "sentences cited by headline and points that are among the gold ones",
    "summary evidence recall": "gold sentences that one of them cites",
    "rouge1": "ROUGE-1 F of headline and points against the nearest reference",
    "rouge2": "ROUGE-2 F",
    "rougeLsum": "ROUGE-L F over sentences",
    "answered": "questions with an answer in the article that were answered",
    "refused": "questions without one that were refused",
    "answer evidence precision": "sentences cited by answers that are gold ones",
    "answer evidence recall": "questions with an answer whose answer cites a gold sentence",
    "answer exact": "short answer equal to a gold one; refused where there is none",
    "answer F1": "words the short answer or first claim shares with a gold answer; refused where there is none",
    "short shown": "answered questions with a short answer",
    "short exact": "short answers shown that are gold ones",
    "short F1": "words they share with a gold answer",
    "names F1, typed": "names with the exact span and type (CoNLL)",
    "names precision, typed": "",
    "names recall, typed": "",
    "names F1, untyped": "names with the exact span",
    "dates found": "gold dates found",
    "dates right": "dates found whose value is right",
    "claims grounded": "claims that hold when they are checked again, none of them marked unchecked",
    "numbers right": "claims with a number all of whose numbers stand in the sentences they cite",
    "proposals rejected": "claims proposed that did not hold and were replaced, dropped or flagged",
}
"""What is measured, in the order of the table, and what it means."""

ALIKE = {"group": "other", "event": "other", "work": "other", "product": "other"}
"""Types that a gold of person, organisation, place and other does not tell apart."""


@dataclass
class Tally:
    """What one article adds: a numerator and a denominator for each metric that applies to it."""

    sums: dict[str, tuple[float, float]] = field(default_factory=dict)

    def add(self, metric: str, right: float, of: float) -> None:
        """Add `right` of `of`."""
        had = self.sums.get(metric, (0.0, 0.0))
        self.sums[metric] = (had[0] + right, had[1] + of)


def tally(gold: Gold, results: Sequence[Result[Any]]) -> Tally:
    """The tally of one article; a product that is missing or failed counts as wrong, not as absent."""
    found, line = Tally(), gold.line
    values = [result.value for result in results if result.value is not None]
    if line.summary:
        _summary(gold, next((v for v in values if isinstance(v, Summary)), None), found)
    if line.names is not None:
        _names(gold, next((v for v in values if isinstance(v, Entities)), None), found)
    if line.dates is not None:
        _dates(gold, next((v for v in values if isinstance(v, Entities)), None), found)
    answers: Mapping[str, Answer] = {v.question: v for v in values if isinstance(v, Answer)}
    for asked in line.questions:
        _answer(gold, asked, answers.get(asked.question), found)
    _claims(gold, results, found)
    return found


def _summary(gold: Gold, summary: Summary | None, found: Tally) -> None:
    wanted = gold.line.summary
    assert wanted is not None
    said = [summary.headline, *summary.points] if summary else []
    if wanted.evidence:
        right = gold.sentences(wanted.evidence)
        cited = {span.sentence for claim in said for span in claim.evidence}
        found.add("summary evidence precision", len(cited & right), len(cited))
        found.add("summary evidence recall", len(cited & right), len(right))
    if wanted.references:
        text = "\n".join(dict.fromkeys(claim.text for claim in said))
        for kind, score in rouge(text, wanted.references).items():
            found.add(kind, score, 1)


def _names(gold: Gold, entities: Entities | None, found: Tally) -> None:
    wanted = {span: name.type for name, span in gold.ranges(gold.line.names or ()) if hasattr(name, "type")}
    ignored = {span for _, span in gold.ranges(gold.line.unscored)}
    coarse = not set(wanted.values()) & set(ALIKE)
    given = {
        (mention.start, mention.end): ALIKE.get(entity.type, entity.type) if coarse else entity.type
        for entity in (entities.entities if entities else [])
        for mention in entity.mentions
        if (mention.start, mention.end) not in ignored
    }
    typed = sum(wanted.get(span) == kind for span, kind in given.items())
    spans = len(wanted.keys() & given.keys())
    found.add("names precision, typed", typed, len(given))
    found.add("names recall, typed", typed, len(wanted))
    found.add("names F1, typed", 2 * typed, len(given) + len(wanted))
    found.add("names F1, untyped", 2 * spans, len(given) + len(wanted))


def _dates(gold: Gold, entities: Entities | None, found: Tally) -> None:
    wanted = [(span, getattr(told, "iso", None)) for told, span in gold.ranges(gold.line.dates or ())]
    given = sorted(((m.start, m.end), d.iso) for d in (entities.dates if entities else []) for m in d.mentions)
    scores = date_scores(wanted, given)
    found.add("dates found", scores.found, len(wanted))
    found.add("dates right", scores.right, scores.found)


def _answer(gold: Gold, asked: GoldQuestion, answer: Answer | None, found: Tally) -> None:
    said = bool(answer and answer.found)
    if not asked.answers:
        refused = float(answer is not None and not said)
        for metric in ("refused", "answer exact", "answer F1"):
            found.add(metric, refused, 1)
        return
    texts = [place.text for place in asked.answers]
    claims = answer.claims if answer and said else []
    short = answer.short if answer and said else None
    cited = {span.sentence for claim in claims for span in claim.evidence}
    right = gold.sentences(asked.evidence or asked.answers)
    found.add("answered", said, 1)
    found.add("answer evidence precision", len(cited & right), len(cited))
    found.add("answer evidence recall", bool(cited & right), 1)
    found.add("answer exact", exact(short, texts) if short else 0, 1)
    found.add("answer F1", word_f1(short or (claims[0].text if claims else ""), texts), 1)
    found.add("short shown", bool(short), said)
    if short:
        found.add("short exact", exact(short, texts), 1)
        found.add("short F1", word_f1(short, texts), 1)


def _claims(gold: Gold, results: Sequence[Result[Any]], found: Tally) -> None:
    stored = [Stored(number, result) for number, result in enumerate(results, 1)]
    audit = verify(stored, Found({gold.article.id: gold.article}, {}, {}))
    wrong_at = {(finding.line, finding.where.partition("/evidence/")[0]) for finding in audit.findings}
    for number, result in enumerate(results, 1):
        for where, claim in claims_of(result.value):
            found.add("claims grounded", claim.support != "unchecked" and (number, where) not in wrong_at, 1)
    for claim in _all_claims(results):
        if figures_of(claim.text).numbers:
            wrong = any(wrong_figures(claim.text, [span.text for span in claim.evidence]))
            found.add("numbers right", not wrong, 1)
    rejected = [issue for result in results for issue in result.issues if issue.code == "ungrounded"]
    dropped = sum(issue.action == "dropped" for issue in rejected)
    found.add("proposals rejected", len(rejected), audit.claims + dropped)


def _all_claims(results: Sequence[Result[Any]]) -> Iterator[Claim]:
    for result in results:
        yield from (claim for _, claim in claims_of(result.value))
