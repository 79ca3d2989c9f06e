"""The reader in the package: the same score always, from any thread and process, and loaded only where it is needed."""

from __future__ import annotations

import json
import multiprocessing
import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from summarizer.errors import UsageError
from summarizer.reader import load_reader
from summarizer.reader.load import SHIPPED, card_of, read_card

PAIR = ("The council of Harwick opened the bridge on Monday.", "On Monday a bridge was opened in Harwick.")
OTHERS = [(f"The fund paid {n} dollars for {n + 3} boats in Oslo.", f"{n + 3} boats were paid for.") for n in range(99)]


def fresh() -> object:
    from summarizer.reader.onnx import OnnxReader

    return OnnxReader(SHIPPED, read_card(SHIPPED))


def score(pair: tuple[str, str]) -> float:
    """In another process."""
    return load_reader().supports([pair])[0]


def test_a_score_does_not_depend_on_what_is_judged_beside_it() -> None:
    """Alone, among a hundred, on one thread and on four: bit for bit."""
    alone = fresh().supports([PAIR])[0]  # type: ignore[attr-defined]
    among = fresh().supports([*OTHERS, PAIR])[-1]  # type: ignore[attr-defined]
    shared = fresh()
    with ThreadPoolExecutor(4) as threads:
        by_four = list(threads.map(lambda _: shared.supports([PAIR, OTHERS[0]])[0], range(4)))  # type: ignore[attr-defined]

    assert [alone] * 5 == [among, *by_four]


def test_a_reader_at_hand_survives_a_fork() -> None:
    """Its session and threads are made anew in the child."""
    reader = fresh()
    expected = reader.supports([PAIR, OTHERS[0]])  # type: ignore[attr-defined]
    reader._remembered.clear()  # type: ignore[attr-defined]
    with multiprocessing.get_context("fork").Pool(1, _keep, (reader,)) as pool:
        assert expected == pool.apply_async(_by_kept).get(timeout=60)


_kept: list[object] = []


def _keep(reader: object) -> None:
    _kept.append(reader)


def _by_kept() -> list[float]:
    return _kept[-1].supports([PAIR, OTHERS[0]])  # type: ignore[attr-defined, no-any-return]


@pytest.mark.parametrize("method", ["fork", "spawn"])
def test_a_child_process_judges_alike(method: str) -> None:
    """After a fork and in a fresh interpreter, with the reader used before in this one."""
    expected = score(PAIR)
    with multiprocessing.get_context(method).Pool(1) as pool:
        assert expected == pool.apply_async(score, (PAIR,)).get(timeout=60)


def test_the_same_pair_is_judged_once() -> None:
    """Also where it stands twice in one call."""
    reader = fresh()
    assert 1 == len(set(reader.supports([PAIR, PAIR])))  # type: ignore[attr-defined]
    reader._run = None  # type: ignore[attr-defined]
    assert 1 == len(reader.supports([PAIR]))  # type: ignore[attr-defined]
    assert reader.supports([]) == []  # type: ignore[attr-defined]


def test_support_tells_true_from_false() -> None:
    """A sanity check on meaning: rewordings above, inventions below."""
    evidence = "The council of Harwick opened the bridge on Monday after two years of work."
    true, false = load_reader().supports(
        [
            (evidence, "A bridge was opened in Harwick on Monday."),
            (evidence, "The mayor of Harwick was arrested on Monday."),
        ]
    )
    assert true > 0.8
    assert false < 0.2


def test_an_answer_is_a_span_of_its_passage() -> None:
    """Also in a passage of several windows; without passages there is none."""
    passages = ["Bonn is old.", "Birds sang in the park. " * 120 + "The dam was built by Anna Pell in 1990."]
    found = load_reader().answer("Who built the dam?", passages)

    assert found
    assert (1, "Anna Pell") == (found.passage, found.text)
    assert found.text == passages[1][found.start : found.end]
    assert found.margin > 1
    assert None is load_reader().answer("Who built the dam?", [])


def test_names_are_slices_in_order() -> None:
    """Over several windows, with the type of each."""
    text = "Nothing happened in the park that day. " * 40 + "Anna Pell flew from Paris to Oslo for Siemens."
    found = load_reader().names(text)

    assert ["Anna Pell", "Paris", "Oslo", "Siemens"] == [text[name.start : name.end] for name in found]
    assert ["person", "place", "place", "organisation"] == [name.type for name in found]


@pytest.mark.parametrize("half", ["\ud83d", "\ud83d\ud83d"])
def test_halves_of_surrogate_pairs_are_read(half: str) -> None:
    """Text made in Python can hold them, and no tokenizer takes them: the offsets are those of the text as it is."""
    reader, text = load_reader(), f"{half} Anna Pell flew from {half} to Oslo."
    found = reader.answer(f"Who flew {half}?", [text])

    assert "Oslo" in [text[name.start : name.end] for name in reader.names(text)]
    assert found
    assert found.text == text[found.start : found.end]
    assert 1 == len(reader.supports([(text, f"{half} flew.")]))


def test_another_folder_takes_its_place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """By SUMMARIZER_READER or by name; the run names it with its own hash."""
    folder = tmp_path / "mine"
    shutil.copytree(SHIPPED, folder)
    card = json.loads((folder / "reader.json").read_text()) | {"name": "mine"}
    (folder / "reader.json").write_text(json.dumps(card))
    monkeypatch.setenv("SUMMARIZER_READER", str(folder))

    assert load_reader().name.startswith("mine@")
    assert card_of().full_name == load_reader().name


@pytest.mark.parametrize("missing", ["reader.json", "reader.1.bin"])
def test_a_folder_without_a_whole_reader_is_a_usage_error(missing: str, tmp_path: Path) -> None:
    """One line that names the folder and what is missing."""
    for path in SHIPPED.iterdir():
        if path.name != missing:
            (tmp_path / path.name).symlink_to(path)
    with pytest.raises(UsageError, match=missing):
        load_reader(tmp_path)


@pytest.mark.parametrize("code", ["import summarizer", "from summarizer.cli import main; main(['--help'])"])
def test_the_runtime_is_loaded_only_where_a_claim_needs_it(code: str) -> None:
    """Neither the import nor `--help` pays for it."""
    heavy = "[m for m in ('onnxruntime', 'tokenizers') if m in sys.modules]"
    told = f"import sys, atexit; atexit.register(lambda: print({heavy}))"
    done = subprocess.run([sys.executable, "-c", f"{told}\n{code}"], capture_output=True, text=True, check=False)

    assert "[]" == done.stdout.strip().splitlines()[-1], done.stderr


def test_verbatim_claims_load_nothing() -> None:
    """A check that code decides needs no weights."""
    code = (
        "import sys; from summarizer.grounding import check; check('It rained.', ['It rained.']);"
        "check('It cost 5 euros.', ['It cost 6 euros.']); print('onnxruntime' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert "False" == done.stdout.strip()
