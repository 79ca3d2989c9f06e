"""Runs saved and played back: every request and answer of a model in one scrubbed cassette of vcrpy.

A cassette holds what was asked and answered, the article among it: that is what it is for. It holds no key, cookie,
address, path or any header but the kind of content.
"""

from __future__ import annotations

import json
import uuid
from collections.abc import Callable
from contextlib import ExitStack
from functools import partial
from http.client import responses
from pathlib import Path
from typing import Any

from summarizer.errors import InputError, UsageError, require
from summarizer.models.around import Patience, RetryingModel
from summarizer.models.hosted import HostedModel
from summarizer.models.local import LocalModel
from summarizer.models.local.weights import PULLABLE
from summarizer.models.masking import masked
from summarizer.models.model import ChatModel
from summarizer.models.providers import PROVIDERS

ENDPOINT = "/chat/completions"
MODEL_HEADER = "x-summarizer-model"
QUICKLY = Patience(first=0.001, longest=0.002)
WINDOW = 4096


class Tape:
    """A cassette that records (`record`) or plays (`replay`) from when it is opened until it is closed."""

    def __init__(self, *, record: Path | str | None = None, replay: Path | str | None = None) -> None:
        if record and replay:
            raise UsageError("a run is either recorded or replayed")
        self.replays = replay is not None
        self._path = Path(record or replay or "")
        self._stack = ExitStack()

    def open(self, model_name: str) -> None:
        """Begin; what `model_name` is asked from now on is recorded or played."""
        require("vcr", "recording needs vcrpy", "record")
        import vcr

        if self.replays:
            recorded_model(self._path)
        else:
            _begin(self._path)
        keys: set[str] = set()
        machine = vcr.VCR(
            record_mode="none" if self.replays else "all",
            match_on=["method", "uri", "body"],
            before_record_request=partial(_scrubbed_request, model_name, keys),
            before_record_response=partial(_scrubbed_response, keys),
            decode_compressed_response=True,
        )
        self._stack.enter_context(machine.use_cassette(str(self._path)))

    def instead_of(
        self, model: Any, options: dict[str, Any], progress: Callable[[str], None]
    ) -> tuple[Any, dict[str, Any]]:
        """The model, and the verifier among `options`, that play their part where they are named; objects stay.

        While recording, they are those that were given.
        """
        if not self.replays:
            return model, options
        if model is None or isinstance(model, str):
            model = self.model(model)
            progress(f"replayed from {self._path}, recorded from {model.name}")
        if isinstance(verify := options.get("verify"), str):
            options = {**options, "verify": self.model(verify)}
        return model, options

    def model(self, name: str | None) -> ChatModel:
        """The model that plays its part: the one named, else the one recorded. It has no address and no key."""
        name = name or recorded_model(self._path)
        provider, _, rest = name.partition("/")
        if provider == "local":
            weights = PULLABLE.get(rest)
            alias = f"{weights.name}-instruct" if weights else Path(rest).stem
            return LocalModel(name, _Recorded(), alias=alias, window=weights.window if weights else WINDOW)
        preset = PROVIDERS.get(provider) or PROVIDERS["openai"]
        played = HostedModel(name, provider=preset, base_url=_Recorded().address()[0], key="none")
        return RetryingModel(played, QUICKLY)

    def close(self) -> None:
        """End; a recording is written now. Closing twice is harmless."""
        self._stack.close()


class _Recorded:
    """The server of a recording: nothing that could be started, stopped or die."""

    def address(self) -> tuple[str, str]:
        """An address nobody has, another each time: what an earlier server taught does not count."""
        return f"http://{uuid.uuid4().hex[:12]}.invalid", "none"

    def fate(self) -> None:
        """It lives."""

    def stop(self) -> None:
        """There is nothing to stop."""


def recorded_model(path: Path) -> str:
    """The name of the model in a cassette."""
    import yaml

    try:
        loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
        data = yaml.load(path.read_text("utf-8"), Loader=loader)  # noqa: S506  a safe loader, the fast one if there
        return str(data["interactions"][0]["request"]["headers"][MODEL_HEADER][0])
    except OSError as error:
        raise InputError(str(path), f"cannot be read: {error.strerror or error}") from error
    except (yaml.YAMLError, UnicodeDecodeError, LookupError, TypeError) as error:
        raise InputError(str(path), "it is no recording of a run; make one with --record") from error


def _begin(path: Path) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("interactions: []\nversion: 1\n", "utf-8")
    except OSError as error:
        raise InputError(str(path), f"cannot be written: {error.strerror or error}") from error


def _scrubbed_request(model_name: str, keys: set[str], request: Any) -> Any:
    """The request without its address and headers; requests to anything but a model are left alone."""
    if not request.uri.partition("?")[0].endswith(ENDPOINT):
        return None
    keys.add(str(request.headers.get("authorization", "")).removeprefix("Bearer "))
    request.uri = f"http://recorded.invalid{ENDPOINT}"
    request.headers = {"content-type": "application/json", MODEL_HEADER: model_name}
    return request


def _scrubbed_response(keys: set[str], response: dict[str, Any]) -> dict[str, Any]:
    """The answer without ids, times, paths and keys; nor Retry-After: nobody waits for a recording."""
    headers = {name.lower(): value for name, value in response["headers"].items() if name.lower() == "content-type"}
    body = response["body"]["string"]
    text = body.decode("utf-8", "replace") if isinstance(body, bytes) else str(body)
    for key in keys:
        text = masked(text, key)
        headers = {name: [masked(str(one), key) for one in values] for name, values in headers.items()}
    code = response["status"]["code"]
    status = {"code": code, "message": responses.get(code, "")}  # a server's own words may be the key it was sent
    return {"status": status, "headers": headers, "body": {"string": _without_ids(text).encode()}}


def _without_ids(text: str) -> str:
    try:
        body = json.loads(text)
    except ValueError:
        return text
    kept = [name for name in ("object", "choices", "usage", "service_tier") if isinstance(body, dict) and name in body]
    if "choices" not in kept:
        return text
    return json.dumps({"id": "recorded", "created": 0, "model": "recorded", **{name: body[name] for name in kept}})
