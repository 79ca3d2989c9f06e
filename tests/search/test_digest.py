"""A digest of articles that agree, differ and contradict: every expected claim is found, and nothing false."""

from __future__ import annotations

import time
from datetime import date
from typing import Any

import pytest

from summarizer.article import Article
from summarizer.client import AsyncSummarizer
from summarizer.errors import InputError, ServerFault, Spent, UsageError
from summarizer.models.fake import FakeModel
from summarizer.models.model import Completion, Request, T
from summarizer.schemas.digest import Digest
from summarizer.schemas.evidence import Claim, Mention, Span
from summarizer.schemas.result import Result
from summarizer.tasks import registry
from summarizer.tasks.digest import Together

HERALD = Article(
    "The Harwick bridge opened on 3 May 2021. Mayor Anna Pell cut the ribbon in front of 400 guests.\n\n"
    "The bridge cost 5.2 million pounds. It is 310 metres long and carries two lanes of traffic. "
    "The old ferry across the Orwell will stop running in June.",
    source="herald.txt",
    published=date(2021, 5, 4),
)
POST = Article(
    "The new bridge in Harwick was opened on 3 May 2021. "
    "The bridge cost 6.1 million pounds, the council said.\n\n"
    "Mayor Anna Pell cut the ribbon. Nearby shops complained about months of dust and noise. "
    "The bridge is 310 metres long.",
    source="post.txt",
    published=date(2021, 5, 5),
)
GULL = Article(
    "The Harwick bridge opened on 4 May 2021. Fishermen fear for the herring in the Orwell.\n\n"
    "The bridge is 310 metres long. A toll of 2 pounds will be charged from 2022.",
    source="gull.txt",
    published=date(2021, 5, 6),
)
PAPERS = (HERALD, POST, GULL)
OF = {article.id: article.source.removesuffix(".txt") for article in PAPERS}


def told(claim: Claim) -> tuple[str, frozenset[str]]:
    """A claim's words, and the papers it rests on."""
    return claim.text.rstrip("."), frozenset(OF[span.article or ""] for span in claim.evidence)


async def by_code(*articles: Article) -> Result[Digest]:
    async with AsyncSummarizer("extractive") as client:
        return await client.digest(articles)


def holds(value: Digest) -> bool:
    """Whether every span and mention is where it says."""
    texts = {article.id: article.text for article in PAPERS}
    claims = [*value.agreed, *value.single, *(side for one in value.contradictions for side in one.sides)]
    told = (*claims, *(event.claim for event in value.timeline))
    places: list[Span | Mention] = [span for claim in told for span in claim.evidence]
    mentions: list[Span | Mention] = [mention for entity in value.entities for mention in entity.mentions]
    return all(texts[one.article or ""][one.start : one.end] == one.text for one in (*places, *mentions))


async def test_what_is_agreed_what_contradicts_and_what_one_says() -> None:
    """By code and the check alone: the whole table, each claim with its papers, and nothing besides."""
    result = await by_code(*PAPERS)
    value = result.value
    assert value is not None

    assert {
        ("Mayor Anna Pell cut the ribbon", frozenset({"herald", "post"})),
        ("The bridge is 310 metres long", frozenset({"herald", "post", "gull"})),
    } == set(map(told, value.agreed))
    against = {one.about: set(map(told, one.sides)) for one in value.contradictions}
    assert {"money", "day"} == set(against)
    assert {
        ("The bridge cost 5.2 million pounds", frozenset({"herald"})),
        ("The bridge cost 6.1 million pounds, the council said", frozenset({"post"})),
    } == against["money"]
    assert {
        ("The Harwick bridge opened on 3 May 2021", frozenset({"herald", "post"})),
        ("The Harwick bridge opened on 4 May 2021", frozenset({"gull"})),
    } == against["day"]
    assert {
        ("The old ferry across the Orwell will stop running in June", frozenset({"herald"})),
        ("Nearby shops complained about months of dust and noise", frozenset({"post"})),
        ("Fishermen fear for the herring in the Orwell", frozenset({"gull"})),
        ("A toll of 2 pounds will be charged from 2022", frozenset({"gull"})),
    } == set(map(told, value.single))
    assert ("complete", "3 articles", 14) == (result.status, result.article.source, result.coverage.read)
    assert list(OF) == [ref.id for ref in value.articles]
    assert holds(value)


async def test_names_are_one_over_all_articles_and_events_stand_in_one_timeline() -> None:
    """Each name once with the places of all papers; events in order of time, participants by the new ids."""
    value = (await by_code(*PAPERS)).value
    assert value is not None

    (pell,) = [entity for entity in value.entities if "Pell" in entity.name]
    assert {HERALD.id, POST.id} == {mention.article for mention in pell.mentions}
    assert len(value.entities) == len({entity.id for entity in value.entities})
    days = [event.when for event in value.timeline if event.when]
    assert ("2021-05-03", "2021-05-04", sorted(days)) == (days[0], days[-2], days)
    assert {one for event in value.timeline for one in event.participants} <= {one.id for one in value.entities}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Nearly 400 people came to the harbour fair.", "The harbour fair drew 396 people to Harwick."),
        ("The harbour fair opened in 2019.", "The harbour fair opened on 3 May 2019."),
        ("The harbour fair made 5 million pounds.", "The boat show made 6 million pounds."),
        ("Three people were hurt in Leeds.", "Two people were hurt in York."),
        ("Monday, 3 May 2021", "Tuesday, 4 May 2021"),
        ("Shares of Orwell Ferries fell by 3 per cent.", "Shares of Orwell Ferries rose by 4 per cent."),
    ],
    ids=["rounded", "a day of the year", "another thing", "another place", "a line that is a date", "another event"],
)
async def test_what_is_no_contradiction(one: str, other: str) -> None:
    """Figures that can both be right, or that are of different things."""
    value = (await by_code(Article(one), Article(other))).value
    assert value is not None
    assert [] == value.contradictions


@pytest.mark.parametrize(
    ("one", "other", "about"),
    [
        ("The harbour fair made 5 million pounds.", "The harbour fair made 6 million pounds, Tom Orr said.", "money"),
        ("The harbour fair opened on 3 May 2019.", "The harbour fair opened on 5 May 2019.", "day"),
        ("The harbour fair drew 396 people in 2019.", "The harbour fair drew 512 people in 2019.", "count"),
    ],
)
async def test_figures_that_cannot_both_be_right(one: str, other: str, about: str) -> None:
    """Both sides are told, each with its own sentence, and nothing else is."""
    value = (await by_code(Article(one), Article(other))).value
    assert value is not None
    (found,) = value.contradictions
    assert (about, [one, other]) == (found.about, [f"{side.text.rstrip('.')}." for side in found.sides])
    assert ([], []) == (value.agreed, value.single)


def said(text: str, *evidence: int) -> dict[str, Any]:
    return {"evidence": list(evidence), "text": text}


async def test_a_model_is_asked_once_about_a_few_articles() -> None:
    """Its claims are checked in each article they cite; what does not hold there is dropped and told."""
    answer = {
        "contradictions": [
            {"about": "cost", "sides": [said("The bridge cost 5.2 million pounds.", 3),
                                        said("The bridge cost 6.1 million pounds, the council said.", 7)]},
            {"about": "length", "sides": [said("The bridge is 310 metres long.", 10),
                                          said("The bridge is 310 metres long.", 13)]},
        ],
        "agreed": [said("Mayor Anna Pell cut the ribbon.", 2, 8), said("The bridge cost 9 million pounds.", 3, 7)],
        "single": [said("Nearby shops complained about months of dust and noise.", 9), said("All is well.", 99)],
    }  # fmt: skip
    fake = FakeModel([answer])
    async with AsyncSummarizer(fake) as client:
        result = await client.digest(PAPERS)
    value = result.value
    assert value is not None

    assert (1, 1, "complete") == (len(fake.requests), result.run.requests, result.status)
    assert (result.run.prompt or "").startswith("digest@")
    assert [("cost", [frozenset({"herald"}), frozenset({"post"})])] == [
        (one.about, [told(side)[1] for side in one.sides]) for one in value.contradictions
    ]
    assert ("Mayor Anna Pell cut the ribbon", frozenset({"herald", "post"})) in set(map(told, value.agreed))
    assert not any("9 million" in claim.text or "well" in claim.text for claim in (*value.agreed, *value.single))
    codes = [(issue.code, issue.where) for issue in result.issues]
    assert ("no_contradiction", "/contradictions/1") in codes
    assert {"/agreed/1", "/single/1"} <= {where for _, where in codes}
    assert "article 3: sentences 11-14, published 2021-05-06 Thursday" in fake.requests[0].messages[-1].content
    assert holds(value)


async def test_of_more_articles_than_a_request_holds_those_that_fail_are_named() -> None:
    """Groups of a few; the others are kept, and the result is incomplete."""
    articles = [Article(f"On day {n} the ferry of Harwick was painted red.", source=f"{n}.txt") for n in range(1, 9)]
    one = {"contradictions": [], "agreed": [], "single": [said("On day 1 the ferry of Harwick was painted red.", 1)]}

    class Failing(FakeModel):
        async def complete(self, request: Request[T]) -> Completion[T]:
            if "[3]" not in request.messages[-2].content:
                self.requests.append(request)
                raise ServerFault("gone", spent=Spent(1))
            return await super().complete(request)

    async with AsyncSummarizer(Failing([one])) as client:
        result = await client.digest(articles)

    assert ("incomplete", 6, 2) == (result.status, result.coverage.read, result.run.requests)
    assert ["7.txt", "8.txt"] == [issue.where for issue in result.issues if issue.code == "unread"]


async def test_all_fail() -> None:
    """Then there is nothing to show."""
    async with AsyncSummarizer(FakeModel([ServerFault("gone")])) as client:
        with pytest.raises(ServerFault):
            await client.digest(PAPERS)


@pytest.mark.parametrize(
    ("articles", "error"),
    [([HERALD], UsageError), ([HERALD, Article(HERALD.text)], UsageError), ([HERALD, Article(" ")], InputError)],
    ids=["one", "the same twice", "an empty one"],
)
async def test_what_is_no_digest(articles: list[Article], error: type[Exception]) -> None:
    """One clear line before anything is sent."""
    fake = FakeModel()
    async with AsyncSummarizer(fake) as client:
        with pytest.raises(error):
            await client.digest(articles)
    assert [] == fake.requests


async def test_one_article_is_told_where_to_go() -> None:
    """As a task among others it says that it is of several."""
    async with AsyncSummarizer("extractive") as client:
        with pytest.raises(UsageError, match="several"):
            await client.read("digest", HERALD)


def test_sentences_of_articles_together_are_those_of_each() -> None:
    """Numbered through, at their place in the joined text, and found again in their article."""
    together = Together.of(PAPERS)

    assert [one.text for article in PAPERS for one in article.sentences] == [one.text for one in together.sentences]
    assert all(together.text[one.start : one.end] == one.text for one in together.sentences)


async def test_what_a_person_sees_names_the_papers() -> None:
    """Behind each claim; a row a claim in a table."""
    value = (await by_code(*PAPERS)).value
    assert value is not None
    task = registry.get("digest")
    sections = {section.title: section for section in task.view(value)}

    assert {"agreed", "contradiction: money", "contradiction: day", "said by one", "timeline"} <= set(sections)
    assert ["herald.txt", "post.txt"] == sorted(line.note for line in sections["contradiction: money"].lines)
    assert {"agreed", "contradiction", "single", "event"} == {row["kind"] for row in task.rows(value)}
    assert all(claim.text.endswith(".") for claim in (*value.agreed, *value.single))  # a headline, too


async def test_twenty_articles_take_less_than_a_minute() -> None:
    """By code: a story told in twenty ways."""
    names = "Anna Boris Clara Daniel Edith Frank Greta Henry Ida Jacob".split()
    articles = [
        Article(
            f"The Harwick bridge opened on {3 + n % 2} May 2021. {names[n % 10]} Pell, a baker, was the first across. "
            f"The bridge cost {5 + n % 3}.2 million pounds. It is 310 metres long. Rain fell on {n} guests. "
            f"Mayor Anna Pell cut the ribbon. {names[-n % 10]} Orr sold {100 + n} ice creams on the quay. " * 2,
            source=f"{n}.txt",
        )
        for n in range(20)
    ]  # fmt: skip
    begun = time.perf_counter()
    value = (await by_code(*articles)).value
    assert value is not None
    assert time.perf_counter() - begun < 60
    assert {"money", "day"} <= {one.about for one in value.contradictions}
