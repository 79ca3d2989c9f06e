"""A second model's word: asked once, about what the reader is not sure of only, typed, paid for and told."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from types import MappingProxyType
from typing import Any

import pytest

from summarizer.article import Article
from summarizer.client import AsyncSummarizer
from summarizer.configuration import Configuration
from summarizer.errors import ServerFault, UsageError
from summarizer.evaluation import find_articles, read_stored, refs_in, verify
from summarizer.jobs.wants import Order, wanted
from summarizer.models.fake import FakeModel
from summarizer.schemas.result import Result
from tests.scripted_server import ScriptedServer, completion

TEXT = (
    "The council of Harwick opened the bridge on Monday. It cost 5.2 million pounds. "
    "Anna Pell, the mayor, did not attend. A second bridge could follow next year, she said."
)
HEADLINE = {"evidence": [1], "text": "The council of Harwick opened the bridge on Monday."}
FAR = {"evidence": [2], "text": "The project swallowed 5.2 million pounds."}
FALSE = {"evidence": [2], "text": "The project swallowed 8.2 million pounds."}
INVENTED = {"evidence": [2], "text": "The builders stole 5.2 million pounds."}
SURE = {"evidence": [2], "text": "The price was 5.2 million pounds."}
YES, NO = ({"verdicts": [{"claim": 1, "evidence": [2], "supported": supported}]} for supported in (True, False))


class Unsure:
    """A reader that is sure of two claims, and of no other."""

    name, languages = "unsure@0", frozenset({"en"})
    levels = MappingProxyType({"balanced": 0.8, "lenient": 0.7})
    copies = MappingProxyType({"cut": 0.5, "rearranged": 0.1})
    band = (0.3, 0.8)

    def supports(self, pairs: Sequence[tuple[str, str]]) -> list[float]:
        """High for one, low for the other, in the band for the rest."""
        return [{SURE["text"]: 0.99, INVENTED["text"]: 0.01}.get(claim, 0.6) for _, claim in pairs]


@pytest.fixture(autouse=True)
def reader(monkeypatch: pytest.MonkeyPatch) -> None:
    """It judges in all of this file."""
    monkeypatch.setattr("summarizer.grounding.checker.load_reader", Unsure)


def summary(*points: Any) -> dict[str, Any]:
    return {"headline": HEADLINE, "points": list(points)}


async def summarize(reader: FakeModel, verifier: FakeModel | None, policy: Any = "drop", **options: Any) -> Result[Any]:
    async with AsyncSummarizer(reader, policy=policy, verify=verifier, **options) as client:
        return await client.summarize(Article(TEXT, source="harwick.txt"))


def points(result: Result[Any]) -> list[tuple[str, str]]:
    return [(point.text, point.support) for point in result.value.points]


def issues(result: Result[Any]) -> list[tuple[str, str, str]]:
    return [(issue.code, issue.where, issue.action) for issue in result.issues]


async def test_what_the_second_model_supports_is_checked_and_told() -> None:
    """The claim is kept, nothing is asked anew, the issue names the model, and the request is counted."""
    verifier = FakeModel([YES], name="other")
    result = await summarize(FakeModel([summary(FAR)]), verifier, "reask")

    assert [(FAR["text"], "checked")] == points(result)
    assert [("second_opinion", "/points/0", "none")] == issues(result)
    assert "other supports it" in result.issues[0].message
    assert (2, 2) == (result.run.requests, result.run.decided)


async def test_the_second_model_sees_the_claim_and_its_sentences_only() -> None:
    """One request, without the rest of the article."""
    verifier = FakeModel([YES])
    await summarize(FakeModel([summary(FAR)]), verifier)

    (request,) = verifier.requests
    assert f"claim 1: {FAR['text']}\n[2] It cost 5.2 million pounds." == request.messages[-1].content
    assert all("Anna Pell" not in message.content for message in request.messages)


async def test_the_second_model_is_asked_in_the_readers_band_only() -> None:
    """What the reader is sure of, either way, is no matter of opinion; without a close claim nothing is asked."""
    everything = {"verdicts": [{"claim": n, "evidence": [2], "supported": True} for n in (1, 2, 3)]}
    verifier = FakeModel([everything])
    result = await summarize(FakeModel([summary(SURE, INVENTED, FAR)]), verifier)
    assert [(SURE["text"], "checked"), (FAR["text"], "checked")] == points(result)
    assert [f"claim 1: {FAR['text']}"] == verifier.requests[0].messages[-1].content.splitlines()[:1]

    idle = FakeModel([everything])
    await summarize(FakeModel([summary(SURE, INVENTED)]), idle)
    assert [] == idle.requests


@pytest.mark.parametrize(
    "verdicts",
    [
        NO,
        {"verdicts": []},
        {"verdicts": [{"claim": 1, "evidence": [4], "supported": True}]},
        {"verdicts": [{"claim": 1, "evidence": [], "supported": True}]},
        {"verdicts": [{"claim": 2, "evidence": [2], "supported": True}]},
        {"verdicts": [*YES["verdicts"], *NO["verdicts"]]},
    ],
)
async def test_what_it_does_not_support_goes_the_way_of_the_policy(verdicts: dict[str, Any]) -> None:
    """No, no word, a sentence the claim does not cite, no sentence, another number, and both yes and no."""
    result = await summarize(FakeModel([summary(FAR)]), FakeModel([verdicts]))

    assert [] == points(result)
    assert [("ungrounded", "/points/0", "dropped")] == issues(result)


async def test_a_wrong_fact_is_not_asked_about_and_not_overturned() -> None:
    """A model that supports everything cannot make 8.2 of 5.2."""
    verifier = FakeModel([{"verdicts": [{"claim": n, "evidence": [2], "supported": True} for n in (1, 2, 3)]}])
    result = await summarize(FakeModel([summary(FALSE, FAR)]), verifier)

    assert [(FAR["text"], "checked")] == points(result)
    assert "8.2" not in verifier.requests[0].messages[-1].content

    alone = FakeModel([YES])
    await summarize(FakeModel([summary(FALSE)]), alone)
    assert [] == alone.requests


async def test_a_refused_claim_is_asked_for_again_without_a_second_round_of_opinions() -> None:
    """The reading model mends it; what is undecided after that is not asked of the second model."""
    still_far = {"claim": 1, "evidence": [2], "text": "It took 5.2 million pounds to build."}
    reader = FakeModel([summary(FAR), {"claims": [still_far]}])
    verifier = FakeModel([NO], name="other")
    result = await summarize(reader, verifier, "reask")

    assert (2, 1) == (len(reader.requests), len(verifier.requests))
    assert str(FAR["text"]) in reader.requests[1].messages[-1].content
    assert [("It cost 5.2 million pounds.", "verbatim")] == points(result)


@pytest.mark.parametrize("fault", [ServerFault("gone"), "no JSON"])
async def test_a_verifier_that_fails_is_an_issue(fault: Any) -> None:
    """The result is what it would be without it, and says so."""
    result = await summarize(FakeModel([summary(FAR)]), FakeModel([fault], name="other"))

    assert ("complete", []) == (result.status, points(result))
    assert [("no_second_opinion", "", "none"), ("ungrounded", "/points/0", "dropped")] == issues(result)


class SlowModel(FakeModel):
    """A model that never answers."""

    async def complete(self, request: Any) -> Any:
        """Wait for ever."""
        import asyncio

        await asyncio.sleep(60)


async def test_a_slow_verifier_does_not_lose_the_result() -> None:
    """It gets a part of the time that is left."""
    result = await summarize(FakeModel([summary(FAR)]), SlowModel(name="other"), timeout=0.5)

    assert ("no_second_opinion", "complete") == (result.issues[0].code, result.status)


async def test_all_products_share_one_request() -> None:
    """Undecided claims of summary, timeline and answers are judged together."""
    event = {"evidence": [2], "text": FAR["text"], "when": None, "certainty": "happened", "attributed_to": None}
    other = {"evidence": [2], "text": "The town spent 5.2 million pounds."}
    draft = {
        "summary": summary(FAR),
        "entities": {"entities": []},
        "timeline": {"events": [event | other]},
    }
    verdicts = {"verdicts": [YES["verdicts"][0], {"claim": 2, "evidence": [2], "supported": True}]}
    verifier = FakeModel([verdicts])
    async with AsyncSummarizer(FakeModel([draft]), verify=verifier, policy="drop") as client:
        made, _, timeline = await client.brief(Article(TEXT))

    assert 1 == len(verifier.requests)
    assert [(FAR["text"], "checked")] == points(made)
    assert ["checked"] == [event.claim.support for event in timeline.value.events]


async def test_by_http_its_cost_is_added(server: ScriptedServer, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two models of one server: tokens and dollars of both, each at its own price."""
    monkeypatch.setenv("OPENAI_API_KEY", "k")
    server.replies.extend([completion(summary(FAR)), completion(YES)])
    names = {"model": "openai/gpt-4o-mini", "verify": "openai/gpt-4o"}
    async with AsyncSummarizer(names["model"], verify=names["verify"], base_url=server.base_url) as client:
        result = await client.summarize(Article(TEXT))

    assert ["gpt-4o-mini", "gpt-4o"] == [request["model"] for request in server.requests]
    assert (2, 200, 40) == (result.run.requests, result.run.usage.input_tokens, result.run.usage.output_tokens)
    dollars = (36 * 0.15 + 64 * 0.075 + 20 * 0.6 + 36 * 2.5 + 64 * 1.25 + 20 * 10) / 1e6
    assert dollars == pytest.approx(result.run.cost_usd)
    assert "openai/gpt-4o supports it" in result.issues[0].message
    sent = server.requests[1]["response_format"]["json_schema"]["schema"]
    assert {"claim", "evidence", "supported"} == set(sent["properties"]["verdicts"]["items"]["properties"])


async def test_a_batch_asks_for_second_opinions_and_pays_for_them(
    server: ScriptedServer, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """The same road in a job; the store keeps the verdict as well."""
    monkeypatch.setenv("OPENAI_API_KEY", "k")
    server.replies.extend([completion(summary(FAR)), completion(YES)])
    async with AsyncSummarizer("openai/gpt-4o-mini", verify="openai/gpt-4o", base_url=server.base_url) as client:
        jobs = [client.batch([Article(TEXT)], store=tmp_path / "store.sqlite") for _ in range(2)]
        results = [result for job in jobs async for result in job]

    assert [[(FAR["text"], "checked")]] * 2 == [points(one) for one in results]
    assert 2 == len(server.requests)


def test_a_stored_result_depends_on_the_verifier() -> None:
    """Who gave a second opinion is part of a job's keys."""
    asked = wanted(["summary"], (), Configuration.of({}))
    orders = [
        Order.of(asked, Configuration.of({"model": "fake", "verify": one})) for one in (None, "openai/a", "openai/b")
    ]

    assert 3 == len({order.keys for order in orders})


@pytest.mark.parametrize("name", ["extractive", "local/smollm2-135m"])
def test_what_cannot_judge_is_refused(name: str) -> None:
    """Code has decided already, and a 135M-parameter model must not judge."""
    with pytest.raises(UsageError, match="cannot give a second opinion"):
        AsyncSummarizer("fake", verify=name)


async def test_check_knows_second_opinions(tmp_path: Path) -> None:
    """A supported claim holds when it is verified; with a figure edited it does not, whatever the result says."""
    article = tmp_path / "harwick.txt"
    article.write_text(TEXT, "utf-8")
    data = json.loads((await summarize(FakeModel([summary(FAR)]), FakeModel([YES]))).to_json())
    data["article"]["source"] = str(article)
    assert _audited(data, tmp_path)
    assert not _audited(json.loads(json.dumps(data).replace("5.2 million", "8.2 million")), tmp_path)
    assert not _audited(data | {"issues": []}, tmp_path)


def _audited(data: dict[str, Any], folder: Path) -> bool:
    file = folder / "results.jsonl"
    file.write_text(json.dumps(data) + "\n", "utf-8")
    stored = read_stored(file)
    return verify(stored, find_articles(refs_in(stored))).holds


async def test_a_long_article_asks_part_by_part(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where a text is read in parts, what the second model supports in a part is among the claims to choose from."""
    text = TEXT + " " + " ".join(f"The {word} was painted green in the spring of that year." for word in WORDS * 40)
    far = {"headline": FAR, "points": [FAR]}
    reader = FakeModel([far, *[ServerFault("gone")] * 50], window=6000)
    async with AsyncSummarizer(reader, verify=FakeModel([YES], name="other"), policy="drop") as client:
        result = await client.summarize(Article(text))

    assert FAR["text"] == result.value.headline.text
    assert "second_opinion" in [issue.code for issue in result.issues]


WORDS = "door gate wall roof tower lamp clock bench fence house".split()
