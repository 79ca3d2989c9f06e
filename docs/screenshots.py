"""`python docs/screenshots.py`: the picture of docs/images, from the seed article read by the embedded model.

Needs llama.cpp (extra `local`), the weights (`summarizer models pull smollm2-135m`) and Chromium. Chromium is spoken to
over a pair of pipes, in its DevTools protocol, so that no driver has to be installed.
"""

from __future__ import annotations

import base64
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
IMAGES = ROOT / "docs" / "images"
SEED = ROOT / "seeds" / "kim-arrives-in-russia.txt"
MODEL = "local/smollm2-135m"
QUESTIONS = ("Who is the Kremlin spokesperson?", "How far did Kim travel?", "Who won the cricket match in Mumbai?")
WIDTH, HEIGHT = 1280, 820
LIT = 2
"""Which claim of the page is looked at."""


class Chromium:
    """A headless browser with one page, over --remote-debugging-pipe."""

    def __init__(self, program: str, profile: Path) -> None:
        (in_child, self._to), (self._from, out_child) = os.pipe(), os.pipe()
        flags = ["--headless=new", "--remote-debugging-pipe", "--no-sandbox", "--disable-gpu", "--hide-scrollbars",
                 f"--user-data-dir={profile}", "about:blank"]  # fmt: skip
        pipes = f'exec "$0" "$@" 3<&{in_child} 4>&{out_child}'
        self._process = subprocess.Popen(
            ["/bin/sh", "-c", pipes, program, *flags], pass_fds=(in_child, out_child), stderr=subprocess.DEVNULL
        )
        os.close(in_child)
        os.close(out_child)
        self._number, self._rest, self._session = 0, b"", None
        target = self.ask("Target.createTarget", url="about:blank")["targetId"]
        self._session = self.ask("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]

    def ask(self, method: str, **parameters: Any) -> dict[str, Any]:
        """Call a method of the protocol and wait for its answer."""
        self._number += 1
        call = {"id": self._number, "method": method, "params": parameters}
        os.write(self._to, json.dumps(call | ({"sessionId": self._session} if self._session else {})).encode() + b"\0")
        while (answer := self._next()).get("id") != self._number:
            pass
        if "error" in answer:
            raise RuntimeError(f"{method}: {answer['error']['message']}")
        result: dict[str, Any] = answer["result"]
        return result

    def run(self, script: str) -> Any:
        """What a script gives, awaited."""
        return self.ask("Runtime.evaluate", expression=script, awaitPromise=True, returnByValue=True)["result"].get(
            "value"
        )

    def _next(self) -> dict[str, Any]:
        while b"\0" not in self._rest:
            read = os.read(self._from, 1 << 16)
            if not read:
                raise RuntimeError("the browser went away")
            self._rest += read
        message, _, self._rest = self._rest.partition(b"\0")
        found: dict[str, Any] = json.loads(message)
        return found

    def close(self) -> None:
        """End it."""
        self._process.terminate()
        self._process.wait(timeout=20)


def main() -> None:
    """Write the picture."""
    results, articles = _read()
    IMAGES.mkdir(parents=True, exist_ok=True)
    _report(results, articles, IMAGES / "report.png")


def _read() -> tuple[Sequence[Any], dict[str, Any]]:
    import summarizer

    article = summarizer.Article(**{**vars(summarizer.read(SEED)), "source": str(SEED.relative_to(ROOT))})
    with summarizer.Summarizer(MODEL) as client:
        return [*client.brief(article), *client.ask_all(article, QUESTIONS)], {article.id: article}


def _report(results: Sequence[Any], articles: dict[str, Any], file: Path) -> None:
    from summarizer.views.html import render_html

    program = next(
        (found for name in ("chromium", "chromium-browser", "google-chrome") if (found := shutil.which(name))), None
    )
    if program is None:
        sys.exit("Chromium is needed")
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        page = Path(folder) / "report.html"
        page.write_text(render_html(results, articles), "utf-8")
        browser = Chromium(program, Path(folder) / "profile")
        try:
            file.write_bytes(_photograph(browser, page))
        finally:
            browser.close()
    print(f"written: {file.relative_to(ROOT)}")


def _photograph(browser: Chromium, page: Path) -> bytes:
    """The page with a claim looked at, and its sentences lit."""
    browser.ask("Emulation.setDeviceMetricsOverride", width=WIDTH, height=HEIGHT, deviceScaleFactor=1, mobile=False)
    browser.ask("Emulation.setEmulatedMedia", features=[{"name": "prefers-reduced-motion", "value": "reduce"}])
    browser.ask("Page.navigate", url=page.as_uri())
    browser.run("new Promise(done => document.readyState === 'complete' ? done() : addEventListener('load', done))")
    pause = "new Promise(done => setTimeout(done, 400))"
    browser.run(pause)
    place = json.loads(
        browser.run(f"JSON.stringify([...document.querySelectorAll('.claim')][{LIT}].getBoundingClientRect())")
    )
    browser.ask("Input.dispatchMouseEvent", type="mouseMoved", x=place["x"] + 40, y=place["y"] + 8)
    browser.run(pause)
    return base64.b64decode(browser.ask("Page.captureScreenshot", format="png")["data"])


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))
    main()
