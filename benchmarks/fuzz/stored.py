"""Results that are sound in form, with any text in any field; and files of results, damaged as bytes and as JSON."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from hypothesis import strategies as st

from benchmarks.fuzz.documents import damaged
from benchmarks.fuzz.texts import DAY, HARMFUL, SHORT
from summarizer.article import Article
from summarizer.output import render_json
from summarizer.schemas.result import Result
from tests.views.samples import hostile_results, seed_results

Results = Sequence[Result[Any]]
Articles = Mapping[str, Article]
_NODES = (
    "text",
    "source",
    "title",
    "where",
    "message",
    "code",
    "when",
    "iso",
    "unit",
    "short",
    "question",
    "name",
    "role",
    "attributed_to",
    "model",
    "prompt",
    "version",
    "id",
    "task",
    "aliases",
    "participants",
    "fields",
)


@st.composite
def shown_results(draw: st.DrawFn) -> tuple[Results, Articles]:
    """Results that are sound in form, with any text in any field."""
    found, known = draw(st.sampled_from([seed_results, hostile_results]))()
    chosen = draw(st.lists(st.sampled_from(range(len(found))), min_size=1, max_size=3))
    plain = [json.loads(render_json([found[at]])) for at in chosen]
    value = SHORT | st.sampled_from(HARMFUL) | st.text(st.characters(exclude_categories=()), max_size=40)
    for one in plain:
        _changed(one, draw(st.lists(st.tuples(st.sampled_from(_NODES), value), max_size=4)))
    made = [Result[Any].model_validate(one) for one in plain]
    day, fields = draw(DAY), draw(st.dictionaries(value, value, max_size=2))
    ref = {"published": day, "fields": fields}
    return [one.model_copy(update={"article": one.article.model_copy(update=ref)}) for one in made], known


def _changed(node: Any, changes: Sequence[tuple[str, str]]) -> None:
    """Text in the fields of these names, wherever they hold text."""
    for name, inner in node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ():
        for field, text in changes:
            if name == field and isinstance(inner, str):
                node[name] = text
        _changed(inner, changes)


def stored_files() -> st.SearchStrategy[bytes]:
    """Stored results, damaged as bytes and as JSON."""
    found = [render_json([one], indent=None).encode() for one in (*seed_results()[0], *hostile_results()[0])]
    token = st.sampled_from(
        [
            b"null",
            b"1e999",
            b"-1",
            b"9" * 400,
            b'""',
            b"[]",
            b"{}",
            b"true",
            b"[" * 3000,
            b"\n",
            b"NaN",
            b'"\\ud800"',
            b'"\\u001b[31m"',
            b"18446744073709551616",
            b"\xff",
        ]
    )
    one = st.sampled_from(found)
    tree = st.tuples(
        one,
        st.integers(0, 10**6),
        st.sampled_from([None, -1, 10**30, 1e308, "", "\x1b[2J", [], {}, True, "2024-99-99"]),
    )
    return st.one_of(
        one.flatmap(lambda content: damaged(content, token)),
        tree.map(lambda given: json.dumps(_replaced(*given)).encode()),
        st.lists(tree.map(lambda given: json.dumps(_replaced(*given)).encode()), max_size=3).map(b"\n".join),
    )


def _replaced(content: bytes, at: int, value: Any) -> Any:
    """A stored result with one of its nodes, counted through, replaced."""
    whole = json.loads(content)
    nodes: list[tuple[Any, Any]] = []
    waiting = [whole]
    while waiting:
        node = waiting.pop()
        keys = list(node) if isinstance(node, dict) else list(range(len(node))) if isinstance(node, list) else []
        nodes += [(node, key) for key in keys]
        waiting += [node[key] for key in keys]
    node, key = nodes[at % len(nodes)]
    node[key] = value
    return whole
