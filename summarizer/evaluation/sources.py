"""The articles that results are about, found again by the SHA-256 of their text."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
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

    articles: dict[str, Article]
    standing: dict[str, set[str]]
    unreadable: dict[str, str]

    def why_missing(self, ref: ArticleRef) -> tuple[str, str]:
        """Code and message for an article that is not among `articles`."""
        now = self.standing.get(ref.source) or self.standing.get(PurePath(ref.source).name)
        if now:
            there = next(iter(now))[:12] if len(now) == 1 else f"{len(now)} others"
            return "changed_article", f"the text now is {there}, not the {ref.id[:12]} the result was made from"
        if ref.source in ("", "-"):
            return "missing_article", "it came from no file; name the article with --articles"
        reason = self.unreadable.get(ref.source, "not among the articles given")
        return "missing_article", reason


Opener = Callable[[str], Iterable[Article | Unreadable]]


def find_articles(refs: Iterable[ArticleRef], given: Path | None = None, opened: Opener = read_all) -> Found:
    """The articles behind `refs`: among those at `given`, or from the sources the results themselves name.

    Args:
        refs: which articles are wanted.
        given: a folder or a file that holds them.
        opened: reads all that is at a source, as `read_all` does.

    Raises:
        InputError: `given` cannot be read at all.

    """
    wanted = {ref.id: ref for ref in refs}
    found = Found({}, {}, {})
    if given is not None:
        for item in opened(str(given)):
            _keep(item, wanted, found, by_name=True)
        return found
    for place, sources in _places(wanted.values()).items():
        try:
            for item in opened(place):
                _keep(item, wanted, found, by_name=False)
        except InputError as error:
            found.unreadable.update(dict.fromkeys(sources, error.message))
    return found


def _keep(item: Article | Unreadable, wanted: dict[str, ArticleRef], found: Found, *, by_name: bool) -> None:
    if isinstance(item, Unreadable):
        found.unreadable[item.source] = item.message
        return
    if item.id in wanted:
        found.articles.setdefault(item.id, item)
    found.standing.setdefault(item.source, set()).add(item.id)
    if by_name:
        found.standing.setdefault(PurePath(item.source).name, set()).add(item.id)


def _places(refs: Iterable[ArticleRef]) -> dict[str, list[str]]:
    """What to open, each once, with the sources in it: a row or a member of an archive is read with its file."""
    places: dict[str, list[str]] = {}
    for ref in refs:
        if ref.source not in ("", "-"):
            places.setdefault(_container(ref.source), []).append(ref.source)
    return places


def _container(source: str) -> str:
    if is_url(source):
        return _ROW.sub("", source) if source.rpartition("/")[2].count(":") else source
    return next((str(path) for path in _candidates(source) if path.is_file()), source)


def _candidates(source: str) -> Iterator[Path]:
    for name in (source, _ROW.sub("", source)):
        yield Path(name)
        yield from (folder for folder in Path(name).parents if folder.name)
