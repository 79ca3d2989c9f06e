"""Texts longer than a model's window: split at sentences, read in parts, and put together again by type."""
