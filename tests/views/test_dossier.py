"""Results are gathered by article, and each is shown as the sections of its task."""

from __future__ import annotations

from typing import Any

from summarizer.article import Article
from summarizer.schemas.result import Result
from summarizer.views.dossier import Finding, abstained, gather, places, runs_of
from tests.views.samples import hostile_results, seed_answers, seed_reader, seed_results, seed_summary


def test_results_on_one_article_make_one_dossier_in_order() -> None:
    """Articles stand in the order of their first result, with all their results."""
    seed, seed_articles = seed_results()
    hostile, hostile_articles = hostile_results()
    dossiers = gather([hostile[0], *seed, *hostile[1:]], seed_articles | hostile_articles)
    assert [hostile[0].article.id, seed[0].article.id] == [dossier.ref.id for dossier in dossiers]
    assert [len(hostile), len(seed)] == [len(dossier.findings) for dossier in dossiers]


def test_values_read_back_from_json_are_shown_as_fresh_ones() -> None:
    """A result that went through a file has the same sections."""
    results, _ = seed_results()
    stored = [Result[Any].model_validate_json(result.to_json()) for result in results]
    assert isinstance(stored[0].value, dict)
    assert [Finding(result).sections for result in results] == [Finding(result).sections for result in stored]


def test_a_value_of_no_known_task_shows_its_claims() -> None:
    """However deep they stand, with their evidence and support."""
    read = seed_reader()
    claim = read.claim("Kim arrived.", "has arrived in", support="unchecked")
    found = Finding(read.result("mine", {"deep": [{"one": claim.model_dump()}], "text": "two"}))
    deep, text = found.sections
    assert ("deep", "Kim arrived.", "unchecked") == (deep.title, deep.lines[0].text, deep.lines[0].support)
    assert "1" == found.cited(deep.lines[0].evidence)
    assert ("text", "two") == (text.title, text.lines[0].text)


def test_a_run_that_served_several_results_counts_once() -> None:
    """Totals count each id once."""
    seed, _ = seed_results()
    hostile, _ = hostile_results()
    assert [run.id for run in runs_of(seed + hostile)] == ["run-1", "run-2"]


def test_title_falls_back_from_the_articles_own_to_file_to_id() -> None:
    """An article is always called something."""
    read = seed_reader()
    bare = Article(text="x")
    result = seed_summary(read)

    def called(**changes: Any) -> str:
        ref = result.article.model_copy(update=changes)
        return gather([result.model_copy(update={"article": ref})], {})[0].title

    assert "A journey" == called(title=" A \n journey ")
    assert "kim-arrives-in-russia.txt" == called()
    assert f"article {bare.id[:12]}" == called(source=" ", id=bare.id)


def test_who_abstains_is_told_by_the_task() -> None:
    """Also of a result that was read back."""
    found, absent = seed_answers(seed_reader())
    stored = Result[Any].model_validate_json(absent.to_json())
    assert (False, True, True) == (abstained(found), abstained(absent), abstained(stored))


def test_places_are_told_in_full_and_once() -> None:
    """File, sentence and offsets."""
    told = list(places(seed_summary(seed_reader())))
    assert told[0].startswith("seeds/kim-arrives-in-russia.txt, sentence 1, characters 47–235: North Korean leader")
    assert len(told) == len(set(told))
