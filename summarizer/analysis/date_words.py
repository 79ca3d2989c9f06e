"""The English words that dates are made of, as data."""

from __future__ import annotations

from summarizer.analysis.calendar_values import Unit


def word_set(words: str) -> frozenset[str]:
    """The words of a string as a set: long word lists read better as text."""
    return frozenset(words.split())


_MONTHS = "january february march april may june july august september october november december"
_WEEKDAYS = "monday tuesday wednesday thursday friday saturday sunday"

MONTHS = {
    **{name: n for n, name in enumerate(_MONTHS.split(), 1)},
    **{name[:3]: n for n, name in enumerate(_MONTHS.split(), 1)},
    "sept": 9,
}
WEEKDAYS = {name: n for n, name in enumerate(_WEEKDAYS.split())}
WEEKDAY_ABBREVIATIONS = {
    "mon": 0,
    "tue": 1,
    "tues": 1,
    "wed": 2,
    "thu": 3,
    "thur": 3,
    "thurs": 3,
    "fri": 4,
    "sat": 5,
    "sun": 6,
}
SEASONS = {"spring": 3, "summer": 6, "autumn": 9, "fall": 9, "winter": 12}
DAY_PARTS = word_set("""morning afternoon evening night noon midday lunchtime midnight dawn""")

# Unit of a word, and how many of that unit it is worth.
UNITS: dict[str, tuple[Unit, int]] = {
    "day": ("day", 1), "week": ("week", 1), "fortnight": ("week", 2), "month": ("month", 1), "quarter": ("month", 3),
    "year": ("year", 1), "decade": ("year", 10), "century": ("year", 100),
}  # fmt: skip
UNITS |= {f"{word}s": value for word, value in UNITS.items()} | {"centuries": ("year", 100)}
SHORT_UNITS = word_set("""second seconds minute minutes hour hours hrs mins""")

DECADES = {
    "twenties": 20,
    "thirties": 30,
    "forties": 40,
    "fifties": 50,
    "sixties": 60,
    "seventies": 70,
    "eighties": 80,
    "nineties": 90,
}

# Days with a name and a fixed place in the year.
FEASTS = {
    ("christmas", "day"): (12, 25), ("christmas", "eve"): (12, 24), ("boxing", "day"): (12, 26),
    ("new", "year", "s", "day"): (1, 1), ("new", "year", "s", "eve"): (12, 31), ("valentine", "s", "day"): (2, 14),
    ("halloween",): (10, 31), ("st", "patrick", "s", "day"): (3, 17), ("bastille", "day"): (7, 14),
}  # fmt: skip

# A name of a weekday after one of these is the name of something else.
NOT_BEFORE_WEEKDAY = word_set(
    """black good bloody ash super easter palm sheffield cyber every each ruby maundy holy freaky casual"""
)

VAGUE_AMOUNTS = word_set("""few several many some couple""")
POSSESSIVES = word_set("""his her their my your our its""")

# Words before a four-digit number that make a year of it even where it is not one of our time.
BEFORE_A_YEAR = word_set(
    """in since from until till by during before after between to and or early late mid circa around about of year
    born died b d c ca m div through spring summer autumn winter fall ad ce the back"""
)
ALWAYS_BEFORE_A_YEAR = word_set("""in since during until till by before after year circa late early mid born died""")

# A date behind one of these lies ahead unless the verb looks back: "runs through Wednesday", "lasted until Monday".
LIMIT_CUES = word_set("until till through by")

NOT_BEFORE_A_YEAR = word_set(
    "flight gate room page number no nos route highway model unit platform channel gap score box chapter"
)

# What tells whether the verb near a date looks ahead or back.
FUTURE_CUES = word_set(
    """will shall ll would due forecast predicted scheduled expected expects expect plans planned planning set
    going upcoming forthcoming may might could should next tomorrow deadline ahead slated hopes intends aims
    wants launches starts begins opens runs takes returns faces pending coming future can must cannot ready
    later"""
)
PAST_CUES = word_set(
    """was were had did said told went came began met took made left held lost fell rose shot found saw sent spoke
    struck gave got brought broke built caught drew drove flew fought grew heard kept knew led paid ran sold
    stood swore taught thought threw wore wrote became been since ago last earlier sought won"""
)
