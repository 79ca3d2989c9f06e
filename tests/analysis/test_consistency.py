"""A conflict is told only where arithmetic proves it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizer.analysis.consistency import find_conflicts
from summarizer.analysis.dates import find_dates
from summarizer.analysis.quantities import find_quantities
from summarizer.article import Article
from summarizer.schemas.result import Issue


def conflicts(text: str) -> tuple[Issue, ...]:
    article = Article(text=text)
    return find_conflicts(article, find_quantities(article), find_dates(article))


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("The road is 100 km (42 miles) long.", "62.1 miles"),
        ("It weighs 20 kg (90 lb).", "44.1 pounds"),
        ("It was 40C (86F) in the shade.", "104 °F"),
        ("The bus covered 300 km in 3 hours. The bus never went faster, its speed being 60 km/h.", "100 km/h"),
        ("The train spent 20 hours travelling 1,180km. The train runs at a speed of about 50km/h.", "59 km/h"),
        ("It opened on Monday, 12 September 2023.", "Tuesday"),
    ],
)
def test_a_proven_conflict_is_told(text: str, part: str) -> None:
    """The message says what the arithmetic gives; the issue points at what was restated."""
    (issue,) = conflicts(text)

    assert (issue.code, issue.action) == ("inconsistent", "none")
    assert part in issue.message


@pytest.mark.parametrize(
    "text",
    [
        "The train covered 1,180km (733 miles).",
        "It is 6 miles (10 km) away, at 50km/h (31mph), 20 pounds (9kg), 10,000 ft (3,000 m), 40C (100F).",
        "It would warm by 2C (3.6F).",
        "The 40 tons (41 tonnes) of sand and 10 gallons (45 litres) of oil, 12 miles (22 km) out at sea.",
        "It cost £5m ($9m).",
        "The train covered 300 km in 5 hours. The train runs at about 100 km/h.",
        "The train covered 300 km in 5 hours. The train runs at more than 50 km/h.",
        "The train covered 300 km in 5 hours. The train runs at about 55 km/h.",
        "The train covered 300 km in 5 hours. The wind blew at 20 km/h.",
        "The train covered 300 km in 5 hours. It stopped. It left. It rained. The train went at 20 km/h.",
        "The road is 300 km long and took 5 hours to inspect. The train runs at 20 km/h.",
        "Some 60% said yes and 70% said no.",
        "It opened on Tuesday, 12 September 2023.",
    ],
)
def test_what_may_be_true_is_left_alone(text: str) -> None:
    """Rounding, other tons and miles, stops, other vehicles and money never make a conflict."""
    assert conflicts(text) == ()


TRAIN = "The train |covered |1,180km |(733 miles) |in |20 hours. |runs at |about |50km/h |(31mph). "
PIECES = f"{TRAIN}|Monday, |12 May 2020 |0 |0km |-5C "


@given(st.lists(st.sampled_from(PIECES.split("|"))).map("".join))
def test_pointers_point_into_the_values(text: str) -> None:
    """For any text each issue points at a quantity or a date that exists."""
    article = Article(text=text)
    quantities, dates = find_quantities(article), find_dates(article)
    for issue in find_conflicts(article, quantities, dates):
        _, name, index = issue.where.split("/")
        assert int(index) < len({"quantities": quantities, "dates": dates}[name])
