"""The names of an article, each at its exact place, with the probabilities of its types."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from summarizer.analysis import name_words, tagger
from summarizer.analysis.name_kinds import with_kinds
from summarizer.analysis.name_spans import HEADS, Name, Place, certain
from summarizer.analysis.tagger_features import features
from summarizer.analysis.words import Token, tokens
from summarizer.article import Article

if TYPE_CHECKING:
    from summarizer.reader import Reader

_DOUBTFUL = 0.35
"""A name of one place only, cut out with less than this probability, is dropped: it is more often wrong than right."""

_REPEATS = 2
"""How often a one-word name must be tagged before its untagged repeats are believed to be names as well."""

_BELONGING = frozenset({"of", "for", "from", "at"})
_INNER_CAPITAL = re.compile(r"[a-z]{1,2}[A-Z][A-Za-z]{2,20}|[a-z]{1,2}[A-Z]{2}[a-z]\w{0,20}")
_BEFORE_THINGS = name_words.DETERMINERS | set("new old first her your latest used every each".split())

_Words = tuple[str, ...]
_Kinds = Mapping[str, float]


@dataclass(frozen=True)
class Names:
    """The names of an article in order, and the tokens of its sentences."""

    article: Article
    sentences: tuple[Sequence[Token], ...]
    names: tuple[Name, ...]

    def beside(self, name: Name) -> tuple[str, str]:
        """The tokens before and behind a name in its sentence; full stops at its ends."""
        row = ["."] + [token.text for token in self.sentences[name.sentence - 1]] + ["."]
        return row[name.first], row[name.last + 2]


def find_names(article: Article, reader: Reader | None = None) -> Names:
    """The names of `article`, nationalities included, one type a name throughout. Linear in the length of the text.

    Args:
        article: the article.
        reader: has a vote on what kind of thing a name is; benchmarks/entities tells what it adds.

    """
    model = tagger.load()
    sentences = tuple(tokens(sentence.text, sentence.start) for sentence in article.sentences)
    places = [Place(article, number, sentence) for number, sentence in enumerate(sentences, 1)]
    found: list[Name] = []
    for place, tagged in zip(places, tagger.tag(features(sentences, model.lexicon), model), strict=True):
        found += _tagged(place, tagged, model.lexicon)
    found = _with_headlines(places, found)
    found = _with(found, _written_small(places))
    found = _with(found, _repeats(places, found))
    times = Counter(name.words for name in found)
    kept = [name for name in found if times[name.words] > 1 or name.titles or name.chance >= _DOUBTFUL]
    return Names(article, sentences, tuple(with_kinds(kept, sentences, model.lexicon, article, reader)))


def _tagged(place: Place, tagged: tagger.Tagged, lexicon: tagger.Lexicon) -> Iterator[Name]:
    """The names of a sentence, by where the labels say that they begin and go on."""
    first = -1
    for n, label in enumerate([*tagged.labels, "O"]):
        if first >= 0 and label[0] != "I":
            whole = place.names(first, n - 1, tagged.chances)
            named = [part for name in whole for part in _parted(name, place, lexicon)]
            chance = _chance(tagged.chances, first, n - 1) if len(named) == 1 else 1.0
            yield from (replace(name, chance=chance) for name in named)
            first = -1
        if label[0] == "B":
            first = n


def _parted(name: Name, place: Place, lexicon: tagger.Lexicon) -> Iterator[Name]:
    """The name, or two where it is a person and what he or she is of: "Claudia Mo of Civic Party"."""
    words = [word.lower() for word in name.words]
    at = next((n for n, word in enumerate(words) if word in _BELONGING), 0)
    given = "F" in lexicon.names.get(words[0], "") or words[-1] in name_words.ORGANISATION_HEADS
    if at not in (2, 3) or at + 1 == len(words) or not given or not HEADS.isdisjoint(words[:at]):
        yield name
        return
    body = name.first + at + (2 if words[at + 1] == "the" else 1)
    yield place.name(name.first, name.first + at - 1, certain("person"))
    if body <= name.last:
        yield place.name(body, name.last, name.kinds)


def _chance(chances: Sequence[Mapping[str, float]], first: int, last: int) -> float:
    """About how likely a name of whatever kind begins at `first`, goes on to `last` and ends there."""
    begins = sum(value for label, value in chances[first].items() if label[0] == "B")
    inside = min(1.0 - chance.get("O", 0.0) for chance in chances[first : last + 1])
    following = chances[last + 1] if last + 1 < len(chances) else {}
    return begins * inside * (1.0 - sum(value for label, value in following.items() if label[0] == "I"))


def _taken(names: Sequence[Name]) -> set[tuple[int, int]]:
    return {(name.sentence, n) for name in names for n in range(name.first, name.last + 1)}


def _with(found: Sequence[Name], others: Iterable[Name]) -> list[Name]:
    """`found` and those of `others` that stand elsewhere, in order."""
    taken = _taken(found)
    new = [name for name in others if taken.isdisjoint(_taken([name]))]
    return sorted([*found, *new], key=lambda name: name.start)


def _known_in(
    places: Sequence[Place], known: Mapping[_Words, _Kinds], spelt: Callable[[str], str] = str
) -> Iterator[Name]:
    """Where the `known` names stand, the longest first."""
    lengths: dict[str, set[int]] = defaultdict(set)
    for name in known:
        lengths[name[0]].add(len(name))
    for place in places:
        words = [spelt(token.text) for token in place.tokens]
        at = 0
        while at < len(words):
            here = [tuple(words[at : at + length]) for length in lengths.get(words[at], ())]
            longest = max((name for name in here if name in known), key=len, default=())
            if longest:
                yield place.name(at, at + len(longest) - 1, known[longest])
            at += len(longest) or 1


def _with_headlines(places: Sequence[Place], found: Sequence[Name]) -> list[Name]:
    """`found`, with the names of sentences all in capitals read by what the other sentences name.

    Capitals hide where a name begins and ends; "KIM JONG UN ARRIVES" is clear once the text says "Kim Jong Un".
    """
    loud = [place for place in places if _is_loud(place.tokens)]
    numbers = {place.number for place in loud}
    quiet = (name for name in reversed(found) if name.sentence not in numbers) if loud else ()
    known = {tuple(word.upper() for word in name.words): name.kinds for name in quiet}
    return _with(list(_known_in(loud, known, str.upper)), found)


def _is_loud(sentence: Sequence[Token]) -> bool:
    words = [token.text for token in sentence if token.text[0].isalpha()]
    return len(words) > 2 and all(word.upper() == word for word in words)


def _repeats(places: Sequence[Place], found: Sequence[Name]) -> Iterator[Name]:
    """The places where a name found elsewhere stands word by word, if no capital or hyphen makes it longer there."""
    for name in _known_in(places, _trusted(found)):
        following = next(iter(places[name.sentence - 1].tokens[name.last + 1 : name.last + 2]), None)
        if not following or not (following.text[0].isupper() or (following.text == "-" and following.glued)):
            yield name


def _trusted(found: Sequence[Name]) -> dict[_Words, _Kinds]:
    """Names whose untagged repeats are believed, with their kinds: long ones, those tagged twice, persons' surnames."""
    times = Counter(name.words for name in found)
    trusted: dict[_Words, _Kinds] = {}
    surnames: dict[_Words, _Kinds] = {}
    for name in found:
        if name.kind == "nationality" or not name.words[0][0].isupper():
            continue
        if len(name.words) > 1 or times[name.words] >= _REPEATS:
            trusted.setdefault(name.words, name.kinds)
        if len(name.words) > 1 and name.kind == "person" and name.words[-1][0].isupper():
            surnames.setdefault(name.words[-1:], name.kinds)
    return surnames | trusted


def _written_small(places: Sequence[Place]) -> Iterator[Name]:
    """The names that begin with a small letter: eBay, the iPhone, bell hooks.

    A word with a capital inside is the name of a product behind an article or an adjective, else of a body.
    """
    yield from _known_in(places, dict.fromkeys(name_words.WRITTEN_SMALL, certain("person")))
    for place in places:
        for n, token in enumerate(place.tokens):
            if _INNER_CAPITAL.fullmatch(token.text) and not token.glued:
                thing = n > 0 and place.tokens[n - 1].text.lower() in _BEFORE_THINGS
                yield place.name(n, n, certain("other" if thing else "organisation"))
