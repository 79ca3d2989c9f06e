"""The names of an article, each at its exact place, with the probabilities of its types."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice, takewhile
from typing import Protocol

from summarizer.analysis import name_words, tagger
from summarizer.analysis.tagger_features import features
from summarizer.analysis.tokens import Token, tokens
from summarizer.article import Article

KINDS = {"p": "person", "o": "organisation", "l": "place", "x": "other", "n": "nationality"}

_UNNAMED = 0.55
"""A capitalised word that is outside of names with less than this probability is taken for a name all the same."""

_DOUBTFUL = 0.35
"""A name of one place only, cut out with less than this probability, is dropped: it is more often wrong than right."""

_VOTES = 2
"""How much the reader's word on a type weighs beside the tagger's: typed F1 of wikigold and GUM is .757 and .632 without
it, .774 and .644 at a half, .790 and .662 at 1, .799 and .671 at 2, .798 and .675 at 4; the reader alone has .657 and
.555. Names that it alone finds were tried too: at any threshold they cost GUM .003 to .005 and gave wikigold nothing."""

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


@dataclass(frozen=True, slots=True)
class Name:
    """One name at `article.text[start:end]`. `kinds` are the probabilities of its kinds and sum to 1.

    `first` and `last` (inclusive) are its tokens within the sentence; `titles` are the title words directly before it,
    which begin at `titled_start`.
    """

    sentence: int
    start: int
    end: int
    text: str
    first: int
    last: int
    words: tuple[str, ...]
    kinds: Mapping[str, float]
    titles: tuple[str, ...] = ()
    titled_start: int = -1

    @property
    def kind(self) -> str:
        """The likeliest kind."""
        return max(self.kinds, key=lambda kind: self.kinds[kind])

    @property
    def certainty(self) -> float:
        """The probability of the likeliest kind."""
        return max(self.kinds.values())


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
        place = _Place(article, number, sentence)
        tagged = tagger.tag(rows, model)
        for first, last in _stretches(_bolder(sentence, tagged)):
            named = place.names(first, last, tagged.chances)
            for name in named:
                chance[name.words] = max(chance[name.words], _chance(tagged.chances, first, last))
            found += named
    found = _with_headlines(article, sentences, found)
    found = _with_repeats(article, sentences, found)
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
        for other in takewhile(lambda other, end=name.end: other.start < end, islice(heard, at, None)):
            shared = min(other.end, name.end) - max(other.start, name.start)
            votes[other.type] += _VOTES * other.probability * shared / (name.end - name.start)
        total = 1.0 + sum(votes.values())
        kinds = {kind: (value + votes[kind]) / total for kind, value in name.kinds.items()}
        voted.append(name if name.kind == "nationality" else replace(name, kinds=kinds))
    return voted


def _bolder(sentence: Sequence[Token], tagged: tagger.Tagged) -> list[str]:
    """The labels of the best path, and names where the path has none but one is about as likely as not.

    The best path splits the chance of a name among its types; a reader would rather see the name, its type unsure.
    Only capitals between lower-case words or behind a title count: elsewhere a capital may have other reasons.
    """
    labels = list(tagged.labels)
    at = 1
    while at < len(sentence) - 1:
        end = at
        while end < len(sentence) - 1 and labels[end] == "O" and tagged.chances[end].get("O", 0.0) < _UNNAMED:
            end += 1
        first = at
        while first < end and sentence[first].text.lower() in name_words.TITLES:
            first += 1
        if first < end and _stands_alone(sentence, first, end):
            kinds = _kinds(tagged.chances[first:end])
            code = max("pol", key=lambda code: kinds[KINDS[code]])
            if kinds[KINDS[code]] > kinds["other"]:
                labels[first:end] = ["B" + code, *["I" + code] * (end - first - 1)]
        at = max(end, at + 1)
    return labels


def _stands_alone(sentence: Sequence[Token], first: int, end: int) -> bool:
    """Whether the tokens from `first` to before `end` are capitals with words of the sentence on both sides."""
    before, after = sentence[first - 1].text, sentence[end].text
    capitals = all(token.text[0].isupper() for token in sentence[first:end])
    opened = before.islower() or before in {"'s", "’s"} or before.lower() in name_words.TITLES
    return capitals and after.islower() and opened


def _stretches(labels: Sequence[str]) -> Iterable[tuple[int, int]]:
    """First and last token of each name."""
    first = -1
    for n, label in enumerate([*labels, "O"]):
        if first >= 0 and label[0] != "I":
            yield first, n - 1
            first = -1
        if label[0] == "B":
            first = n


def _is_marked(name: Name, sentence: Sequence[Token]) -> bool:
    """Whether more than capitals speaks for a name: a title before it, a sign or figure in it, a role behind it."""
    following = sentence[name.last + 1].text if name.last + 1 < len(sentence) else ""
    signed = "&" in name.words or (len(name.words) > 1 and name.words[-1].isdecimal())
    return bool(name.titles) or signed or following in name_words.PERSON_ROLES


def _chance(chances: Sequence[Mapping[str, float]], first: int, last: int) -> float:
    """About how likely a name of whatever kind begins at `first`, goes on to `last` and ends there."""
    begins = sum(value for label, value in chances[first].items() if label[0] == "B")
    inside = min(1.0 - chance.get("O", 0.0) for chance in chances[first : last + 1])
    following = chances[last + 1] if last + 1 < len(chances) else {}
    return begins * inside * (1.0 - sum(value for label, value in following.items() if label[0] == "I"))


def _kinds(chances: Sequence[Mapping[str, float]]) -> dict[str, float]:
    """The probabilities of the kinds of a name, given that it is one: the mean over its tokens."""
    total = dict.fromkeys(KINDS.values(), 0.0)
    for chance in chances:
        for label, value in chance.items():
            if label != "O":
                total[KINDS[label[1]]] += value
    whole = sum(total.values()) or 1.0
    return {kind: value / whole for kind, value in total.items()}


@dataclass(frozen=True, slots=True)
class _Place:
    """One sentence of an article, in which token ranges become names."""

    article: Article
    number: int
    tokens: Sequence[Token]

    def names(self, first: int, last: int, chances: Sequence[Mapping[str, float]]) -> list[Name]:
        """What the tagged range `first` to `last` holds: one name, two where something parts them, or none."""
        kinds = _kinds(chances[first : last + 1])
        for n in range(first + 1, last):
            if self._parts(n, last):
                body = _kinds(chances[first:n])
                person = {kind: float(kind == "person") for kind in kinds}
                return [*self._trimmed(first, n - 1, body), *self._trimmed(n + 1, last, person)]
            if self._is_joint(n, first, last):
                left, right = _kinds(chances[first:n]), _kinds(chances[n + 1 : last + 1])
                if self.tokens[n].text == "in":
                    right = {kind: float(kind == "place") for kind in kinds}
                return [*self._trimmed(first, n - 1, left), *self._trimmed(n + 1, last, right)]
        return self._trimmed(first, last, kinds)

    def name(self, first: int, last: int, kinds: Mapping[str, float]) -> Name:
        """The name made of the tokens `first` to `last`."""
        start, end = self.tokens[first].start, self.tokens[last].end
        words = tuple(token.text for token in self.tokens[first : last + 1])
        titles, titled_start = _titles_before(self.tokens, first)
        text = self.article.text[start:end]
        return Name(self.number, start, end, text, first, last, words, kinds, titles, titled_start)

    def _parts(self, n: int, last: int) -> bool:
        """Whether token n is an office between a body and a person: "Navy Admiral Kim Myong Sik"."""
        word = self.tokens[n].text
        if not word[0].isupper() or word.lower() in {"chief", "general", "major"}:
            return False
        office = word.lower() in name_words.OFFICES or word.lower().removesuffix("s") in name_words.OFFICES
        rest = [token.text for token in self.tokens[n + 1 : last + 1]]
        return office and all(word[0].isupper() or word in "-’'" for word in rest) and not _is_head(rest[-1])

    def _is_joint(self, n: int, first: int, last: int) -> bool:
        """Whether token n parts two names: "Sorbonne in Paris", "Fuse's Best of 2007", "and" between bodies."""
        word, before, after = self.tokens[n].text, self.tokens[n - 1].text, self.tokens[n + 1].text
        if not after[0].isupper() or (first and self.tokens[first - 1].text in _OPENING):
            return False
        if word == "in":
            return before[0].isupper()
        if word in {"'s", "’s"}:
            return before.lower() not in name_words.POSSESSORS and before[0].isupper()
        ends = self.tokens[n - 1].text.lower(), self.tokens[last].text.lower()
        return word == "and" and all(end in name_words.ORGANISATION_HEADS for end in ends)

    def _is_office(self, n: int) -> bool:
        """Whether a lone word only says what somebody is: "Mr", "the President", "Navy" before "Admiral"."""
        word = self.tokens[n].text.lower()
        following = self.tokens[n + 1].text.lower() if n + 1 < len(self.tokens) else ""
        if word in name_words.ROLE_MODIFIERS and following in name_words.OFFICES:
            return True
        plain = n == 0 or self.tokens[n - 1].text.lower() in name_words.DETERMINERS
        return word in name_words.NO_ROLES or (plain and word in name_words.PERSON_ROLES)

    def _trimmed(self, first: int, last: int, kinds: Mapping[str, float]) -> list[Name]:
        """The name without the titles before it, a leading "the", or what cannot end a name."""
        tokens = self.tokens
        person = max(kinds, key=lambda kind: kinds[kind]) == "person"
        while first < last and (tokens[first].text == "the" or (person and _is_title(tokens, first, last))):
            first += 1
            if tokens[first].text == "." and first < last:
                first += 1
        if person:
            last = next((n - 1 for n in range(first + 1, last + 1) if tokens[n].text in _NOT_IN_PERSONS), last)
            while last > first and tokens[last].text[0].isdigit():
                last -= 1
        last = _unopened(tokens, first, last)
        while first <= last and tokens[last].text in _NO_END:
            last -= 1
        words = [token.text.lower() for token in tokens[first : last + 1]]
        if not any(word[0].isalnum() for word in words) or (len(words) == 1 and self._is_office(first)):
            return []
        if name_words.is_nationality(words):
            kinds = {kind: float(kind == "nationality") for kind in kinds}
        elif "&" in words:
            kinds = _without_person(kinds)
        return [self.name(first, last, kinds)]


_OPENING = frozenset("“\"‘'«„")
_CLOSING = {"(": ")", "[": "]", "“": "”", '"': '"', "„": "“", "«": "»"}


def _unopened(tokens: Sequence[Token], first: int, last: int) -> int:
    """The last token of a name without a bracket or quotation mark that it opens and does not close."""
    opened: list[tuple[int, str]] = []
    for n in range(first + 1, last + 1):
        text = tokens[n].text
        if opened and text == opened[-1][1]:
            opened.pop()
        elif text in _CLOSING:
            opened.append((n, _CLOSING[text]))
    return opened[0][0] - 1 if opened else last


def _without_person(kinds: Mapping[str, float]) -> dict[str, float]:
    """Two surnames and an ampersand are a firm."""
    return {**kinds, "organisation": kinds["organisation"] + kinds["person"], "person": 0.0}


_NOT_IN_PERSONS = name_words.PREPOSITIONS - {"of", "and"}
_NO_END = frozenset({"-", "–", ",", "'", "’", "(", '"', "“", "‘", "'s", "’s", "&", ":", ";"})


def _is_head(word: str) -> bool:
    return word.lower() in name_words.ORGANISATION_HEADS | name_words.PLACE_HEADS | name_words.EVENT_HEADS


def _is_title(tokens: Sequence[Token], first: int, last: int) -> bool:
    word = tokens[first].text
    rest = tokens[first + 1 : last + 1]
    numbered = all(token.text.isupper() and set(token.text) <= set("IVX.") for token in rest)
    return word[0].isupper() and word.lower() in name_words.TITLES and not numbered


def _titles_before(sentence: Sequence[Token], first: int) -> tuple[tuple[str, ...], int]:
    """The capitalised title words directly before a name, in order, and where they begin."""
    found: list[str] = []
    at, start = first - 1, sentence[first].start
    while at >= 0:
        word = sentence[at].text
        if word == "." and at and sentence[at - 1].text.lower() in name_words.TITLES:
            at -= 1
            continue
        if not word[0].isupper() or word.lower() not in name_words.TITLES:
            break
        found.append(word)
        start = sentence[at].start
        at -= 1
    return tuple(reversed(found)), start


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
        read += _known_in(_Place(article, number, sentences[number - 1]), known, lengths)
    taken = {(name.sentence, n) for name in read for n in range(name.first, name.last + 1)}
    kept = [n for n in found if taken.isdisjoint((n.sentence, k) for k in range(n.first, n.last + 1))]
    return sorted([*kept, *read], key=lambda name: name.start)


def _is_loud(sentence: Sequence[Token]) -> bool:
    words = [token.text for token in sentence if token.text[0].isalpha()]
    return len(words) > 2 and all(word.upper() == word for word in words)


def _known_in(
    place: _Place, known: Mapping[tuple[str, ...], Mapping[str, float]], lengths: Mapping[str, set[int]]
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
        place = _Place(article, number, sentence)
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
