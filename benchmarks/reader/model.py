"""The reader as a torch module: an MPNet encoder with a head for support, one for answer spans, one for names."""

from __future__ import annotations

from pathlib import Path

import torch
from safetensors.torch import load_file, save_file
from torch import Tensor, nn
from torch.nn import functional
from transformers import MPNetConfig, MPNetModel

PAD = 1
TAGS = ["O", *(f"{part}-{kind}" for kind in ("person", "organisation", "place", "other") for part in "BI")]
CASES = 5
MOST_IN_FLOAT = 10_000
"""Elements: larger matrices are stored as int8 rows with a scale each."""


class ReaderModel(nn.Module):
    """Outputs `support` (batch, 3), `spans` (batch, tokens, 2) and `tags` (batch, tokens, 9), all logits."""

    def __init__(self, config: MPNetConfig) -> None:
        super().__init__()
        size = config.hidden_size
        self.body, self.drop = MPNetModel(config, add_pooling_layer=False), nn.Dropout(0.1)
        self.verify, self.span, self.case = nn.Linear(size, 3), nn.Linear(size, 2), nn.Embedding(CASES, 32)
        self.names, self.tags = nn.Linear(size + 32, 256), nn.Linear(256, len(TAGS))

    def hidden(self, ids: Tensor) -> Tensor:
        """States (batch, tokens, size) of padded token ids (batch, tokens)."""
        hidden: Tensor = self.body(input_ids=ids, attention_mask=(ids != PAD).long()).last_hidden_state
        return hidden

    def support(self, ids: Tensor) -> Tensor:
        """Logits of supported, not said, contradicted."""
        logits: Tensor = self.verify(self.drop(self.hidden(ids)[:, 0]))
        return logits

    def spans(self, ids: Tensor) -> Tensor:
        """Logits of start and end; padding has none."""
        logits: Tensor = self.span(self.drop(self.hidden(ids))).float()
        return logits.masked_fill((ids == PAD)[..., None], -1e4)

    def name_tags(self, ids: Tensor, cases: Tensor) -> Tensor:
        """Logits of the tags; `cases` tell how the word of each token is written."""
        both = torch.cat([self.drop(self.hidden(ids)), self.case(cases)], -1)
        logits: Tensor = self.tags(functional.gelu(self.names(both)))
        return logits


def load(folder: Path) -> ReaderModel:
    """The model in `folder`: a base encoder (Hugging Face files) or a checkpoint of `save` beside its config."""
    model = ReaderModel(MPNetConfig.from_pretrained(folder))
    state = _floats(
        {name: value for file in sorted(folder.glob("*.safetensors")) for name, value in load_file(file).items()}
    )
    if not any(name.startswith("body.") for name in state):
        state = {f"body.{name}": value for name, value in state.items() if "pooler" not in name}
    missing = model.load_state_dict(state, strict=False).missing_keys
    print("fresh:", ", ".join(sorted({name.split(".")[0] for name in missing})) or "nothing")
    return model


def save(model: ReaderModel, path: Path) -> None:
    """Large matrices as int8 rows, `NAME` and `NAME.scale`; the rest in half precision."""
    state: dict[str, Tensor] = {}
    for name, kept in model.state_dict().items():
        value = kept.detach().float().cpu()
        if value.ndim == 2 and value.numel() > MOST_IN_FLOAT:
            scale = (value.abs().amax(1) / 127).clamp(min=1e-9)
            state[name] = (value / scale[:, None]).round().clamp(-127, 127).to(torch.int8).contiguous()
            state[f"{name}.scale"] = scale.contiguous()
        else:
            state[name] = value.half().contiguous()
    save_file(state, path)


def _floats(state: dict[str, Tensor]) -> dict[str, Tensor]:
    found = {}
    for name, value in state.items():
        if not name.endswith(".scale"):
            scale = state.get(f"{name}.scale")
            found[name] = value.float() if scale is None else value.float() * scale.float()[:, None]
    return found
