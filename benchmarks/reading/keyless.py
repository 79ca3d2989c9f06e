"""What a person without a key reads, judged blind: `python -m benchmarks.reading.keyless [SET...] [--todo] [--llm]`.

Articles of ours in nine sets, see KEYLESS.md: of `second` the first look counts. Every
headline, point, timeline line, role and answer is an item; `--todo` prints those nobody has judged, shuffled, each
once, whichever road it came from. Judgements stand in `judgements.jsonl` by the item's text; without `--todo` they
are tallied by road.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import random
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from summarizer import Summarizer, read

HERE = Path(__file__).parent
ROADS = {"code alone": ("extractive", "strict"), "code and reader": ("extractive", "balanced")}
WRITER = {"code, reader and LLM": ("local/smollm2-135m", "balanced")}
KINDS = ("headline", "point", "event", "role", "answer", "short answer")


@dataclass(frozen=True, slots=True)
class Item:
    """One thing a person reads: of which article, of what kind, and its words as they are shown."""

    article: str
    kind: str
    text: str

    @property
    def key(self) -> str:
        """Ten hexadecimal digits that stand for it in the judgements."""
        return hashlib.sha256(f"{self.article}\0{self.kind}\0{self.text}".encode()).hexdigest()[:10]


def main(arguments: Sequence[str] | None = None) -> None:
    """Print what is to be judged, or the tally."""
    parser = argparse.ArgumentParser()
    parser.add_argument(
        "sets", nargs="*", default=["look", "report"], help="folders of `articles`: `look`, `report`, `used` ..."
    )
    parser.add_argument("--todo", action="store_true", help="print the items nobody has judged")
    parser.add_argument("--llm", action="store_true", help="with the embedded LLM too; its weights must be there")
    options = parser.parse_args(arguments)
    roads = ROADS | (WRITER if options.llm else {})
    found = {road: list(_items(*how, options.sets)) for road, how in roads.items()}
    judged = _judged()
    if options.todo:
        _print_todo({item for items in found.values() for item in items}, judged)
    else:
        _print_tally(found, judged)


def _items(model: str, level: str, sets: Sequence[str]) -> Iterator[Item]:
    questions = [json.loads(line) for line in (HERE / "articles" / "questions.jsonl").read_text("utf-8").splitlines()]
    with Summarizer(model, level=level) as client:
        for path in sorted(path for one in sets for path in (HERE / "articles" / one).iterdir()):
            name = f"{path.parent.name}/{path.stem}"
            article = read(path)
            summary, entities, timeline = client.brief(article)
            yield Item(name, "headline", summary.value.headline.text)
            yield from (Item(name, "point", point.text) for point in summary.value.points)
            for event in timeline.value.events:
                if day := event.when or event.said:
                    by = f" ({event.attributed_to})" if event.attributed_to else ""
                    yield Item(name, "event", f"{day} {event.certainty}{by}: {event.claim.text}")
            yield from (Item(name, "role", f"{e.name}: {e.role.text}") for e in entities.value.entities if e.role)
            for one in questions:
                if one["article"] == name:
                    answer = client.ask(article, one["question"]).value
                    said = " / ".join(claim.text for claim in answer.claims) or "the article does not say"
                    yield Item(name, "answer", f"{one['question']} -> [{answer.short or ''}] {said}")
                    if answer.short:
                        yield Item(name, "short answer", f"{one['question']} -> {answer.short}")


def _judged() -> dict[str, bool]:
    path = HERE / "judgements.jsonl"
    lines = path.read_text("utf-8").splitlines() if path.exists() else []
    return {row["key"]: row["good"] for row in map(json.loads, lines)}


def _print_todo(items: set[Item], judged: dict[str, bool]) -> None:
    left = sorted((item for item in items if item.key not in judged), key=lambda item: item.key)
    random.Random(15).shuffle(left)
    left.sort(key=lambda item: (item.article, KINDS.index(item.kind)))
    for item in left:
        print(json.dumps({"key": item.key, "good": None, "article": item.article, "kind": item.kind, "text": item.text},
                         ensure_ascii=False))  # fmt: skip


def _print_tally(found: dict[str, list[Item]], judged: dict[str, bool]) -> None:
    print("| road | set | " + " | ".join(KINDS) + " | not judged |\n|---|---|" + "---|" * (len(KINDS) + 1))
    for road, items in found.items():
        by_set: dict[str, list[Item]] = defaultdict(list)
        for item in items:
            by_set[item.article.split("/")[0]].append(item)
        for name, mine in by_set.items():
            cells = []
            for kind in KINDS:
                votes = [judged[item.key] for item in mine if item.kind == kind and item.key in judged]
                cells.append(f"{sum(votes)} of {len(votes)}")
            left = sum(item.key not in judged for item in mine)
            print(f"| {road} | {name} | {' | '.join(cells)} | {left} |")


if __name__ == "__main__":
    main()
