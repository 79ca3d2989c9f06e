"""What kind of thing each name is: the tagger's word, the reader's vote, one kind a name in the article.

The reader only votes: its places are worse than the tagger's, and no name is added or dropped for it.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import accumulate, islice
from typing import TYPE_CHECKING

from summarizer.analysis import tagger
from summarizer.analysis.name_spans import KINDS, Name, likeliest
from summarizer.analysis.words import Token
from summarizer.article import Article

if TYPE_CHECKING:
    from summarizer.reader import Name as Heard
    from summarizer.reader import Reader

_VOTES = 2
"""How much the reader's word on a kind weighs beside the tagger's: the table is in benchmarks/entities/README.md."""

_SHORT = 800
"""Characters, about what the reader takes in at once."""

_MAKING = frozenset("built made manufactured supplied operated".split())

_Words = tuple[str, ...]


def with_kinds(
    found: Sequence[Name],
    sentences: Sequence[Sequence[Token]],
    lexicon: tagger.Lexicon,
    article: Article,
    reader: Reader | None,
) -> Iterator[Name]:
    """`found`, each with the kind that its name has throughout the article."""
    heard = [*_heard(article, {name.sentence for name in found}, reader)] if reader and found else []
    return _consistent([*_makers(_voted(found, heard), sentences, lexicon)])


def _heard(article: Article, named: set[int], reader: Reader) -> Iterator[Heard]:
    """What the reader takes for names in the `named` sentences, as places of the article.

    They are read as one text: of a sentence alone the reader knows less. A short article is read whole for that.
    """
    short = len(article.text) < _SHORT
    some = [sentence for number, sentence in enumerate(article.sentences, 1) if short or number in named]
    starts = [*accumulate((len(sentence.text) + 1 for sentence in some), initial=0)]
    for name in reader.names(" ".join(sentence.text for sentence in some)) if some else ():
        at = bisect_right(starts, name.start) - 1
        moved = some[at].start - starts[at]
        yield replace(name, start=name.start + moved, end=name.end + moved)


def _voted(found: Sequence[Name], heard: Sequence[Heard]) -> Iterator[Name]:
    """`found` with the votes of the reader on their kinds: its probability, twice, for the part it covers."""
    at = 0
    for name in found:
        while at < len(heard) and heard[at].end <= name.start:
            at += 1
        votes: dict[str, float] = defaultdict(float)
        for other in islice(heard, at, None):
            if other.start >= name.end:
                break
            shared = min(other.end, name.end) - max(other.start, name.start)
            votes[other.type] += _VOTES * other.probability * shared / (name.end - name.start)
        total = 1.0 + sum(votes.values())
        kinds = {kind: (value + votes[kind]) / total for kind, value in name.kinds.items()}
        yield name if name.kind == "nationality" else replace(name, kinds=kinds)


def _makers(names: Iterable[Name], sentences: Sequence[Sequence[Token]], lexicon: tagger.Lexicon) -> Iterator[Name]:
    """`names`, where those that make things are bodies: "The rockets were built by Northrop, Vulcan and Draper."

    Only lone words that are nobody's given name: "a cake made by Maria" tells of a person.
    """
    last = (0, -1)  # the sentence and the token where the last maker ends
    for name in names:
        lone = len(name.words) == 1 and not name.titles
        if lone and "f" not in lexicon.names.get(name.words[0].lower(), "").lower() and _makes(name, sentences, last):
            last = (name.sentence, name.last)
            body = {"organisation": name.kinds["organisation"] + name.kinds["person"], "person": 0.0}
            yield replace(name, kinds={**name.kinds, **body})
        else:
            yield name


def _makes(name: Name, sentences: Sequence[Sequence[Token]], last: tuple[int, int]) -> bool:
    """Whether "built by" stands before the name, or it is next in the list of makers that ends at `last`."""
    row = sentences[name.sentence - 1]
    before = [token.text.lower() for token in row[max(0, name.first - 2) : name.first]]
    between = {token.text.lower() for token in row[last[1] + 1 : name.first]} if last[0] == name.sentence else {""}
    return (before[-1:] == ["by"] and not _MAKING.isdisjoint(before[:-1])) or between <= {",", "and"}


def _consistent(names: Sequence[Name]) -> Iterator[Name]:
    """One kind a name in the document: the evidence of all its places is added up.

    A person's full name also speaks for the lone last word of it, as "Putin" after "Vladimir Putin".
    """
    votes: dict[_Words, dict[str, float]] = {}
    for name in names:
        vote = votes.setdefault(name.words, dict.fromkeys(KINDS.values(), 0.0))
        for kind, value in name.kinds.items():
            vote[kind] += value
    for words, vote in list(votes.items()):
        if len(words) > 1 and words[-1:] in votes and likeliest(vote) == "person":
            votes[words[-1:]]["person"] += vote["person"]
    for name in names:
        total = sum(votes[name.words].values())
        kinds = {kind: value / total for kind, value in votes[name.words].items()}
        yield name if name.kind == "nationality" else replace(name, kinds=kinds)
