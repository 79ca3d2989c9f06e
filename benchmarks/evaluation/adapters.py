"""The evaluation data as gold files, so that `summarizer eval` measures what the other benchmarks measure."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

SHARED = Path(os.environ.get("SUMMARIZER_SHARED", Path(__file__).parents[2].parent / "shared"))
POINTS = 2  # and the headline, which is no point: three sentences, as in the benchmark of summaries


def gold_files(folder: Path) -> dict[str, Path]:
    """Write a gold file for each set of the data into `folder`; their paths by name."""
    data = SHARED / "data"
    sets: dict[str, list[dict[str, Any]]] = {}
    for row in _rows(data / "entities_dev.jsonl"):
        sets.setdefault(f"names, {row['source']}", []).append(_names(row))
    sets["dates"] = [_dates(row) for row in _rows(data / "dates_dev.jsonl")]
    sets["questions"] = _questions(list(_rows(data / "squad_dev_sample.jsonl")))
    for row in _rows(data / "summaries_dev.jsonl"):
        sets.setdefault(f"summaries, {row['source']}", []).append(_summary(row))
    return {name: _written(lines, folder / f"{name.replace(', ', '-')}.jsonl") for name, lines in sets.items()}


def _rows(path: Path) -> Iterator[dict[str, Any]]:
    return (json.loads(line) for line in path.read_text("utf-8").splitlines())


def _written(lines: list[dict[str, Any]], path: Path) -> Path:
    path.write_text("".join(json.dumps(line) + "\n" for line in lines), "utf-8")
    return path


def _place(row: dict[str, Any]) -> dict[str, Any]:
    return {name: row[name] for name in ("text", "start", "end")}


def _names(row: dict[str, Any]) -> dict[str, Any]:
    names = [e for e in row["entities"] if not e.get("nested")]
    nested = [e for e in row["entities"] if e.get("nested")]
    part = {"names": [{**_place(e), "type": e["type"]} for e in names], "unscored": [_place(e) for e in nested]}
    return {"id": row["id"], "text": row["text"], "entities": part}


def _dates(row: dict[str, Any]) -> dict[str, Any]:
    dates = [{**_place(d), "iso": _iso(d)} for d in row["dates"]]
    return {"id": row["id"], "text": row["text"], "published": row["document_date"], "entities": {"dates": dates}}


def _iso(told: dict[str, Any]) -> str | None:
    if told.get("when"):
        return str(told["when"])
    first, last = told.get("from") or told.get("notBefore"), told.get("to") or told.get("notAfter")
    return f"{first}/{last}" if first and last else None


def _questions(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """One line a text with all its questions."""
    by_text: dict[str, list[dict[str, Any]]] = {}
    for row in rows:
        by_text.setdefault(row["context"], []).append(row)
    return [
        {"id": asked[0]["id"], "text": text, "answer": {"questions": list(map(_question, asked))}}
        for text, asked in by_text.items()
    ]


def _question(row: dict[str, Any]) -> dict[str, Any]:
    return {"question": row["question"], "answers": list(map(_place, row["answers"]))}


def _summary(row: dict[str, Any]) -> dict[str, Any]:
    summary = {"references": [_lines(row["references"][0])], "options": {"points": POINTS}}
    return {"id": row["id"], "text": row["article"], "summary": summary}


def _lines(reference: str) -> str:
    """A reference with each sentence on a line of its own, as ROUGE-Lsum wants it."""
    return "\n".join(part.strip() for part in reference.replace("\n", " . ").split(" . ") if part.strip())
