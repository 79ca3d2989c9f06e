"""The model that runs on this machine: its weights, its process, and the model that asks it."""

from summarizer.models.local.server import ChildServer as ChildServer
from summarizer.models.local.server import LocalModel as LocalModel
from summarizer.models.local.server import runtime_installed as runtime_installed
