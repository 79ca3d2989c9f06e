"""Measures the names found in articles against annotated rows."""
