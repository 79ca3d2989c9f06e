"""The names of an article, each at its exact place, with the probabilities of its types."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from typing import Protocol

from summarizer.analysis import name_words, tagger
from summarizer.analysis.name_spans import KINDS, Name, Place
from summarizer.analysis.tagger_features import features
from summarizer.analysis.words import Token, tokens
from summarizer.article import Article

_DOUBTFUL = 0.35
"""A name of one place only, cut out with less than this probability, is dropped: it is more often wrong than right."""

_VOTES = 2
"""How much the reader's word on a type weighs beside the tagger's: the table is in benchmarks/entities/README.md."""

_REPEATS = 2
"""How often a one-word name must be tagged before its untagged repeats are believed to be names as well."""


class Heard(Protocol):
    """A name at `text[start:end]` as the learned reader hears it, `summarizer.reader.Name`."""

    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...
    @property
    def type(self) -> str: ...
    @property
    def probability(self) -> float: ...


@dataclass(frozen=True)
class Names:
    """The names of an article in order, and the tokens of its sentences."""

    article: Article
    sentences: tuple[Sequence[Token], ...]
    names: tuple[Name, ...]


def find_names(article: Article, heard: Sequence[Heard] = ()) -> Names:
    """The names of `article`, nationalities included, one type a name throughout. Linear in the length of the text.

    Args:
        article: the article.
        heard: what the learned reader takes for names in `article.text`, in order; benchmarks/entities says what it
            adds.

    """
    model = tagger.load()
    sentences = tuple(tokens(sentence.text, sentence.start) for sentence in article.sentences)
    found: list[Name] = []
    chance: dict[tuple[str, ...], float] = defaultdict(float)
    for number, (sentence, rows) in enumerate(zip(sentences, features(sentences, model.lexicon), strict=True), 1):
        place = Place(article, number, sentence)
        tagged = tagger.tag(rows, model)
        for first, last in _stretches(sentence, tagged.labels):
            named = place.names(first, last, tagged.chances)
            for name in named if len(named) == 1 else ():
                chance[name.words] = max(chance[name.words], _chance(tagged.chances, first, last))
            found += named
    found = _with_headlines(article, sentences, found)
    found = _with_repeats(article, sentences, _with_written_small(article, sentences, found))
    found = _typed(found, heard)
    times = Counter(name.words for name in found)
    found = [
        name
        for name in found
        if times[name.words] > 1
        or _is_marked(name, sentences[name.sentence - 1])
        or chance.get(name.words, 1.0) >= _DOUBTFUL
    ]
    return Names(article, sentences, tuple(_consistent(found)))


def _typed(found: Sequence[Name], heard: Sequence[Heard]) -> list[Name]:
    """`found` with the votes of the learned reader on their kinds: its probability, twice, for the part it covers.

    It only votes: its places are worse than the tagger's, and no name is added or dropped for it.
    """
    voted: list[Name] = []
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
        voted.append(name if name.kind == "nationality" else replace(name, kinds=kinds))
    return voted


def _stretches(sentence: Sequence[Token], labels: Sequence[str]) -> Iterable[tuple[int, int]]:
    """First and last token of each name; one that ends in an initial goes on: "K." and "Lind"."""
    first = -1
    for n, label in enumerate([*labels, "O"]):
        goes_on = label[0] == "I" or (label[0] == "B" and n > 0 and _is_initial(sentence[n - 1].text))
        if first >= 0 and not goes_on:
            yield first, n - 1
            first = -1
        if label[0] == "B" and first < 0:
            first = n


def _is_initial(word: str) -> bool:
    return len(word) == 2 and word[0].isupper() and word[1] == "."


def _is_marked(name: Name, sentence: Sequence[Token]) -> bool:
    """Whether more than capitals speaks for a name: a title or role beside it, a sign or figure in it."""
    following = sentence[name.last + 1].text if name.last + 1 < len(sentence) else ""
    before = sentence[name.first - 1].text.lower() if name.first else ""
    signed = "&" in name.words or (len(name.words) > 1 and name.words[-1].isdecimal())
    described = name.kind == "person" and name_words.is_person_role(before)
    return bool(name.titles) or signed or described or name_words.is_person_role(following)


def _chance(chances: Sequence[Mapping[str, float]], first: int, last: int) -> float:
    """About how likely a name of whatever kind begins at `first`, goes on to `last` and ends there."""
    begins = sum(value for label, value in chances[first].items() if label[0] == "B")
    inside = min(1.0 - chance.get("O", 0.0) for chance in chances[first : last + 1])
    following = chances[last + 1] if last + 1 < len(chances) else {}
    return begins * inside * (1.0 - sum(value for label, value in following.items() if label[0] == "I"))


def _with_headlines(article: Article, sentences: Sequence[Sequence[Token]], found: Sequence[Name]) -> list[Name]:
    """`found`, with the names of sentences all in capitals read by what the other sentences name.

    Capitals hide where a name begins and ends; "KIM JONG UN ARRIVES" is clear once the text says "Kim Jong Un".
    """
    loud = {number for number, sentence in enumerate(sentences, 1) if _is_loud(sentence)}
    if not loud:
        return list(found)
    known = {
        tuple(word.upper() for word in name.words): name.kinds for name in reversed(found) if name.sentence not in loud
    }
    lengths: dict[str, set[int]] = defaultdict(set)
    for words in known:
        lengths[words[0]].add(len(words))
    read: list[Name] = []
    for number in sorted(loud):
        read += _known_in(Place(article, number, sentences[number - 1]), known, lengths)
    taken = {(name.sentence, n) for name in read for n in range(name.first, name.last + 1)}
    kept = [n for n in found if taken.isdisjoint((n.sentence, k) for k in range(n.first, n.last + 1))]
    return sorted([*kept, *read], key=lambda name: name.start)


def _is_loud(sentence: Sequence[Token]) -> bool:
    words = [token.text for token in sentence if token.text[0].isalpha()]
    return len(words) > 2 and all(word.upper() == word for word in words)


def _known_in(
    place: Place, known: Mapping[tuple[str, ...], Mapping[str, float]], lengths: Mapping[str, set[int]]
) -> Iterable[Name]:
    """The names in `known` (upper case) that stand in a sentence, the longest first."""
    words = [token.text.upper() for token in place.tokens]
    at = 0
    while at < len(words):
        fitting = [n for n in lengths.get(words[at], ()) if tuple(words[at : at + n]) in known]
        if fitting:
            length = max(fitting)
            yield place.name(at, at + length - 1, known[tuple(words[at : at + length])])
            at += length
        else:
            at += 1


def _with_repeats(article: Article, sentences: Sequence[Sequence[Token]], found: Sequence[Name]) -> list[Name]:
    """`found` and the untagged places where a name found elsewhere stands word by word."""
    trusted = _trusted(found)
    lengths: dict[str, set[int]] = defaultdict(set)
    for words in trusted:
        lengths[words[0]].add(len(words))
    taken = {(name.sentence, n) for name in found for n in range(name.first, name.last + 1)}
    added: list[Name] = []
    for number, sentence in enumerate(sentences, 1):
        place = Place(article, number, sentence)
        for n, token in enumerate(sentence):
            for length in sorted(lengths.get(token.text, ()), reverse=True):
                words = tuple(other.text for other in sentence[n : n + length])
                places = {(number, k) for k in range(n, n + length)}
                if (
                    len(words) == length
                    and words in trusted
                    and taken.isdisjoint(places)
                    and _ends(sentence, n + length)
                ):
                    taken |= places
                    added.append(place.name(n, n + length - 1, trusted[words]))
                    break
    return sorted([*found, *added], key=lambda name: name.start)


def _trusted(found: Sequence[Name]) -> dict[tuple[str, ...], Mapping[str, float]]:
    """Names whose untagged repeats are believed, with their kinds: long ones, those tagged twice, persons' surnames."""
    known: dict[tuple[str, ...], list[Name]] = defaultdict(list)
    for name in found:
        if name.kind != "nationality":
            known[name.words].append(name)
    trusted = {words: group[0].kinds for words, group in known.items() if len(words) > 1 or len(group) >= _REPEATS}
    for words, group in known.items():
        if len(words) > 1 and group[0].kind == "person" and words[-1][0].isupper():
            trusted.setdefault(words[-1:], group[0].kinds)
    return {words: kinds for words, kinds in trusted.items() if words[0][0].isupper()}


def _with_written_small(article: Article, sentences: Sequence[Sequence[Token]], found: Sequence[Name]) -> list[Name]:
    """`found` and the names that begin with a small letter: eBay, the iPhone, bell hooks.

    A word with a capital inside is the name of a product behind an article or an adjective, else of a body.
    """
    taken = {(name.sentence, n) for name in found for n in range(name.first, name.last + 1)}
    added: list[Name] = []
    for number, sentence in enumerate(sentences, 1):
        place = Place(article, number, sentence)
        for n, token in enumerate(sentence):
            if (number, n) in taken or not token.text[0].islower():
                continue
            length = _length_of_small_name(sentence, n)
            if length:
                added.append(place.name(n, n + length - 1, _certain("person")))
            elif _INNER_CAPITAL.fullmatch(token.text) and not token.glued:
                thing = n > 0 and sentence[n - 1].text.lower() in _BEFORE_THINGS
                added.append(place.name(n, n, _certain("other" if thing else "organisation")))
    return sorted([*found, *added], key=lambda name: name.start)


_INNER_CAPITAL = re.compile(r"[a-z]{1,2}[A-Z][A-Za-z]{2,20}|[a-z]{1,2}[A-Z]{2}[a-z]\w{0,20}")
_BEFORE_THINGS = name_words.DETERMINERS | {"new", "old", "first", "her", "your", "latest", "used", "every", "each"}


def _length_of_small_name(sentence: Sequence[Token], at: int) -> int:
    """How many tokens from `at` on spell a known name that is written small, 0 for none."""
    for words in name_words.WRITTEN_SMALL:
        if sentence[at].text == words[0] and words == tuple(token.text for token in sentence[at : at + len(words)]):
            return len(words)
    return 0


def _certain(kind: str) -> dict[str, float]:
    return {other: 0.9 if other == kind else 0.025 for other in KINDS.values()}


def _ends(sentence: Sequence[Token], end: int) -> bool:
    """Whether a name can end before token `end`: a capital or a glued hyphen there would make it longer."""
    if end >= len(sentence):
        return True
    following = sentence[end]
    return not (following.text[0].isupper() or (following.text == "-" and following.glued))


def _consistent(names: Sequence[Name]) -> list[Name]:
    """One kind a name in the document: the evidence of all its places is added up.

    A person's full name also speaks for the lone last word of it, as "Putin" after "Vladimir Putin".
    """
    votes: dict[tuple[str, ...], dict[str, float]] = {}
    for name in names:
        vote = votes.setdefault(name.words, dict.fromkeys(KINDS.values(), 0.0))
        for kind, value in name.kinds.items():
            vote[kind] += value
    for words, vote in list(votes.items()):
        last = words[-1:]
        if len(words) > 1 and last in votes and max(vote, key=lambda kind: vote[kind]) == "person":
            votes[last]["person"] += vote["person"]
    return [_settled(name, votes[name.words]) for name in names]


def _settled(name: Name, votes: Mapping[str, float]) -> Name:
    if name.kind == "nationality":
        return name
    total = sum(votes.values())
    return replace(name, kinds={kind: value / total for kind, value in votes.items()})
