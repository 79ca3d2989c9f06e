"""What an article is about, in keywords and a line each."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from typing import Any

from summarizer.analysis import Analysis
from summarizer.analysis.numbers import find_numbers
from summarizer.analysis.words import STOP_WORDS, Word, words
from summarizer.grounding import Grounder
from summarizer.schemas.evidence import DraftClaim, Span
from summarizer.schemas.topics import Topic, TopicDraft, Topics, TopicsDraft, TopicsOptions
from summarizer.tasks.base import Task
from summarizer.tasks.settling import kept, places_of
from summarizer.tasks.view import Line, Section, grounds, section


class TopicsTask(Task[TopicsDraft, Topics, TopicsOptions]):
    """See the file's first line."""

    name = "topics"
    draft, value, options = TopicsDraft, Topics, TopicsOptions

    def propose(self, analysis: Analysis, options: TopicsOptions) -> TopicsDraft:
        """The names and words that come back most often, each with the first sentence that is not shown yet."""
        shown: set[int] = set()
        topics: list[TopicDraft] = []
        for keyword in _keywords(analysis)[: options.most * 2]:
            sentences = [analysis.article.sentence(place.sentence) for place in places_of(keyword, analysis.article)]
            left = [sentence for sentence in sentences if sentence and sentence.number not in shown]
            if left and len(topics) < options.most:
                shown.add(left[0].number)
                theme = DraftClaim(evidence=[Span.of(left[0])], text=left[0].text)
                topics.append(TopicDraft(keyword=keyword, theme=theme))
        return TopicsDraft(topics=topics)

    def settle(self, draft: TopicsDraft, options: TopicsOptions, grounder: Grounder) -> Topics:
        """The topics whose keyword stands in the article and whose theme holds."""
        return Topics(topics=kept(draft.topics, "/topics", _topic, grounder)[: options.most])

    def view(self, value: Topics) -> Iterator[Section]:
        """A line a topic."""
        return section("topics", (Line.of(one.theme, label=one.keyword) for one in value.topics))

    def rows(self, value: Topics) -> Iterator[dict[str, Any]]:
        """One row a topic."""
        for one in value.topics:
            said = {"keyword": one.keyword, "mentions": len(one.mentions), "theme": one.theme.text}
            yield said | grounds(one.theme)


SHORTEST = 4
"""Letters of a keyword: "year" may be one, "day" hardly."""
BEFORE_NOUNS = frozenset(
    "a an the its his her their this these no of for in on by from with about against over".split()
)


def _keywords(analysis: Analysis) -> list[str]:
    """Names and nouns, those that stand in most sentences first.

    Names count by all their mentions; a word inside a name is no keyword of its own. Of what stands in one sentence
    only, names follow.
    """
    mentioned = (found.entity.mentions for found in analysis.entities)
    named = [[(mention.sentence, " ".join(mention.text.split())) for mention in mentions] for mentions in mentioned]
    often = [places for places in _nouns(analysis).values() if _rank(places)[0] < -1]
    ordered = sorted([*named, *often], key=_rank)
    return [Counter(form for _, form in places).most_common(1)[0][0] for places in ordered]


def _rank(places: list[tuple[int, str]]) -> tuple[int, int]:
    return -len({number for number, _ in places}), places[0][0]


def _nouns(analysis: Analysis) -> dict[str, list[tuple[int, str]]]:
    """Stem -> sentence and form of each place of a word that at least once stands behind "the", "of" or the like."""
    article = analysis.article
    inside = [(mention.start, mention.end) for found in analysis.entities for mention in found.entity.mentions]
    places: dict[str, list[tuple[int, str]]] = defaultdict(list)
    nouns: set[str] = set()
    for sentence in article.sentences:
        before = ""
        for word in words(article.text, sentence.start, sentence.end):
            form = article.text[word.start : word.end]
            # "North Korean": a capital inside a sentence is a part of a name.
            plain = form.islower() or word.start == sentence.start
            if plain and _may_be_topic(word) and not any(start <= word.start < end for start, end in inside):
                places[word.stem].append((sentence.number, form.lower()))
                nouns |= {word.stem} if before in BEFORE_NOUNS else set()
            before = word.folded
    return {stem: found for stem, found in places.items() if stem in nouns}


def _may_be_topic(word: Word) -> bool:
    folded = word.folded
    return folded.isalpha() and len(folded) >= SHORTEST and folded not in STOP_WORDS and not find_numbers(folded)


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
