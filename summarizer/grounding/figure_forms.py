"""How figures are written: the patterns that `figures` reads them by. Each is linear in the text."""

from __future__ import annotations

import re

# "One point two million", "nought point five".
POINT = re.compile(
    r"\b(?:([a-z]+)[ -])?point((?:[ -](?:nought|zero|oh|one|two|three|four|five|six|seven|eight|nine))+)\b",
    re.IGNORECASE,
)
_NAMES = "zero one two three four five six seven eight nine ten eleven twelve".split()
DIGITS = {name: str(n) for n, name in enumerate(_NAMES)} | {"nought": "0", "oh": "0"}
HALVED = {"minute": "30 seconds", "hour": "30 minutes", "day": "12 hours", "year": "6 months", "century": "50 years"}
HALF = re.compile(rf"\bhalf an?\s({'|'.join(HALVED)})\b", re.IGNORECASE)

CODE = re.compile(
    r"[\w.+-]{1,64}@[\w-]+(?:\.[\w-]+)+|https?://[^\s<>\"]+|www\.[^\s<>\"]+"
    r"|(?<![\w$€£-])[A-Za-z]{1,6}-?\d+[A-Za-z\d]*(?:-\d+)*(?!\w)|(?<![\w-])[a-z]{1,2}[A-Z]{2,}[a-z]?(?!\w)"
    r"|\b[a-z]+(?:\.[a-z]+){2,}\b"  # will.i.am
)
NO_CODE = re.compile(r"(?:[a-z]+-|(?i:USD|EUR|GBP|US|Rs|No|Q))\d")

CLOCK = re.compile(
    rf"(?<![\w.,:/-])(?:(?P<hour>\d{{1,2}}|(?i:{'|'.join(_NAMES[1:])}))(?:[:.](?P<minute>[0-5]\d))?"
    r"(?:\s?(?P<half>[ap])(?:\.\s?m\.|\s?m\b)|\s?o'clock|\s(?:o'clock\s)?in\sthe\s(?P<part>morning|afternoon|evening))"
    r"|(?P<hours>[01]?\d|2[0-4]):(?P<minutes>[0-5]\d)(?![\d:])|(?P<name>(?i:noon|midday|midnight)))"
)
HALVES = {"a": "am", "p": "pm", "morning": "am", "afternoon": "pm", "evening": "pm"}

# "3-1", "120/80", "from 5 to 7", "one in five", "two of the five", "one cow in ten".
_OF = r"\s(?:[a-z]+\s)?(?:in|(?:out\s)?of)(?:\s(?:the|its|their|his|her|those|these))?\s"
PAIR = re.compile(rf"\s?[-/:]\s?|\sto\s|{_OF}")
GRADE = re.compile(
    r"(?<![\w+-])(?:([A-D])\1{0,2}[+-](?![\w+-])|(?:AAA|AA|BBB|BB|CCC|CC)(?![\w+-])|[ABC]aa?[1-3](?!\w))"
)
ROMAN = re.compile(
    r"\b(?:[A-Z][\w'-]+|(?:phase|stage|type|part|chapter|war|class|act|title|tier|volume|grade|level|article)s?)"
    r"\s(?P<roman>(?=[IVXLC])(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3}))(?![\w'.-]\w|\w)"
)

# A prefix with its symbol: "Mg" and "mW" are no mg and MW.
SYMBOL = re.compile(r"[ -]?([YZEPTGMkhdcmµun](?:g|m|L|l|Wh?|Hz|B|b|Pa|eV|V|J|A))(?![A-Za-z])")
RATE = re.compile(
    r"(?:\s?(?:/|per\s)\s?|\s(?:each|every)\s|\san?\s(?=(?:second|minute|hour|day|night|week|month|quarter|year|person"
    r"|head|share|barrel|tonne|ton|litre|liter|gallon|kilo|kilogram|piece|ticket|square)\b))(?!cent\b)([A-Za-z]+)",
    re.IGNORECASE,
)
EACH = re.compile(r"\b(?:each|every|per|an?|one)\s([^\W\d_]+)|/([^\W\d_]+)", re.IGNORECASE)
SPREAD = {
    "hourly": "h", "daily": "d", "weekly": "wk", "monthly": "mo", "yearly": "a", "annual": "a", "annually": "a",
    "nightly": "night", "quarterly": "quarter",
}  # fmt: skip
# "More than a decade" is ten years, "the year to May" twelve months.
BARE_UNIT = re.compile(
    r"\b(?:an?|one|the|first|last|next|past|this|every|each|per)\s(hour|day|week|month|year|decade|century)\b",
    re.IGNORECASE,
)
AGO = re.compile(r"(?:\s\w+)?\sago\b")
FOR = re.compile(r"\bfor\s$", re.IGNORECASE)
COUNTED = re.compile(r"[\s-]([^\W\d_]+)")

_HEDGES = {
    "near": "about around approximately roughly some circa close_to estimated",
    "nearly": "nearly almost just_under just_short_of not_quite just_below",
    "over": "over more_than above exceeding in_excess_of upwards_of just_over well_over greater_than",
    "under": "under less_than fewer_than below well_under lower_than",
    "least": "at_least no_fewer_than no_less_than not_less_than a_minimum_of",
    "most": "at_most up_to no_more_than not_more_than a_maximum_of",
}
HEDGES = {phrase.replace("_", " "): kind for kind, phrases in _HEDGES.items() for phrase in phrases.split()}
HEDGED = re.compile(rf"\b({'|'.join(sorted(HEDGES, key=len, reverse=True))})\s(?:an?\s|the\s)?$", re.IGNORECASE)

MONTHS = {name: f"{n:02}" for n, name in enumerate("jan feb mar apr may jun jul aug sep oct nov dec".split(), 1)}
_MONTH = rf"({'|'.join(MONTHS)})[a-z]*\.?"
DAY = re.compile(
    rf"\b(?:(\d{{1,2}})(?:st|nd|rd|th)?\s(?:of\s)?{_MONTH}|{_MONTH}\s(\d{{1,2}})(?:st|nd|rd|th)?)(?!\w)(?:,?\s(\d{{4}})\b)?",
    re.IGNORECASE,
)
PER_CENT = re.compile(r"(?<=\d)\s?(?:per ?cent|percent|pct)\b", re.IGNORECASE)
