"""`check`: what was edited after the fact is found, and what was not is left alone."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from summarizer.client import Summarizer
from summarizer.output import render_jsonl
from summarizer.reading import read
from tests.cli.conftest import Outcome
from tests.conftest import ARTICLES, SEED

Run = Callable[..., Outcome]
Json = dict[str, Any]


@pytest.fixture
def articles(tmp_path: Path) -> Path:
    """A folder with two articles."""
    folder = tmp_path / "articles"
    folder.mkdir()
    for article in ARTICLES[:2]:
        shutil.copy(article, folder)
    return folder


@pytest.fixture(scope="module")
def made() -> list[str]:
    """Results on the two articles, by code alone: summary, entities and timeline of each, then answers. Made once."""
    with Summarizer("extractive") as client:
        read_ones = [read(str(path)) for path in ARTICLES[:2]]
        briefs = [result for article in read_ones for result in client.brief(article)]
        answers = [client.ask(article, "Who is the Kremlin spokesperson?") for article in read_ones]
    return render_jsonl([*briefs, *answers]).splitlines()


@pytest.fixture
def results(made: list[str], articles: Path, tmp_path: Path) -> Path:
    """Their file, with the sources where the articles of this test are."""
    file = tmp_path / "results.jsonl"
    lines = [json.loads(line) for line in made]
    for line in lines:
        line["article"]["source"] = str(articles / Path(line["article"]["source"]).name)
    file.write_text("".join(json.dumps(line) + "\n" for line in lines), "utf-8")
    return file


def edited(file: Path, task: str, change: Callable[[Json], None]) -> None:
    """The first result of `task` changed in place."""
    lines = file.read_text("utf-8").splitlines()
    at = next(n for n, line in enumerate(lines) if json.loads(line)["task"] == task and json.loads(line)["value"])
    result = json.loads(lines[at])
    change(result)
    lines[at] = json.dumps(result)
    file.write_text("\n".join(lines) + "\n", "utf-8")


def test_untouched_results_hold(run: Run, results: Path, articles: Path) -> None:
    """No false alarm, with the articles given or found again by their sources."""
    for more in ([], ["--articles", str(articles)]):
        outcome = run("check", str(results), *more)
        assert (0, "") == (outcome.status, outcome.err)
        assert 1 == len(outcome.out.splitlines())
        assert "8 results on 2 articles" in outcome.out
        assert outcome.out.endswith("everything holds\n")


def _say(claim: Json, text: str) -> None:
    claim["text"] = text


TAMPERINGS: dict[str, tuple[str, Callable[[Json], None], str]] = {
    "an edited claim": (
        "summary",
        lambda r: _say(r["value"]["points"][0], r["value"]["points"][0]["text"].replace(" ", " not ", 1)),
        "claim_fails",
    ),
    "a claim said to be checked": (
        "summary",
        lambda r: r["value"]["points"][0].update(text="Boris Johnson has resigned.", support="checked"),
        "claim_fails",
    ),
    "a claim without evidence": ("summary", lambda r: r["value"]["headline"].update(evidence=[]), "no_evidence"),
    "a moved span": (
        "summary",
        lambda r: r["value"]["headline"]["evidence"][0].update(start=1),
        "moved_span",
    ),
    "an edited span": (
        "summary",
        lambda r: r["value"]["headline"]["evidence"][0].update(text="Something else entirely."),
        "moved_span",
    ),
    "a wrong sentence number": (
        "summary",
        lambda r: r["value"]["headline"]["evidence"][0].update(sentence=r["coverage"]["sentences"]),
        "wrong_sentence",
    ),
    "another name": ("entities", lambda r: r["value"]["entities"][0].update(name="Boris Johnson"), "unknown_name"),
    "another alias": ("entities", lambda r: r["value"]["entities"][0]["aliases"].append("The Boss"), "unknown_name"),
    "a moved mention": (
        "entities",
        lambda r: r["value"]["entities"][0]["mentions"][0].update(start=0, end=3),
        "moved_span",
    ),
    "another date": ("entities", lambda r: r["value"]["dates"][0].update(iso="1999-12-31"), "wrong_date"),
    "another number": ("entities", lambda r: r["value"]["quantities"][0].update(value=8.5), "wrong_quantity"),
    "an event on another day": ("timeline", lambda r: r["value"]["events"][0].update(when="1999-12-31"), "wrong_date"),
    "an event said by another": (
        "timeline",
        lambda r: r["value"]["events"][0].update(attributed_to="Boris Johnson"),
        "unknown_name",
    ),
    "a stranger in an event": (
        "timeline",
        lambda r: r["value"]["events"][0]["participants"].append("e99"),
        "unknown_name",
    ),
    "an answer turned round": ("answer", lambda r: r["value"].update(found=not r["value"]["found"]), "wrong_answer"),
    "another length": ("summary", lambda r: r["article"].update(characters=1), "wrong_length"),
    "another coverage": ("summary", lambda r: r["coverage"].update(sentences=2, read=2), "wrong_coverage"),
    "a field too many": ("summary", lambda r: r["value"].update(note="hello"), "invalid"),
    "a claim of no known support": ("summary", lambda r: r["value"]["headline"].update(support="sure"), "invalid"),
    "another article": ("summary", lambda r: r["article"].update(id="0" * 64), "changed_article"),
}  # fmt: skip


@pytest.mark.parametrize("what", TAMPERINGS)
def test_tampering_is_found(run: Run, results: Path, what: str) -> None:
    """Each change after the fact is one line that names the file's line and the place, and the status is 4."""
    task, change, code = TAMPERINGS[what]
    edited(results, task, change)
    outcome = run("check", str(results))

    assert 4 == outcome.status
    findings = outcome.out.splitlines()[:-1]
    assert any(f": {code}: " in line for line in findings)
    assert {line.split(":")[1] for line in findings} == {findings[0].split(":")[1]}


def test_the_findings_name_the_place(run: Run, results: Path) -> None:
    """A finding says which line, source, task and pointer, and what the article says."""
    edited(results, "summary", lambda r: r["value"]["headline"]["evidence"][0].update(text="Else."))
    finding = json.loads(run("check", str(results), "-f", "json").out)["findings"][0]

    assert (1, "summary", "/headline/evidence/0", "moved_span") == tuple(
        finding[name] for name in ("line", "task", "where", "code")
    )
    assert finding["message"].endswith("not 'Else.'")


def test_a_changed_article(run: Run, results: Path, articles: Path) -> None:
    """One letter changed in an article: its results are no longer about that text; the others hold."""
    changed = articles / ARTICLES[0].name
    changed.write_bytes(changed.read_bytes().replace(b"e", b"a", 1))
    for more in ([], ["--articles", str(articles)]):
        outcome = run("check", str(results), *more)
        assert 4 == outcome.status
        assert 4 == outcome.out.count(": changed_article: ")
        assert "4 findings" in outcome.out.splitlines()[-1]


def test_a_missing_article(run: Run, results: Path, articles: Path) -> None:
    """An article that is gone is told, and the rest is verified."""
    (articles / ARTICLES[0].name).unlink()
    outcome = run("check", str(results))

    assert 4 == outcome.status
    assert 4 == outcome.out.count(": missing_article: ")
    assert "no such file" in outcome.out


def test_an_article_from_standard_input(run: Run, results: Path) -> None:
    """A result whose source was standard input needs --articles, and with it the name does not matter."""
    lines = [json.loads(line) for line in results.read_text("utf-8").splitlines()]
    for line in lines:
        line["article"]["source"] = "-"
    results.write_text("".join(json.dumps(line) + "\n" for line in lines), "utf-8")

    assert "--articles" in run("check", str(results)).out
    assert 0 == run("check", str(results), "--articles", str(results.parent / "articles")).status


def test_rows_of_a_table(run: Run, tmp_path: Path) -> None:
    """An article that was a row is found again in its file."""
    rows, file = tmp_path / "rows.jsonl", tmp_path / "results.jsonl"
    rows.write_text("".join(json.dumps({"text": path.read_text("utf-8")}) + "\n" for path in ARTICLES[:2]), "utf-8")
    run("summarize", str(rows), "-m", "extractive", "-f", "jsonl", "-o", str(file), "--quiet")

    assert (0, True) == ((outcome := run("check", str(file))).status, "2 results on 2 articles" in outcome.out)


def test_rows_whose_column_was_named(run: Run, tmp_path: Path) -> None:
    """What the text's column is called is said again."""
    rows, file = tmp_path / "rows.jsonl", tmp_path / "results.jsonl"
    text = ARTICLES[0].read_text("utf-8")
    rows.write_text(json.dumps({"text": f"A note. {text}", "story": text}) + "\n", "utf-8")
    by = ("--text-field", "story")
    run("summarize", str(rows), *by, "-m", "extractive", "-f", "jsonl", "-o", str(file), "--quiet")

    assert 0 == run("check", str(file), *by).status
    assert 4 == run("check", str(file)).status
    assert 0 == run("report", str(file), *by, "-o", str(tmp_path / "report.html")).status


def test_a_line_cut_short_and_an_array(run: Run, results: Path) -> None:
    """A truncated last line is a finding; `-f json` output reads as well as lines."""
    text = results.read_text("utf-8")
    results.write_text(text[: len(text) - 40], "utf-8")
    outcome = run("check", str(results))
    assert (4, 1) == (outcome.status, outcome.out.count(": invalid: "))

    array = [json.loads(line) for line in text.splitlines()]
    results.write_text(json.dumps(array, indent=2), "utf-8")
    assert 0 == run("check", str(results)).status
    results.write_text(json.dumps(array[0], indent=2), "utf-8")
    assert 0 == run("check", str(results)).status


@pytest.mark.parametrize("content", [None, "", "\n\n", "no json\n", "[1, 2]\n", '{"a": 1}\n', "[" * 100_000])
def test_what_is_no_results_file(run: Run, tmp_path: Path, content: str | None) -> None:
    """Nothing to check is status 3 and one line on standard error."""
    file = tmp_path / "results.jsonl"
    if content is not None:
        file.write_text(content, "utf-8")
    outcome = run("check", str(file))

    assert (3, "") == (outcome.status, outcome.out)
    assert 1 == len(outcome.err.splitlines())


def test_unreadable_articles(run: Run, results: Path, tmp_path: Path) -> None:
    """--articles that lead nowhere are a usage fault of the input: status 3."""
    assert 3 == run("check", str(results), "--articles", str(tmp_path / "nowhere")).status


def test_claims_of_a_model(run: Run, tmp_path: Path) -> None:
    """Claims that passed are checked again at the level of the model; flagged ones are counted, with their issue."""
    file = tmp_path / "results.jsonl"
    run("brief", str(SEED), "-m", "fake", "-f", "jsonl", "-o", str(file), "--quiet")
    assert 0 == run("check", str(file)).status

    def checked(result: Json) -> None:
        text = result["value"]["headline"]["text"]
        result["value"]["headline"].update(text=text.replace("North Korean leader, ", ""), support="checked")

    edited(file, "summary", checked)
    assert 0 == run("check", str(file)).status

    def unchecked(result: Json) -> None:
        result["value"]["headline"].update(text="The leader likes trains.", support="unchecked")

    edited(file, "summary", unchecked)
    assert "marked unchecked, and no issue tells why" in (outcome := run("check", str(file))).out
    assert 4 == outcome.status

    def flagged(result: Json) -> None:
        result["issues"].append({"code": "ungrounded", "where": "/headline", "message": "", "action": "flagged"})

    edited(file, "summary", flagged)
    outcome = run("check", str(file))
    assert 0 == outcome.status
    assert "1 claim marked unchecked by the results themselves" in outcome.out


def test_statements_of_own_tasks(run: Run, tmp_path: Path) -> None:
    """With the task at hand, text beside evidence is checked; without it, only the places are."""
    (tmp_path / "risks.py").write_text(
        "from pydantic import BaseModel\n"
        "from summarizer.schemas.evidence import Span\n"
        "class Risk(BaseModel):\n    evidence: list[Span]\n    text: str\n"
        "class Risks(BaseModel):\n    risks: list[Risk]\n",
        "utf-8",
    )
    prompt, file = tmp_path / "risks.md", tmp_path / "results.jsonl"
    prompt.write_text("---\nname: risks\nschema: risks.py:Risks\n---\nrisks: what the article warns of.\n", "utf-8")
    run("run", str(prompt), str(SEED), "-m", "fake", "-f", "jsonl", "-o", str(file), "--quiet")
    assert 0 == run("check", str(file), "--task", str(prompt)).status

    edited(file, "risks", lambda r: r["value"]["risks"][0].update(text="Boris Johnson has left Russia on foot."))
    assert 0 == run("check", str(file)).status
    outcome = run("check", str(file), "--task", str(prompt))
    assert 4 == outcome.status
    assert "claim_fails" in outcome.out
    assert "/risks/0/text" in outcome.out


def test_a_task_of_the_users_own(run: Run, results: Path) -> None:
    """Spans and claims anywhere in a value of unknown form are verified too."""

    def own(result: Json) -> None:
        result["task"] = "risks"
        result["value"] = {"risks": [{"name": "x", "why": result["value"]["headline"]}]}

    edited(results, "summary", own)
    assert 0 == run("check", str(results)).status

    def moved(result: Json) -> None:
        result["value"]["risks"][0]["why"]["evidence"][0]["end"] -= 1

    edited(results, "risks", moved)
    assert "/risks/0/why/evidence/0" in run("check", str(results)).out


def test_nothing_a_file_says_moves_the_cursor(run: Run, results: Path) -> None:
    """Escape codes in a tampered file are shown as pictures."""
    edited(results, "summary", lambda r: r["value"]["headline"].update(text="\x1b[2Jgone \u202e evil"))
    out = run("check", str(results)).out
    assert "\x1b" not in out
    assert "\u202e" not in out


def test_answers_from_many_articles(run: Run, articles: Path, tmp_path: Path) -> None:
    """Each span is looked up in its own article; a question that no article has a word of names none."""
    file = tmp_path / "many.jsonl"
    run("ask", str(articles), "-q", "Who is the Kremlin spokesperson?", "-q", "Zzyzx qwrt?", "-m", "extractive", "-f",
        "jsonl", "-o", str(file), "--quiet")  # fmt: skip
    first = json.loads(file.read_text("utf-8").splitlines()[0])
    assert first["value"]["claims"][0]["evidence"][0]["article"]
    assert (0, "") == ((outcome := run("check", str(file))).status, outcome.err), outcome.out

    def elsewhere(result: Json) -> None:
        result["value"]["claims"][0]["evidence"][0]["article"] = "0" * 64

    edited(file, "answer", elsewhere)
    assert "the result names no article 000000000000" in run("check", str(file)).out


def test_results_of_another_version(run: Run, results: Path) -> None:
    """They are verified like all others, and the closing line tells."""
    edited(results, "summary", lambda r: r["run"].update(version="0.0.1"))
    outcome = run("check", str(results))
    assert 0 == outcome.status
    assert "1 result made by another version" in outcome.out
