"""Who said what to whom, word for word."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from summarizer.analysis import Analysis
from summarizer.analysis.phrases import places_of
from summarizer.extractive.quoting import quotations
from summarizer.grounding import Grounder
from summarizer.schemas.evidence import Span
from summarizer.schemas.quotes import Quote, QuoteDraft, Quotes, QuotesDraft, QuotesOptions
from summarizer.tasks.base import Task
from summarizer.tasks.settling import entity_of, kept, names_same, words_of
from summarizer.tasks.view import Line, Section, section


class QuotesTask(Task[QuotesDraft, Quotes, QuotesOptions]):
    """See the file's first line."""

    name = "quotes"
    phrases = frozenset({"speaker", "to"})
    draft, value, options = QuotesDraft, Quotes, QuotesOptions

    def propose(self, analysis: Analysis, options: QuotesOptions) -> QuotesDraft:
        """What stands between quotation marks in a sentence that names who says it, and what is said under a label."""
        found = list(quotations(analysis))
        wanted = [quote for quote in found if options.speaker is None or names_same(options.speaker, quote.speaker)]
        return QuotesDraft(quotes=wanted[: options.most])

    def settle(self, draft: QuotesDraft, options: QuotesOptions, grounder: Grounder) -> Quotes:
        """The quotations whose words stand in the cited sentences, letter for letter, and whose speaker does."""
        distinct = {quote.words.start: quote for quote in kept(draft.quotes, "/quotes", _quote, grounder)}
        return Quotes(quotes=list(distinct.values())[: options.most])

    def view(self, value: Quotes) -> Iterator[Section]:
        """A line a quotation behind its speaker."""
        return section("quotes", map(_line, value.quotes))

    def rows(self, value: Quotes) -> Iterator[dict[str, Any]]:
        """One row a quotation."""
        for one in value.quotes:
            yield {
                "speaker": one.speaker.text,
                "to": one.to.text if one.to else None,
                "words": one.words.text,
                "sentence": one.words.sentence,
                "start": one.words.start,
                "end": one.words.end,
            }


def _quote(proposed: QuoteDraft, where: str, grounder: Grounder) -> Quote | None:
    article = grounder.analysis.article
    cited = [span for span in proposed.evidence if span.resolved]
    words = proposed.words.strip().strip('“”"„«»')
    places = places_of(words, article, cited) or places_of(words, article)
    if not words or not places:
        grounder.amend("ungrounded", f"{where}/words", f"{words!r} is not in the cited sentences", "dropped")
        return None
    grounder.count(f"{where}/words")
    around = {span.sentence: span for span in (*cited, Span.of(article.sentences[places[0].sentence - 1]))}
    evidence = list(around.values())
    speaker = words_of(proposed.speaker, evidence, f"{where}/speaker", grounder)
    if speaker is None:
        return None
    to = words_of(proposed.to, evidence, f"{where}/to", grounder)
    return Quote(
        words=places[0],
        speaker=speaker,
        speaker_id=entity_of(speaker.text, grounder.analysis, evidence),
        to=to,
        to_id=entity_of(to.text, grounder.analysis, evidence) if to else None,
    )


def _line(one: Quote) -> Line:
    words, to = " ".join(one.words.text.split()), f"to {one.to.text}" if one.to else ""
    return Line(f"“{words}”", one.speaker.evidence, "verbatim", label=one.speaker.text, note=to)


TASK = QuotesTask()
