"""The articles that results are about, found again by the SHA-256 of their text."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path, PurePath

from summarizer.article import Article
from summarizer.errors import InputError
from summarizer.reading import Unreadable, read_all
from summarizer.reading.web import is_url
from summarizer.schemas.result import ArticleRef

_ROW = re.compile(r":\d{1,12}\Z")


@dataclass(frozen=True)
class Found:
    """What was found: articles by id, and for each source the ids of the texts that stand there now."""

    articles: dict[str, Article] = field(default_factory=dict)
    standing: dict[str, set[str]] = field(default_factory=dict)
    unreadable: dict[str, str] = field(default_factory=dict)

    def why_missing(self, ref: ArticleRef) -> tuple[str, str]:
        """Code and message for an article that is not among `articles`."""
        now = self.standing.get(ref.source) or self.standing.get(PurePath(ref.source).name)
        if now:
            there = next(iter(now))[:12] if len(now) == 1 else f"{len(now)} others"
            return "changed_article", f"the text now is {there}, not the {ref.id[:12]} the result was made from"
        if ref.source in ("", "-"):
            return "missing_article", "it came from no file; name the article with --articles"
        return "missing_article", self.unreadable.get(ref.source, "not among the articles given")

    def keep(self, items: Iterable[Article | Unreadable], wanted: Iterable[str]) -> None:
        """Take from `items` the articles with the ids `wanted`, and note what else stands where."""
        for item in items:
            if isinstance(item, Unreadable):
                self.unreadable[item.source] = item.message
                continue
            if item.id in wanted:
                self.articles.setdefault(item.id, item)
            for name in (item.source, PurePath(item.source).name):
                self.standing.setdefault(name, set()).add(item.id)


def find_articles(
    refs: Iterable[ArticleRef],
    given: Path | None = None,
    opened: Callable[[str], Iterable[Article | Unreadable]] = read_all,
) -> Found:
    """The articles behind `refs`: among those at `given`, or from the sources the results themselves name.

    `opened` reads all that is at a source, as `read_all` does.
    """
    wanted = {ref.id: ref.source for ref in refs}
    found = Found()
    if given is not None:
        found.keep(opened(str(given)), wanted)
        return found
    places: dict[str, list[str]] = {}  # each is opened once: a row or a member of an archive is read with its file
    for source in wanted.values():
        if source not in ("", "-"):
            places.setdefault(_container(source), []).append(source)
    for place, sources in places.items():
        try:
            found.keep(opened(place), wanted)
        except InputError as error:
            found.unreadable.update(dict.fromkeys(sources, error.message))
    return found


def _container(source: str) -> str:
    """The file or page that a source is in: itself, or without the number of its row, or a file among its parents."""
    if is_url(source):
        return _ROW.sub("", source) if source.rpartition("/")[2].count(":") else source
    names = (Path(source), Path(_ROW.sub("", source)))
    candidates = (path for name in names for path in (name, *(one for one in name.parents if one.name)))
    return next((str(path) for path in candidates if path.is_file()), source)
