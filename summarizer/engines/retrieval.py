"""Shim until the keyless room is merged."""

from summarizer.engines.extractive.retrieval import *  # noqa: F403
from summarizer.engines.extractive.retrieval import nearest, retrieve  # noqa: F401
