"""Inputs nobody thought of: hypothesis against reading, sentences, checking, merging, results and views."""
