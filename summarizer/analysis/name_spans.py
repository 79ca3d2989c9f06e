"""Where a name begins and ends within a tagged range: titles, offices, joints and line ends fall off it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from summarizer.analysis import name_words
from summarizer.analysis.words import Token
from summarizer.article import Article
from summarizer.values.units import CURRENCY_BEFORE

KINDS = {"p": "person", "o": "organisation", "l": "place", "x": "other", "n": "nationality"}
_BEFORE_A_NAME = frozenset({"of", "the", "at", "from", "for", "in", "and", ","})
_NARROW = 45
"""Characters of a line that nobody wrapped."""
_NO_SECOND_HALF = frozenset("led born era like run made wide area style esque free only".split())
_NO_END = frozenset({"-", "–", ",", "'", "’", "(", '"', "“", "‘", "'s", "’s", "&", ":", ";"})
HEADS = name_words.ORGANISATION_HEADS | name_words.PLACE_HEADS | name_words.EVENT_HEADS
_NO_OFFICES = frozenset({"chief", "general", "major"})
_BEHIND_WHAT = frozenset("master officer engineer keeper warden inspector guard manager".split())
_BEHIND_A_VERB = frozenset({"the", "a", "an", "your", "some", "it", "them", "each", "all"})


@dataclass(frozen=True, slots=True)
class Name:
    """One name at `article.text[start:end]`. `kinds` are the probabilities of its kinds and sum to 1.

    `first` and `last` (inclusive) are its tokens within the sentence; `titles` are the title words directly before it,
    which begin at `titled_start`; `chance` is about how likely it is a name at all, by the tagger.
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
    chance: float = 1.0

    @property
    def kind(self) -> str:
        """The likeliest kind."""
        return likeliest(self.kinds)


def likeliest(kinds: Mapping[str, float]) -> str:
    """The kind with the highest probability, the first one on a tie."""
    return max(kinds, key=lambda kind: kinds[kind])


def certain(kind: str) -> dict[str, float]:
    """The probabilities of the kinds of a name that is of `kind` for sure."""
    return {other: float(other == kind) for other in KINDS.values()}


def _kinds_of(chances: Sequence[Mapping[str, float]]) -> dict[str, float]:
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
        whole = _kinds_of(chances[first : last + 1])
        found: list[Name | None] = []
        for begin, end in self._pieces(first, last, person=likeliest(whole) == "person"):
            described = self._described(begin, end)
            office = next((n for n in range(begin + 1, end) if self._parts(n, end)), 0)
            if described:
                rest = described + 1
                while rest < end and self.tokens[rest].text in _BEFORE_A_NAME:
                    rest += 1
                found += [self._trimmed(begin + 1, described, certain("person")), self._trimmed(rest, end, whole)]
            elif office:
                body = _kinds_of(chances[begin:office])
                found += [self._trimmed(begin, office - 1, body), self._trimmed(office + 1, end, certain("person"))]
            else:
                found.append(self._trimmed(begin, end, _kinds_of(chances[begin : end + 1])))
        return [name for name in found if name]

    def name(self, first: int, last: int, kinds: Mapping[str, float]) -> Name:
        """The name made of the tokens `first` to `last`."""
        start, end = self.tokens[first].start, self.tokens[last].end
        words = tuple(token.text for token in self.tokens[first : last + 1])
        titles, titled_start = self._titles_before(first)
        text = self.article.text[start:end]
        return Name(self.number, start, end, text, first, last, words, kinds, titles, titled_start)

    def _pieces(self, first: int, last: int, *, person: bool) -> Iterator[tuple[int, int]]:
        """Ranges between what no name runs over: a line end of a heading or list, a verb."""
        begin = first
        for n in range(first + 1, last + 1):
            if self._is_new_line(n):
                yield begin, n - 1
                begin = n
            elif begin < n < last and self._is_foreign(n, person=person):
                yield begin, n - 1
                begin = n + 1
        yield begin, last

    def _is_new_line(self, n: int) -> bool:
        """Whether token n begins a line that nobody wrapped: in a list, or among headings."""
        text, end = self.article.text, self.tokens[n - 1].end
        if "\n" not in text[end : self.tokens[n].start]:
            return False
        long = [token.text[0].isupper() for token in self.tokens if len(token.text) > 3 and token.text[0].isalpha()]
        return "\n" in text[max(0, end - _NARROW) : end] or 10 * sum(long) >= 8 * len(long)

    def _is_foreign(self, n: int, *, person: bool) -> bool:
        """Whether token n is a small word that cannot be inside: "Vestbank praised Halden"."""
        word = self.tokens[n].text
        if not (word.isalpha() and word.islower()) or self.tokens[n].glued:
            return False
        inside = word in name_words.PARTICLES | name_words.SMALL_WORDS
        return not inside and (person or word in name_words.CLAUSE_WORDS or word.endswith("ed"))

    def _opens_the_sentence(self, n: int) -> bool:
        return not any(token.text[0].isalnum() for token in self.tokens[:n])

    def _described(self, first: int, last: int) -> int:
        """The last token of a person's name behind the role that opens its sentence: "Economist Lars Ek of"; else 0."""
        role = self.tokens[first].text.lower()
        if role in name_words.TITLES or not name_words.is_person_role(role) or not self._opens_the_sentence(first):
            return 0
        end = first
        while end < last and self.tokens[end + 1].text[0].isupper() and self.tokens[end + 1].text.isalpha():
            end += 1
        is_name = 1 <= end - first <= 3 and self.tokens[end].text.lower() not in name_words.ORGANISATION_HEADS
        return end if is_name else 0

    def _parts(self, n: int, last: int) -> bool:
        """Whether token n is an office between a body and a person: "Navy Admiral Kim Myong Sik"."""
        word = self.tokens[n].text
        office = {word.lower(), word.lower().removesuffix("s")} & name_words.OFFICES - _NO_OFFICES
        rest = [token.text for token in self.tokens[n + 1 : last + 1]]
        capitals = word[0].isupper() and all(other[0].isupper() or other in "-’'" for other in rest)
        return bool(office) and capitals and rest[-1].lower() not in HEADS

    def _with_second_half(self, last: int) -> int:
        """`last` moved behind the second half of a given name: Park Geun-soo; not behind that of "Obama-era"."""
        joint, half = [*self.tokens[last + 1 : last + 3], None, None][:2]
        if not joint or not half or joint.text != "-" or not (joint.glued and half.glued):
            return last
        is_half = half.text.islower() and 2 <= len(half.text) <= 6 and not half.text.endswith("ed")
        return last + 2 if is_half and half.text not in _NO_SECOND_HALF else last

    def _is_no_name(self, n: int) -> bool:
        """Whether a lone word is a currency, a verb ("Fry the onion") or only says what somebody is ("the President").

        "Navy" before "Admiral" belongs to the office.
        """
        token = self.tokens[n].text
        word, before = token.lower(), self.tokens[n - 1].text.lower() if n else ""
        following = self.tokens[n + 1].text.lower() if n + 1 < len(self.tokens) else ""
        return (
            token in CURRENCY_BEFORE
            or (following in _BEHIND_A_VERB and self._opens_the_sentence(n))
            or (word in name_words.ROLE_MODIFIERS and following in name_words.OFFICES)
            or word in name_words.NO_ROLES
            or (word in name_words.PERSON_ROLES and (not n or before in name_words.DETERMINERS))
        )

    def _trimmed(self, first: int, last: int, kinds: Mapping[str, float]) -> Name | None:
        """The name without the titles before it, a leading "the", or what cannot end a name; None if none is left."""
        person = likeliest(kinds) == "person"
        while first < last and (self.tokens[first].text in {"the", "."} or (person and self._is_title(first))):
            first += 1
        first += self._trade(first, last) if person else 0
        while last > first and person and self.tokens[last].text[0].isdigit():
            last -= 1
        while first <= last and self.tokens[last].text in _NO_END:
            last -= 1
        words = [token.text for token in self.tokens[first : last + 1]]
        if not any(word[0].isalnum() for word in words) or (len(words) == 1 and self._is_no_name(first)):
            return None
        if len(words) > 2 and words[-1].lower() in name_words.POST_NOMINALS and words[-1][1:].isupper():
            return self.name(first, last - 1, certain("person"))
        kinds = _settled(words, kinds)
        return self.name(first, self._with_second_half(last) if likeliest(kinds) == "person" else last, kinds)

    def _trade(self, first: int, last: int) -> int:
        """How many words before a person's full name say what he or she is: "Boatman Owen Hale", "Harbour Master"."""
        words = [token.text for token in self.tokens[first : last + 1]]
        if not all(word[0].isupper() and word.replace("-", "").isalpha() for word in words):
            return 0
        trades = (word.lower() for word in words[:2])
        is_trade = [name_words.is_person_role(word) or word in name_words.OFFICES for word in trades]
        if len(words) > 3 and words[1].lower() in _BEHIND_WHAT:
            return 2
        return int(len(words) > 2 and is_trade[0])

    def _is_title(self, n: int) -> bool:
        return self.tokens[n].text[0].isupper() and self.tokens[n].text.lower() in name_words.TITLES

    def _titles_before(self, first: int) -> tuple[tuple[str, ...], int]:
        """The capitalised title words directly before a name, in order, and where they begin."""
        found: list[Token] = []
        for n in range(first - 1, -1, -1):
            if self._is_title(n):
                found.insert(0, self.tokens[n])
            elif not (self.tokens[n].text == "." and n and self.tokens[n - 1].text.lower() in name_words.TITLES):
                break
        return tuple(token.text for token in found), (found or self.tokens[first:])[0].start


def _settled(words: Sequence[str], kinds: Mapping[str, float]) -> Mapping[str, float]:
    """The kinds of a name whose first or last word tells what it is: "K. Lind", "Moorland Ltd", "Stern & Dahl"."""
    initials = sum(len(word) == 2 and word[1] == "." for word in words)
    ending = words[-1].lower()
    if 1 <= initials == len(words) - 1 and ending.isalpha() and ending not in HEADS:
        return certain("person")
    if len(words) > 1 and ending in name_words.COMPANY_ENDINGS:
        return certain("organisation")
    if name_words.is_nationality([word.lower() for word in words]):
        return certain("nationality")
    if "&" in words:
        return {**kinds, "organisation": kinds["organisation"] + kinds["person"], "person": 0.0}
    return kinds
