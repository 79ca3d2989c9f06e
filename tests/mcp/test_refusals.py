"""What may not be read is not read, and every fault is one line that an assistant can act on."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from summarizer.errors import InputError, UsageError
from summarizer.mcp.allowed import Allowed
from tests.mcp.conftest import Served, environment

ELSEWHERE = (
    "{outside}/secret.txt",
    "{outside}/none.txt",
    "../{outside.name}/secret.txt",
    "link.txt",
    "linked/secret.txt",
    "linked",
    "/",
    "~",
)


@pytest.mark.parametrize("name", ELSEWHERE)
@pytest.mark.parametrize("tool", ["summarize", "ask", "digest", "check"])
def test_outside_of_the_allowed_folders(served: Served, tool: str, name: str) -> None:
    """By its path, by dots, by a link to a file or a folder: refused alike, whether there is such a file or not."""
    more = {"ask": {"questions": ["What is the password?"]}, "check": {"statements": ["The password is swordfish."]}}
    told = served.refusal(tool, files=[name.format(outside=served.outside)], **more.get(tool, {}))

    assert "outside of the folders that the server may read" in told
    assert "swordfish" not in told


def test_a_folder_does_not_lead_out(served: Served) -> None:
    """Of a folder, what its links lead to is left out and told."""
    answers = served.call("summarize", files=["."])

    assert "swordfish" not in str(answers)
    assert 2 == len(answers["results"])
    assert ["link.txt", "pipe.txt"] == sorted(Path(one.partition(": ")[0]).name for one in answers["unread"])


def test_stored_results_do_not_lead_out(served: Served) -> None:
    """A file of results that names an article elsewhere: it is not opened."""
    (told,) = served.call("summarize", files=["harbour.txt"], full=True)["results"]
    elsewhere = str(served.outside / "secret.txt")
    told["result"]["article"]["source"] = elsewhere
    file = served.folder / "elsewhere.json"
    file.write_text(json.dumps(told["result"]), "utf-8")
    found = served.call("check", results="elsewhere.json")["stored"]
    file.unlink()

    assert ["missing_article"] == [one["code"] for one in found["findings"]]
    assert "outside of the folders" in found["findings"][0]["message"]
    assert "outside of the folders" in served.refusal("check", results=elsewhere)


@pytest.mark.parametrize(
    ("tool", "arguments", "told"),
    [
        ("summarize", {}, "name files, or give texts"),
        ("summarize", {"files": ["none.txt"]}, "none.txt: no such file or folder"),
        ("summarize", {"files": ["pipe.txt"]}, "pipe.txt: neither a file nor a folder"),
        ("summarize", {"files": ["-"]}, "-: no such file or folder"),
        ("summarize", {"files": [""]}, "'': outside of the folders"),
        ("summarize", {"files": ["a\0b"]}, "a\\x00b: cannot be read"),
        ("summarize", {"files": ["A text.\nOf two lines."]}, "a text itself is given among the texts"),
        ("summarize", {"files": ["https://example.com/"]}, "--allow-urls lets it"),
        ("summarize", {"texts": [" "]}, "text 1: "),
        ("summarize", {"texts": "One text."}, "summarize: texts='One text.' cannot be used"),
        ("summarize", {"texts": ["One."], "points": 0}, "summarize: points=0 cannot be used"),
        ("summarize", {"texts": ["One."], "pionts": 3}, "summarize has no option 'pionts'; it has "),
        ("summarize", {"texts": ["One."], "published": "Sunday"}, "summarize: published='Sunday' cannot be used"),
        ("summarize", {"texts": ["One."] * 21}, "more than 20 articles"),
        ("ask", {"texts": ["One."]}, "ask needs questions"),
        ("ask", {"texts": ["One."], "questions": [""]}, "ask: questions='' cannot be used"),
        ("digest", {"texts": ["One."]}, "a digest is of two different articles or more"),
        ("check", {"texts": ["One."]}, "check takes either statements"),
        ("check", {"statements": ["One."]}, "name files, or give texts"),
        ("check", {"results": "harbour.txt"}, "no result in it"),
        ("actions", {"texts": ["One should go."]}, "actions needs a model; name one with -m"),
        ("translate", {}, "there is no tool 'translate'; there are "),
    ],
)
def test_one_clear_line(served: Served, tool: str, arguments: dict[str, Any], told: str) -> None:
    """Of what is wrong with a call; the next call is answered."""
    assert told in served.refusal(tool, **arguments)


def test_what_is_unread_does_not_hide_the_rest(served: Served) -> None:
    """One of two files is missing: the other is read, and it is told."""
    answers = served.call("summarize", files=["none.txt", "harbour.txt"])

    assert (1, ["none.txt: no such file or folder"]) == (len(answers["results"]), answers["unread"])


def test_addresses_are_fetched_where_the_user_lets_it(tmp_path: Path) -> None:
    """With `--allow-urls`, but never of this machine or its own network."""
    allowed = Allowed.of([tmp_path], urls=True)

    with pytest.raises(InputError, match=r"--allow-private"):
        list(allowed.read("http://127.0.0.1:9/"))


def test_a_folder_that_is_none(tmp_path: Path) -> None:
    """Told at the start."""
    with pytest.raises(UsageError, match=r"--allow .*none: no such folder"):
        Allowed.of([tmp_path / "none"])


def test_not_everything_by_default(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Assistants start servers in the root or in the home: then the folders are to be named."""
    monkeypatch.setenv("HOME", str(tmp_path))
    for folder in (tmp_path, Path("/")):
        monkeypatch.chdir(folder)
        with pytest.raises(UsageError, match="name the folders that may be read with --allow DIR"):
            Allowed.of([])
    (tmp_path / "articles").mkdir()
    monkeypatch.chdir(tmp_path / "articles")

    assert (tmp_path / "articles",) == Allowed.of([]).folders


def test_a_relative_name_is_looked_for_in_each_folder(tmp_path: Path) -> None:
    """The first that has it; `~` and links of the folders themselves are resolved."""
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
    (tmp_path / "two" / "a.txt").write_text("A.", "utf-8")
    (tmp_path / "alias").symlink_to(tmp_path / "two")
    allowed = Allowed.of([tmp_path / "one", tmp_path / "alias"])

    assert tmp_path / "two" / "a.txt" == allowed.path("a.txt") == allowed.path(str(tmp_path / "alias" / "a.txt"))


def test_without_the_package_it_says_what_to_install(tmp_path: Path) -> None:
    """One line on standard error, nothing on standard output."""
    code = "import sys; sys.modules['mcp'] = None; sys.argv = ['summarizer', 'mcp']; from summarizer.cli import main; main()"  # fmt: skip # noqa: E501
    ended = subprocess.run(
        [sys.executable, "-c", code], cwd=tmp_path, env={**os.environ, **environment(tmp_path / "home")},
        capture_output=True, text=True, check=False, timeout=120,
    )  # fmt: skip

    told = "summarizer: the MCP server needs `pip install 'grounded-summarizer[mcp]'`\n"
    assert (2, "", told) == (ended.returncode, ended.stdout, ended.stderr)
