"""Shim until the keyless room is merged."""

from summarizer.engines.extractive.question_words import ASKING as ASKING
from summarizer.engines.extractive.questions import Kind as Kind
from summarizer.engines.extractive.questions import Question as Question
from summarizer.engines.extractive.questions import understand as understand
