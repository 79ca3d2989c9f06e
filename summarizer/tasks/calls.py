"""The Python calls of the built-in tasks, with the types they return; any other task's call is found by its command."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import Any

from summarizer.article import Article
from summarizer.schemas.entities import Entities
from summarizer.schemas.result import Result
from summarizer.schemas.summary import Summary
from summarizer.schemas.timeline import Timeline

Brief = tuple[Result[Summary], Result[Entities], Result[Timeline]]


class AsyncCalls(ABC):
    """What `AsyncSummarizer` offers by name."""

    @abstractmethod
    async def read(self, name: str, article: Article, **options: Any) -> Any:
        """A task's result, or a bundle's results, by name or command."""

    async def summarize(self, article: Article, **options: Any) -> Result[Summary]:
        """A headline and the main points. Options: `SummaryOptions`."""
        result: Result[Summary] = await self.read("summary", article, **options)
        return result

    async def entities(self, article: Article) -> Result[Entities]:
        """Who and what the article names, its dates and quantities."""
        result: Result[Entities] = await self.read("entities", article)
        return result

    async def timeline(self, article: Article) -> Result[Timeline]:
        """What happened, is planned or may happen, in order of time."""
        result: Result[Timeline] = await self.read("timeline", article)
        return result

    async def brief(self, article: Article, **options: Any) -> Brief:
        """Summary, entities and timeline in one reading; the options are those of `summarize`."""
        results: Brief = await self.read("brief", article, **options)
        return results


class Calls(ABC):
    """What `Summarizer` offers by name."""

    @abstractmethod
    def read(self, name: str, article: Article, **options: Any) -> Any:
        """A task's result, or a bundle's results, by name or command."""

    def summarize(self, article: Article, **options: Any) -> Result[Summary]:
        """See `AsyncSummarizer.summarize`."""
        result: Result[Summary] = self.read("summary", article, **options)
        return result

    def entities(self, article: Article) -> Result[Entities]:
        """See `AsyncSummarizer.entities`."""
        result: Result[Entities] = self.read("entities", article)
        return result

    def timeline(self, article: Article) -> Result[Timeline]:
        """See `AsyncSummarizer.timeline`."""
        result: Result[Timeline] = self.read("timeline", article)
        return result

    def brief(self, article: Article, **options: Any) -> Brief:
        """See `AsyncSummarizer.brief`."""
        results: Brief = self.read("brief", article, **options)
        return results
