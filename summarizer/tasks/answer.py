"""Answers to questions, or that the article does not say."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from pydantic import BaseModel, ConfigDict

from summarizer.analysis import Analysis
from summarizer.analysis.phrases import stands_in
from summarizer.analysis.words import fold
from summarizer.article import Article
from summarizer.engines.prompting import Part, shown
from summarizer.extractive.answering import answer_draft, yes_or_no
from summarizer.extractive.retrieval import has_evidence, is_foreign, retrieve
from summarizer.grounding import Grounder
from summarizer.reader import load_reader
from summarizer.schemas.answer import Answer, AnswerDraft, AnswerOptions, AnswersDraft
from summarizer.schemas.evidence import Claim, Span
from summarizer.tasks.base import Merging, Misread, Product, Task
from summarizer.tasks.scoring import GoldPlace, Score, exact, sentences_with, word_f1
from summarizer.tasks.settling import kept
from summarizer.tasks.view import Line, Section, grounds, section

NOT_FOUND, NONE_SAYS = "The article does not say.", "None of the articles says."
CLOSEST = 3
NOT_ASKED = ""
"""Stands for a question that is not worth asking; the others keep their numbers."""
LEFT_OUT = AnswerDraft(question=0, found=False, claims=[], short=None)
"""Stands for the answer to a question that a model left out."""


class GoldQuestion(BaseModel):
    """A question; without answers it is one that the article does not answer.

    `evidence` are pieces of the sentences that answer; where it is empty, the sentences of the answers count.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    question: str
    answers: list[GoldPlace] = []
    evidence: list[GoldPlace] = []

    @property
    def located(self) -> list[GoldPlace]:
        """What must stand in the article: an answer may be worded freely where its evidence is given."""
        return self.evidence or self.answers


class GoldAnswers(BaseModel):
    """The questions of an article."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    questions: list[GoldQuestion]


class AnswerTask(Task[AnswersDraft, Answer, AnswerOptions]):
    """See the file's first line."""

    name = "answer"
    draft, value, options = AnswersDraft, Answer, AnswerOptions

    def worth_asking(self, analysis: Analysis, options: AnswerOptions) -> AnswerOptions | None:
        """The questions of which the article has any word."""
        worth = tuple(one if one and has_evidence(analysis, one) else NOT_ASKED for one in options.questions)
        return options.model_copy(update={"questions": worth}) if any(worth) else None

    def candidates(self, analysis: Analysis, options: AnswerOptions, part: Part) -> Iterator[str]:
        """The questions by their numbers."""
        return (f"{n} {shown(question)}" for n, question in enumerate(options.questions, 1) if question)

    def propose(self, analysis: Analysis, options: AnswerOptions) -> AnswersDraft:
        """What the reader finds in the sentences that retrieval finds."""
        asked = [(n, question) for n, question in enumerate(options.questions, 1) if question]
        return AnswersDraft(
            answers=[
                answer_draft(analysis, question, n, reader=analysis.reader or load_reader()) for n, question in asked
            ]
        )

    def products(self, draft: AnswersDraft | None, options: AnswerOptions) -> Iterator[Product]:
        """A result a question: a model may leave questions out, or turn them around."""
        known = {one.question: (one, f"/answers/{place}") for place, one in enumerate(draft.answers if draft else ())}
        for number, alone in enumerate(self.each(options), 1):
            yield Product(alone, *known.get(number, (LEFT_OUT, "/answers/0")))

    def each(self, options: AnswerOptions) -> tuple[AnswerOptions, ...]:
        """One question each."""
        return tuple(options.model_copy(update={"questions": (question,)}) for question in options.questions)

    def together(self, options: Sequence[AnswerOptions]) -> AnswerOptions:
        """All questions."""
        return AnswerOptions(questions=tuple(question for one in options for question in one.questions))

    def settle(self, draft: AnswerDraft, options: AnswerOptions, grounder: Grounder) -> Answer:
        """The answer with the claims that hold; with none left, nothing was found."""
        question = options.questions[0]
        if not draft.found:
            if draft is not LEFT_OUT:
                grounder.count("/found")
            return _not_found(question, grounder)
        claims = kept(draft.claims, "/claims", lambda one, where, by: by.claim(one.text, one.evidence, where), grounder)
        if not claims:
            grounder.note("ungrounded", "/found", "no claim of the answer holds in the article", "dropped")
            return _not_found(question, grounder)
        return Answer(question=question, found=True, claims=claims, short=_short(draft, question, claims, grounder))

    async def merge(self, drafts: Sequence[AnswersDraft], options: AnswerOptions, merging: Merging) -> AnswersDraft:
        """Of each question the claims of all parts that answer it; a short answer only where they agree."""
        numbers = dict.fromkeys(one.question for draft in drafts for one in draft.answers)
        answers = [[one for draft in drafts for one in draft.answers if one.question == n] for n in numbers]
        return AnswersDraft(answers=list(map(_one, answers)))

    def sought(self, options: AnswerOptions) -> tuple[str, ...]:
        """The questions."""
        return tuple(filter(None, options.questions))

    def unanswered(self, options: AnswerOptions, values: Sequence[Answer | None]) -> AnswerOptions | None:
        """The questions to which nothing was found that holds."""
        left = tuple(
            question if question and not (value and value.found) else NOT_ASKED
            for question, value in zip(options.questions, values, strict=True)
        )
        return options.model_copy(update={"questions": left}) if any(left) else None

    def view(self, value: Answer) -> Iterator[Section]:
        """The short answer or the first claim on top; the passages nearest to a question that has none."""
        if not value.found:
            yield Section(value.question, (Line(NONE_SAYS if value.articles else NOT_FOUND),), head=True)
            yield from section("closest", map(Line.at, value.closest))
            return
        lines = tuple(map(Line.of, value.claims))
        head = (Line(value.short, value.claims[0].evidence, value.claims[0].support),) if value.short else lines[:1]
        yield Section(value.question, head, head=True)
        yield from section("", lines if value.short else lines[1:])
        for group in value.conflicts:
            yield from section("these contradict each other", map(Line.of, group))

    def rows(self, value: Answer) -> Iterator[dict[str, Any]]:
        """One row a claim of the answer; one without a claim where nothing was found."""
        said = {"question": value.question, "found": value.found, "short": value.short}
        for claim in value.claims:
            yield said | {"answer": claim.text} | grounds(claim)
        if not value.claims:
            yield said | dict.fromkeys(("answer", "support", "sentences"))

    def gold(self) -> type[BaseModel]:
        """Questions with their answers."""
        return GoldAnswers

    def asked_by(self, gold: GoldAnswers) -> dict[str, Any]:
        """The questions."""
        return {"questions": tuple(one.question for one in gold.questions)}

    def score(self, gold: GoldAnswers, values: Sequence[Answer | None], article: Article) -> Iterator[Score]:
        """Refusals, evidence and words, question by question."""
        known = {value.question: value for value in values if value}
        for asked in gold.questions:
            yield from _score(asked, known.get(asked.question), article)

    def misread(self, value: Answer, grounder: Grounder | None) -> Iterator[Misread]:
        """Whether something was found, and the short answer."""
        if value.found != bool(value.claims):
            told = f"found is {str(value.found).lower()} with {len(value.claims)} claims"
            yield Misread("/found", "wrong_answer", told)
        spans = [span.text for claim in value.claims for span in claim.evidence]
        if value.short and not any(fold(value.short) in fold(" ".join(text.split())) for text in spans):
            yield Misread("/short", "wrong_answer", f"{value.short!r} is not in the cited sentences")

    def abstained(self, value: Answer) -> bool:
        """Whether the article does not say."""
        return not value.found


def _not_found(question: str, grounder: Grounder) -> Answer:
    """An honest "the article does not say", with the passages nearest to the question and why it was not answered."""
    analysis = grounder.analysis
    if not has_evidence(analysis, question):
        message = "no word of the question stands in the article; no model was asked"
        grounder.note("no_evidence", "/found", message, "none")
    if is_foreign(question, analysis):
        message = "the question is not in the article's language; code could look for names and numbers only"
        grounder.note("question_language", "/found", message, "none")
    closest = [Span.of(passage.sentence) for passage in retrieve(analysis, question, CLOSEST).passages]
    return Answer(question=question, found=False, claims=[], short=None, closest=closest)


def _short(draft: AnswerDraft, question: str, claims: list[Claim], grounder: Grounder) -> str | None:
    """A short answer must be words of the evidence, or the yes or no that the reader finds in it."""
    short = " ".join((draft.short or "").split())
    if not short:
        return None
    evidence = [span for claim in claims for span in claim.evidence]
    told = any(stands_in(short, span.text) for span in evidence)
    if not told and short.rstrip(".") in ("Yes", "No"):
        article, reader = grounder.analysis.article, grounder.checker.reader or load_reader()
        cited = [sentence for span in evidence if (sentence := article.sentence(span.sentence))]
        told = yes_or_no(question, cited, article, reader)[1] == short.rstrip(".")
    if told:
        grounder.count("/short")
        return short
    grounder.amend("ungrounded", "/short", f"{short!r} is not in the cited sentences", "dropped")
    return None


def _one(answers: Sequence[AnswerDraft]) -> AnswerDraft:
    """The answers of several parts to one question as one."""
    found = [one for one in answers if one.found]
    shorts = {one.short for one in found if one.short}
    claims = {claim.text: claim for one in found for claim in one.claims}
    told = {"claims": list(claims.values()), "short": shorts.pop() if len(shorts) == 1 else None}
    return found[0].model_copy(update=told) if found else answers[0]


def _score(asked: GoldQuestion, answer: Answer | None, article: Article) -> Iterator[Score]:
    said = bool(answer and answer.found)
    if not asked.answers:
        refused = float(answer is not None and not said)
        yield from (Score(metric, refused, 1) for metric in ("refused", "answer exact", "answer F1"))
        return
    texts, right = [place.text for place in asked.answers], sentences_with(asked.located, article)
    claims, short = (answer.claims, answer.short) if answer and said else ([], None)
    cited = {span.sentence for claim in claims for span in claim.evidence}
    yield Score("answered", said, 1)
    yield Score("answer evidence precision", len(cited & right), len(cited))
    yield Score("answer evidence recall", bool(cited & right), 1)
    yield Score("answer exact", exact(short, texts) if short else 0, 1)
    yield Score("answer F1", word_f1(short or (claims[0].text if claims else ""), texts), 1)
    yield Score("short shown", bool(short), said)
    if short:
        yield Score("short exact", exact(short, texts), 1)
        yield Score("short F1", word_f1(short, texts), 1)


TASK = AnswerTask()
