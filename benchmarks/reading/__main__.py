"""Main text of saved pages and PDFs against what people marked: `python -m benchmarks.reading`."""

from __future__ import annotations

import argparse
import json
import re
import sys
import time
from collections import Counter
from pathlib import Path
from typing import Any

from summarizer.errors import InputError
from summarizer.reading import read

_TOKEN = re.compile(r"[\u2e80-\u9fff\uac00-\ud7af]|[^\W_]+")  # a sign of Chinese, Japanese or Korean is a token


def main() -> None:
    """Print one line a page, then the means."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--data", type=Path, default=Path("../shared/data"))
    folder = options.parse_args().data / "pages"
    if not folder.exists():
        sys.exit(f"no pages in {folder}; skipped")
    pages = [json.loads(line) for line in (folder / "pages.jsonl").read_text("utf-8").splitlines()]
    scores: list[float] = []
    wrong = 0
    start = time.perf_counter()
    for page in pages:
        verdict, score = _judged(page, folder)
        scores += [] if score is None else [score]
        wrong += verdict.startswith(("wrong", "lost"))
        print(f"{page['id']}  {page['media_type']:<16}  {'' if score is None else f'{score:.3f}':<6} {verdict}")
    seconds = (time.perf_counter() - start) / len(pages)
    print(f"\nmean token F1 {sum(scores) / len(scores):.3f} over {len(scores)} pages with the whole text")
    print(f"{wrong} of {len(pages)} wrong (a marked part lost, or not the expected error); {seconds:.2f} s a page")


def _judged(page: dict[str, Any], folder: Path) -> tuple[str, float | None]:
    try:
        article = read(folder / page["file"])
    except InputError as error:
        expected = page.get("expected_error") is not None
        return f"{'expected error' if expected else 'wrong'}: {error}", None if expected else 0.0
    if page.get("expected_error") is not None:
        return f"wrong: no error, expected {page['expected_error']}", None
    text = _folded(article.text)
    notes = (
        [f"title {article.title!r}" if article.title != page["expected_title"] else ""]
        if "expected_title" in page
        else []
    )
    if "expected_text" in page:
        return f"{article.published} {' '.join(notes)}", f1(article.text, page["expected_text"])
    if "expected_prefix_text" in page:
        known = _folded(page["expected_prefix_text"])
        begin = text[: 3 * len(known) + 300]  # a lead may stand before it
        share = recall(begin, known)
        return f"{'lost' if share < 0.9 else ''} {share:.0%} of the known beginning", None
    lost = [part for part in page["must_contain"] if _folded(part) not in text]
    extra = [part for part in page.get("must_not_contain", []) if _folded(part) in text]
    return f"{'lost ' + str(lost) if lost else 'all marked parts'}; {len(extra)} parts too many", None


def f1(found: str, expected: str) -> float:
    """Harmonic mean of precision and recall of the tokens, counted as often as they occur."""
    one, other = Counter(_TOKEN.findall(found.lower())), Counter(_TOKEN.findall(expected.lower()))
    return 2 * (one & other).total() / (one.total() + other.total())


def recall(found: str, expected: str) -> float:
    """The share of the expected tokens that were found."""
    one, other = Counter(_TOKEN.findall(found.lower())), Counter(_TOKEN.findall(expected.lower()))
    return (one & other).total() / other.total()


def _folded(text: str) -> str:
    return " ".join(text.split())


if __name__ == "__main__":
    sys.exit(main())
