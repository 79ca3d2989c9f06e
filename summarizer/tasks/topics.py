"""What an article is about, in keywords and a line each."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from summarizer.analysis import Analysis
from summarizer.engines.summarizing import keyword_sentences
from summarizer.grounding import Grounder
from summarizer.schemas.evidence import DraftClaim, Span
from summarizer.schemas.topics import Topic, TopicDraft, Topics, TopicsDraft, TopicsOptions
from summarizer.tasks.base import Task
from summarizer.tasks.settling import places_of
from summarizer.tasks.view import Line, Section


class TopicsTask(Task[TopicsDraft, Topics, TopicsOptions]):
    """See the file's first line."""

    name = "topics"
    draft, value, options = TopicsDraft, Topics, TopicsOptions

    def propose(self, analysis: Analysis, options: TopicsOptions) -> TopicsDraft:
        """The words that mark this article, each with the sentence that says most of it."""
        found = keyword_sentences(analysis, options.most)
        topics = (
            TopicDraft(keyword=word, theme=DraftClaim(evidence=[Span.of(sentence)], text=sentence.text))
            for word, sentence in found
        )
        return TopicsDraft(topics=list(topics))

    def settle(self, draft: TopicsDraft | None, options: TopicsOptions, grounder: Grounder) -> Topics | None:
        """The topics whose keyword stands in the article and whose theme holds."""
        if draft is None:
            return None
        topics = [topic for n, one in enumerate(draft.topics) if (topic := _topic(one, f"/topics/{n}", grounder))]
        return Topics(topics=topics[: options.most])

    def view(self, value: Topics) -> Iterator[Section]:
        """A line a topic."""
        if value.topics:
            yield Section("topics", tuple(Line.of(one.theme, label=one.keyword) for one in value.topics))

    def rows(self, value: Topics) -> Iterator[dict[str, Any]]:
        """One row a topic."""
        for one in value.topics:
            yield {
                "keyword": one.keyword,
                "mentions": len(one.mentions),
                "theme": one.theme.text,
                "support": one.theme.support,
                "sentences": " ".join(str(span.sentence) for span in one.theme.evidence),
            }


def _topic(proposed: TopicDraft, where: str, grounder: Grounder) -> Topic | None:
    keyword, article = " ".join(proposed.keyword.split()), grounder.analysis.article
    variants = dict.fromkeys([keyword, keyword[:1].upper() + keyword[1:], keyword.lower()])
    mentions = [mention for one in variants if one for mention in places_of(one, article)]
    if not mentions:
        grounder.amend("ungrounded", f"{where}/keyword", f"{keyword!r} is not in the article", "dropped")
        return None
    theme = grounder.claim(proposed.theme.text, proposed.theme.evidence, f"{where}/theme")
    if theme is None:
        return None
    grounder.count(f"{where}/keyword")
    return Topic(keyword=keyword, mentions=sorted(mentions, key=lambda one: one.start), theme=theme)


TASK = TopicsTask()
