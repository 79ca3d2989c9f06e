"""The words by which a question tells what it asks for."""

from __future__ import annotations


def _set(text: str) -> frozenset[str]:
    return frozenset(text.split())


ASKING = _set(
    """
    what which who whom whose when where why how
    """
)
AUXILIARIES = _set(
    """
    is are was were do does did has have had can could will would should may might must shall isn't aren't wasn't
    weren't don't doesn't didn't hasn't haven't hadn't can't couldn't won't wouldn't shouldn't
    """
)
PLACES = _set(
    """
    city country town place state region continent village province county nation location river island capital
    street district area venue territory site port
    """
)
PEOPLE = _set(
    """
    person man woman president leader king queen minister spokesperson spokesman spokeswoman author scientist actor
    actress player director mayor general emperor pope prince princess chairman chief singer writer inventor founder
    official officer coach lawyer doctor professor researcher historian philosopher
    """
)
ORGANISATIONS = _set(
    """
    company organisation organization agency team party university group firm club newspaper institution ministry
    government army bank school network league church band channel charity
    """
)
TIMES = _set(
    """
    year date day month century decade time era period season hour age weekday
    """
)
AMOUNTS = _set(
    """
    number percentage percent amount population cost price distance length height speed size weight total rate
    temperature score salary depth width share proportion
    """
)
MEASURED = _set(
    """
    many much far long fast high tall big large old heavy wide deep hot cold often
    """
)

# Words that shape a question and say nothing of what it is about.
EMPTY = _set(
    """
    many much kind type name call called long far happen happened occur occurred take place tell know say said give
    according article text passage please list
    """
)
# Words that stand for a noun which comes after "of": "the name of the city".
STANDING_IN = _set(
    """
    name names title identity kind type sort number
    """
)
# What "how much", "how long" and their like measure, by the kinds of quantities; () is any of them.
MEASURES: dict[str, tuple[str, ...]] = {
    "far": ("distance",),
    "high": ("distance",),
    "tall": ("distance",),
    "deep": ("distance",),
    "wide": ("distance",),
    "long": ("duration", "distance"),
    "fast": ("speed",),
    "heavy": ("mass",),
    "old": ("duration",),
    "hot": ("temperature",),
    "cold": ("temperature",),
    "percentage": ("percent",),
    "percent": ("percent",),
    "cost": ("money",),
    "price": ("money",),
    "salary": ("money",),
    "distance": ("distance",),
    "height": ("distance",),
    "length": ("distance", "duration"),
    "depth": ("distance",),
    "width": ("distance",),
    "speed": ("speed",),
    "weight": ("mass",),
    "temperature": ("temperature",),
}
