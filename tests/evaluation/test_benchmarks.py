"""`eval` and the benchmarks of names, dates and answers measure the same on the evaluation data."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path

import pytest

from summarizer.evaluation import compare, read_by_model, read_gold
from summarizer.evaluation.comparison import Measured

DATA = pytest.importorskip("benchmarks.evaluation.adapters").SHARED / "data"
pytestmark = pytest.mark.skipif(not DATA.is_dir(), reason="the evaluation data is not here")


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The data as gold files."""
    from benchmarks.evaluation.adapters import gold_files

    return gold_files(tmp_path_factory.mktemp("gold"))


def measured(file: Path, rows: int) -> Measured:
    """Code alone on the first rows."""
    gold = read_gold(file)[:rows]
    return compare(gold, [asyncio.run(read_by_model(gold, "extractive"))], resamples=5).models[0]


def test_names(files: dict[str, Path]) -> None:
    """The CoNLL scores of `benchmarks.entities` on its first rows of GUM."""
    from benchmarks.entities.gold import development_rows
    from benchmarks.entities.scorer import Counts, listed, score
    from summarizer.analysis.entities import find_entities
    from summarizer.reader import load_reader

    rows = [row for row in development_rows() if row.source == "gum"][:4]
    wanted = sum(
        (score(row, listed(find_entities(row.article, load_reader())), typed=True) for row in rows),
        Counts(),
    )
    found = measured(files["names, gum"], 4).metrics
    assert wanted.f1 == found["names F1, typed"].value
    assert wanted.precision == found["names precision, typed"].value
    assert wanted.recall == found["names recall, typed"].value


def test_dates(files: dict[str, Path]) -> None:
    """What `benchmarks.dates` counts as found and as right."""
    from datetime import date

    from benchmarks.dates.__main__ import ours
    from benchmarks.dates.scoring import score

    articles = [json.loads(line) for line in (DATA / "dates_dev.jsonl").read_text("utf-8").splitlines()][:5]
    rows = [
        row
        for article in articles
        for row in score(
            article["dates"], ours(article["text"], date.fromisoformat(article["document_date"])), article["text"]
        )
    ]
    there = [row for row in rows if row.found is not None]
    found = measured(files["dates"], 5).metrics
    assert len(there) / len(rows) == found["dates found"].value
    assert sum(row.exact for row in there) / len(there) == found["dates right"].value


def test_answers(files: dict[str, Path]) -> None:
    """Which questions `benchmarks.answers` counts as answered and as refused."""
    from benchmarks.answers.rows import rows
    from summarizer.extractive.answering import answer_draft
    from summarizer.reader import load_reader

    texts = {one.article.text for one in read_gold(files["questions"])[:40]}
    asked = [row for row in rows() if row.analysis.article.text in texts]
    said = {bool(row.golds): [] for row in asked}  # type: ignore[var-annotated]
    for row in asked:
        said[bool(row.golds)].append(answer_draft(row.analysis, row.question, 1, reader=load_reader()).found)
    found = measured(files["questions"], 40).metrics
    assert sum(said[True]) / len(said[True]) == found["answered"].value
    assert 1 - sum(said[False]) / len(said[False]) == pytest.approx(found["refused"].value)
