"""Shim."""


class Writer:
    def __init__(self, model, prompts):
        self.model, self.prompts_ = model, prompts
