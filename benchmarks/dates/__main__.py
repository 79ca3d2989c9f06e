"""`python -m benchmarks.dates [--data FOLDER] [--misses] [--dateparser]`: dates found and resolved."""

from __future__ import annotations

import argparse
import json
import os
import time
from collections.abc import Callable, Sequence
from datetime import date, datetime
from pathlib import Path

from benchmarks.dates.scoring import Row, score
from summarizer.article import Article
from summarizer.values.dates import find_dates

Places = list[tuple[int, int, str | None]]
SHARED = Path(os.environ.get("SUMMARIZER_SHARED", Path(__file__).parents[2].parent / "shared"))


def ours(text: str, published: date) -> Places:
    """What `find_dates` finds."""
    found = find_dates(Article(text=text, published=published))
    return sorted((place.start, place.end, item.iso) for item in found for place in item.mentions)


def dateparser_finds(text: str, published: date) -> Places:
    """What dateparser's search finds; it gives texts without places, so they are looked up in order."""
    from dateparser.search import search_dates

    base = datetime(published.year, published.month, published.day)
    found, at = [], 0
    for piece, moment in search_dates(text, languages=["en"], settings={"RELATIVE_BASE": base}) or []:
        at = text.find(piece, at)
        found.append((at, at + len(piece), moment.date().isoformat()))
        at += len(piece)
    return found


def main(arguments: Sequence[str] | None = None) -> None:
    """Print the table."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--data", type=Path, default=SHARED / "data", help="the folder of dates_dev.jsonl")
    parser.add_argument("--misses", action="store_true", help="print what was not found or has another value")
    parser.add_argument("--dateparser", action="store_true", help="measure dateparser too")
    options = parser.parse_args(arguments)
    file = options.data / "dates_dev.jsonl"
    if not file.is_file():
        print(f"{file}: not there: nothing to measure")
        return
    articles = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]
    systems: dict[str, Callable[[str, date], Places]] = {"summarizer": ours}
    if options.dateparser:
        systems["dateparser"] = dateparser_finds
    print("| system | gold | found | right value of found | close value | spans per gold | ms per 500 words |")
    print("|---|---|---|---|---|---|---|")
    for name, find in systems.items():
        _measure(name, find, articles, options.misses)


def _measure(name: str, find: Callable[[str, date], Places], articles: list[dict], misses: bool) -> None:
    rows: list[Row] = []
    spans, words, seconds = 0, 0, 0.0
    for article in articles:
        begin = time.perf_counter()
        places = find(article["text"], date.fromisoformat(article["document_date"]))
        seconds += time.perf_counter() - begin
        spans += len(places)
        words += len(article["text"].split())
        scored = score(article["dates"], places, article["text"])
        rows += scored
        if misses:
            _print_misses(article["id"], scored)
    found = [row for row in rows if row.found is not None]
    exact, close = sum(row.exact for row in found) / len(found), sum(row.close for row in found) / len(found)
    print(
        f"| {name} | {len(rows)} | {len(found) / len(rows):.3f} | {exact:.3f} | {close:.3f} "
        f"| {spans / len(rows):.2f} | {1000 * seconds * 500 / words:.1f} |"
    )


def _print_misses(article: str, rows: Sequence[Row]) -> None:
    for row in rows:
        if not row.exact:
            print(article, repr(row.text), row.gold, "->", repr(row.found), row.iso)


if __name__ == "__main__":
    main()
