"""What is to be done by code: who "is to" or "will" do it, what a meeting agreed to do, and by when.

Only in minutes and mails, where "will" is a promise; elsewhere it is news.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from summarizer.analysis import Analysis, name_words
from summarizer.article import Article, Sentence
from summarizer.extractive import story
from summarizer.extractive.trims import trimmed
from summarizer.schemas.actions import ActionDraft
from summarizer.schemas.evidence import Span

_WHO = r"(?P<who>[Tt]he [a-z]+(?: [a-z]+)?|[Tt]he (?:[A-Z][\w-]+ ?){1,3}?|[A-Z][\w.'’-]*(?: [A-Z][\w.'’-]*){0,3})"
_PROMISES = re.compile(
    rf"(?:^\W*|[.,;] |\b(?:and|said|that) ){_WHO} (?:(?:is|are) to (?!be\b)|will (?!be\b|have been\b|not be\b)"
    r"|(?:undertook|offered|agreed|promised|needs?|has|have) to )[a-z]+"
    rf"|(?:^\W*|[.,;] ){_WHO.replace('who', 'other')} said (?:he|she|they) (?:will|would) [a-z]+"
)
_DECIDED = re.compile(
    r"\b(?:it was|(?:the )?(?:meeting|board|council|committee|members|trustees|we)) (?:also )?"
    r"(?:agreed|resolved|decided|voted)\b[^.]{0,60}? (?:to (?!be\b)|that (?:she|he|they|[A-Z]\w+) (?:should )?)[a-z]+",
    re.IGNORECASE,
)
_ASKED = re.compile(r"^\W*(?:(?:could|can|would|will) (?:you|everybody|everyone|someone)|please)\b", re.IGNORECASE)
_TAKEN_BY = re.compile(r"^\W*Actions?(?: points?)?(?: by| for)?\s*[:–-]\s*(?P<who>[A-Z][\w.'’ -]{1,40}?)\.?$")
# What a list of things to do says: Ann Roe to find a room, Action: clerk to chase the invoice
_TO_DO = re.compile(rf"^\W*{_WHO} to (?!be\b)[a-z]+\b")
_ACTION = re.compile(r"^\W*Actions?(?: points?)?\s*[:–-]\s*(?P<who>[\w.'’ -]{1,40}?) to (?!be\b)[a-z]+\b")
_NO_LIMIT = re.compile(r"\b(?:since|until|till|from|every|of|to)\s(?:the )?$|\bmeeting (?:is )?on\s$", re.IGNORECASE)
_EVERY = re.compile(r"[A-Z]\w+day(?:s\b| (?:mornings|afternoons|evenings|nights))")
_SUPPOSED = re.compile(r"^\W*(?:If|Unless)\b|\?$")


def gives_duties(article: Article) -> bool:
    """Whether the article is of a kind that tells somebody what to do."""
    return story.form_of(article) in ("minutes", "mail")


def duties(analysis: Analysis) -> Iterator[ActionDraft]:
    """The things to do of minutes or a mail, in their order; "Action: Sato" behind a sentence says whose it is."""
    sentences = analysis.article.sentences
    for sentence, following in zip(sentences, (*sentences[1:], None), strict=True):
        taken = _TAKEN_BY.match(following.text) if following else None
        owner = taken["who"] if taken else _listed(sentence.text, analysis) or _owner(sentence.text, analysis)
        if owner or (_DECIDED.search(sentence.text) or _ASKED.match(sentence.text)):
            yield _duty([sentence, following] if taken and following else [sentence], owner, analysis)


def _listed(text: str, analysis: Analysis) -> str | None:
    """Who stands before "to" in a list of things to do: behind "Action:" anybody, else who is known to act."""
    if found := _ACTION.match(text):
        return found["who"]
    found = _TO_DO.match(text)
    return found["who"] if found and _is_known(found["who"], analysis) else None


def _owner(text: str, analysis: Analysis) -> str | None:
    """The person, role or body who is to do what `text` says; None where it names none."""
    for found in _PROMISES.finditer("" if _SUPPOSED.search(text) else text):
        who = found["who"] or found["other"]
        if _is_known(who, analysis):
            return who
    return None


def _is_known(who: str, analysis: Analysis) -> bool:
    """Whether it is a person or body that the article names, or "the" treasurer."""
    last = who.rpartition(" ")[2]
    if who.startswith(("The ", "the ")):
        return (
            name_words.is_person_role(last.lower()) or last.lower() in name_words.ORGANISATION_ROLES or last.istitle()
        )
    return any(who in (one.entity.name, *one.entity.aliases) for one in analysis.entities if _acts(one.entity.type))


def _acts(kind: str) -> bool:
    return kind in ("person", "organisation", "group")


def _duty(sentences: Sequence[Sentence], owner: str | None, analysis: Analysis) -> ActionDraft:
    first = sentences[0]
    return ActionDraft(
        evidence=[Span.of(one) for one in sentences], text=trimmed(first.text), owner=owner, due=_due(first, analysis)
    )


def _due(sentence: Sentence, analysis: Analysis) -> str | None:
    """The first date of the sentence by which something can be done."""
    places = [(mention, found.iso) for found in analysis.dates for mention in found.mentions if found.iso]
    for mention, iso in sorted(places, key=lambda place: place[0].start):
        before = sentence.text[: mention.start - sentence.start] if mention.sentence == sentence.number else None
        if before is not None and not _NO_LIMIT.search(before) and not _EVERY.match(sentence.text[len(before) :]):
            return iso
    return None
