"""Names in values: the places of a name in an article, and the entity that words of it mean."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from summarizer.analysis import Analysis
from summarizer.analysis.words import fold
from summarizer.article import Article
from summarizer.schemas.evidence import Claim, Mention, Span


def places_of(words: str, article: Article, within: Sequence[Span] = ()) -> list[Mention]:
    """Every place where the words stand as whole words in one sentence, among `within` where that is given."""
    found, start = [], article.text.find(words)
    numbers = {span.sentence for span in within}
    while start >= 0:
        end = start + len(words)
        sentence = article.sentence_at(start)
        whole = not (article.text[start - 1 : start].isalnum() or article.text[end : end + 1].isalnum())
        if sentence and end <= sentence.end and whole and (not numbers or sentence.number in numbers):
            found.append(Mention(sentence=sentence.number, start=start, end=end, text=words))
        start = article.text.find(words, end)
    return found


def entity_of(words: str, analysis: Analysis, evidence: Iterable[Span]) -> str | None:
    """The id of the one entity that these words name in these sentences; None where none or several do."""
    numbers, said = {span.sentence for span in evidence}, f" {fold(words)} "
    ids = {
        found.entity.id
        for found in analysis.entities
        for mention in found.entity.mentions
        if mention.sentence in numbers and f" {fold(mention.text)} " in said
    }
    return next(iter(ids)) if len(ids) == 1 else None


def participants(claim: Claim, analysis: Analysis) -> list[str]:
    """Ids of the entities that the claim names and that stand in its evidence."""
    said, numbers = fold(claim.text), {span.sentence for span in claim.evidence}
    return [
        found.entity.id
        for found in analysis.entities
        if any(m.sentence in numbers and fold(m.text) in said for m in found.entity.mentions)
    ]
