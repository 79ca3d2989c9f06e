"""Typed, checked summaries, entities, timelines and answers from an article."""
