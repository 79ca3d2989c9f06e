"""Cases of the answer: usage, shapes, sizes, depths, escapes, echoes, refusals, tools."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any

from benchmarks.attack.wire import Answer, Asked, Piece, completion, event, failed, http, opened, replied

ESCAPES = "\x1b[2J\x1b]0;owned\x07\x1b]8;;http://x.test\x1b\\\x9b31m\x00\u202e\x7f\r\x08"
DEEP = '{"a":' * 50_000 + "1" + "}" * 50_000


def _usage(usage: Any) -> Answer:
    return replied(lambda asked: completion(asked, usage=usage))


def _content(change: Callable[[str], Any]) -> Answer:
    return replied(lambda asked: completion(asked, message={"content": change(asked.content)}))


def _message(**told: Any) -> Answer:
    return replied(lambda asked: completion(asked, message=told))


def _choices(choices: Any) -> Answer:
    return replied(lambda asked: completion(asked, choices=choices))


def _raw(body: Callable[[Asked], bytes]) -> Answer:
    """Bytes as the body, or as the one event of a stream."""

    def answer(asked: Asked) -> Iterator[Piece]:
        yield opened("text/event-stream") + event(body(asked)) if asked.streams else http(body(asked))

    return answer


def _cut(asked: Asked) -> dict[str, Any]:
    """Stops at its limit, and all of the limit is paid for."""
    usage = asked.usage | {"completion_tokens": asked.most_tokens}
    return completion(asked, choice={"finish_reason": "length"}, message={"content": asked.content[:20]}, usage=usage)


def _every_text(content: str, change: Callable[[Any], Any]) -> str:
    """The form with each of its texts changed."""

    def walked(node: Any) -> Any:
        if isinstance(node, dict):
            return {key: walked(inner) for key, inner in node.items()}
        if isinstance(node, list):
            return [walked(inner) for inner in node]
        return change(node)

    return json.dumps(walked(json.loads(content)))


def _many(content: str) -> str:
    """A form whose lists have 20,000 items."""
    form = json.loads(content)
    return json.dumps({key: inner * 20_000 if isinstance(inner, list) else inner for key, inner in form.items()})


def _tool(name: Any, arguments: Any) -> Answer:
    call = {"id": "c", "type": "function", "function": {"name": name, "arguments": arguments}}
    return _message(content=None, tool_calls=[call])


USAGE: dict[str, Answer] = {
    "usage missing": replied(lambda asked: {k: v for k, v in completion(asked).items() if k != "usage"}),
    "usage null": _usage(None),
    "usage below nothing": _usage({"prompt_tokens": -(10**9), "completion_tokens": -5, "total_tokens": -1}),
    "usage infinite": _usage({"prompt_tokens": float("inf"), "completion_tokens": float("nan")}),
    "usage 1e30": _usage({"prompt_tokens": 1e30, "completion_tokens": 10**30}),
    "usage of 5,000 digits": _raw(
        lambda asked: (
            json.dumps(completion(asked, usage={"prompt_tokens": 77777})).replace("77777", "9" * 5000).encode()
        )
    ),
    "usage as text": _usage({"prompt_tokens": "many", "completion_tokens": [1]}),
    "usage as a list": _usage([1, 2]),
    "usage nothing": _usage({"prompt_tokens": 0, "completion_tokens": 0}),
    "length for ever": replied(_cut),
}
SHAPES: dict[str, Answer] = {
    "prose for JSON": _content(lambda said: "I am happy to help! Here is what I found."),
    "JSON cut off": _content(lambda said: said[: len(said) // 2]),
    "another form": _content(lambda said: '{"answer": 42}'),
    "a bare list": _content(lambda said: "[1, 2, 3]"),
    "numbers as words": _content(lambda said: _every_text(said, lambda node: "one" if isinstance(node, int) else node)),
    "sentence 10^400": _content(
        lambda said: _every_text(said, lambda node: 10**400 if isinstance(node, int) else node)
    ),
    "sentence of 5,000 digits": _content(lambda said: said.replace("1", "9" * 5000)),
    "sentence -1": _content(lambda said: _every_text(said, lambda node: -1 if node == 1 else node)),
    "texts null": _content(lambda said: _every_text(said, lambda node: None if isinstance(node, str) else node)),
    "deep content": _content(lambda said: DEEP),
    "deep body": _raw(lambda asked: DEEP.encode()),
    "huge content": _content(
        lambda said: _every_text(said, lambda node: node * 40_000 if isinstance(node, str) else node)[:6_000_000]
    ),
    "20,000 claims": _content(_many),
    "no JSON": _raw(lambda asked: b"{'a': undefined"),
    "JSON cut off in the body": _raw(lambda asked: json.dumps(completion(asked)).encode()[:-9]),
    "body a list": _raw(lambda asked: b"[[]]"),
    "body null": _raw(lambda asked: b"null"),
    "not UTF-8": _raw(lambda asked: json.dumps(completion(asked)).encode().replace(b"assistant", b"\xff\xfe\xc0")),
    "UTF-16": _raw(lambda asked: json.dumps(completion(asked)).encode("utf-16")),
    "NUL and escapes in the texts": _content(
        lambda said: _every_text(said, lambda node: node + ESCAPES if isinstance(node, str) else node)
    ),
    "escapes alone": _content(lambda said: _every_text(said, lambda node: ESCAPES if isinstance(node, str) else node)),
    "halves of surrogate pairs": _content(
        lambda said: _every_text(said, lambda node: node + "\ud83d" if isinstance(node, str) else node)
    ),
    "no choices": _choices([]),
    "choices null": _choices(None),
    "choices of text": _choices("none"),
    "choice null": _choices([None]),
    "message null": _choices([{"index": 0, "finish_reason": "stop", "message": None}]),
    "content null": _message(content=None),
    "content a number": _message(content=7),
    "content a list of anything": _message(content=[None, 3, {"type": "text"}, {"type": "text", "text": 5}]),
    "content empty": _message(content=""),
    "finish_reason odd": replied(lambda asked: completion(asked, choice={"finish_reason": {"a": 1}})),
    "content filter": replied(
        lambda asked: completion(asked, choice={"finish_reason": "content_filter"}, message={"content": ""})
    ),
    "a refusal with escapes": _message(content=None, refusal=f"I must not. {ESCAPES}"),
    "a refusal of 1 MB": _message(content=None, refusal="no " * 300_000),
    "a tool nobody has": _tool("delete_everything", '{"path": "/"}'),
    "a tool with no name": _tool(None, None),
    "a tool's arguments as an object": _tool("x", {"a": [1]}),
    "tools of anything": _message(
        content=None, tool_calls=[None, 3, {"function": None}, {"function": {"arguments": "{"}}]
    ),
}
ERRORS: dict[str, Answer] = {
    "the key in a 401": failed("401 No", lambda asked: {"message": f"Incorrect API key provided: {asked.key}."}),
    "the key in a 500": failed("500 No", lambda asked: {"message": f"upstream said no to Bearer {asked.key}"}),
    "the key in a refusal": replied(
        lambda asked: completion(asked, message={"content": None, "refusal": f"no, {asked.key}"})
    ),
    "the key in an error of a stream": lambda asked: iter(
        [opened("text/event-stream") + event({"error": {"message": f"bad {asked.key}"}})]
    ),
    "the key in a reason phrase": lambda asked: iter([http(b"", f"400 {asked.key}")]),
    "the article in a 400": failed("400 No", lambda asked: {"message": f"cannot read: {asked.article}"}),
    "the article in a 422": failed("422 No", lambda asked: [{"loc": ["body"], "msg": "bad", "input": asked.article}]),
    "the article in a 500 of text": lambda asked: iter([http(asked.article.encode(), "500 No", "text/plain")]),
    "escapes in an error": failed("400 No", lambda asked: {"message": f"no {ESCAPES} no"}),
    "an error of 1 MB": failed("400 No", lambda asked: {"message": "no " * 300_000}),
    "a deep error": lambda asked: iter([http(DEEP.encode(), "400 No")]),
    "an error with status 200": replied(lambda asked: {"error": {"message": "overloaded", "code": 10**40}}),
    "window exceeded for ever": failed(
        "400 No", lambda asked: {"message": "maximum context length", "code": "context_length_exceeded"}
    ),
    "no response_format at all": failed("400 No", lambda asked: {"message": "response_format is not supported"}),
    "404": failed("404 Not Found", lambda asked: {"message": "no such model"}),
}
ANSWERS = USAGE | SHAPES | ERRORS
