"""What the name tagger sees of each token: the word, its neighbours, its run of capitals, and the rest of the document.

The features are those of classic linear taggers (Ratinov and Roth 2009, "Design Challenges and Misconceptions in Named
Entity Recognition"): a name is easier to type when its other occurrences in the document are looked at too.
The shipped weights know features by these exact strings.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from summarizer.analysis import name_words
from summarizer.analysis.tagger import Lexicon
from summarizer.analysis.words import Token

_CUES: dict[str, frozenset[str]] = {
    "t": name_words.TITLES | name_words.PERSON_ROLES,
    "o": name_words.ORGANISATION_HEADS,
    "p": name_words.PLACE_HEADS,
    "e": name_words.EVENT_HEADS,
    "w": name_words.WORK_HEADS,
    "d": name_words.PRODUCT_HEADS,
    "n": name_words.NATIONALITIES,
    "m": name_words.CALENDAR,
    "a": name_words.PARTICLES,
}
_CUE_OF = {word: "".join(sign for sign in _CUES if word in _CUES[sign]) for words in _CUES.values() for word in words}
_PRONOUNS = dict.fromkeys("he she his her him himself herself who whom".split(), "he") | dict.fromkeys(
    "it its which itself where".split(), "it"
)
_CONTEXTS = 5
_TOPIC_TIMES = 3
_HEADS = 3
_AND = frozenset({",", "and", "or", "&", "/"})
_IS = frozenset({"is", "was", "are", "were", ",", "("})
_ARTICLES = frozenset({"a", "an", "the", "one"})
_HEAD_STOPS = name_words.PREPOSITIONS | name_words.CLAUSE_WORDS | set(",.;:()-")
_HEAD_STOPS |= {"as", "near", "or", "located", "based", "born"}
# Capitalised words (C), and what a hyphen or ampersand glues to them; "~" is a joint behind a space, "g" a glued token.
_RUN = re.compile(r"C(?:C|[-~][Cg-])*")


class _Line:
    """One sentence: its tokens, their folded forms and shapes, and its runs of capitals."""

    def __init__(self, tokens: Sequence[Token]) -> None:
        self.tokens = tokens
        self.lower = [token.text.lower() for token in tokens]
        self.capital = [token.text[0].isupper() for token in tokens]
        self.runs = [match.span() for match in _RUN.finditer("".join(map(_run_sign, tokens)))]
        self.first = next((n for n, token in enumerate(tokens) if token.text[0].isalpha()), 0)
        long = [token.text[0].isupper() for token in tokens if len(token.text) > 3 and token.text[0].isalpha()]
        self.shouting = sum(self.capital) > 3 and sum(long) * 10 >= len(long) * 8
        upper = self.shouting and not any(token.text[1:].islower() for token in tokens)
        self.shape = [_shape(token.text.capitalize() if upper else token.text) for token in tokens]
        self.padded = ["^^", "^", *self.lower, "$", "$$"]

    def pronoun_behind(self) -> list[str]:
        """For each token the next word of the sentence that stands for a person or a thing, or nothing."""
        following, found = "", [""] * len(self.lower)
        for n in range(len(self.lower) - 1, -1, -1):
            found[n] = following
            following = _PRONOUNS.get(self.lower[n], following)
        return found


class _Document:
    """What the whole document tells about a word: where it stands (`places`), what is beside its runs, what it is."""

    def __init__(self, lines: Sequence[_Line]) -> None:
        self.places: dict[str, set[str]] = defaultdict(set)
        self.beside: dict[str, list[tuple[str, str]]] = defaultdict(list)
        self.heads: dict[str, dict[str, None]] = defaultdict(dict)
        self.acronyms: set[str] = set()
        topics = Counter(name_words.TOPICS[word] for line in lines for word in line.lower if word in name_words.TOPICS)
        self.topics = sorted(topic for topic, times in topics.items() if times >= _TOPIC_TIMES)
        for line in lines:
            for n, word in enumerate(line.lower):
                if line.shape[n] == "x":
                    self.places[word].add("l")
                elif line.capital[n] and n > line.first and not line.shouting:
                    self.places[word].add("i")
            for start, end in line.runs:
                self._survey(line, start, end)

    def _survey(self, line: _Line, start: int, end: int) -> None:
        words, head = line.lower[start:end], _head(line, end)
        if len(words) > 1:
            for n, word in enumerate(words):
                self.places[word].add("L" if n == 0 else "M" if n < len(words) - 1 else "T")
            initials = "".join(word[0] for word, capital in zip(words, line.capital[start:end], strict=True) if capital)
            self.acronyms |= {initials} if len(initials) > 2 else set()
        for word in words:
            self.heads[word] |= {head: None} if head else {}
            if len(self.beside[word]) < _CONTEXTS:
                self.beside[word].append((line.padded[start + 1], line.padded[end + 2]))


def features(sentences: Sequence[Sequence[Token]], lexicon: Lexicon) -> list[list[list[str]]]:
    """The features of every token of every sentence of one document. Linear in the number of tokens."""
    lines = [_Line(sentence) for sentence in sentences]
    document = _Document(lines)
    return [_of_line(line, document, lexicon) for line in lines]


def _run_sign(token: Token) -> str:
    if token.text[0].isupper():
        return "C"
    if token.text in "-–&":
        return "-" if token.glued else "~"
    return "g" if token.glued else "."


def _shape(word: str) -> str:
    if word.islower():
        return "x" if word.isalpha() else "x."
    if word.isalpha():
        if len(word) == 1:
            return "X1"
        if word.isupper():
            return "XX" if len(word) < 6 else "XXX"
        return "Xx" if word[0].isupper() and word[1:].islower() else "xX" if word[0].islower() else "XxX"
    if word.isdigit():
        return "9999" if len(word) == 4 else "9"
    if word[0].isdigit():
        return "9a"
    if word[0].isalpha():
        return "X." if word.endswith(".") else "X'x"
    return word[0]


def _head(line: _Line, end: int) -> str:
    """What a run that ends at `end` is said to be: "village" for "Bank Hey is a small village in", or nothing."""
    lower = line.lower
    if end + 2 >= len(lower) or lower[end] not in _IS:
        return ""
    bare = lower[end + 1] not in _ARTICLES
    places = range(end + 1 if bare else end + 2, min(end + 9, len(lower)))
    stop = next((n for n in places if lower[n] in _HEAD_STOPS), places.stop)
    head = next((lower[n] for n in range(stop - 1, places.start - 1, -1) if line.shape[n] == "x"), "")
    behind = lower[stop] if stop < places.stop else ""
    known = behind in name_words.PREPOSITIONS and lower[end] == "," and "t" in _CUE_OF.get(head, "")
    return head if known or not bare else ""


def _of_line(line: _Line, document: _Document, lexicon: Lexicon) -> list[list[str]]:
    near = {at for n, capital in enumerate(line.capital) if capital for at in (n - 1, n, n + 1)}
    rows = [
        # A token far from any capital is hardly ever a name: a few features do.
        _near(n, line, lexicon) if n in near else ["plain", f"w={line.lower[n]}", f"s={line.shape[n]}"]
        for n in range(len(line.tokens))
    ]
    pronouns = line.pronoun_behind()
    for start, end in line.runs:
        for n in range(start, end):
            place = "1" if end - start == 1 else "b" if n == start else "e" if n == end - 1 else "m"
            rows[n] += _of_run(place, start, end, line)
            rows[n] += _of_document(n, place, line, document)
            rows[n] += _given(P=pronouns[end - 1])
    for (start, end), (following, last) in pairwise(line.runs):
        if following - end <= 2 and _AND.issuperset(line.lower[end:following]):
            for sign, run, other in (("Ln", (start, end), (following, last)), ("Lp", (following, last), (start, end))):
                found = list(_neighbour(sign, line.lower[slice(*other)], lexicon))
                for row in rows[slice(*run)]:
                    row.extend(found)
    return rows


def _given(**found: str | None) -> Iterator[str]:
    """The features that have a value."""
    return (f"{sign}={value}" for sign, value in found.items() if value)


def _neighbour(sign: str, words: Sequence[str], lexicon: Lexicon) -> Iterable[str]:
    """A list names things of one kind: what the run beside a run looks like."""
    head, tail = words[0], words[-1]
    yield from (f"{sign}={tail}", f"{sign}x={tail[-3:]}", f"{sign}l={min(len(words), 3)}")
    yield from _given(**{f"{sign}n": lexicon.names.get(head), f"{sign}c": _CUE_OF.get(tail)})


def _near(n: int, line: _Line, lexicon: Lexicon) -> list[str]:
    left2, left, word, right, right2 = line.padded[n : n + 5]
    form_left, form, form_right = ["^", *line.shape, "$"][n : n + 3]
    row = [
        f"w={word}",
        f"l={left}",
        f"r={right}",
        f"ll={left2}",
        f"rr={right2}",
        f"lw={left}|{word}",
        f"wr={word}|{right}",
    ]
    row += [f"s={form}", f"ls={form_left}|{form}", f"rs={form}|{form_right}", f"lsr={form_left}|{form}|{form_right}"]
    row += [f"g={line.tokens[n].glued}|{form_left}"]
    row += _given(c=_CUE_OF.get(word), lc=_CUE_OF.get(left), rc=_CUE_OF.get(right))
    if form[0] == "X":
        row += [f"p{size}={word[:size]}" for size in (2, 3, 4)]
        row += [f"x{size}={word[-size:]}" for size in (1, 2, 3, 4)]
        names, places = lexicon.names.get, lexicon.places.get
        row += _given(n=names(word), rn=names(right), G=places(word))
        row += _given(Gb=places(f"{word}_{right}"), Ge=places(f"{left}_{word}"))
    row += [f"first|{form}"] if n == line.first else []
    row += [f"shout|{form}"] if line.shouting else []
    for sign, at in (("k", n), ("lk", n - 1), ("rk", n + 1)):
        token = line.tokens[at].text if 0 <= at < len(line.tokens) else ""
        digits = lexicon.classes.get(token) or lexicon.classes.get(token.lower())
        row += [f"{sign}1={digits[:3]}", f"{sign}2={digits[3:6]}", f"{sign}3={digits[6:]}"] if digits else []
    return [*row, *_as_common_word(n, line, lexicon)] if line.capital[n] else row


def _as_common_word(n: int, line: _Line, lexicon: Lexicon) -> Iterable[str]:
    """What the word is in small letters: a capital at the start of a sentence or in a heading may be no name."""
    common = lexicon.classes.get(line.lower[n], "")
    place = "f" if n == line.first else "s" if line.shouting else "i"
    yield f"V={'c' * bool(common)}{'C' * (line.tokens[n].text in lexicon.classes)}|{place}"
    if common:
        yield from (f"v1={common[:3]}|{place}", f"v2={common[3:6]}|{place}")


def _of_run(place: str, start: int, end: int, line: _Line) -> Iterable[str]:
    """What the run of capitals around a token tells; `place` is where in it the token stands."""
    run = line.lower[start:end]
    head, tail = run[0], run[-1]
    before2, before = line.padded[max(1, start)], line.padded[start + 1]
    after, after2 = line.padded[end + 2], line.padded[min(end + 3, len(line.lower) + 2)]
    yield f"R={place}{min(len(run), 5)}"
    yield f"Rw={place}|{' '.join(run)}" if len(run) > 1 else "Rw1"
    yield from (f"Rb={place}|{before}", f"Ra={place}|{after}", f"Rh={place}|{head}", f"Rt={place}|{tail}")
    yield from (f"Rba={before}|{after}", f"Rb2={place}|{before2}|{before}", f"Ra2={place}|{after}|{after2}")
    for sign, word in (("Rtc", tail), ("Rhc", head), ("Rbc", before)):
        if word in _CUE_OF:
            yield f"{sign}={place}|{_CUE_OF[word]}"


def _of_document(n: int, place: str, line: _Line, document: _Document) -> Iterable[str]:
    """What the document's other occurrences of the word tell."""
    word = line.lower[n]
    flags = "".join(sign for sign in "liLMT" if sign in document.places[word])
    yield f"D={flags}|{place}"
    if n == line.first:
        yield f"Df={flags}"
    if line.shape[n] == "XX" and word in document.acronyms:
        yield "acronym"
    yield from (f"T={topic}|{place}" for topic in document.topics)
    for head in list(document.heads[word])[:_HEADS]:
        yield from _given(H=head, Hc=_CUE_OF.get(head))
    beside = document.beside[word]
    if len(beside) > 1:
        yield from dict.fromkeys(f"Db={before}" for before, _ in beside)
        yield from dict.fromkeys(f"Da={after}" for _, after in beside)
