"""Points of a summary and claims of an answer while the model still writes: told once they are whole and hold.

The text so far is parsed by jiter's partial mode (it comes with openai), which leaves out what is not finished.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from pydantic import ValidationError

from summarizer.analysis import Analysis
from summarizer.grounding import Checker, Grounder
from summarizer.schemas.evidence import Claim, DraftClaim, numbers_refer_to
from summarizer.settings import Level, Policy

LAST_FIELD = list(DraftClaim.model_fields)[-1]


class Listener:
    """Hears the text of a summary's or an answer's draft as it grows, and tells `tell` each claim that holds, in order.

    A claim that does not hold is not told: it may be worded anew, and the result says what became of it. An answer that
    is asked for again is heard from its beginning; what was told before is not told twice.
    """

    def __init__(self, analysis: Analysis, level: Level, language: str | None, tell: Callable[[Claim], None]) -> None:
        self._court = Grounder(analysis, Checker(Level(level)), Policy.DROP, language=language)
        self._tell = tell
        self._heard: set[str] = set()

    def __call__(self, text: str) -> None:
        """Take note of all that was written so far."""
        if not text.rstrip().endswith(('"', "}", "]", ",")):
            return
        from jiter import from_json

        try:
            data = from_json(text.encode("utf-8", "surrogatepass"), partial_mode=True)
        except ValueError:
            return
        for said in _finished(data):
            self._check(said)

    def _check(self, said: dict[str, Any]) -> None:
        try:
            with numbers_refer_to(self._court.analysis.article):
                proposed = DraftClaim.model_validate(said)
        except ValidationError:
            return
        if proposed.text in self._heard:
            return
        self._heard.add(proposed.text)
        if claim := self._court.claim(proposed.text, proposed.evidence, ""):
            self._tell(claim)


def _finished(data: Any) -> Iterator[dict[str, Any]]:
    """The claims whose last field is there: partial mode has no field that is not closed."""
    if not isinstance(data, dict):
        return
    answers = [one for one in _list(data, "answers") if isinstance(one, dict) and one.get("found") is True]
    claims = [said for one in answers for said in _list(one, "claims")]
    for said in (data.get("headline"), *_list(data, "points"), *claims):
        if isinstance(said, dict) and said and list(said)[-1] == LAST_FIELD:
            yield said


def _list(data: dict[str, Any], name: str) -> list[Any]:
    found = data.get(name)
    return found if isinstance(found, list) else []
