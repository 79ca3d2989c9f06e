"""Every tool over files and over texts, as the official client gets it from the running program."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from summarizer.tasks import registry
from tests.mcp.conftest import GAZETTE, HARBOUR, Served, serving, text_of

QUESTIONS = ["How much did the bridge at Harwick cost?", "Who won the cricket match in Mumbai?"]


def said(answers: Any) -> list[str]:
    """Every line of every result."""
    return [line["text"] for result in answers["results"] for line in result["said"]]


def test_every_task_is_a_tool_with_its_options(served: Served) -> None:
    """Made from the registry; the schemas are valid and describe every field."""
    tools = served.tools()

    assert [*(entry.command for entry in registry.entries()), "check"] == list(tools)
    assert {"points", "style", "files", "texts"} <= set(tools["summarize"].input_schema["properties"])
    assert ["questions"] == tools["ask"].input_schema["required"]
    for tool in tools.values():
        Draft202012Validator.check_schema(tool.input_schema)
        Draft202012Validator.check_schema(tool.output_schema or {})
        assert all(one["description"] for one in tool.input_schema["properties"].values())
        assert tool.annotations.read_only_hint


@pytest.mark.parametrize("source", [{"files": ["harbour.txt"]}, {"texts": [HARBOUR]}], ids=["file", "text"])
@pytest.mark.parametrize(
    ("tool", "options", "line"),
    [
        ("summarize", {"points": 2}, "Mayor Ada Finch opened it on 3 May 2021."),
        ("entities", {}, "Ada Finch"),
        ("timeline", {}, "Mayor Ada Finch opened it on 3 May 2021."),
        ("ask", {"questions": QUESTIONS}, "The bridge at Harwick cost 5 million pounds."),
    ],
    ids=["summarize", "entities", "timeline", "ask"],
)
def test_an_article(served: Served, tool: str, options: dict[str, Any], line: str, source: dict[str, Any]) -> None:
    """What it says, each line with the sentences it cites, word for word."""
    answers = served.call(tool, **source, **options)

    assert line in said(answers)
    for result in answers["results"]:
        assert ("complete", "extractive", None) == (result["status"], result["model"], result["result"])
        assert {key for one in result["said"] for key in one["cites"]} == set(result["sentences"])
        assert all(sentence in " ".join(HARBOUR.split()) for sentence in result["sentences"].values())


def test_what_the_article_does_not_say(served: Served) -> None:
    """The reader answers without a model, and abstains."""
    found, abstained = served.call("ask", files=["harbour.txt"], questions=QUESTIONS)["results"]

    assert "5 million pounds" == found["said"][0]["text"]
    assert (False, True) == (found["abstained"], abstained["abstained"])


def test_the_text_says_the_same(served: Served) -> None:
    """For clients that show no structure: the page of the command line, and the cited sentences."""
    text = text_of(served.begin("ask", files=["harbour.txt"], questions=QUESTIONS[:1]).result())

    assert "5 million pounds  [2]" in text
    assert "\n[2] The bridge at Harwick cost 5 million pounds.\n" in text


def test_several_articles(served: Served) -> None:
    """A digest of a file and a text, and a question to a folder: what they say differently stands side by side."""
    digest = served.call("digest", files=["harbour.txt"], texts=[GAZETTE])
    answer = served.call("ask", files=["papers", "harbour.txt"], questions=QUESTIONS[:1])

    sides = [line for line in digest["results"][0]["said"] if line["section"] == "contradiction: money"]
    assert [["text 1 1"], ["harbour.txt 2"]] == [side["cites"] for side in sides]
    assert {"5 million", "7 million"} <= {word for word in ("5 million", "7 million") if word in " ".join(said(answer))}


def test_whole_results_on_demand(served: Served) -> None:
    """`full` adds the result of the command line, with offsets into the text of the file."""
    (told,) = served.call("summarize", files=["harbour.txt"], full=True)["results"]

    spans = [span for claim in told["result"]["value"]["points"] for span in claim["evidence"]]
    assert spans
    assert all(HARBOUR[span["start"] : span["end"]] == span["text"] for span in spans)


@pytest.mark.parametrize("source", [{"files": ["harbour.txt"]}, {"texts": [HARBOUR]}], ids=["file", "text"])
def test_statements_are_checked(served: Served, source: dict[str, Any]) -> None:
    """A true one, one whose number differs, and one of something else, each with the sentence that decides."""
    true, wrong, other = "The bridge cost 5 million pounds.", "The bridge cost 6 million pounds.", "Zebras doze."
    verdicts = served.call("check", statements=[true, wrong, other], **source)["verdicts"]

    assert [True, False, False] == [one["supported"] for one in verdicts]
    assert ["The bridge at Harwick cost 5 million pounds."] == list(verdicts[0]["sentences"].values())
    assert any("6" in problem for problem in verdicts[1]["problems"])
    assert {} == verdicts[2]["sentences"]


def test_stored_results_are_verified(served: Served) -> None:
    """From the articles they name; what was changed since is found."""
    (told,) = served.call("summarize", files=["harbour.txt"], full=True)["results"]
    good = json.dumps(told["result"])
    for name, text in {"good.json": good, "bad.json": good.replace("5 million", "9 million")}.items():
        (served.folder / name).write_text(text, "utf-8")
    first, second = (served.call("check", results=name)["stored"] for name in ("good.json", "bad.json"))

    for name in ("good.json", "bad.json"):
        (served.folder / name).unlink()

    assert (True, False) == (first["holds"], second["holds"])
    assert "moved_span" in {one["code"] for one in second["findings"]}


def test_two_calls_at_once(served: Served) -> None:
    """Neither waits for the other to be asked, and each gets its own answer."""
    calls = [served.begin("summarize", texts=[text]) for text in (HARBOUR, GAZETTE)]
    first, second = ("\n".join(said(call.result().structured_content)) for call in calls)

    assert ("5 million" in first, "7 million" in second) == (True, True)
    assert ("7 million" in first, "5 million" in second) == (False, False)


def test_a_long_call_does_not_hold_up_the_others(served: Served) -> None:
    """The connection answers while a long text is read: that is done elsewhere."""
    text = " ".join(f"The council of Harwick spent {n} million pounds on bridge {n}." for n in range(60))
    long = served.begin("entities", texts=[text])
    served.tools()
    refused = served.refusal("summarize")

    assert ("name files, or give texts", False) == (refused, long.done())
    assert text_of(long.result())


def test_a_task_of_ones_own_is_a_tool(places: tuple[Path, Path], tmp_path: Path) -> None:
    """A pair of files in the folder that `--prompts` names; its options are its own, whatever they are called."""
    (tmp_path / "risks.md").write_text(
        "---\nname: risks\nhelp: What could go wrong.\nschema: models.py:Risks\noptions:\n  full: 3\n---\n"
        "risks: at most {{ full }}.",
        "utf-8",
    )
    (tmp_path / "models.py").write_text(
        "from pydantic import BaseModel\nfrom summarizer.schemas.evidence import DraftClaim\n"
        "class Risks(BaseModel):\n    risks: list[DraftClaim]\n",
        "utf-8",
    )
    with serving(places, tmp_path, "--prompts", str(tmp_path), "--quiet") as served:
        properties = served.tools()["risks"].input_schema["properties"]
        refused = served.refusal("risks", texts=["One. Two."], task_full=2)

    assert {"files", "texts", "published", "full", "task_full"} == set(properties)
    assert "risks needs a model; name one with -m or model=, such as openai/gpt-5-mini" == refused
