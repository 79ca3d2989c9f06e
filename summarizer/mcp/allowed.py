"""What an assistant may have read: files in allowed folders, texts it gives, and addresses where the user lets it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from summarizer.article import Article
from summarizer.errors import InputError, UsageError
from summarizer.reading import Unreadable, read_all
from summarizer.reading.document import Document, unopened
from summarizer.reading.registry import read_located
from summarizer.reading.web import is_url

LONGEST_NAME = 1000


@dataclass(frozen=True)
class Allowed:
    """Made by `Allowed.of`. `folders` are resolved; `urls` tells whether web addresses are fetched."""

    folders: tuple[Path, ...]
    urls: bool = False

    @classmethod
    def of(cls, folders: Sequence[Path], *, urls: bool = False) -> Allowed:
        """These folders; the current one where none is named."""
        folders = [one.expanduser() for one in folders]  # a configuration is read by no shell
        if wrong := next((one for one in folders if not one.is_dir()), None):
            raise UsageError(f"--allow {wrong}: no such folder")
        if not folders and Path.cwd() in (Path(Path.cwd().anchor), Path.home()):
            # Assistants start their servers there, and nobody meant to show them everything.
            raise UsageError(f"started in {Path.cwd()}; name the folders that may be read with --allow DIR")
        return cls(tuple(one.resolve() for one in folders or [Path.cwd()]), urls)

    def read(self, name: str, published: date | None = None) -> Iterator[Article | Unreadable]:
        """Every article at a file, a folder or an address; see `read_all`."""
        if is_url(name) and not self.urls:
            raise InputError(name, "web addresses are not fetched; the server's option --allow-urls lets it")
        yield from read_all(name if is_url(name) else self.path(name), published=published)

    def path(self, name: str) -> Path:
        """The file or folder of that name, links resolved; a relative one is looked for in each allowed folder."""
        if "\n" in name or len(name) > LONGEST_NAME:
            raise InputError(f"{name[:40].strip()}…", "no such file; a text itself is given among the texts")
        try:
            places = [(folder / Path(name).expanduser()).resolve() for folder in self.folders]
            inside = [place for place in places if any(map(place.is_relative_to, self.folders))]
            if not name or not inside:  # before any look at it: nobody is told what there is elsewhere
                folders = ", ".join(map(str, self.folders))
                raise InputError(name or "''", f"outside of the folders that the server may read ({folders})")
            path = next((place for place in inside if place.exists()), inside[0])
            path.stat()
        except OSError as error:
            raise unopened(name, error) from error
        except (ValueError, RuntimeError) as error:
            raise InputError(name, f"cannot be read: {error}") from error
        if not (path.is_file() or path.is_dir()):
            raise InputError(name, "neither a file nor a folder")  # a pipe would wait for ever
        return path


def read_text(text: str, number: int, published: date | None = None) -> Iterator[Article | Unreadable]:
    """The articles in a text that was given, read as standard input is."""
    yield from read_located(Document(f"text {number}", text.encode(), charset="utf-8"), published)
