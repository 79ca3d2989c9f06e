"""From an answer's draft to an answer that holds, or an honest "the article does not say"."""

from __future__ import annotations

from summarizer.grounding.grounder import Grounded, Grounder
from summarizer.grounding.phrases import stands_in
from summarizer.schemas.answer import Answer, AnswerDraft
from summarizer.schemas.evidence import Claim


def settle_answer(draft: AnswerDraft | None, question: str, grounder: Grounder) -> Grounded[Answer]:
    """The answer with the claims that hold; with none left, nothing was found."""
    if draft is None or not draft.found:
        if draft:
            grounder.count("/found")
        return grounder.grounded(Answer(question=question, found=False, claims=[], short=None))
    claims = [
        claim for n, one in enumerate(draft.claims) if (claim := grounder.claim(one.text, one.evidence, f"/claims/{n}"))
    ]
    if not claims:
        grounder.note("ungrounded", "/found", "no claim of the answer holds in the article", "dropped")
        return grounder.grounded(Answer(question=question, found=False, claims=[], short=None))
    return grounder.grounded(
        Answer(question=question, found=True, claims=claims, short=_short(draft, claims, grounder))
    )


def _short(draft: AnswerDraft, claims: list[Claim], grounder: Grounder) -> str | None:
    """A short answer must be words of the evidence."""
    short = " ".join((draft.short or "").split())
    if not short:
        return None
    if any(stands_in(short, span.text) for claim in claims for span in claim.evidence):
        grounder.count("/short")
        return short
    grounder.amend("ungrounded", "/short", f"{short!r} is not in the cited sentences", "dropped")
    return None
