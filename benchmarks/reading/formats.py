"""Files that other programs make of known texts, read back: `python -m benchmarks.reading.formats --out FOLDER`.

The texts are twelve articles of the evaluation data. pandoc and LibreOffice make DOCX, EPUB, PPTX, XLSX and PDF; the
npm packages rss, feed, nodemailer and subtitle (in FOLDER/node) make feeds, mail and transcripts. What is not installed
is skipped. The known text of a file is all that its writer put into it: title, paragraphs, list, table, footnote.
"""

from __future__ import annotations

import argparse
import csv
import json
import re
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path

from benchmarks.reading.__main__ import f1
from summarizer.article import Article
from summarizer.reading import read, read_all

_NOTE = "The figures are those of the day of publication."

_NODE = """
const fs = require('fs'), [kind, at, out] = process.argv.slice(2);
const {title, paragraphs} = JSON.parse(fs.readFileSync(at));
const html = paragraphs.map(p => `<p>${p.replace(/&/g, '&amp;').replace(/</g, '&lt;')}</p>`).join('\\n');
if (kind == 'rss') {
  const feed = new (require('rss'))({title: 'News', site_url: 'https://example.org', feed_url: 'https://example.org/f'});
  feed.item({title, description: html, url: 'https://example.org/1', date: 'May 27, 2024'});
  fs.writeFileSync(out, feed.xml({indent: true}));
} else if (kind == 'atom') {
  const feed = new (require('feed').Feed)({title: 'News', id: 'https://example.org', copyright: ''});
  feed.addItem({title, id: 'https://example.org/1', link: 'https://example.org/1', content: html, date: new Date()});
  fs.writeFileSync(out, feed.atom1());
} else if (kind == 'srt' || kind == 'vtt') {
  const words = [title + '.', ...paragraphs].join(' ').split(/\\s+/), nodes = [];
  for (let n = 0; n < words.length; n += 12)
    nodes.push({type: 'cue', data: {start: n * 300, end: n * 300 + 3500,
      text: words.slice(n, n + 6).join(' ') + '\\n' + words.slice(n + 6, n + 12).join(' ')}});
  fs.writeFileSync(out, require('subtitle').stringifySync(nodes, {format: kind == 'srt' ? 'SRT' : 'WebVTT'}));
} else {
  const mail = {from: 'a@example.org', to: 'b@example.org', subject: title, html, encoding: 'quoted-printable'};
  if (kind == 'both') Object.assign(mail, {text: paragraphs.join('\\n\\n'), textEncoding: 'base64',
    attachments: [{filename: 'a.txt', content: 'attached'}]});
  require('nodemailer').createTransport({streamTransport: true, buffer: true}).sendMail(mail)
    .then(sent => fs.writeFileSync(out, sent.message));
}
"""


def main() -> None:
    """Print the F1 of each kind of file, mean and least."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--data", type=Path, default=Path("../shared/data"))
    options.add_argument("--out", type=Path, required=True, help="a folder for the files")
    given = options.parse_args()
    if not given.data.exists():
        sys.exit(f"no data in {given.data}; skipped")
    scores: dict[str, list[float]] = {}
    for kind, path, expected in _made(given.data, given.out):
        items = list(read_all(path))
        found = "\n".join(f"{item.title or ''}\n{item.text}" for item in items if isinstance(item, Article))
        scores.setdefault(kind, []).append(max(f1(found, expected), f1(found.partition("\n")[2], expected)))
        if scores[kind][-1] < 0.95:
            print(f"{path.name}: {scores[kind][-1]:.3f}")
    for kind, values in scores.items():
        print(f"{kind:<16} {len(values):>3} files  mean {sum(values) / len(values):.3f}  least {min(values):.3f}")
    if shutil.which("pandoc") and shutil.which("soffice"):
        counts = [_columns(path) for path in sorted(given.out.glob("[0-9][0-9].json"))]
        whole, found = (sum(count[place] for count in counts) for place in (0, 1))
        print(f"two columns      {len(counts):>3} files  {found} of {whole} sentences whole")


def _columns(source: Path) -> tuple[int, int]:
    """Sentences of a text set three times over in two justified columns by LibreOffice; those that come back whole."""
    paragraphs = [re.sub(r"[*#$\[\]\"']", "", text) for text in json.loads(source.read_text("utf-8"))["paragraphs"]]
    given = source.with_name(f"columns-{source.stem}.md")
    given.write_text("\n\n".join(paragraphs * 3), "utf-8")
    book = given.with_suffix(".odt")
    subprocess.run(["pandoc", str(given), "-o", str(book)], check=True)
    with zipfile.ZipFile(book) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    two = ('<style:columns fo:column-count="2" fo:column-gap="0.6cm"><style:column style:rel-width="1*"/>'
           '<style:column style:rel-width="1*"/></style:columns>')  # fmt: skip
    styles = re.sub(r"(<style:page-layout-properties[^>]*?)/?>", rf"\1>{two}", members["styles.xml"].decode(), count=1)
    if "</style:page-layout-properties>" not in styles:
        styles = styles.replace("</style:columns>", "</style:columns></style:page-layout-properties>", 1)
    members["styles.xml"] = styles.encode()
    with zipfile.ZipFile(book, "w") as archive:
        archive.writestr("mimetype", members.pop("mimetype"))
        for name, content in members.items():
            archive.writestr(name, content)
    found = {_letters(sentence.text) for sentence in read(_office(book, "pdf", source.parent / "office")).sentences}
    known = [_letters(sentence.text) for sentence in Article("\n\n".join(paragraphs)).sentences]
    return len(known), sum(sentence in found for sentence in known)


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, text))


def _made(data: Path, out: Path) -> Iterator[tuple[str, Path, str]]:
    rows = map(json.loads, (data / "summaries_dev.jsonl").read_text("utf-8").splitlines())
    texts = [row["article"] for row in rows if 1200 < len(row["article"]) < 6000 and "\n" in row["article"]][:12]
    out.mkdir(parents=True, exist_ok=True)
    (out / "make.js").write_text(_NODE)
    for number, text in enumerate(texts):
        title, *paragraphs = [" ".join(line.split()) for line in text.splitlines() if line.strip()]
        source = out / f"{number:02}"
        yield from _documents(source, title, paragraphs, by_pandoc=number % 2 == 0)
        yield from _table(source, paragraphs)
        yield from _sent(source, title, paragraphs, first=number % 2 == 0)


def _documents(source: Path, title: str, paragraphs: list[str], *, by_pandoc: bool) -> Iterator[tuple[str, Path, str]]:
    """A text with a list, a table and a footnote, by pandoc and by LibreOffice."""
    items = [item for item in re.split(r"(?<=[.!?]) ", paragraphs[1]) if item] if len(paragraphs) > 1 else []
    body = [_escaped(paragraphs[0]) + "[^1]", *(f"- {_escaped(item)}" for item in items), "| Day | Place |\n|---|---|",
            *map(_escaped, paragraphs[2:])]  # fmt: skip
    body[len(items) + 1] += "\n| Monday | Harbour |\n| Friday | Station |"
    source.with_suffix(".md").write_text("\n\n".join([f"# {_escaped(title)}", *body, f"[^1]: {_NOTE}"]), "utf-8")
    expected = "\n".join([title, *paragraphs, "Day Place Monday Harbour Friday Station", _NOTE])
    if not shutil.which("pandoc"):
        return
    for kind in ("docx", "epub", "pptx"):
        path = _pandoc(source, kind)
        if not by_pandoc and shutil.which("soffice"):
            path = _office(path if kind != "epub" else _pandoc(source, "docx"), kind, source.parent / "office")
        yield f"{kind} {'pandoc' if by_pandoc else 'LibreOffice'}", path, expected
    if shutil.which("soffice"):
        yield "pdf LibreOffice", _office(_pandoc(source, "docx"), "pdf", source.parent / "office"), expected


def _escaped(text: str) -> str:
    return re.sub(r"([\\`*_{}\[\]()#+.!|<>$^~@\"'-])", r"\\\1", text)


def _pandoc(source: Path, kind: str) -> Path:
    path = source.with_suffix(f".{kind}")
    run = ["pandoc", str(source.with_suffix(".md")), "-o", str(path), "--metadata", "title= "]
    subprocess.run(run, check=True, capture_output=True)
    return path


def _office(path: Path, kind: str, folder: Path) -> Path:
    profile = f"-env:UserInstallation=file://{folder.parent.resolve()}/profile"
    run = ["soffice", profile, "--headless", "--convert-to", kind, "--outdir", str(folder), str(path)]
    subprocess.run(run, check=True, capture_output=True, timeout=120)
    return folder / path.with_suffix(f".{kind}").name


def _table(source: Path, paragraphs: list[str]) -> Iterator[tuple[str, Path, str]]:
    if not shutil.which("soffice"):
        return
    path = source.with_suffix(".csv")
    with path.open("w", newline="", encoding="utf-8-sig") as file:
        csv.writer(file).writerows([("id", "text"), *((f"P{n}", text) for n, text in enumerate(paragraphs))])
    yield "xlsx LibreOffice", _office(path, "xlsx", source.parent / "office"), "\n".join(paragraphs)


def _sent(source: Path, title: str, paragraphs: list[str], *, first: bool) -> Iterator[tuple[str, Path, str]]:
    if not (source.parent / "node" / "node_modules").exists():
        return
    given = source.with_suffix(".json")
    given.write_text(json.dumps({"title": title, "paragraphs": paragraphs}), "utf-8")
    kinds = (("rss", ".rss"), ("html", ".eml"), ("srt", ".srt")) if first else (
        ("atom", ".atom"), ("both", ".eml"), ("vtt", ".vtt"))  # fmt: skip
    script = shutil.copy(source.parent / "make.js", source.parent / "node" / "make.js")
    for kind, ending in kinds:
        path = source.with_suffix(ending)
        subprocess.run(["node", str(script), kind, str(given), str(path)], check=True, capture_output=True)
        yield {"html": "eml html", "both": "eml text"}.get(kind, kind), path, "\n".join([title, *paragraphs])


if __name__ == "__main__":
    main()
