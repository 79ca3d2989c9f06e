"""Results are gathered by article."""

from __future__ import annotations

from typing import Any

from summarizer.article import Article
from summarizer.schemas.answer import Answer
from summarizer.schemas.entities import Entities
from summarizer.schemas.result import Result
from summarizer.schemas.summary import Summary
from summarizer.schemas.timeline import Timeline
from summarizer.views.dossier import claims_in, gather, runs_of
from tests.views.samples import hostile_results, seed_reader, seed_results, seed_summary


def test_results_on_one_article_make_one_dossier_in_order() -> None:
    """Articles stand in the order of their first result, with all their results."""
    seed, seed_articles = seed_results()
    hostile, hostile_articles = hostile_results()
    dossiers = gather([hostile[0], *seed, *hostile[1:]], seed_articles | hostile_articles)
    assert [hostile[0].article.id, seed[0].article.id] == [dossier.ref.id for dossier in dossiers]
    assert [len(hostile), len(seed)] == [len(dossier.findings) for dossier in dossiers]


def test_values_read_back_from_json_are_typed_again() -> None:
    """A result that went through a file shows the same findings as a fresh one."""
    results, articles = seed_results()
    stored = [Result[Any].model_validate_json(result.to_json()) for result in results]
    assert isinstance(stored[0].value, dict)
    (fresh,), (read,) = gather(results, articles), gather(stored, articles)
    assert fresh.of(Summary)[0][1] == read.of(Summary)[0][1]
    assert fresh.of(Entities)[0][1] == read.of(Entities)[0][1]
    assert fresh.of(Timeline)[0][1] == read.of(Timeline)[0][1]
    assert [answer for _, answer in fresh.of(Answer)] == [answer for _, answer in read.of(Answer)]


def test_a_value_of_no_known_form_is_kept_as_it_is() -> None:
    """A user's own task is shown, not forced into a built-in form; its claims are found."""
    read = seed_reader()
    claim = read.claim("Kim arrived.", "has arrived in")
    (dossier,) = gather([read.result("mine", {"deep": [{"one": claim.model_dump()}], "text": "two"})], {})
    assert [finding.result.task for finding in dossier.others] == ["mine"]
    assert [claim] == list(claims_in(dossier.others[0].value))


def test_a_run_that_served_several_results_counts_once() -> None:
    """Totals count each id once."""
    seed, _ = seed_results()
    hostile, _ = hostile_results()
    assert [run.id for run in runs_of(seed + hostile)] == ["run-1", "run-2"]


def test_title_falls_back_from_headline_to_file_to_id() -> None:
    """An article is always called something."""
    read = seed_reader()
    (with_summary,) = gather([seed_summary(read)], {})
    (with_file,) = gather([read.result("summary", None)], {})
    bare = Article(text="x")
    nothing = read.result("summary", None)
    nothing = nothing.model_copy(update={"article": nothing.article.model_copy(update={"id": bare.id, "source": " "})})
    (with_nothing,) = gather([nothing], {})
    assert with_summary.title.startswith("Kim Jong-un has arrived")
    assert with_file.title == "kim-arrives-in-russia.txt"
    assert f"article {bare.id[:12]}" == with_nothing.title
