"""What must hold for any input, in one place; each property stands beside the inputs it is tried with.

1. Reading any bytes gives articles and `Unreadable`s, or an `InputError`, within `SECONDS`; messages are one line.
2. The sentences of any text are exact slices of it, in order, apart, none empty, and lose no visible character.
3. Checking any claim raises nothing, says the same twice, and takes a whole sentence for what it is.
4. Reading by a model that answers anything, whole or in parts that are merged, gives results or an error of ours; what
   is in a result is exact and has its evidence, and a result passes its own check when it was stored.
5. Code alone gives results of any text, and they pass their own check too.
6. No view raises, and no control character, escape sequence or half of a surrogate pair leaves by one.
7. A stored file of any content is read, checked and shown, or refused by an error of ours.
"""

from __future__ import annotations

import json
import re
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from hypothesis import strategies as st

from benchmarks.fuzz.documents import DOCUMENTS
from benchmarks.fuzz.models import WildModel
from benchmarks.fuzz.stored import Articles, Results, shown_results, stored_files
from benchmarks.fuzz.texts import SHORT, TEXT, articles, claims
from summarizer import long, loop
from summarizer.analysis import Analysis
from summarizer.article import Article
from summarizer.client import Summarizer
from summarizer.engines.llm import LLMEngine
from summarizer.errors import InputError, SummarizerError
from summarizer.evaluation.stored import Found, Stored, read_stored, refs_in
from summarizer.evaluation.verify import verify
from summarizer.grounding import Checker, check
from summarizer.output import render_json, render_jsonl
from summarizer.pipeline import Reading
from summarizer.reading import Unreadable
from summarizer.reading.document import Document
from summarizer.reading.registry import read_located
from summarizer.schemas.evidence import Claim
from summarizer.schemas.result import Result
from summarizer.sentences import split
from summarizer.settings import Level, Policy
from summarizer.tasks import registry
from summarizer.tasks.view import Place, pointed
from summarizer.views.html import render_html
from summarizer.views.markdown import render_markdown
from summarizer.views.tables import csv_text, flat_rows, write_table
from summarizer.views.text import plain_text
from tests.views.samples import hostile_results, seed_results

SECONDS = 10.0
"""Of the processor, for one input."""

_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")
_TURNS = re.compile("[\u202a-\u202e\u2066-\u2069]")
_TASKS = ("summary", "entities", "timeline", "quotes", "topics", "actions")
_EXTRACTIVE = Summarizer(model="extractive")


@dataclass(frozen=True)
class Property:
    """What holds, for which inputs; `room` is the part of the package that is tried."""

    room: str
    inputs: st.SearchStrategy[Any]
    holds: Callable[[Any], None]


def reading(document: Document) -> None:
    """1: any bytes."""
    try:
        items = list(read_located(document))
    except InputError as error:
        items = [Unreadable(error.source, str(error))]
    for item in items:
        assert isinstance(item, Article | Unreadable), "something else came"
        if isinstance(item, Unreadable):
            assert (item.source + item.message).isprintable(), "a message is not one printable line"
            assert len(item.message) < 500, "a message is as long as a page"
        else:
            _exact(item)
            item.text.encode()


def sentences(given: tuple[str, list[tuple[int, int]]]) -> None:
    """2: any text with any ranges left out."""
    text, skip = given
    found = split(text, skip)
    left = set(range(len(text))) - {at for start, end in skip for at in range(max(0, start), end)}
    covered = [at for start, end in found for at in range(start, end)]
    assert covered == sorted(set(covered)), "sentences overlap or are out of order"
    assert all(text[start:end] == text[start:end].strip() != "" for start, end in found), "a sentence has white ends"
    assert {at for at in left if not text[at].isspace()} <= set(covered) <= left, (
        "characters are lost, or not to be read"
    )


def checking(given: tuple[Article, str, list[int], Level]) -> None:
    """3: any claim about any sentences."""
    article, claim, numbers, level = given
    cited = [one for number in numbers if (one := article.sentence(number))]
    analysis = Analysis(article)
    found = check(claim, cited, level=level, article=analysis)
    assert found == check(claim, cited, level=level, article=analysis), "the same check says another thing"
    assert found.score is None or 0 <= found.score <= 1, "a score is no probability"
    assert found.supported or found.problems, "refused without a reason"
    for one in cited:
        own = check(one.text, [one], level=level, article=analysis)
        assert (True, True) == (own.verbatim, own.supported), "a sentence does not support itself"
    bare = check(claim, [one.text for one in cited], level=level)
    assert bare.score is None or 0 <= bare.score <= 1, "a score is no probability"


def merging(given: tuple[Article, int, str, int | None, int, Policy, str]) -> None:
    """4: any answers, whole and in parts."""
    article, seed, words, window, faulty, policy, name = given
    model = WildModel(seed, words, window, faulty)
    engine = Reading(LLMEngine(model), Checker(), policy, SECONDS * 6)
    task = registry.get(name)
    ask = task.ask(questions=("Who was opened?", "When?")) if name == "answer" else task.ask()
    try:
        results = loop.run(long.read(article, [ask], engine))
    except SummarizerError as error:
        _one_line(error)
        return
    _sound(results, {article.id: article})


def results(given: tuple[Article, str]) -> None:
    """5: any text by code alone."""
    article, question = given
    try:
        found = [*_EXTRACTIVE.brief(article), _EXTRACTIVE.read("quotes", article), _EXTRACTIVE.ask(article, question)]
    except SummarizerError as error:
        _one_line(error)
        return
    _sound(found, {article.id: article})


def views(given: tuple[Results, Articles]) -> None:
    """6: any results."""
    _pages(*given)
    json.loads(render_json(given[0]))
    with tempfile.TemporaryDirectory() as folder:
        for form in (".xlsx", ".parquet"):
            write_table(Path(folder) / f"a{form}", (row for one in given[0] for row in flat_rows(one)))


def stored(content: bytes) -> None:
    """7: any file."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "results.jsonl"
        file.write_bytes(content)
        try:
            found = read_stored(file)
        except InputError as error:
            _one_line(error)
            return
    articles = seed_results()[1] | hostile_results()[1]
    there = Found({ref.id: articles[ref.id] for ref in refs_in(found) if ref.id in articles})
    verify(found, there)
    kept = [one.result for one in found if one.result]
    _pages(kept, articles)


def _one_line(error: SummarizerError) -> None:
    assert str(error).isprintable(), "a message is not one printable line"


def _exact(article: Article) -> None:
    for one in article.sentences:
        assert one.text == article.text[one.start : one.end], "a sentence is no slice of its text"
    for start, end in [*article.metadata, *((place.start, place.end) for place in article.places)]:
        assert 0 <= start <= end <= len(article.text), "a range lies outside of the text"


def _sound(found: Results, articles: Articles) -> None:
    """Every place is a slice, every claim has evidence, coverage adds up, and the stored form passes its check."""
    for result in found:
        text = articles[result.article.id].text
        for _, node in pointed(result.value, Claim | Place):
            places = node.evidence if isinstance(node, Claim) else [node]
            assert places, "a claim has lost its evidence"
            assert all(text[one.start : one.end] == one.text != "" for one in places), "a place is no slice of its text"
        assert 0 <= result.coverage.read <= result.coverage.sentences, "more was read than there is"
        assert result.value is not None or (result.status == "failed" and result.issues), "nothing, and no reason"
    wrong = verify(list(map(_stored_again, found)), Found(dict(articles))).findings
    assert not wrong, f"a result fails its own check: {wrong[0].task} {wrong[0].code}: {wrong[0].message}"
    _pages(found, articles)


def _stored_again(result: Result[Any]) -> Stored:
    plain = json.loads(result.to_json())
    again = Result[Any].model_validate(plain)
    value = None if again.value is None else registry.get(again.task).value.model_validate(plain["value"])
    return Stored(1, again.model_copy(update={"value": value}))


def _pages(found: Results, articles: Articles) -> None:
    """Every view, made and looked at. A cell of a table keeps the turns of direction that its text has."""
    pages = {
        "text": plain_text(found, articles, everything=True),
        "markdown": render_markdown(found, articles),
        "html": render_html(found, articles),
        "json": render_json(found),
        "jsonl": render_jsonl(found),
        "csv": csv_text(row for one in found for row in flat_rows(one)),
    }
    for form, page in pages.items():
        bad = _CONTROLS.search(page) or (form != "csv" and _TURNS.search(page))
        assert not bad, f"{bad[0]!r} leaves by {form}"


@st.composite
def _texts_with_gaps(draw: st.DrawFn) -> tuple[str, list[tuple[int, int]]]:
    text = draw(TEXT)
    place = st.integers(0, len(text))
    return text, draw(st.lists(st.tuples(place, place).map(lambda ends: (min(ends), max(ends))), max_size=3))


@st.composite
def _checks(draw: st.DrawFn) -> tuple[Article, str, list[int], Level]:
    article = draw(articles())
    claim, numbers = draw(claims(article))
    return article, claim, numbers, draw(st.sampled_from(Level))


@st.composite
def _readings(draw: st.DrawFn) -> tuple[Article, int, str, int | None, int, Policy, str]:
    text = st.lists(SHORT, min_size=1, max_size=3).map("\n\n".join)
    many = st.builds(lambda one, times: "\n\n".join([one] * times), text, st.sampled_from([1, 1, 2, 5]))
    window, faulty = st.sampled_from([None, 2500, 3000, 6000]), st.sampled_from([0, 0, 3, 9])
    task = st.sampled_from([*_TASKS, "answer"])
    return (
        draw(articles(many)),
        draw(st.integers(0, 2**32)),
        draw(SHORT),
        draw(window),
        draw(faulty),
        draw(st.sampled_from(Policy)),
        draw(task),
    )


PROPERTIES = (
    Property("reading", DOCUMENTS, reading),
    Property("sentences", _texts_with_gaps(), sentences),
    Property("checking", _checks(), checking),
    Property("merging", _readings(), merging),
    Property(
        "results",
        st.tuples(
            articles(st.one_of(SHORT, TEXT.map(lambda text: text[:1500]))), SHORT.map(lambda t: t[:200] or "Who?")
        ),
        results,
    ),
    Property("views", shown_results(), views),
    Property("stored", stored_files(), stored),
)
