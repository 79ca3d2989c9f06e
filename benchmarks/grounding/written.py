"""Claims written and labelled for this project, and two families of false ones made over the same sentences."""

from __future__ import annotations

import json
import random
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.grounding.sources import DATA, Source, rows_of
from summarizer.article import Article, Sentence

SEED = 20261130
FORMS = Path(__file__).parent / "forms.jsonl"
_TURN = re.compile(r"[A-Z][\w'’ .-]{0,30}:\s")
_WORD = re.compile(r"(?<![\w'’-])[a-z]{4,}(?![\w'’-])")
_SMALL = frozenset(
    """about after again against also among another because been before being between both could does during each
    every from have having here into itself like more most much must near never none only other over said same says
    several shall should since some such than that their them then there these they this those though through under
    until upon very were what when where which while whom whose will with within without would your""".split()
)
_DEEDS = """was arrested on Monday|was found guilty of fraud|has died in hospital|resigned last week|married a singer
    |was born in Lisbon|sold the company|won a prize for peace|was attacked with a knife|is writing a novel
    |lost the election|was hurt in a crash|denied the reports|bought a house in the hills|left the party
    |donated a kidney|plans to move abroad|was seen in the bar|has apologised to the victims|leads the inquiry"""
_TO_ANOTHER = "murdered|sued|praised|adopted|hired|divorced|betrayed|succeeded|threatened|taught"


@dataclass(frozen=True)
class Case:
    """A claim, the sentences it cites, whether they support it, its set, and the article where there is one."""

    family: str
    claim: str
    cited: tuple[Sentence, ...]
    supported: bool
    article: Article | None = None

    @property
    def text(self) -> str:
        """The cited sentences as one text."""
        return " ".join(sentence.text for sentence in self.cited)


def written(data: Path = DATA) -> Iterator[Case]:
    """`fluent_dev.jsonl` and `near_dev.jsonl`."""
    for family, evidence in (("fluent", "sentences"), ("near", "evidence")):
        for row in rows_of(f"{family}_dev.jsonl", data):
            yield Case(family, row["claim"], Article(row[evidence]).sentences, bool(row["label"]))


def forms(path: Path = FORMS) -> Iterator[Case]:
    """Claims over whole articles of many forms (interviews, minutes, recipes …), written and labelled for this project.

    A line an article: `title`, `sentences`, and `claims` with `cited` (numbers of sentences), `true` and `false`.
    """
    for line in path.read_text("utf-8").splitlines():
        row = json.loads(line)
        article, starts = article_of(row)
        for pair in row["claims"]:
            found = (article.sentence_at(starts[number - 1]) for number in pair["cited"])
            cited = tuple(dict.fromkeys(sentence for sentence in found if sentence))
            for label in ("true", "false"):
                yield Case("forms", pair[label], cited, label == "true", article)


def article_of(row: dict[str, Any]) -> tuple[Article, list[int]]:
    """The article of a row, each turn of a speaker on a line of its own, and where its sentences begin."""
    text, starts = f"{row['title']}\n\n", []
    for sentence in row["sentences"]:
        text += "" if not starts else "\n" if _TURN.match(sentence) else " "
        starts.append(len(text))
        text += sentence
    return Article(text, title=row["title"]), starts


def invented_predicates(found: list[Source], count: int, seed: int = SEED) -> Iterator[Case]:
    """What no sentence says of the people it names: "Anna Pell was arrested on Monday."."""
    dice = random.Random(seed)
    named = [(one, [n.text for n in one.names if n.kind == "person"]) for one in found]
    for source, people in [(one, people) for one, people in named if people][:count]:
        if len(people) > 1 and dice.random() < 0.5:
            claim = f"{people[0]} {dice.choice(_TO_ANOTHER.split('|'))} {people[1]}."
        else:
            claim = f"{people[0]} {' '.join(dice.choice(_DEEDS.split('|')).split())}."
        yield Case("invented predicate", claim, (source.sentence,), False, source.article)


def word_replaced(found: list[Source], count: int, seed: int = SEED) -> Iterator[Case]:
    """One ordinary word is another of the same ending, from elsewhere."""
    dice = random.Random(seed)
    pool: dict[str, list[str]] = {}
    for source in found:
        for match in _WORD.finditer(source.sentence.text):
            if match[0] not in _SMALL:
                pool.setdefault(match[0][-2:], []).append(match[0])
    for source in found[:count]:
        text = source.sentence.text
        places = [match for match in _WORD.finditer(text) if match[0] not in _SMALL]
        others = [(m, w) for m in places for w in dice.sample(pool[m[0][-2:]], 1) if w[:4] != m[0][:4]]
        if others:
            match, word = dice.choice(others)
            claim = text[: match.start()] + word + text[match.end() :]
            yield Case("one word replaced", claim, (source.sentence,), False, source.article)
