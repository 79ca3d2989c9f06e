"""Quantities and dates are told as a person says them; the codes stay in the values."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizer.analysis import Analysis
from summarizer.article import Article
from summarizer.values.spoken import date_in_words, quantity_in_words


@pytest.mark.parametrize(
    ("text", "code", "expected"),
    [
        ("It is 425 miles away.", "[mi_i]", "425 miles"),
        ("She was there for three years.", "a", "3 years"),
        ("It stood 15 nautical miles off.", "[nmi_i]", "15 nautical miles"),
        ("Add 3 tablespoons of oil.", "[tbs_us]", "3 tablespoons"),
        ("Two thirds of them stayed.", None, "two thirds"),
        ("Nearly three-quarters agreed.", None, "three quarters"),
        ("It cost $5.2 million.", "USD", "$5.2 million"),
        ("It cost €3.50.", "EUR", "€3.50"),
        ("It paid 40m NOK.", "NOK", "40 million NOK"),
        ("It fell to 3.8 per cent.", "%", "3.8%"),
        ("It rose 25 basis points.", "%{points}", "0.25 percentage points"),
        ("It was 41.5C.", "Cel", "41.5°C"),
        ("The train covered 1,180km.", "km", "1,180 km"),
        ("It took one hour.", "h", "1 hour"),
        ("It stands 6 feet tall.", "[ft_i]", "6 feet"),
        ("It grew by 1 inch.", "[in_i]", "1 inch"),
        ("It pumps 3,000 barrels a day.", "[bbl_us]/d", "3,000 barrels per day"),
        ("It has 100 kcal.", "kcal", "100 kcal"),
        ("At least 76 people came.", None, "76 people"),
    ],
)
def test_a_quantity_in_words(text: str, code: str | None, expected: str) -> None:
    """Names for units, signs for money, words for fractions; what is counted keeps its own words."""
    (quantity,) = Analysis(Article(text)).quantities
    assert (code, expected) == (quantity.unit, quantity_in_words(quantity))


@pytest.mark.parametrize(
    ("iso", "expected"),
    [
        ("2024-02-13", "13 February 2024"),
        ("2024-02", "February 2024"),
        ("2024", "2024"),
        ("2024-W18", "week 18 of 2024"),
        ("2024-02-13T19:00", "13 February 2024, 19:00"),
        ("2024-01/2024-03", "January to March 2024"),
        ("2024-03-03/2024-03-05", "3 to 5 March 2024"),
        ("2024-12-23/2025-01-07", "23 December 2024 to 7 January 2025"),
        ("1990/1999", "the 1990s"),
        ("1801/1900", "the 19th century"),
        ("1939/1945", "1939 to 1945"),
        ("soon", "soon"),
        ("2023-09-12T14:30:00Z", "12 September 2023, 14:30"),
        ("2023-09-30/2023-10-02", "30 September to 2 October 2023"),
        ("2023-19-12", "2023-19-12"),
        (None, ""),
    ],
)
def test_a_date_in_words(iso: str | None, expected: str) -> None:
    """No precision is added and none is lost; what is no date is given back."""
    assert expected == date_in_words(iso)


@given(st.text(alphabet="0123456789.,/$€% kmhours") | st.text())
def test_any_quantity_and_any_date_can_be_said(text: str) -> None:
    """For any text there are words."""
    for quantity in Analysis(Article(text)).quantities:
        assert quantity_in_words(quantity)
    assert date_in_words(text) or not text
