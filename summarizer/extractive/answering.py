"""Answers by the reader: the likeliest span, and whether it is sure enough to be shown.

Three outcomes: a short answer with the sentence that holds it, that sentence alone, or "the article does not say". The
thresholds were chosen on one half of a SQuAD 2.0 sample and measured on the other (benchmarks/answers).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Literal

from summarizer.analysis import Analysis
from summarizer.analysis.language import is_english
from summarizer.analysis.speech import turns
from summarizer.analysis.words import content_stems
from summarizer.article import Article, Sentence
from summarizer.extractive.answer_kinds import fits, tells_money
from summarizer.extractive.questions import Question, is_paid, statements, understand
from summarizer.extractive.retrieval import CENTRES, Retrieved, retrieve
from summarizer.extractive.spans import READ, Found, evidence_of, is_contested, logit, spans
from summarizer.extractive.story import is_question, told
from summarizer.extractive.trims import cited, trimmed
from summarizer.extractive.weights import outcome_of
from summarizer.reader import Reader
from summarizer.schemas.answer import AnswerDraft
from summarizer.schemas.evidence import DraftClaim

FOUND, SHORT = -0.9, -0.2
"""The least score of a sentence that answers, and of a short answer."""
_SUPPORTED = 0.6
# A figure of the right unit is soon found, and so is a phrase for a reason: "How long is the bridge?" and "closed for
# six weeks", "Why did she start rowing?" and "in shifts" (benchmarks/answers).
_LEAST_OF_SOME = 0.25
_SURE, _RELATED, _APART = 0.7, 0.4, 2.5
_NEAR = 3
_LISTED, _LEAST_COVERED, _SHORT_WORDS = 4, 0.6, 12

_BOUND = re.compile(r"(?:\b(?:not|never|no|none|neither)|n[’']t)\b[^,;]{0,60}$", re.IGNORECASE)
_TWO_FIGURES = re.compile(
    r"(?<!between )\d[^\s]* (?:and|or) [^\s\w]?\d"
    # "a third full in August have risen to 81 percent", "640,000 a year and a sensor costs 90,000"
    r"|\b(?:\d|half|third|quarter).* (?:and an?|have|has|had|is|are|was|were|costs?) .*\d",
    re.IGNORECASE,
)
# "The treasurer proposed raising the fare from £4.20 to £4.80": the first is no longer so.
_FROM, _TO = re.compile(r"\bfrom \D{0,3}$"), re.compile(r"[^\d.;]{0,20} to \D{0,3}\d")
_NEXT_FIGURE = re.compile(r",\s(?=[^\s\w]?\d)")  # "84 million euros, 9 million more": the second is of another thing
_BECAUSE = re.compile(
    r"\b(?:because|due to|owing to|thanks to|for fear|in order to|so that|for|to(?! (?:the|an?|h(?:is|er)|its|their)\b)"
    r"|after|as|since|over)\b"
)
_MARK = re.compile(r"[,;:.!?\"”)](?!\d)|\s[-–—]")
_VOTE = re.compile(
    r"\b(?:motion|proposal|amendment|resolution)\b.* (?:carried|passed|agreed|approved|accepted|lost|defeated"
    r"|rejected)\b"
)
_LOST = re.compile(r"\b(?:lost|defeated|rejected|fell|failed|not (?:carried|agreed|approved|passed))\b", re.IGNORECASE)
# "Was anybody hurt?" "Nobody else was hurt."
_OTHERS = re.compile(r"\b(?:else|no others?|(?:apart|aside) from)\b", re.IGNORECASE)
_POINTS_BACK = re.compile(r"\b(?:it|they|them|its|their|this|these)\b", re.IGNORECASE)
_NAME_OF = re.compile(r"\bname of\b|\bcalled\b", re.IGNORECASE)


def answer_draft(analysis: Analysis, question: str, number: int, *, reader: Reader) -> AnswerDraft:
    """What the article says to `question`, the `number`-th of those asked together.

    Each claim is a sentence of the article as it stands; `short` is a piece of it, or "Yes" or "No".
    """
    asked, article = understand(question), analysis.article
    retrieved = retrieve(analysis, question, CENTRES)
    if not any(word.is_content for word in asked.words) or not article.sentences:
        return _answer(article, number, [])
    if "en" not in reader.languages or not is_english(article.text):
        return _answer(article, number, _by_words(retrieved))
    if asked.kind == "yes_no":
        story = told(article)
        near = [one.sentence for one in retrieved.passages if one.sentence in story][:_NEAR] or story[:_NEAR]
        best, verdict = yes_or_no(asked.text, near, article, reader)
        best = best or next((one for one in near if _is_about(asked, one)), None)
        outcome = outcome_of(article, best) if best else None
        return _answer(article, number, [one for one in (best, outcome) if one], verdict)
    candidates = spans(analysis, asked, retrieved, reader)
    if not candidates or candidates[0].score < FOUND or is_question(candidates[0].sentence):
        return _answer(article, number, [])
    found, *rest = candidates
    others = [one.sentence for one in rest if one.support >= _SUPPORTED and replace(one, first=True).score >= SHORT]
    if asked.is_list and others:
        both = [found.sentence, *others[: _LISTED - 1]]
        return _answer(article, number, sorted(both, key=lambda sentence: sentence.number))
    # Eleven years of work tell no age, and what the electricity costs is not what the gate costs.
    no_age = asked.measure == ("age",) and not found.fitting
    if no_age or _is_of_another(asked, found.sentence, article) or _is_unnamed(asked, found.sentence):
        return _answer(article, number, [])
    contested = not asked.is_list and is_contested(analysis, asked, found, reader)
    return _answer(article, number, [found.sentence], None if contested else _short(analysis, asked, found))


def _is_about(asked: Question, sentence: Sentence) -> bool:
    """Whether it has most of a question's words, two at least: "Never use a metal sieve" for "Can I use one?"."""
    words = {word.stem for word in asked.telling}
    said = words.intersection(content_stems(sentence.text))
    return len(said) > 1 and len(said) >= _LEAST_COVERED * len(words)


def _is_of_another(asked: Question, sentence: Sentence, article: Article) -> bool:
    """Whether a sum of money is asked for, and the sentence has none, or none of what it is asked of."""
    if asked.measure != ("money",):
        return False
    things = {word.stem for word in asked.telling if not is_paid(word.folded)}
    paying = {word.stem for word in asked.telling} - things
    before = article.sentence(sentence.number - 1) if _POINTS_BACK.search(sentence.text) else None
    said = content_stems(f"{before.text} {sentence.text}" if before else sentence.text)
    free = not tells_money(sentence.text) and paying.isdisjoint(said)  # not "Analysts expected a profit of 60 million"
    return free or bool(things and things.isdisjoint(said))


def _is_unnamed(asked: Question, sentence: Sentence) -> bool:
    """Whether a name is asked for that the sentence leaves out: "started by a colleague who could not see him"."""
    if not asked.noun or not _NAME_OF.search(asked.text):
        return False
    return re.search(rf"\b(?:an?|another) (?:\w+ )?{re.escape(asked.noun)}\b(?!,| [A-Z])", sentence.text) is not None


def _short(analysis: Analysis, asked: Question, found: Found) -> str | None:
    """The words of the span, where they are sure enough and of the kind asked for.

    Of "will not be taken before March" no day is told; of "closed on Monday for repairs" the reason begins at "for".
    """
    sentence, start, end = found.sentence, found.start, found.end
    if asked.kind == "reason":
        start, end = _clause(sentence, start, end)
    least = _LEAST_OF_SOME if asked.kind in ("number", "reason") else 0.0
    if found.score < SHORT or found.support < least or not fits(analysis, asked, sentence, start, end):
        return None
    text = " ".join(analysis.article.text[start:end].split()).strip(" ,;:.")
    if asked.kind == "person":  # not the role behind it: "Sam Okoro (treasurer)"
        text = text.partition(" (")[0]
    first, last = start - sentence.start, end - sentence.start
    if asked.kind == "number":
        text = _NEXT_FIGURE.split(text)[0]
        if _TWO_FIGURES.search(text):
            return None
    was = asked.kind != "date" and _FROM.search(sentence.text, 0, first) and _TO.match(sentence.text, last)
    unsaid = was or (asked.kind == "date" and _BOUND.search(sentence.text, 0, first))
    return None if unsaid or len(text.split()) > _SHORT_WORDS else text


def _clause(sentence: Sentence, start: int, end: int) -> tuple[int, int]:
    """A reason from its "because" to the next mark: not "Knowing that Stalin" of "Knowing that Stalin was hostile"."""
    text, first, last = sentence.text, start - sentence.start, end - sentence.start
    begin, stop = _BECAUSE.search(text, first, last), _MARK.search(text, last)
    return sentence.start + (begin.start() if begin else first), sentence.start + (stop.start() if stop else last)


def yes_or_no(
    question: str, near: Sequence[Sentence], article: Article, reader: Reader
) -> tuple[Sentence | None, Literal["Yes", "No"] | None]:
    """The sentence that tells most of a yes-or-no question, and what it says; None where that is not sure.

    The question as a statement and its denial are judged far better than "…? Yes." and "…? No." (benchmarks/answers).
    """
    if _VOTE.search(question) and (voted := _voted(near, article)):
        moved, outcome = voted
        lost = _LOST.search(outcome.text) is not None
        return moved, "No" if lost != bool(_LOST.search(question)) else "Yes"
    said, denied = statements(question[:READ])
    pairs = [(evidence_of(article, one), claim) for one in near for claim in (*said, *denied)]
    scores = iter(reader.supports(pairs))
    judged = [([next(scores) for _ in said], [next(scores) for _ in denied], one) for one in near]
    yes, no, best = max(judged, key=lambda one: max(*one[0], *one[1]))
    apart = sum(map(logit, yes)) / len(yes) - sum(map(logit, no)) / len(no)
    if max(*yes, *no) < _RELATED:
        return None, None
    opposed = max(max(other[0] if apart < 0 else other[1]) for other in judged)
    sure = abs(apart) >= _APART and max(yes if apart > 0 else no) >= _SURE and (opposed < _SURE or len(near) == 1)
    of_others = _OTHERS.search(best.text) and not _OTHERS.search(question)
    return best, ("Yes" if apart > 0 else "No") if sure and not of_others else None


def _voted(near: Sequence[Sentence], article: Article) -> tuple[Sentence, Sentence] | None:
    """The nearest motion and the sentence that tells what came of it."""
    return next(((one, outcome) for one in near if (outcome := outcome_of(article, one))), None)


def _by_words(retrieved: Retrieved) -> list[Sentence]:
    """The nearest sentence, where it and the next have most of the question's words and no name of it is missing."""
    sure = retrieved.passages and not retrieved.missing and retrieved.coverage >= _LEAST_COVERED
    return [retrieved.passages[0].sentence] if sure else []


def _answer(article: Article, number: int, sentences: Sequence[Sentence], short: str | None = None) -> AnswerDraft:
    claims = [_claim(article, sentence) for sentence in sentences]
    return AnswerDraft(question=number, found=bool(claims), claims=claims, short=short)


def _claim(article: Article, sentence: Sentence) -> DraftClaim:
    """The sentence without "A:", a speaker's name or the number of its paragraph before it."""
    turn = turns(article).get(sentence.number)
    text = trimmed(sentence.text[turn.start if turn else 0 :])
    text = text if sentence.text.endswith(text) else sentence.text
    return DraftClaim(evidence=[cited(sentence, text)], text=text)
