"""Where a name begins and ends within a tagged range: titles, offices, joints and line ends fall off it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from summarizer.analysis import name_words
from summarizer.analysis.units import CURRENCY_BEFORE
from summarizer.analysis.words import Token
from summarizer.article import Article

KINDS = {"p": "person", "o": "organisation", "l": "place", "x": "other", "n": "nationality"}


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


def kinds_of(chances: Sequence[Mapping[str, float]]) -> dict[str, float]:
    """The probabilities of the kinds of a name, given that it is one: the mean over its tokens."""
    total = dict.fromkeys(KINDS.values(), 0.0)
    for chance in chances:
        for label, value in chance.items():
            if label != "O":
                total[KINDS[label[1]]] += value
    whole = sum(total.values()) or 1.0
    return {kind: value / whole for kind, value in total.items()}


@dataclass(frozen=True, slots=True)
class Place:
    """One sentence of an article, in which token ranges become names."""

    article: Article
    number: int
    tokens: Sequence[Token]

    def names(self, first: int, last: int, chances: Sequence[Mapping[str, float]]) -> list[Name]:
        """What the tagged range `first` to `last` holds: one name, more where something parts them, or none."""
        pieces = self._pieces(first, last, kinds_of(chances[first : last + 1]))
        return [name for begin, end in pieces for name in self._names(begin, end, chances)]

    def _pieces(self, first: int, last: int, kinds: Mapping[str, float]) -> Iterable[tuple[int, int]]:
        """Ranges between what no name runs over: a line end of a heading or list, a full stop, a verb."""
        person = max(kinds, key=lambda kind: kinds[kind]) == "person"
        begin = first
        for n in range(first + 1, last + 1):
            if self._is_new_line(n):
                yield begin, n - 1
                begin = n
            elif n < last and n > begin and (self._is_full_stop(n) or self._is_foreign(n, person)):
                yield begin, n - 1
                begin = n + 1
        yield begin, last

    def _is_new_line(self, n: int) -> bool:
        """Whether token n begins a line that nobody wrapped: in a list, or among headings."""
        gap = self.article.text[self.tokens[n - 1].end : self.tokens[n].start]
        if "\n" not in gap:
            return False
        line = self.article.text[max(0, self.tokens[n - 1].end - _NARROW) : self.tokens[n - 1].end]
        long_words = [token.text for token in self.tokens if len(token.text) > 3 and token.text[0].isalpha()]
        return "\n" in line or 10 * sum(word[0].isupper() for word in long_words) >= 8 * len(long_words)

    def _is_full_stop(self, n: int) -> bool:
        """Whether token n parts two sentences or phrases: "said Joe Marsh. Casey Flynn added"; not "St. Louis"."""
        before, after = self.tokens[n - 1].text.lower(), self.tokens[n + 1].text.lower()
        if self.tokens[n].text in {"–", "—"}:
            return not self.tokens[n].glued
        if before in name_words.COMPANY_ENDINGS:
            return self.tokens[n].text == "." and after not in name_words.COMPANY_ENDINGS
        return self.tokens[n].text == "." and len(before) > 4 and before not in name_words.TITLES

    def _is_foreign(self, n: int, person: bool) -> bool:
        """Whether token n is a small word that cannot be inside: "Vestbank praised Halden"."""
        word = self.tokens[n].text
        if not word.isalpha() or not word.islower() or self.tokens[n].glued:
            return False
        if word in name_words.PARTICLES | name_words.SMALL_WORDS:
            return False
        return person or word in name_words.CLAUSE_WORDS or word.endswith("ed")

    def _names(self, first: int, last: int, chances: Sequence[Mapping[str, float]]) -> list[Name]:
        kinds = kinds_of(chances[first : last + 1])
        described = self._described(first, last)
        if described:
            rest = described + 1
            while rest < last and self.tokens[rest].text in _BEFORE_A_NAME:
                rest += 1
            others = self._trimmed(rest, last, kinds_of(chances[rest : last + 1])) if rest <= last else []
            return [*self._trimmed(first + 1, described, _PERSON), *others]
        for n in range(first + 1, last):
            if self._parts(n, last):
                body = kinds_of(chances[first:n])
                return [*self._trimmed(first, n - 1, body), *self._trimmed(n + 1, last, _PERSON)]
            if self._is_joint(n, first, last):
                left, right = kinds_of(chances[first:n]), kinds_of(chances[n + 1 : last + 1])
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

    def _described(self, first: int, last: int) -> int:
        """The last token of a person's name behind the role that opens its sentence: "Economist Lars Ek of"; else 0."""
        tokens = self.tokens
        opens = all(not token.text[0].isalnum() for token in tokens[:first])
        if not opens or last == first or not name_words.is_person_role(tokens[first].text.lower()):
            return 0
        end = first + 1
        while end <= last and tokens[end].text[0].isupper() and tokens[end].text.isalpha():
            end += 1
        is_name = 1 <= end - first - 1 <= 3 and tokens[end - 1].text.lower() not in name_words.ORGANISATION_HEADS
        return end - 1 if is_name and tokens[first].text.lower() not in name_words.TITLES else 0

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

    def _opens_with_initials(self, first: int, last: int) -> bool:
        """K. Lind, J. R. Holm; not J. Sainsbury plc."""
        words = [token.text for token in self.tokens[first : last + 1]]
        initials = sum(len(word) == 2 and word[1] == "." for word in words)
        return 1 <= initials == len(words) - 1 and words[-1].isalpha() and not _is_head(words[-1])

    def _is_imperative(self, n: int) -> bool:
        """Whether a lone word opens its sentence as a verb does: "Fry the onion"."""
        following = self.tokens[n + 1].text if n + 1 < len(self.tokens) else ""
        opens = all(not token.text[0].isalnum() for token in self.tokens[:n])
        return opens and following in {"the", "a", "an", "your", "some", "it", "them", "each", "all"}

    def _with_second_half(self, last: int) -> int:
        """`last` moved behind the second half of a given name: Park Geun-soo; not behind that of "Obama-era"."""
        tokens = self.tokens
        if last + 2 >= len(tokens) or tokens[last + 1].text != "-":
            return last
        half = tokens[last + 2]
        is_half = tokens[last + 1].glued and half.glued and half.text.islower() and 2 <= len(half.text) <= 6
        return last + 2 if is_half and half.text not in _SUFFIXES and not half.text.endswith("ed") else last

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
        return self._settled(first, last, kinds)

    def _settled(self, first: int, last: int, kinds: Mapping[str, float]) -> list[Name]:
        """The name of a trimmed range, its kind settled by its first and last word; none where the range is no name."""
        words = [token.text.lower() for token in self.tokens[first : last + 1]]
        if not any(word[0].isalnum() for word in words):
            return []
        ending = self.tokens[last].text
        if len(words) == 1 and (self._is_office(first) or ending in CURRENCY_BEFORE or self._is_imperative(first)):
            return []
        if len(words) > 2 and words[-1] in name_words.POST_NOMINALS and ending[1:].isupper():
            last, kinds = last - 1, _PERSON
        elif self._opens_with_initials(first, last):
            kinds = _PERSON
        elif len(words) > 1 and words[-1] in name_words.COMPANY_ENDINGS:
            kinds = _ORGANISATION
        elif name_words.is_nationality(words):
            kinds = {kind: float(kind == "nationality") for kind in kinds}
        elif "&" in words:
            kinds = _without_person(kinds)
        person = max(kinds, key=lambda kind: kinds[kind]) == "person"
        return [self.name(first, self._with_second_half(last) if person else last, kinds)]


_PERSON = {kind: float(kind == "person") for kind in KINDS.values()}
_ORGANISATION = {kind: float(kind == "organisation") for kind in KINDS.values()}
_BEFORE_A_NAME = frozenset({"of", "the", "at", "from", "for", "in", "and", ","})
_NARROW = 45
_SUFFIXES = frozenset({"led", "born", "era", "like", "run", "made", "wide", "area", "style", "esque", "free", "only"})
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
