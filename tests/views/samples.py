"""Results for the tests of the views: of the seed article, and of one that attacks whoever shows it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from summarizer.article import Article
from summarizer.schemas.answer import Answer
from summarizer.schemas.entities import DateMention, Entities, Entity, EntityType, Quantity
from summarizer.schemas.evidence import Claim, Mention, Span, Support, Value
from summarizer.schemas.result import ArticleRef, Coverage, Issue, Result, Run, Usage
from summarizer.schemas.summary import Summary
from summarizer.schemas.timeline import Certainty, Event, Timeline

SEED = Path(__file__).parents[2] / "seeds" / "kim-arrives-in-russia.txt"


@dataclass(frozen=True)
class Reader:
    """Makes claims on one article, their evidence found by words it contains."""

    article: Article
    run: Run = field(
        default_factory=lambda: Run(
            id="run-1",
            model="openai/gpt-example",
            prompt="summary@0123456789ab",
            schema="summary@ba9876543210",
            version="0.1.0",
            requests=1,
            decided=7,
            usage=Usage(input_tokens=1812, cached_tokens=1024, output_tokens=403),
            cost_usd=0.00173,
            seconds=2.13,
        )
    )

    def span(self, words: str) -> Span:
        """The sentence that contains `words`."""
        sentence = self.article.sentence_at(self.article.text.index(words))
        assert sentence is not None
        return Span.of(sentence)

    def claim(self, text: str, *words: str, support: Support = "checked") -> Claim:
        """A claim that rests on the sentences containing each of `words`."""
        return Claim(text=text, evidence=[self.span(one) for one in words], support=support)

    def mentions(self, *names: str) -> list[Mention]:
        """Every place of the names; a longer name hides a shorter one inside it."""
        found: dict[int, Mention] = {}
        taken: set[int] = set()
        for name in sorted(names, key=len, reverse=True):
            at = self.article.text.find(name)
            while at >= 0:
                sentence = self.article.sentence_at(at)
                if sentence and at not in taken:
                    found[at] = Mention(sentence=sentence.number, start=at, end=at + len(name), text=name)
                    taken.update(range(at, at + len(name)))
                at = self.article.text.find(name, at + len(name))
        return [found[at] for at in sorted(found)]

    def entity(self, identity: str, kind: EntityType, *names: str, role: Claim | None = None) -> Entity:
        """An entity with all places of its names."""
        return Entity(
            id=identity, name=names[0], type=kind, aliases=list(names[1:]), role=role, mentions=self.mentions(*names)
        )

    def event(
        self, when: str | None, claim: Claim, certainty: Certainty, by: str | None = None, who: tuple[str, ...] = ()
    ) -> Event:
        """An event."""
        return Event(when=when, claim=claim, certainty=certainty, attributed_to=by, participants=list(who))

    def result(self, task: str, value: Value | dict[str, Any] | None, issues: tuple[Issue, ...] = ()) -> Result[Any]:
        """A result on the article: complete where there is a value, failed where there is none."""
        article, read = self.article, len(self.article.sentences)
        return Result[Any](
            task=task,
            status="failed" if value is None else "complete",
            value=value,
            issues=list(issues),
            coverage=Coverage(sentences=read, read=0 if value is None else read),
            article=ArticleRef(
                id=article.id,
                source=article.source,
                title=article.title,
                published=article.published,
                characters=len(article.text),
            ),
            run=self.run,
        )


def seed_reader() -> Reader:
    """A reader of the seed article."""
    text = SEED.read_text(encoding="utf-8")
    lead = text.index("North Korean leader")
    source = "seeds/kim-arrives-in-russia.txt"
    return Reader(Article(text=text, published=date(2023, 9, 12), source=source, metadata=((0, lead),)))


def seed_summary(read: Reader) -> Result[Any]:
    """A headline and four points."""
    points = [
        read.claim("Kim spent 20 hours on a slow armoured train over 1,180km.", "spent 20 hours", "heavy armoured"),
        read.claim("Kim and Putin would meet in Vladivostok.", "would meet in the eastern"),
        read.claim("The reports did not specify when or where.", "did not specify when", support="verbatim"),
        read.claim("Kim brings officials linked with spy satellites.", "acquire spy satellites", support="unchecked"),
    ]
    headline = read.claim("Kim Jong-un has arrived in Russia ahead of a meeting with Vladimir Putin.", "has arrived in")
    dropped = Issue(code="ungrounded", where="/points/4", message="“1,280km” is not in sentence 2", action="dropped")
    flagged = Issue(code="unchecked", where="/points/3", message="kept without a check", action="flagged")
    return read.result("summary", Summary(headline=headline, points=points), (dropped, flagged))


def seed_entities(read: Reader) -> Result[Any]:
    """People, places, organisations, two dates and a distance given twice."""
    entities = [
        read.entity(
            "e1", "person", "Kim Jong Un", "Kim Jong-un", role=read.claim("North Korean leader", "North Korean leader,")
        ),
        read.entity(
            "e2", "person", "Vladimir Putin", "Putin", role=read.claim("President", "President Vladimir Putin")
        ),
        read.entity("e3", "person", "Dmitry Peskov", role=read.claim("Kremlin spokesperson", "Kremlin spokesperson")),
        read.entity("e4", "place", "Russia"),
        read.entity("e5", "place", "Vladivostok"),
        read.entity("e6", "organisation", "Korean Central News Agency", "KCNA"),
        read.entity("e7", "organisation", "TASS"),
        read.entity("e8", "group", "Korean"),
    ]
    dates = [
        DateMention(text="Sunday afternoon", iso="2023-09-10", mentions=read.mentions("Sunday afternoon")),
        DateMention(text="more than three years", iso=None, mentions=read.mentions("more than three years")),
    ]
    far = Quantity(
        text="1,180km", value=1180, unit="km", kind="distance", same_as=None, mentions=read.mentions("1,180km")
    )
    miles = Quantity(
        text="733 miles", value=733, unit="mi", kind="distance", same_as=0, mentions=read.mentions("733 miles")
    )
    return read.result("entities", Entities(entities=entities, dates=dates, quantities=[far, miles]))


def seed_timeline(read: Reader) -> Result[Any]:
    """Events of 2019 and of four days in 2023, of each certainty, and one without a date."""
    events = [
        read.event("2019", read.claim("Putin and Kim first met.", "first meeting"), "happened", who=("e1", "e2")),
        read.event("2023-09-10", read.claim("Kim boarded his train.", "boarded"), "reported", "KCNA", ("e1",)),
        read.event("2023-09-11", read.claim("Putin arrived in Vladivostok.", "arrived on Monday"), "happened"),
        read.event("2023-09-11/2023-09-13", read.claim("An international forum runs.", "runs through"), "planned"),
        read.event("2023-09-12", read.claim("Kim arrived in Russia.", "has arrived in"), "happened", who=("e1",)),
        read.event(None, read.claim("They could agree on an arms deal.", "potential arms deal"), "possible"),
    ]
    return read.result("timeline", Timeline(events=events))


def seed_answers(read: Reader) -> list[Result[Any]]:
    """One question the article answers, and one it does not."""
    found = Answer(
        question="Where would they meet?",
        found=True,
        claims=[read.claim("Kim and Putin would meet in Vladivostok.", "would meet in the eastern")],
        short="Vladivostok",
    )
    closest = [read.span("likely includes his foreign minister")]
    absent = Answer(question="Who is Kim's wife?", found=False, claims=[], short=None, closest=closest)
    return [read.result("answer", found), read.result("answer", absent)]


def seed_results() -> tuple[list[Result[Any]], dict[str, Article]]:
    """Everything on the seed article."""
    read = seed_reader()
    results = [seed_summary(read), seed_entities(read), seed_timeline(read), *seed_answers(read)]
    return results, {read.article.id: read.article}


ATTACKS = (
    "<script>window.executed = 1</script>",
    "<img src=x onerror=window.executed=2>",
    "</script><script>window.executed = 3</script>",
    "<!-- <script>",
    "]]> {{ 7 * 7 }} {% raw %}",
    "[red]not red[/red] [link=https://example.org]no link[/link]",
    "\x1b[31mred\x1b[0m \x1b]8;;https://example.org\x07link\x1b]8;;\x07 \x9b31m",
    "\u202eesrever\u202c \u2066isolated\u2069 \u200fשלום\u200f",
    "**bold** _em_ `code` [a](https://example.org) ![i](https://example.org/x.png) | cell | ~~gone~~ $x$",
    "https://example.org www.example.org someone@example.org @someone #12",
    "line\u2028separator \u2029 and \x85 and \ud83d alone",
    "👩‍👩‍👧‍👦 𝔘𝔫𝔦𝔠𝔬𝔡𝔢 🇰🇵 Z͑ͫ̓ͪ̂ͫ̽͏̴̙̤̞͉͚̯̞̠͍A̴̵̜̰͔ͫ͗͢L̠ͨͧͩ͘G̴̻͈͍͔̹̑͗̎̅͛́Ǫ̵̹̻̝̳͂̌̌͘",
    "W" * 10_000,
)


def hostile_reader() -> Reader:
    """A reader of an article each of whose paragraphs is an attack."""
    text = "\n\n".join(f"{attack} said sentence {n} at last." for n, attack in enumerate(ATTACKS, 1))
    source = "<b onmouseover=window.executed=4>" + "f" * 3000
    run = seed_reader().run.model_copy(update={"id": "run-2", "model": "<i>model</i>" + "m" * 3000, "cost_usd": None})
    return Reader(Article(text=text, title=ATTACKS[2], source=source), run)


def hostile_results() -> tuple[list[Result[Any]], dict[str, Article]]:
    """Claims, names, questions, dates and issues that each repeat the attacks of their article."""
    read = hostile_reader()
    marks = [f"said sentence {n} at" for n in range(1, len(ATTACKS) + 1)]
    claims = [read.claim(attack, mark) for attack, mark in zip(ATTACKS, marks, strict=True)]
    everything = " ".join(ATTACKS)
    entities = [read.entity(f"<{n}>", "person", attack, role=claims[n]) for n, attack in enumerate(ATTACKS)]
    events = [read.event(f"2023-09-{n:02}", one, "reported", one.text) for n, one in enumerate(claims, 1)]
    odd = [read.event(when, claims[0], "possible") for when in ("2023-99-99", "<script>", ATTACKS[-1], "0000", "1/2/3")]
    dates = [DateMention(text=everything, iso=ATTACKS[1], mentions=[])]
    figures = [Quantity(text=everything, value=None, unit=everything, kind="other", same_as=99, mentions=[])]
    answer = Answer(question=everything, found=True, claims=claims, short=everything, conflicts=[claims[:2]])
    issue = Issue(code=everything, where=everything, message=everything, action="flagged")
    own = {attack: [attack, {"deeper": claims[1].model_dump()}] for attack in ATTACKS}
    results = [
        read.result("summary", Summary(headline=claims[2], points=claims), (issue,)),
        read.result("entities", Entities(entities=entities, dates=dates, quantities=figures)),
        read.result("timeline", Timeline(events=events + odd)),
        read.result("answer", answer),
        read.result(ATTACKS[1], own),
    ]
    return results, {read.article.id: read.article}
