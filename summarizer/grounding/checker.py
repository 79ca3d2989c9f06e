"""Whether a claim holds in the sentences it cites: exact facts by code, meaning by the learned reader."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property

from summarizer.analysis import Analysis
from summarizer.analysis.language import is_english
from summarizer.analysis.speech import as_spoken
from summarizer.analysis.words import content_stems
from summarizer.article import Article, Sentence
from summarizer.grounding import evidence
from summarizer.grounding.days import wrong_days
from summarizer.grounding.exchanged import exchanged
from summarizer.grounding.facts import digits_not_in, in_their_form, wrong_figures
from summarizer.grounding.names import wrong_names
from summarizer.grounding.trims import is_cut, is_own_title, is_verbatim, lost
from summarizer.reader.base import Reader
from summarizer.reader.load import card_of, load_reader
from summarizer.schemas.evidence import Span
from summarizer.sentences import split
from summarizer.settings import Level

LONGEST_CLAIM = 1500
"""In characters. A longer text is no single statement; only the whole of a cited sentence passes at any length."""


Cited = str | Sentence | Span
"""A sentence that is cited: as text, or with its place in the article."""


@dataclass(frozen=True, slots=True)
class Check:
    """The outcome of one check.

    Args:
        supported: None where the reader does not know the language: then the claim is `unchecked`.
        score: the reader's probability of support, in [0, 1]; None where nothing was judged.
        problems: what does not hold, in words a person can read.
        verbatim: whether the claim is a cited sentence or a trim of one: its words in its order, without what may go.
        undecided: whether it is refused for its meaning alone, and so narrowly that a second opinion may decide.

    """

    supported: bool | None
    score: float | None
    problems: tuple[str, ...] = ()
    verbatim: bool = False
    undecided: bool = False


@dataclass(frozen=True)
class Checker:
    """Checks claims at one level. `reader` is loaded when a claim first needs it; None is the one in the package."""

    level: Level = Level.BALANCED
    reader: Reader | None = field(default=None, compare=False)

    @property
    def name(self) -> str | None:
        """`NAME@HASH` of the reader that judges, None at `strict`, where none does. Loads no weights."""
        if self.level == Level.STRICT:
            return None
        return self.reader.name if self.reader else card_of().full_name

    def check(
        self, claim: str, cited: Sequence[Cited], analysis: Analysis | None = None, *, language: str | None = None
    ) -> Check:
        """Whether `claim` holds in the sentences it cites.

        Args:
            claim: one statement; of several sentences each must hold.
            cited: the sentences, as text or as spans with their place in the article.
            analysis: the article, for its names, its date and the sentence before a pronoun.
            language: the language that was asked for, where it may be another than the article's.

        """
        case = _Case(" ".join(claim.split()), cited, analysis)
        return self._by_code(case, language) or self._by_reader(case)

    def judge_ahead(
        self,
        claims: Sequence[tuple[str, Sequence[Cited]]],
        analysis: Analysis | None = None,
        *,
        language: str | None = None,
    ) -> None:
        """Let the reader judge all claims that come to him in one go, so that later checks find them judged."""
        cases = [_Case(" ".join(claim.split()), cited, analysis) for claim, cited in claims]
        if pairs := [pair for case in cases if not self._by_code(case, language) for pair in case.pairs]:
            self._reader.supports(pairs)

    @property
    def _reader(self) -> Reader:
        return self.reader or load_reader()

    def _by_code(self, case: _Case, language: str | None) -> Check | None:
        """What code can tell alone; None where the reader is to judge."""
        wrong: tuple[str, ...] = ()
        if not case.claim:
            wrong = ("the claim is empty",)
        elif not any(text.strip() for text in case.texts):
            wrong = ("no sentence is cited",)
        elif is_verbatim(case.claim, case.sentences) or (case.article and is_own_title(case.claim, case.article)):
            return Check(True, None, verbatim=True)
        elif len(case.claim) > LONGEST_CLAIM:
            wrong = (f"the claim is too long to be one statement: {len(case.claim):,} characters",)
        elif not case.parts:
            return Check(True, None, verbatim=True)
        elif unread := self._unread(case, language):
            return unread
        elif self.level == Level.STRICT:
            wrong = ("it is not the words of a cited sentence",)
        return Check(False, None, wrong) if (wrong := wrong or case.wrong_facts()) else None

    def _unread(self, case: _Case, language: str | None) -> Check | None:
        """Where the reader does not know the language, only figures are compared."""
        known = self.reader.languages if self.reader else card_of().languages
        told = is_english(" ".join(case.texts))
        across = bool(language) and told != is_english(case.claim, unless=language)
        if not across and (known - {"en"} or told):
            return None
        if wrong := digits_not_in(case.claim, case.texts):
            return Check(False, None, tuple(f"{figure} is not in the cited sentences" for figure in wrong))
        why = f"worded in {language}, not in the language of its sentences" if across else "the reader does not know it"
        return Check(None, None, (f"only the figures were compared: {why}",))

    def _by_reader(self, case: _Case) -> Check:
        reader = self._reader
        scores, asked = reader.supports(case.pairs), [self._asked(part, case, reader) for part in case.parts]
        if all(score >= least for score, least in zip(scores, asked, strict=True)):
            worded = [score for score, part in zip(scores, case.parts, strict=True) if not case.is_cut(part)]
            return Check(True, min(worded, default=None), verbatim=not worded)
        score, (low, high) = min(scores), reader.band
        why = f"the cited sentences do not say this: support {score:.2f}, {max(asked):.2f} is asked for"
        return Check(False, score, (why,), undecided=low <= score <= high)

    def _asked(self, part: str, case: _Case, reader: Reader) -> float:
        """The least probability for one sentence of the claim; see `copies` in the reader's card."""
        least = reader.levels[self.level]
        if case.is_cut(part):
            return min(least, reader.copies["cut"])
        known = {stem for text in case.texts for stem in content_stems(text)}
        return least + reader.copies["rearranged"] * known.issuperset(content_stems(part))


@dataclass(frozen=True)
class _Case:
    """A claim with the texts it cites, and where these stand in the article."""

    claim: str
    cited: Sequence[Cited]
    analysis: Analysis | None

    @cached_property
    def texts(self) -> tuple[str, ...]:
        return tuple(one if isinstance(one, str) else one.text for one in self.cited)

    @cached_property
    def numbers(self) -> tuple[int, ...]:
        return evidence.numbers_of(self.cited, self.article) if self.article else ()

    @cached_property
    def read(self) -> tuple[str, ...]:
        """The sentences as they are read: answers and turns with the name of who speaks."""
        if self.analysis is None or len(self.numbers) != len(self.texts):
            return self.texts
        return as_spoken(self.texts, self.numbers, self.analysis)

    @cached_property
    def before(self) -> str:
        """What the sentences are read with."""
        return evidence.context_of(self.claim, self.texts, self.numbers, self.article) if self.article else ""

    @property
    def article(self) -> Article | None:
        return self.analysis.article if self.analysis else None

    @cached_property
    def sentences(self) -> tuple[str, ...]:
        """The texts, each cut into its sentences."""
        return tuple(text[start:end] for text in self.texts for start, end in split(text, ()) or [(0, len(text))])

    @cached_property
    def parts(self) -> list[str]:
        """The sentences of the claim that are none of the article."""
        parts = [self.claim[start:end] for start, end in split(self.claim, ())] or [self.claim]
        return [part for part in parts if not is_verbatim(part, self.sentences)]

    @cached_property
    def pairs(self) -> list[tuple[str, str]]:
        """What the reader is given: evidence and one sentence of the claim."""
        return [
            (evidence.shortened(part, self.read, self.before), in_their_form(part, self.texts)) for part in self.parts
        ]

    def is_cut(self, part: str) -> bool:
        """Whether a sentence of the claim is a cited one with words left out."""
        return any(is_cut(part, text) for text in self.sentences)

    def wrong_facts(self) -> tuple[str, ...]:
        """The exact facts of the claim that differ from the sentences."""
        wrong, told = wrong_days(self.claim, self.texts, self.analysis, self.numbers)
        found = (
            *wrong,
            *wrong_figures(self.claim, self.texts, told),
            *wrong_names(self.claim, (self.before, *self.read), self.analysis, self.numbers),
            *exchanged(self.claim, self.texts),
            *(f"'{left}' was left out" for part in self.parts for text in self.sentences if (left := lost(part, text))),
        )
        return tuple(dict.fromkeys(found))


def check(
    claim: str,
    sentences: Sequence[Cited],
    *,
    level: Level = Level.BALANCED,
    article: Article | Analysis | None = None,
    reader: Reader | None = None,
) -> Check:
    """Whether `claim` holds in `sentences`, those it cites; see `Checker.check`, whose `analysis` is of `article`.

    `level` says how sure the reader must be; `strict` takes sentences and safe trims only.
    """
    analysis = Analysis(article) if isinstance(article, Article) else article
    return Checker(Level(level), reader).check(claim, sentences, analysis)
