"""Who is to do what by when: for minutes and mails."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from summarizer.analysis import Analysis
from summarizer.extractive.duties import duties, gives_duties
from summarizer.grounding import Grounder
from summarizer.schemas.actions import Action, ActionDraft, Actions, ActionsDraft, ActionsOptions
from summarizer.tasks.base import Task
from summarizer.tasks.settling import entity_of, kept, names_same, told_date, words_of
from summarizer.tasks.view import Line, Section, grounds, section
from summarizer.values.spoken import date_in_words


class ActionsTask(Task[ActionsDraft, Actions, ActionsOptions]):
    """See the file's first line."""

    name = "actions"
    draft, value, options = ActionsDraft, Actions, ActionsOptions

    def propose(self, analysis: Analysis, options: ActionsOptions) -> ActionsDraft | None:
        """What minutes or a mail say that somebody is to do; of other articles code knows nothing."""
        if not gives_duties(analysis.article):
            return super().propose(analysis, options)
        wanted = options.owner
        found = [one for one in duties(analysis) if wanted is None or names_same(wanted, one.owner or "")]
        return ActionsDraft(actions=found)

    def settle(self, draft: ActionsDraft, options: ActionsOptions, grounder: Grounder) -> Actions:
        """The actions that hold, each with an owner and a day that its sentences give."""
        found = kept(draft.actions, "/actions", _action, grounder)
        return Actions(actions=list({action.claim.text: action for action in found}.values()))

    def view(self, value: Actions) -> Iterator[Section]:
        """A line an action behind its owner."""
        return section("actions", map(_line, value.actions))

    def rows(self, value: Actions) -> Iterator[dict[str, Any]]:
        """One row an action."""
        for one in value.actions:
            yield {"owner": one.owner, "action": one.claim.text, "due": one.due, **grounds(one.claim)}


def _action(proposed: ActionDraft, where: str, grounder: Grounder) -> Action | None:
    claim = grounder.claim(proposed.text, proposed.evidence, where)
    if claim is None:
        return None
    owner = words_of(proposed.owner, claim.evidence, f"{where}/owner", grounder)
    return Action(
        claim=claim,
        owner=owner.text if owner else None,
        owner_id=entity_of(owner.text, grounder.analysis, claim.evidence) if owner else None,
        due=told_date(proposed.due, claim, f"{where}/due", grounder),
    )


def _line(one: Action) -> Line:
    due = f"by {date_in_words(one.due)}" if one.due else ""
    return Line.of(one.claim, label=one.owner or "nobody named", note=due)


TASK = ActionsTask()
