"""What an article is about, in keywords and a line each."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from typing import Any

from summarizer.analysis import Analysis
from summarizer.analysis.phrases import places_of
from summarizer.analysis.words import STOP_WORDS, Word, words
from summarizer.article import Sentence
from summarizer.extractive import story
from summarizer.extractive.trims import cited, shortened, trimmed
from summarizer.grounding import Grounder
from summarizer.schemas.evidence import DraftClaim
from summarizer.schemas.topics import Topic, TopicDraft, Topics, TopicsDraft, TopicsOptions
from summarizer.tasks.base import Task
from summarizer.tasks.settling import kept
from summarizer.tasks.view import Line, Section, grounds, section
from summarizer.values.numbers import find_numbers


class TopicsTask(Task[TopicsDraft, Topics, TopicsOptions]):
    """See the file's first line."""

    name = "topics"
    draft, value, options = TopicsDraft, Topics, TopicsOptions

    def propose(self, analysis: Analysis, options: TopicsOptions) -> TopicsDraft:
        """The names and words that come back most often, each with the first sentence that is not shown yet."""
        told = {sentence.number for sentence in story.told(analysis.article)}
        shown: set[int] = set()
        topics: list[TopicDraft] = []
        for keyword in _keywords(analysis)[: options.most * 2]:
            sentences = [analysis.article.sentence(place.sentence) for place in places_of(keyword, analysis.article)]
            left = [sentence for sentence in sentences if sentence and sentence.number in told - shown]
            if left and len(topics) < options.most:
                shown.add(left[0].number)
                topics.append(TopicDraft(keyword=keyword, theme=_theme(keyword, left[0], analysis)))
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


SHORTEST, THEME_WORDS = 4, 20
"""Letters of a keyword ("year" may be one, "day" hardly), and words of what is said of it."""
BEFORE_NOUNS = frozenset(
    "a an the its his her their this these no of for in on by from with about against over".split()
)
DETERMINERS = frozenset("a an the its his her their our my this these".split())
# Measures, places in a text or a row, and what people do when they are quoted: words of any article.
OF_ANY_ARTICLE = frozenset(
    """year years month months week weeks hour hours minute minutes time times number numbers part parts half quarter
    percent cent people thing things last first second next back best same other others said says told meeting way
    place places rest cost costs case day days today question""".split()
)


def _theme(keyword: str, sentence: Sentence, analysis: Analysis) -> DraftClaim:
    """The sentence, shortened where the keyword stays in it."""
    written = keyword if keyword in sentence.text else ""
    text = shortened(sentence, THEME_WORDS, analysis, keep=written) if written else trimmed(sentence.text)
    return DraftClaim(evidence=[cited(sentence, text)], text=text)


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
    nouns: dict[str, set[str]] = defaultdict(set)
    for sentence in article.sentences:
        row = list(words(article.text, sentence.start, sentence.end))
        for before, word, following in zip((None, *row), row, (*row[1:], None), strict=False):
            form = article.text[word.start : word.end]
            # "North Korean": a capital inside a sentence is a part of a name.
            plain = form.islower() or word.start == sentence.start
            if plain and _may_be_topic(word) and not any(start <= word.start < end for start, end in inside):
                places[word.stem].append((sentence.number, form.lower()))
                if before and _is_noun(article.text, before, word, following):
                    nouns[word.stem].add(form.lower())
    return {
        stem: [(number, form) for number, form in found if form in _forms(nouns[stem])]
        for stem, found in places.items()
        if stem in nouns
    }


def _is_noun(text: str, before: Word, word: Word, following: Word | None) -> bool:
    """Whether it stands behind "the" or "of" and ends its phrase: not "the back wheel", not "the mapping office"."""
    last = following is None or not following.is_content or text[word.end : following.start].strip() != ""
    doing = word.folded.endswith(("ed", "ing"))
    return last and before.folded in (DETERMINERS if doing else BEFORE_NOUNS) and not (doing and following is None)


def _forms(nouns: set[str]) -> set[str]:
    """The forms seen as nouns, with their plurals and singulars: "insurer", and not "insured"."""
    return nouns | {form + "s" for form in nouns} | {form.removesuffix("s") for form in nouns}


def _may_be_topic(word: Word) -> bool:
    folded = word.folded
    small = folded in STOP_WORDS or folded in OF_ANY_ARTICLE
    return folded.isalpha() and len(folded) >= SHORTEST and not small and not find_numbers(folded)


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
