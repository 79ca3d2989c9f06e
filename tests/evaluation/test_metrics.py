"""What an article adds to each metric, counted by hand."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from summarizer.article import Article
from summarizer.evaluation.comparison import Tally, tally
from summarizer.evaluation.gold import Gold, Part
from summarizer.schemas.answer import Answer
from summarizer.schemas.entities import DateMention, Entities, Entity
from summarizer.schemas.evidence import Claim, Mention, Span, Value
from summarizer.schemas.result import ArticleRef, Coverage, Issue, Result, Run, Usage
from summarizer.schemas.summary import Summary
from summarizer.schemas.topics import Topic, Topics
from summarizer.tasks import registry
from summarizer.tasks.scoring import score_dates

ARTICLE = Article(
    "Ann Lee met Bob Ray on 4 May 2024. She paid him 30 euros. He left for Oslo.", published=date(2024, 5, 6)
)


def result(value: Value, *issues: Issue) -> Result[Any]:
    """A result on the article."""
    return Result(
        task=next(one.name for one in registry.entries() if one.load().value is type(value)),
        status="complete",
        value=value,
        issues=list(issues),
        coverage=Coverage(sentences=3, read=3),
        article=ArticleRef(id=ARTICLE.id, source="", title=None, published=None, characters=len(ARTICLE.text)),
        run=Run(id="r", model="m", prompt="", schema="", version="0", requests=0, decided=0, usage=Usage(),
                cost_usd=None, seconds=0),
    )  # fmt: skip


def claim(number: int, text: str | None = None, support: Any = "verbatim") -> Claim:
    """A claim that rests on a sentence, and is the sentence itself where no text is given."""
    span = Span.of(ARTICLE.sentences[number - 1])
    return Claim(text=text or span.text, evidence=[span], support=support)


def mention(text: str) -> Mention:
    """The first place of a text."""
    start = ARTICLE.text.index(text)
    sentence = ARTICLE.sentence_at(start)
    assert sentence is not None
    return Mention(sentence=sentence.number, start=start, end=start + len(text), text=text)


def sums(line: dict[str, Any], *results: Result[Any]) -> Tally:
    """The tally."""
    tasks = {name: registry.get(name) for name in line}
    parts = tuple(Part(task, task.gold().model_validate(line[name])) for name, task in tasks.items())
    return tally(Gold("a", ARTICLE, parts), results)


def test_summary_evidence() -> None:
    """Headline and points cite sentences 1 and 3; the gold is 1 and 2: one of two either way."""
    found = sums(
        {"summary": {"evidence": ["Ann Lee met", "30 euros"]}}, result(Summary(headline=claim(1), points=[claim(3)]))
    )
    assert (1, 2) == found["summary evidence precision"]
    assert (1, 2) == found["summary evidence recall"]


def test_names() -> None:
    """Three gold names: one right, one with the wrong type, one missed."""
    entities = [
        Entity(id="e1", name="Ann Lee", type="person", aliases=[], role=None, mentions=[mention("Ann Lee")]),
        Entity(id="e2", name="Oslo", type="organisation", aliases=[], role=None, mentions=[mention("Oslo")]),
    ]
    names = [
        {"text": "Ann Lee", "type": "person"},
        {"text": "Bob Ray", "type": "person"},
        {"text": "Oslo", "type": "place"},
    ]
    found = sums({"entities": {"names": names}}, result(Entities(entities=entities, dates=[], quantities=[])))
    assert (1, 2) == found["names precision, typed"]
    assert (1, 3) == found["names recall, typed"]
    assert (2, 5) == found["names F1, typed"]
    assert (4, 5) == found["names F1, untyped"]


def test_dates() -> None:
    """Found where it overlaps, right where the days are the same."""
    told = DateMention(text="4 May 2024", iso="2024-05-04", mentions=[mention("4 May 2024")])
    found = sums(
        {"entities": {"dates": [{"text": "May 2024", "iso": "2024-05-04"}]}},
        result(Entities(entities=[], dates=[told], quantities=[])),
    )
    assert (1, 1) == found["dates found"]
    assert (1, 1) == found["dates right"]


@pytest.mark.parametrize(
    ("gold", "given", "right"),
    [
        ("2024-05", "2024-05-01/2024-05-31", 1),
        ("2024-05", "2024-05-01", 0),
        (None, None, 1),
        (None, "2024", 0),
        ("2024", None, 0),
        ("2024-05-04", "2024-05-04T10:00", 0),
        ("2024-05-04T10:00", "2024-05-04T10:00", 1),
    ],
)  # fmt: skip
def test_values_of_dates(gold: str | None, given: str | None, right: int) -> None:
    """Days count, not their spelling; an unknown date is right only as unknown."""
    assert right == {one.metric: one.right for one in score_dates([((0, 4), gold)], [((0, 4), given)])}["dates right"]


def test_a_found_date_answers_one_gold_date() -> None:
    """A range that covers two gold dates finds the first of them."""
    found, _ = score_dates([((0, 4), "2024"), ((5, 9), "2025")], [((0, 9), "2024/2025")])
    assert ("dates found", 1, 2) == found


def asked(*answers: str) -> dict[str, Any]:
    """One question with these gold answers."""
    return {"answer": {"questions": [{"question": "Where?", "answers": list(answers)}]}}


def test_a_right_answer() -> None:
    """Its sentence holds the gold answer, and its short form is it."""
    found = sums(asked("Oslo"), result(Answer(question="Where?", found=True, claims=[claim(3)], short="Oslo")))
    for metric in (
        "answered",
        "answer evidence precision",
        "answer evidence recall",
        "answer exact",
        "short shown",
        "short F1",
    ):
        assert (1, 1) == found[metric], metric
    assert "refused" not in found


def test_a_wrong_sentence() -> None:
    """Another sentence: answered, but without gold evidence."""
    found = sums(asked("Oslo"), result(Answer(question="Where?", found=True, claims=[claim(2)], short=None)))
    assert (1, 1) == found["answered"]
    assert (0, 1) == found["answer evidence recall"]
    assert (0, 1) == found["answer exact"]
    assert (0, 1) == found["short shown"]


def test_refusals() -> None:
    """Right where there is no answer, wrong where there is one."""
    refused = result(Answer(question="Where?", found=False, claims=[], short=None))
    assert (1, 1) == sums(asked(), refused)["refused"]
    assert (0, 1) == sums(asked("Oslo"), refused)["answered"]
    assert (0, 1) == sums(asked("Oslo"), refused)["answer F1"]


def test_what_failed_is_wrong_not_absent() -> None:
    """Without any result no metric profits, not even the refusals."""
    names, dates = [{"text": "Oslo", "type": "place"}], [{"text": "4 May 2024", "iso": None}]
    line = {"summary": {"evidence": ["30 euros"]}, "entities": {"names": names, "dates": dates}, **asked()}
    found = sums(line)
    assert (0, 1) == found["refused"]
    assert (0, 1) == found["summary evidence recall"]
    assert (0, 1) == found["names F1, typed"]
    assert (0, 1) == found["dates found"]


def test_grounded_share() -> None:
    """A claim edited to another number is not grounded, nor is an unchecked one; of any task, by the same check."""
    summary = Summary(headline=claim(2), points=[claim(2, "She paid him 50 euros."), claim(3, "He left.", "unchecked")])
    topic = Topic(keyword="euros", mentions=[mention("euros")], theme=claim(2, "She paid him 50 euros."))
    assert (1, 3) == sums({"summary": {}}, result(summary))["claims grounded"]
    assert (0, 1) == sums({"topics": {}}, result(Topics(topics=[topic])))["claims grounded"]


def test_a_task_without_a_score_of_its_own_is_measured_by_its_sentences() -> None:
    """Two cited, one of them right; two are right."""
    topics = [Topic(keyword="x", mentions=[], theme=claim(number)) for number in (1, 3)]
    found = sums({"topics": {"sentences": [1], "evidence": ["30 euros"]}}, result(Topics(topics=topics)))
    assert (1, 2) == found["topics evidence precision"]
    assert (1, 2) == found["topics evidence recall"]


def test_rejected_proposals() -> None:
    """One dropped and one replaced, of two claims kept and the one that is gone."""
    issues = [
        Issue(code="ungrounded", where="/points/0", message="", action=action) for action in ("dropped", "replaced")
    ]
    found = sums({"summary": {}}, result(Summary(headline=claim(1), points=[claim(2)]), *issues))
    assert (2, 3) == found["proposals rejected"]
