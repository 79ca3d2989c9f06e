"""The engine that is plain code: no model, the same typed drafts."""
