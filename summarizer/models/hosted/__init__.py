"""Hosted models: asked through instructor, with the openai library beneath it."""

from summarizer.models.hosted.openai_model import HostedModel as HostedModel
