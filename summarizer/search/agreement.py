"""Which articles say the same, and which contradict each other: the check's support between them, and exact facts.

An article supports another's claim where its nearest sentences do, by the same check as any claim. Two articles
contradict each other on a figure or a day where the one's claim, with the other's figure put in place of its own, holds
in the other's sentence: then both speak of the same thing and differ on nothing else.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from summarizer.analysis import Analysis
from summarizer.analysis.figures import HEDGED
from summarizer.analysis.words import content_stems
from summarizer.article import Sentence
from summarizer.extractive.retrieval import nearest
from summarizer.grounding import Checker
from summarizer.schemas.digest import Contradiction
from summarizer.schemas.evidence import Claim, Span

NEAREST = 2
ALIKE = 0.4
"""Of the content words of a claim, what a sentence has at least to be read as its support or its contradiction."""
FEWEST_WORDS = 2
"""Content words beside their figures that a contradiction shares."""
MOST_READ = 600
"""Pairs of a claim and a sentence that are read, the most alike first."""
_SAYS = r"\b(?:said|says|told|added|confirmed|reported|announced|stated)\b"
_ATTRIBUTIONS = (
    re.compile(rf",[\"”’]?\s[^,]{{2,80}}{_SAYS}[^,]{{0,40}}\Z"),
    re.compile(rf"\A[^,]{{2,80}}{_SAYS}[^,]{{0,40}}?\sthat\s"),
    re.compile(r"(?:\A|, )according to [^,]{2,80}(?:, |\.?\Z)", re.IGNORECASE),
)

_ROUGHLY = 1.5


@dataclass
class Told:
    """A claim with its evidence by article, and the claims of other articles that say otherwise."""

    claim: Claim
    evidence: dict[int, list[Span]]
    against: list[tuple[str, int, Span]] = field(default_factory=list)

    @property
    def whole(self) -> Claim:
        """The claim with all its evidence."""
        return self.claim.model_copy(update={"evidence": [span for at in self.evidence.values() for span in at]})

    @property
    def places(self) -> set[tuple[int, int]]:
        """Article and sentence of each piece of evidence."""
        return {(at, span.sentence) for at, spans in self.evidence.items() for span in spans}


Group = tuple[str, Sequence[Told]]
"""What a contradiction is about, and its sides."""


def compared(told: Sequence[Told], analyses: Sequence[Analysis], checker: Checker) -> list[Told]:
    """The claims with the evidence other articles have for and against them; what others say as well goes."""
    told = _in_the_same_words(told, analyses)
    for one, at, sentence in _to_read(told, analyses):
        span = Span.of(sentence, analyses[at].article.id)
        if checker.check(one.claim.text, [span], analyses[at]).supported:
            one.evidence.setdefault(at, [span])
        elif at not in one.evidence and (what := _differs(one, analyses, at, span, checker)):
            one.against.append((what, at, span))
    kept: list[Told] = []
    for one in sorted(told, key=lambda one: -len(one.evidence)):  # of two that say the same the first in order
        if not any(one.places <= other.places for other in kept):
            kept.append(one)
    return sorted(kept, key=told.index)


def contradictions(told: Sequence[Told], known: Sequence[Group] = ()) -> tuple[list[Contradiction], list[Told]]:
    """The contradictions that were found, those that are `known` first, and the claims that take part in none."""
    groups = [(about, list(sides)) for about, sides in known]
    for one in (one for one in told if one.against):
        sides = [one, *(_side(told, one, at, span) for _, at, span in one.against)]
        places = {place for side in sides for place in side.places}
        same = next((group for _, group in groups if any(places & side.places for side in group)), None)
        if same is None:
            groups.append((one.against[0][0], same := []))
        same += [side for side in sides if not any(side.places <= other.places for other in same)]
    found = [Contradiction(about=about, sides=[side.whole for side in sides]) for about, sides in groups]
    taken = {place for _, sides in groups for side in sides for place in side.places}
    return found, [one for one in told if not one.places & taken]


def says(evidence: Sequence[Span], text: str, analysis: Analysis, checker: Checker) -> bool:
    """Whether sentences of an article say all of a text; of one that shares few words with them nobody asks."""
    if _share(text, " ".join(span.text for span in evidence)) < ALIKE:
        return False
    return checker.check(text, evidence, analysis).supported is True


def _in_the_same_words(told: Sequence[Told], analyses: Sequence[Analysis]) -> list[Told]:
    """Each wording once, with the sentences of all articles that have it: nobody needs to read those."""
    different = {_plain(one.claim.text): one for one in reversed(told)}
    distinct = [one for one in told if different[_plain(one.claim.text)] is one]
    for one in told:
        for at, spans in one.evidence.items():
            different[_plain(one.claim.text)].evidence.setdefault(at, spans)
    for at, analysis in enumerate(analyses):
        for sentence in reversed(analysis.article.sentences):
            if same := different.get(_plain(sentence.text)):
                same.evidence.setdefault(at, [Span.of(sentence, analysis.article.id)])
    return distinct


def _plain(text: str) -> str:
    return " ".join(text.split()).removesuffix(".")


def _to_read(told: Sequence[Told], analyses: Sequence[Analysis]) -> list[tuple[Told, int, Sentence]]:
    found = [
        (share, one, at, sentence)
        for at, analysis in enumerate(analyses)
        for one in told
        if at not in one.evidence
        for sentence in _nearest(analysis, one.claim.text)
        if (share := _share(one.claim.text, sentence.text)) >= ALIKE
    ]
    found.sort(key=lambda item: -item[0])
    return [(one, at, sentence) for _, one, at, sentence in found[:MOST_READ]]


def _nearest(analysis: Analysis, text: str) -> Iterator[Sentence]:
    return (passage.sentence for passage in nearest(analysis.article, text, NEAREST).passages)


def _share(text: str, other: str) -> float:
    said = set(content_stems(text))
    return len(said & set(content_stems(other))) / max(1, len(said))


def _side(told: Sequence[Told], against: Told, at: int, span: Span) -> Told:
    """The claim that rests on a sentence, and on no article of the other side; or the sentence itself."""
    for one in told:
        if (at, span.sentence) in one.places and not one.evidence.keys() & against.evidence.keys():
            return one
    return Told(Claim(text=" ".join(span.text.split()), evidence=[span], support="verbatim"), {at: [span]})


def _differs(told: Told, analyses: Sequence[Analysis], at: int, span: Span, checker: Checker) -> str | None:
    """The kind of fact in which a sentence differs from a claim and in nothing else; None where it does not."""
    owner = next(iter(told.evidence))
    text = _said(told.claim.text)
    ours = [fact for fact in facts(analyses[owner], told.evidence[owner]) if fact.text in text]
    without = text
    for fact in ours:
        without = without.replace(fact.text, " ")
    if len(set(content_stems(without)) & set(content_stems(span.text))) < FEWEST_WORDS:
        return None  # "Wednesday, April 13, 2011": a line that says nothing of the day
    theirs = facts(analyses[at], [span])
    kind = ""
    for fact in ours:
        if any(compatible(fact, other) for other in theirs):
            continue
        same = [one for one in theirs if one.kind == fact.kind and not any(compatible(one, other) for other in ours)]
        if len(same) != 1 or text.count(fact.text) != 1:
            return None
        text, kind = text.replace(fact.text, same[0].text), kind or fact.kind
    return kind.partition(" ")[0] if kind and says_too(text, [span], analyses[at], checker) else None


def says_too(text: str, evidence: Sequence[Span], analysis: Analysis, checker: Checker) -> bool:
    """Whether sentences of an article say a text, whoever is named for it here or there."""
    bare = [span.model_copy(update={"text": _said(span.text)}) for span in evidence]
    return checker.check(_said(text), bare, analysis).supported is True


def _said(text: str) -> str:
    """What is said, without who says so: two sources of one figure contradict each other all the same."""
    text = _plain(text)
    for pattern in _ATTRIBUTIONS:
        text = pattern.sub("", text)
    return text[:1].upper() + text[1:] + ("" if text.endswith(("!", "?")) else ".")


@dataclass(frozen=True, slots=True)
class Fact:
    """A figure or a day: its words, what it is of, its value (of a day in ISO form), and whether it is only rounded."""

    text: str
    kind: str
    value: float | str
    rough: bool = False


def facts(analysis: Analysis, evidence: Sequence[Span]) -> list[Fact]:
    """The figures and days that stand in the evidence."""
    figures = [
        Fact(mention.text, f"{one.kind} {one.unit or ''}", one.value, _is_rough(analysis, mention.start))
        for one in analysis.quantities
        if one.value is not None
        for mention in one.mentions
        if _is_in(mention.start, evidence)
    ]
    days = (
        Fact(mention.text, "day", one.iso)
        for one in analysis.dates
        if one.iso and "/" not in one.iso
        for mention in one.mentions
        if _is_in(mention.start, evidence)
    )
    return [*figures, *days]


def compatible(one: Fact, other: Fact) -> bool:
    """Whether both can be right: the same, one within the other (2019 and a day in it), or only rounded."""
    if one.kind != other.kind:
        return False
    if isinstance(one.value, str) or isinstance(other.value, str):
        ours, theirs = str(one.value), str(other.value)
        return ours.startswith(theirs) or theirs.startswith(ours)
    low, high = sorted((abs(one.value), abs(other.value)))
    return low == high or ((one.rough or other.rough) and high <= _ROUGHLY * low)


def of_article(claim: Claim, identity: str) -> Claim:
    """The claim with the article's id on its evidence."""
    spans = [span.model_copy(update={"article": identity}) for span in claim.evidence]
    return claim.model_copy(update={"evidence": spans})


def _is_in(offset: int, evidence: Iterable[Span]) -> bool:
    return any(span.start <= offset < span.end for span in evidence)


def _is_rough(analysis: Analysis, start: int) -> bool:
    return bool(HEDGED.search(analysis.article.text[max(0, start - 24) : start]))
