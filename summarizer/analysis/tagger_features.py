"""What the name tagger sees of each token: the word, its neighbours, its run of capitals, and the rest of the document.

The features are those of classic linear taggers (Ratinov and Roth 2009, "Design Challenges and Misconceptions in Named
Entity Recognition"): a name is easier to type when its other occurrences in the document are looked at too.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from summarizer.analysis import name_words
from summarizer.analysis.words import Token

_CUES: tuple[tuple[str, frozenset[str]], ...] = (
    ("t", name_words.TITLES | name_words.PERSON_ROLES),
    ("o", name_words.ORGANISATION_HEADS),
    ("p", name_words.PLACE_HEADS),
    ("e", name_words.EVENT_HEADS),
    ("w", name_words.WORK_HEADS),
    ("d", name_words.PRODUCT_HEADS),
    ("n", name_words.NATIONALITIES),
    ("m", name_words.CALENDAR),
    ("a", name_words.PARTICLES),
)
_CUE_OF: dict[str, str] = {}
for _sign, _words in _CUES:
    for _word in _words:
        _CUE_OF[_word] = _CUE_OF.get(_word, "") + _sign

_PRONOUNS = dict.fromkeys(
    ("he", "she", "his", "her", "him", "himself", "herself", "who", "whom"), "he"
) | dict.fromkeys(("it", "its", "which", "itself", "where"), "it")
_CONTEXTS = 4
_TOPIC_TIMES = 3
_HEADS = 3
_AND = frozenset({",", "and", "or", "&", "/"})
_IS = frozenset({"is", "was", "are", "were", ",", "("})
_ARTICLES = frozenset({"a", "an", "the", "one"})
_HEAD_STOPS = (
    name_words.PREPOSITIONS
    | name_words.CLAUSE_WORDS
    | frozenset(",.;:()-")
    | {"as", "near", "or", "located", "based", "born"}
)


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Word knowledge made at training time.

    How common a folded word is as a name of persons, the class of a word, and whether one or two folded words (with
    "_" between) are the name of a country or a large city.
    """

    names: Mapping[str, str] = field(default_factory=dict)
    classes: Mapping[str, str] = field(default_factory=dict)
    places: Mapping[str, str] = field(default_factory=dict)


@dataclass(slots=True)
class _Line:
    """One sentence: its tokens, their folded forms and shapes, and its runs of capitals."""

    tokens: Sequence[Token]
    lower: list[str]
    shape: list[str]
    capital: list[bool]
    runs: list[tuple[int, int]]
    pronoun: list[str]
    first: int
    shouting: bool


@dataclass(slots=True)
class _Document:
    """What the whole document tells about a word."""

    lower: set[str] = field(default_factory=set)
    inside: set[str] = field(default_factory=set)
    left: set[str] = field(default_factory=set)
    middle: set[str] = field(default_factory=set)
    right: set[str] = field(default_factory=set)
    before: defaultdict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    after: defaultdict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    heads: defaultdict[str, dict[str, None]] = field(default_factory=lambda: defaultdict(dict))
    acronyms: set[str] = field(default_factory=set)
    topics: list[str] = field(default_factory=list)


def features(sentences: Sequence[Sequence[Token]], lexicon: Lexicon) -> list[list[list[str]]]:
    """The features of every token of every sentence of one document. Linear in the number of tokens."""
    lines = [_line(sentence) for sentence in sentences]
    document = _survey(lines)
    return [_of_line(line, document, lexicon) for line in lines]


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


def _line(sentence: Sequence[Token]) -> _Line:
    lower = [token.text.lower() for token in sentence]
    capital = [token.text[0].isupper() for token in sentence]
    words = [n for n, token in enumerate(sentence) if token.text[0].isalpha()]
    first = words[0] if words else 0
    capitals = sum(capital)
    long_words = sum(len(token.text) > 3 and token.text[0].isalpha() for token in sentence)
    long_capitals = sum(len(token.text) > 3 and token.text[0].isupper() for token in sentence)
    shouting = capitals > 3 and long_capitals * 10 >= long_words * 8
    upper = shouting and not any(token.text[1:].islower() for token in sentence)
    shape = [_shape(token.text.capitalize() if upper else token.text) for token in sentence]
    return _Line(sentence, lower, shape, capital, _runs(sentence, capital), _pronouns(lower), first, shouting)


def _pronouns(lower: list[str]) -> list[str]:
    """For each token the next word of the sentence that stands for a person or a thing, or nothing."""
    following, found = "", [""] * len(lower)
    for n in range(len(lower) - 1, -1, -1):
        found[n] = following
        following = _PRONOUNS.get(lower[n], following)
    return found


def _runs(sentence: Sequence[Token], capital: list[bool]) -> list[tuple[int, int]]:
    """Runs of capitalised words; a glued hyphen and what hangs on it belong to the run."""
    runs: list[tuple[int, int]] = []
    at, count = 0, len(sentence)
    while at < count:
        if not capital[at]:
            at += 1
            continue
        end = at + 1
        while end < count:
            if capital[end]:
                end += 1
            elif end + 1 < count and sentence[end].text in "-–&" and (capital[end + 1] or sentence[end + 1].glued):
                end += 2
            else:
                break
        runs.append((at, end))
        at = end
    return runs


def _survey(lines: Sequence[_Line]) -> _Document:
    document = _Document()
    topics = Counter(name_words.TOPICS[word] for line in lines for word in line.lower if word in name_words.TOPICS)
    document.topics = sorted(topic for topic, times in topics.items() if times >= _TOPIC_TIMES)
    for line in lines:
        for n, word in enumerate(line.lower):
            if line.shape[n] == "x":
                document.lower.add(word)
            elif line.capital[n] and n > line.first and not line.shouting:
                document.inside.add(word)
        for start, end in line.runs:
            _survey_run(line, start, end, document)
    return document


def _survey_run(line: _Line, start: int, end: int, document: _Document) -> None:
    lower = line.lower
    if end - start > 1:
        document.left.add(lower[start])
        document.right.add(lower[end - 1])
        document.middle.update(lower[start + 1 : end - 1])
        initials = "".join(lower[n][0] for n in range(start, end) if line.capital[n])
        if len(initials) > 2:
            document.acronyms.add(initials)
    before = lower[start - 1] if start else "^"
    after = lower[end] if end < len(lower) else "$"
    head = _head(line, end)
    for n in range(start, end):
        word = lower[n]
        if head:
            document.heads[word][head] = None
        if len(document.before[word]) <= _CONTEXTS:
            document.before[word].append(before)
            document.after[word].append(after)


def _head(line: _Line, end: int) -> str:
    """What a run that ends at `end` is said to be: "village" for "Bank Hey is a small village in", or nothing."""
    lower = line.lower
    if end + 2 >= len(lower) or lower[end] not in _IS:
        return ""
    bare = lower[end + 1] not in _ARTICLES
    head, n = "", end + 1 if bare else end + 2
    last = min(end + 9, len(lower))
    while n < last and lower[n] not in _HEAD_STOPS:
        if line.shape[n] == "x":
            head = lower[n]
        n += 1
    known = n < last and lower[end] == "," and lower[n] in name_words.PREPOSITIONS and "t" in _CUE_OF.get(head, "")
    return head if known or not bare else ""


def _of_line(line: _Line, document: _Document, lexicon: Lexicon) -> list[list[str]]:
    count = len(line.tokens)
    lower = ["^^", "^", *line.lower, "$", "$$"]
    shape = ["^", "^", *line.shape, "$", "$"]
    near = [False] * (count + 2)
    for n, is_capital in enumerate(line.capital):
        if is_capital:
            near[n] = near[n + 1] = near[n + 2] = True
    rows = [
        _near(n, line, lower, shape, lexicon) if near[n + 1] else _plain(n, line, lower, shape) for n in range(count)
    ]
    for start, end in line.runs:
        for n in range(start, end):
            _of_run(rows[n], n, (start, end), line, document)
    for (start, end), (following, last) in pairwise(line.runs):
        if following - end <= 2 and all(word in _AND for word in line.lower[end:following]):
            _neighbours(rows[start:end], "Ln", line.lower[following:last], lexicon)
            _neighbours(rows[following:last], "Lp", line.lower[start:end], lexicon)
    return rows


def _neighbours(rows: Sequence[list[str]], sign: str, words: Sequence[str], lexicon: Lexicon) -> None:
    """A list names things of one kind: what the run beside a run looks like."""
    head, tail = words[0], words[-1]
    found = [f"{sign}={tail}", f"{sign}x={tail[-3:]}", f"{sign}l={min(len(words), 3)}"]
    found += [f"{sign}n={lexicon.names[head]}"] if head in lexicon.names else []
    found += [f"{sign}c={_CUE_OF[tail]}"] if tail in _CUE_OF else []
    for row in rows:
        row.extend(found)


def _plain(n: int, line: _Line, lower: list[str], shape: list[str]) -> list[str]:
    """A token far from any capital: hardly ever a name, so a few features do."""
    return ["plain", "w=" + lower[n + 2], "s=" + shape[n + 2]]


def _near(n: int, line: _Line, lower: list[str], shape: list[str], lexicon: Lexicon) -> list[str]:
    word, left, right = lower[n + 2], lower[n + 1], lower[n + 3]
    form, form_left, form_right = shape[n + 2], shape[n + 1], shape[n + 3]
    cue_left, cue_right = _CUE_OF.get(left, ""), _CUE_OF.get(right, "")
    row = [
        "w=" + word,
        "l=" + left,
        "r=" + right,
        "ll=" + lower[n],
        "rr=" + lower[n + 4],
        f"lw={left}|{word}",
        f"wr={word}|{right}",
        f"s={form}",
        f"ls={form_left}|{form}",
        f"rs={form}|{form_right}",
        f"lsr={form_left}|{form}|{form_right}",
        f"g={line.tokens[n].glued}|{form_left}",
    ]
    if form[0] == "X":
        row += (
            "p2=" + word[:2],
            "p3=" + word[:3],
            "p4=" + word[:4],
            "x1=" + word[-1:],
            "x2=" + word[-2:],
            "x3=" + word[-3:],
            "x4=" + word[-4:],
        )
        _add_lists(row, (left, word, right), lexicon)
    if word in _CUE_OF:
        row.append("c=" + _CUE_OF[word])
    if cue_left:
        row.append("lc=" + cue_left)
    if cue_right:
        row.append("rc=" + cue_right)
    if n == line.first:
        row.append("first|" + form)
    if line.shouting:
        row.append("shout|" + form)
    _add_classes(row, n, lower, line, lexicon)
    return row


def _add_lists(row: list[str], words: tuple[str, str, str], lexicon: Lexicon) -> None:
    """What the lists of names of persons and places say of a word, the one before it and the one behind it."""
    left, word, right = words
    name = lexicon.names.get(word)
    if name:
        row.append("n=" + name)
    name = lexicon.names.get(right)
    if name:
        row.append("rn=" + name)
    for sign, key in (("", word), ("b", f"{word}_{right}"), ("e", f"{left}_{word}")):
        place = lexicon.places.get(key)
        if place:
            row.append(f"G{sign}={place}")


def _add_classes(row: list[str], n: int, lower: list[str], line: _Line, lexicon: Lexicon) -> None:
    """Word classes of three sizes, of the token and its neighbours."""
    classes, found = lexicon.classes, line.tokens
    for sign, at in (("k", n), ("lk", n - 1), ("rk", n + 1)):
        if 0 <= at < len(found):
            digits = classes.get(found[at].text) or classes.get(lower[at + 2])
            if digits:
                row += (f"{sign}1={digits[:3]}", f"{sign}2={digits[3:6]}", f"{sign}3={digits[6:]}")
    if line.capital[n]:
        _add_small(row, n, line, lexicon)


def _add_small(row: list[str], n: int, line: _Line, lexicon: Lexicon) -> None:
    """What the word is in small letters: a capital at the start of a sentence or in a heading may be no name."""
    word = line.lower[n]
    common = lexicon.classes.get(word)
    known = ("c" if common else "") + ("C" if line.tokens[n].text in lexicon.classes else "")
    place = "f" if n == line.first else "s" if line.shouting else "i"
    row.append(f"V={known}|{place}")
    if common:
        row += (f"v1={common[:3]}|{place}", f"v2={common[3:6]}|{place}")


def _of_run(row: list[str], n: int, run: tuple[int, int], line: _Line, document: _Document) -> None:
    """What the run of capitals around a token and the document's other occurrences of the word tell."""
    lower = line.lower
    word = lower[n]
    start, end = run
    length = end - start
    place = "1" if length == 1 else "b" if n == start else "e" if n == end - 1 else "m"
    size = str(length) if length < 5 else "5"
    before = lower[start - 1] if start else "^"
    after = lower[end] if end < len(lower) else "$"
    head, tail = lower[start], lower[end - 1]
    before2 = lower[start - 2] if start > 1 else "^"
    after2 = lower[end + 1] if end + 1 < len(lower) else "$"
    row += (
        f"R={place}{size}",
        f"Rb={place}|{before}",
        f"Ra={place}|{after}",
        f"Rh={place}|{head}",
        f"Rt={place}|{tail}",
        f"Rba={before}|{after}",
        f"Rb2={place}|{before2}|{before}",
        f"Ra2={place}|{after}|{after2}",
        f"Rw={place}|" + " ".join(lower[start:end]) if length > 1 else "Rw1",
    )
    cue = _CUE_OF.get(tail)
    if cue:
        row.append(f"Rtc={place}|{cue}")
    cue = _CUE_OF.get(head)
    if cue:
        row.append(f"Rhc={place}|{cue}")
    cue = _CUE_OF.get(before)
    if cue:
        row.append(f"Rbc={place}|{cue}")
    flags = (
        ("l" if word in document.lower else "")
        + ("i" if word in document.inside else "")
        + ("L" if word in document.left else "")
        + ("M" if word in document.middle else "")
        + ("T" if word in document.right else "")
    )
    row.append(f"D={flags}|{place}")
    if n == line.first:
        row.append("Df=" + flags)
    if line.shape[n] == "XX" and word in document.acronyms:
        row.append("acronym")
    row += [f"T={topic}|{place}" for topic in document.topics]
    if line.pronoun[end - 1]:
        row.append("P=" + line.pronoun[end - 1])
    for other in list(document.heads.get(word, ()))[:_HEADS]:
        row.append("H=" + other)
        if other in _CUE_OF:
            row.append("Hc=" + _CUE_OF[other])
    befores, afters = document.before[word], document.after[word]
    if len(befores) > 1:
        row += dict.fromkeys("Db=" + other for other in befores)
        row += dict.fromkeys("Da=" + other for other in afters)
