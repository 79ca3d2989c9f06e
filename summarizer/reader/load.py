"""From a folder to the reader in it, once a process."""

from __future__ import annotations

import hashlib
import json
import os
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from summarizer.errors import UsageError

if TYPE_CHECKING:
    from summarizer.reader.onnx import OnnxReader

SHIPPED = Path(__file__).parent / "weights"
THREADS = os.cpu_count() or 1
"""Of a reader; who reads in several processes gives each its part."""


class Card(BaseModel):
    """`reader.json`: what belongs to the weights and travels with them."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    name: str
    version: int = 1
    languages: frozenset[str] = frozenset({"en"})
    files: dict[str, str] = Field(min_length=1, description="SHA-256 of each file, by name.")
    levels: dict[str, float]
    copies: dict[str, float] = Field(default_factory=lambda: {"cut": 1.0, "rearranged": 0.0})
    band: tuple[float, float] = (0.4, 0.9)
    max_tokens: dict[str, int]
    overlap: dict[str, int]

    @property
    def hash(self) -> str:
        """Twelve hexadecimal digits over the hashes of all files: equal for equal weights."""
        return hashlib.sha256(json.dumps(self.files, sort_keys=True).encode()).hexdigest()[:12]

    @property
    def full_name(self) -> str:
        """`NAME@HASH`: which weights judge."""
        return f"{self.name}@{self.hash}"


def load_reader(folder: Path | str | None = None) -> OnnxReader:
    """The reader in `folder`, else in SUMMARIZER_READER, else the one in the package; raises as `card_of`."""
    return _loaded(_folder(folder))


def card_of() -> Card:
    """The card of the reader that `load_reader` gives where no folder is named, without its weights.

    Raises:
        UsageError: the folder holds no reader, or one of its files is missing.

    """
    return read_card(_folder(None))


def _folder(folder: Path | str | None) -> Path:
    return Path(folder or os.environ.get("SUMMARIZER_READER") or SHIPPED).resolve()


@lru_cache(maxsize=2)
def _loaded(folder: Path) -> OnnxReader:
    from summarizer.reader.onnx import OnnxReader

    return OnnxReader(folder, read_card(folder))


@lru_cache(maxsize=4)
def read_card(folder: Path) -> Card:
    """The card of the reader in this very folder; see `card_of`."""
    try:
        card = Card.model_validate_json((folder / "reader.json").read_bytes())
    except (OSError, ValidationError) as error:
        reason = error.strerror if isinstance(error, OSError) else error.errors(include_url=False)[0]["msg"]
        raise UsageError(f"{folder}: no reader there: reader.json: {reason}") from error
    if missing := [name for name in card.files if not (folder / name).is_file()]:
        raise UsageError(f"{folder}: the reader is not whole: {', '.join(missing)} missing")
    return card
