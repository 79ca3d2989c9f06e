"""A claim worded in another language than its sentences, because the user asked for that language.

The check reads words; across languages only figures can be compared. Such a claim is never `checked`: it is kept as
`unchecked`, and only where every figure in it stands in its sentences.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from summarizer.analysis import Analysis
from summarizer.grounding.check import Check, check
from summarizer.grounding.language import is_english
from summarizer.schemas.evidence import Span
from summarizer.settings import Level

_FIGURE = re.compile(r"\d+(?:[.,\u00a0\u202f’'](?=\d)\d+)*")


def check_in(language: str | None, claim: str, cited: Sequence[Span], *, level: Level, article: Analysis) -> Check:
    """As `check`; where a language was asked for and the claim's is not its sentences', by the figures alone."""
    outcome = check(claim, cited, level=level, article=article)
    said = " ".join(span.text for span in cited)
    if not language or outcome.supported is not False or is_english(claim) == is_english(said):
        return outcome
    known = set(_figures(said))
    if wrong := [figure for figure in _figures(claim) if figure not in known]:
        return Check(False, 0.0, tuple(f"{figure} is not in the cited sentences" for figure in wrong))
    return Check(
        None, 0.0, (f"worded in {language}, not in the language of its sentences: only figures were compared",)
    )


def _figures(text: str) -> list[str]:
    """Figures without their separators: 5,2 in German is 5.2 in English."""
    return ["".join(filter(str.isdigit, match[0])) for match in _FIGURE.finditer(text)]
