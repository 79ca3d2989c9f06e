"""Temporal expressions: found, and resolved to the right value, against people's annotations."""
