"""`verify` believes nothing the text can tell: every single change of a value is found."""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from pydantic import ValidationError

from summarizer.analysis import Analysis
from summarizer.article import Article
from summarizer.client import Summarizer
from summarizer.evaluation import Found, Stored, verify
from summarizer.schemas.result import Result
from summarizer.tasks import registry

ARTICLE = Article(
    "The mayor of Westhaven, Laura Finch, opened the harbour bridge on Monday. It is 3 km (1.9 miles) long and cost 84 "
    "million euros. The old bridge was closed in 2022. Ms Finch said the toll would be dropped within five years.",
    published=date(2025, 5, 6),
)
TOLD_BY_NO_TEXT = {("article", "source"), ("article", "title"), ("value", "question")}
"""What the article's text cannot tell."""
FOUND = Found({ARTICLE.id: ARTICLE}, {}, {})

Path = tuple[str | int, ...]


@pytest.fixture(scope="module")
def results() -> list[Result[Any]]:
    """A brief and two answers."""
    with Summarizer("extractive") as client:
        answers = client.ask_all(ARTICLE, ["Who opened the bridge?", "Who won the cricket match in Mumbai?"])
        return [*client.brief(ARTICLE), *answers]


def leaves(node: Any, path: Path = ()) -> Iterator[tuple[Path, Any]]:
    """Every value that holds no other."""
    if isinstance(node, (dict, list)):
        for step, inner in node.items() if isinstance(node, dict) else enumerate(node):
            yield from leaves(inner, (*path, step))
    else:
        yield path, node


def changed(leaf: Any) -> Any:
    """Another value of the same kind."""
    match leaf:
        case bool():
            return not leaf
        case int() | float():
            return leaf + 1
        case str():
            return f"Zebra {leaf}"
        case _:
            return "Zebra"


def with_change(plain: Any, path: Path, other: Any) -> Any:
    """A copy with the value at `path` changed."""
    made = copy.deepcopy(plain)
    node = made
    for step in path[:-1]:
        node = node[step]
    node[path[-1]] = other
    return made


def found(plain: Any) -> bool:
    """Whether the change is noticed: by the form of a result, or by the text."""
    try:
        value = registry.get(plain["task"]).value
        form: Any = Result.__class_getitem__(value)
        result: Result[Any] = form.model_validate(plain)
    except ValidationError:
        return True
    return not verify([Stored(1, result)], FOUND).holds


def test_as_made_they_hold(results: list[Result[Any]]) -> None:
    """No false alarm."""
    audit = verify([Stored(n, result) for n, result in enumerate(results, 1)], FOUND)
    assert [] == audit.findings
    assert audit.places >= 15
    assert audit.claims > 5


def test_the_readings_of_every_article_hold(any_article: Article) -> None:
    """Cuts of sentences, joined names: what code and the reader propose is what is verified."""
    with Summarizer("extractive") as client:
        results = client.brief(any_article)
    stored = [Stored(1, result) for result in results]
    assert [] == verify(stored, Found({any_article.id: any_article}, {}, {})).findings


def test_names_that_the_reader_types_hold() -> None:
    """Code alone types "Isagon" otherwise; types are those of the reading that made the result."""
    article = Article("Shares of Isagon fell. Isagon Withdraws The Rating. Moorland Ltd and Isagon Announce Results.")
    with Summarizer("extractive") as client:
        results = client.brief(article)
    assert [one.entity for one in Analysis(article).entities] != results[1].value.entities
    assert [] == verify([Stored(1, result) for result in results], Found({article.id: article}, {}, {})).findings


@pytest.mark.parametrize("number", range(5))
def test_every_change_is_found(results: list[Result[Any]], number: int) -> None:
    """Each text, offset, number and mark of the value, of the coverage and of the article's name, one by one."""
    plain = json.loads(results[number].to_json())
    paths = [(path, leaf) for part in ("value", "article", "coverage") for path, leaf in leaves(plain[part], (part,))]
    missed = [path for path, leaf in paths if not found(with_change(plain, path, changed(leaf)))]

    assert len(paths) >= 10
    assert [] == [path for path in missed if path not in TOLD_BY_NO_TEXT]
