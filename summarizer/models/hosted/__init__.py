"""Hosted models: asked through instructor, with the openai library beneath it."""

from summarizer.models.hosted.instructor_model import from_client as from_client
from summarizer.models.hosted.openai_model import HostedModel as HostedModel
