"""Shim."""

from summarizer.schemas.entities import EntitiesDraft, EntityDraft


def entities_draft(analysis):
    return EntitiesDraft(
        entities=[
            EntityDraft(ids=[n], name=None, type=f.entity.type, evidence=[], role=None)
            for n, f in enumerate(analysis.entities, 1)
        ]
    )
