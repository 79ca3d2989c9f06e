"""A filled-in form of any schema, grounded: its types say what is evidence and what is a statement.

Evidence are fields of type `Span` or `list[Span]`; a statement is any text that may be free, in an object with evidence
or inside one. Choices (`Literal`, enums), numbers and text with a pattern are the model's judgement and stay.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Final, get_args

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from summarizer.analysis.phrases import stands_in
from summarizer.grounding.grounder import Grounded, Grounder
from summarizer.schemas.evidence import Span, options_of
from summarizer.schemas.result import Action

STATEMENT_WORDS = 4
_GONE: Final = object()


@dataclass(frozen=True)
class _Place:
    """A place in the form: its pointer, its evidence (None where nothing is cited), and where claims were moved to."""

    where: str
    evidence: Sequence[Span] | None
    grounder: Grounder
    moved: list[Span] = field(default_factory=list)

    def at(self, step: str | int) -> _Place:
        return replace(self, where=f"{self.where}/{step}")

    def note(self, code: str, message: str, action: Action) -> None:
        self.grounder.note(code, self.where, message, action)


def ground_form(draft: BaseModel, grounder: Grounder) -> Grounded[BaseModel]:
    """The form with what holds in it.

    Text that does not hold in the sentences its object cites is dealt with by the policy; where it is to go, it
    becomes null where the schema allows that, else the list item it stands in goes; required text of the form
    itself stays and is flagged. A label of fewer than four words is never replaced by a whole sentence.
    """
    value = _settled_model(draft, _Place("", None, grounder))
    return grounder.grounded(value if isinstance(value, BaseModel) else None)


def _settled_model(node: BaseModel, outer: _Place) -> Any:
    """The object with what holds, or `_GONE`."""
    fields = type(node).model_fields
    cites = {name: value for name in fields if _spans(value := getattr(node, name)) is not None}
    evidence = [span for value in cites.values() for span in _spans(value) or ()] if cites else outer.evidence
    here = replace(outer, evidence=evidence, moved=[])
    if here.where and cites and not _has_text(node) and not any(span.resolved for span in evidence or ()):
        here.note("unknown_sentence", "it cites only sentences the article does not have", "dropped")
        return _GONE
    changed: dict[str, Any] = {}
    for name in [name for name in fields if name not in cites]:
        value = _settled(getattr(node, name), fields[name].annotation, fields[name], here.at(name))
        if value is _GONE and here.where:
            return _GONE
        if value is _GONE:
            here.at(name).note("ungrounded", "it does not hold, but the form cannot be without it", "flagged")
        else:
            changed[name] = value
    changed |= {name: _cleaned(value, fields[name], here.at(name)) for name, value in cites.items()}
    return _GONE if _GONE in changed.values() else node.model_copy(update=changed)


def _settled(value: Any, annotation: Any, info: FieldInfo, place: _Place) -> Any:
    """One value of a field: an object, text, or many of them in a list."""
    if isinstance(value, (list, tuple, set, frozenset)):
        inside = next((args[0] for option in options_of(annotation) if (args := get_args(option))), Any)
        items = [_settled(one, inside, info, place.at(n)) for n, one in enumerate(value)]
        return type(value)(item for item in items if item is not _GONE)
    if isinstance(value, BaseModel):
        kept = _settled_model(value, place)
    elif isinstance(value, str) and value.strip() and str in options_of(annotation):
        has_pattern = any(getattr(constraint, "pattern", None) for constraint in info.metadata)
        kept = value if has_pattern else _settled_text(value, place)
    else:
        return value
    return None if kept is _GONE and type(None) in options_of(annotation) else kept


def _settled_text(text: str, place: _Place) -> Any:
    evidence, grounder = place.evidence, place.grounder
    if evidence is None:
        place.note("unchecked", "no sentence is cited for it; a `list[Span]` beside it lets it be checked", "flagged")
        return text
    is_label = len(text.split()) < STATEMENT_WORDS
    if is_label and any(stands_in(text, span.text) for span in evidence if span.resolved):
        grounder.count(place.where)
        return text
    claim = grounder.claim(text, evidence, place.where, keep_short=is_label)
    if claim is None:
        return _GONE
    known = {span.start for span in evidence if span.resolved}
    place.moved.extend(span for span in claim.evidence if span.start not in known)
    return claim.text


def _cleaned(value: Any, info: FieldInfo, place: _Place) -> Any:
    """An evidence field with the spans that are real, and with those that claims were moved to."""
    unknown = [str(span.sentence) for span in _spans(value) or () if not span.resolved]
    told, around = f"there is no sentence {', '.join(unknown)}", place.where.rpartition("/")[0] + "/"
    # A statement of the same object may have told already.
    if unknown and not any(i.message == told and i.where.startswith(around) for i in place.grounder.issues):
        place.note("unknown_sentence", told, "dropped")
    if not isinstance(value, Span):
        real = {span.start: span for span in (*value, *place.moved) if span.resolved}
        return type(value)(real.values())
    if value.resolved or place.moved:
        return value if value.resolved else place.moved[0]
    return None if type(None) in options_of(info.annotation) else _GONE


def _spans(value: Any) -> list[Span] | None:
    """The spans of an evidence field; None where the value is none."""
    if isinstance(value, Span):
        return [value]
    if isinstance(value, (list, tuple)) and value and all(isinstance(one, Span) for one in value):
        return list(value)
    return None


def _has_text(node: BaseModel) -> bool:
    fields = type(node).model_fields.items()
    return any(isinstance(getattr(node, name), str) and str in options_of(info.annotation) for name, info in fields)
