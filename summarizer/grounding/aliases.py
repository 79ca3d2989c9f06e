"""The names of one article prepared for the check: which names mean the same, and where each is used."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache

from summarizer.analysis import Analysis
from summarizer.article import Article, Sentence
from summarizer.grounding.case import Keys
from summarizer.grounding.lexicon import GENDERED, TITLES
from summarizer.grounding.reading import glance, read

_INITIALS = 3
"""Letters of a key that may be initials, which are written with and without points."""


@dataclass(frozen=True)
class Grounds:
    """An article made ready to check many claims against it."""

    analysis: Analysis

    @property
    def published(self) -> date | None:
        """The day the article was published."""
        return self.analysis.article.published

    @cached_property
    def names(self) -> tuple[tuple[str, frozenset[Keys], frozenset[int]], ...]:
        """For each entity: its type, its names as keys, the numbers of the sentences that name it."""
        table = []
        for found in self.analysis.entities:
            entity = found.entity
            names = {entity.name, *entity.aliases, *(mention.text for mention in entity.mentions)}
            keys = frozenset(k for k in map(name_keys, names) if k)
            table.append((entity.type, keys, frozenset(mention.sentence for mention in entity.mentions)))
        return tuple(table)

    @cached_property
    def by_name(self) -> dict[Keys, tuple[int, ...]]:
        """Name -> indices of the entities that have it."""
        table: dict[Keys, list[int]] = {}
        for n, (_, names, _) in enumerate(self.names):
            for keys in names:
                table.setdefault(keys, []).append(n)
        return {keys: tuple(entities) for keys, entities in table.items()}

    @cached_property
    def numbers(self) -> dict[str, tuple[int, ...]]:
        """Text of a sentence -> its numbers, for callers who cite plain text."""
        table: dict[str, list[int]] = {}
        for sentence in self.analysis.article.sentences:
            table.setdefault(sentence.text, []).append(sentence.number)
        return {text: tuple(found) for text, found in table.items()}

    @cached_property
    def sentences_with(self) -> dict[str, tuple[int, ...]]:
        """Key of a content word, as `glance` gives them -> numbers of the sentences that have it."""
        table: dict[str, list[int]] = {}
        for sentence in self.analysis.article.sentences:
            for key in glance(sentence.text):
                table.setdefault(key, []).append(sentence.number)
        return {key: tuple(numbers) for key, numbers in table.items()}

    def mentions(self, name: Keys) -> bool:
        """Whether the words of a name are anywhere in the article: else nothing needs to be known of its names."""
        return all(key in self.sentences_with for key in name if len(key) > _INITIALS)

    def cited(self, sentences: Sequence[object]) -> tuple[Sentence, ...]:
        """The sentences of the article that are cited, whether as text or by their place."""
        article, found = self.analysis.article, []
        for cited in sentences:
            if isinstance(cited, str):
                numbers = self.numbers.get(cited, ())
                sentence = article.sentence(numbers[0]) if len(numbers) == 1 else None
            else:
                sentence = article.sentence_at(getattr(cited, "start", 0))
            if sentence is not None:
                found.append(sentence)
        return tuple(found)

    def other_names(self, sentences: Sequence[object]) -> CitedNames:
        """What this article knows about names, for a claim that cites these sentences."""
        return CitedNames(self, sentences)

    def pronoun_means(self, entity: int, sentence: Sentence) -> bool:
        """Whether "he" or "she" in a sentence that names nobody can only be this person.

        Safe means: the nearest of the two sentences before that names a person names only this one.
        """
        tokens = read([sentence.text]).tokens
        if not any(token.form in GENDERED for token in tokens) or self._persons_in(sentence.number):
            return False
        for number in (sentence.number - 1, sentence.number - 2):
            persons = self._persons_in(number)
            if persons:
                return persons == {entity}
        return False

    def _persons_in(self, number: int) -> set[int]:
        return self._persons.get(number, set())

    @cached_property
    def _persons(self) -> dict[int, set[int]]:
        table: dict[int, set[int]] = {}
        for n, (kind, _, numbers) in enumerate(self.names):
            if kind in {"person", "other"}:
                for number in numbers:
                    table.setdefault(number, set()).add(n)
        return table


@dataclass(frozen=True)
class CitedNames:
    """Other names, as seen from the sentences a claim cites."""

    grounds: Grounds
    sentences: Sequence[object]

    @cached_property
    def cited(self) -> tuple[Sentence, ...]:
        """The cited sentences of the article."""
        return self.grounds.cited(self.sentences)

    def named(self, name: Keys) -> bool:
        """Whether the cited sentences name this entity otherwise, or by a pronoun that can only mean it."""
        entities = self.grounds.by_name.get(name, ()) if self.grounds.mentions(name) else ()
        if len(entities) != 1:
            return False
        kind, _, named_in = self.grounds.names[entities[0]]
        if any(sentence.number in named_in for sentence in self.cited):
            return True
        return kind == "person" and any(self.grounds.pronoun_means(entities[0], s) for s in self.cited)

    def same(self, one: Keys, other: Keys) -> bool:
        """Whether both are names of one entity, and of one only."""
        if one == other:
            return True
        if not (self.grounds.mentions(one) and self.grounds.mentions(other)):
            return False
        mine = self.grounds.by_name.get(one, ())
        return len(mine) == 1 and mine == self.grounds.by_name.get(other, ())


def name_keys(name: str) -> Keys:
    """A name as the keys of its words, without titles."""
    return tuple(t.key for t in read([name]).tokens if t.kind == "word" and t.form not in TITLES)


def prepare(article: Article | Analysis | Grounds) -> Grounds:
    """Makes an article ready to check many claims against it; the last 16 are kept."""
    if isinstance(article, Grounds):
        return article
    return _prepared(article if isinstance(article, Analysis) else Analysis(article))


@lru_cache(maxsize=16)
def _prepared(analysis: Analysis) -> Grounds:
    return Grounds(analysis)
