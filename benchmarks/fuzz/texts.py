"""Texts, articles and claims: words that matter to the rules, punctuation, scripts, controls, long repetitions."""

from __future__ import annotations

from datetime import date

from hypothesis import strategies as st

from summarizer.article import Article

WORDS = (
    "The a bridge Mr. Dr. Kim Jong-un Kim Un Anna Pell p.m. D.C. U.S. e.g. No. Inc. was opened said that it he and but "
    "not 3 3.5 1,180km 5.2 million £40 5 % 2/3 12/04/23 2024-W18 June 3, 2024 Monday Q3 FY25 VIII III 1990s 10:30 "
    "3-1 half two-thirds per mg Mg µg °C BB+ -5 1e9 ⅓ ½ ٣ 三 今天。 مرحبا؟ नमस्ते। он сказал €1.5bn 1.2.3 §4 #7 "
    "0.5 percentage points about nearly over more than zero hundred one-and-a-half 1/0 00/00/0000 31 February 9999"
).split()
MARKS = [*".!?…:;,—–-()[]{}\"'“”‘’„«»*†¹²/\\%&<>|=+#@~^_`$", "...", "?!", "[1]", ".”", "’s", "。", "؟"]
SPACES = [
    " ",
    " ",
    " ",
    "\n",
    "\n\n",
    "\r\n",
    "\t",
    "\f",
    "\x0b",
    "\x1c",
    "\x85",
    "\u2028",
    "\u2029",
    "\u00a0",
    "\u200b",
]
HARMFUL = ["\x1b[31m", "\x1b]8;;x\x07", "\x9b31m", "\x00", "\x07", "\x7f", "\u202e", "\u2066", "\ud83d", "\udc00",
           "\ufeff", "\u0301", "👩‍👩‍👧", "\U0010ffff", "<script>", "{{ 7 }}", "{% raw %}",
           "[red]", "%s", "&#x110000;"]  # fmt: skip

PIECE = st.one_of(
    st.sampled_from(WORDS), st.sampled_from(MARKS), st.sampled_from(SPACES), st.sampled_from(HARMFUL),
    st.characters(exclude_categories=()), st.integers().map(str), st.dates().map(str),
)  # fmt: skip
PROSE = st.lists(st.tuples(st.sampled_from(WORDS), st.sampled_from([*SPACES[:4], *MARKS])), max_size=80).map(
    lambda pairs: "".join(f"{word}{mark} " if mark.strip() else word + mark for word, mark in pairs)
)
SOUP = st.lists(PIECE, max_size=60).map("".join)
REPEATED = st.builds(
    lambda before, piece, times, behind: (before + piece * times + behind)[:60_000],
    SOUP.map(lambda text: text[:50]),
    st.lists(PIECE, min_size=1, max_size=4).map("".join),
    st.sampled_from([2, 40, 700, 4000, 20_000]),
    SOUP.map(lambda text: text[:50]),
)
TEXT = st.one_of(PROSE, SOUP, REPEATED, st.tuples(PROSE, SOUP).map("".join))
SHORT = st.one_of(PROSE, SOUP).map(lambda text: text[:600])
DAY = st.none() | st.dates(date(1, 1, 1), date(9999, 12, 31))


@st.composite
def articles(draw: st.DrawFn, text: st.SearchStrategy[str] = SHORT) -> Article:
    """An article, some ranges of which are no news."""
    said = draw(text)
    place = st.integers(0, len(said))
    skip = draw(st.lists(st.tuples(place, place).map(lambda ends: (min(ends), max(ends))), max_size=2))
    fields = draw(st.dictionaries(SHORT.map(lambda text: text[:12]), SHORT.map(lambda text: text[:20]), max_size=2))
    title = draw(st.none() | SHORT.map(lambda text: text[:60]))
    return Article(said, title, draw(DAY), "a.txt", tuple(skip), fields=fields)


@st.composite
def claims(draw: st.DrawFn, article: Article) -> tuple[str, list[int]]:
    """A claim, and the numbers of the sentences it cites: their words, changed ones, or words of its own."""
    numbers = draw(st.lists(st.integers(1, max(1, len(article.sentences))), max_size=3))
    cited = [one.text for number in numbers if (one := article.sentence(number))]
    words = " ".join(cited).split()
    ways = [SHORT]
    if words:
        ways += [
            st.just(" ".join(cited)),
            st.permutations(words[:12]).map(" ".join),
            st.lists(st.sampled_from(words) | st.sampled_from(WORDS), max_size=20).map(" ".join),
            st.integers(0, len(words)).map(lambda at: " ".join(words[:at])),
        ]
    return draw(st.one_of(ways)), numbers
